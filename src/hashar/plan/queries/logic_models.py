"""Logic models that a person may see, with their versions."""

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from hashar.assess.queries.baselines import visible_finding_ids
from hashar.errors import NotFound
from hashar.i18n import N_
from hashar.people.contracts import PREPARING, Actor, Page
from hashar.plan.contracts.stored_models import ModelState, ModelSummary, ModelVersion, Origin
from hashar.plan.models import LogicModelOrigin, LogicModelVersion, StoredLogicModel

LARGEST_ID = 2**63 - 1


def visible_models(actor: Actor) -> QuerySet[StoredLogicModel]:
    """Drafts where the actor prepares; shared ones of their organisations, and of territories they look after."""
    writing = Q(organisation_id__in=actor.organisations(PREPARING))
    if any(mandate.territory_path == "" for mandate in actor.mandates):
        reached = Q(pk__isnull=False)
    else:
        paths = sorted({mandate.territory_path for mandate in actor.mandates})
        own = Q(organisation_id__in=actor.organisations())
        reached = reduce(or_, (Q(territory__path__startswith=path) for path in paths), own)
    return StoredLogicModel.objects.filter(writing | (Q(state=ModelState.SHARED) & reached))


def models(actor: Actor, page: int = 1, size: int = 30) -> Page[ModelSummary]:
    """Logic models, the latest first. Two SQL queries."""
    page, size = min(max(page, 1), 2**40), min(max(size, 1), 1000)
    rows = visible_models(actor)
    ordered = rows.select_related("organisation", "territory").order_by("-changed_at", "pk")
    found = ordered[(page - 1) * size : page * size]
    return Page(tuple(summary_of(row) for row in found), page, size, rows.count())


def the_model(actor: Actor, model: int) -> StoredLogicModel:
    """One model that the actor may see, as its row.

    Raises
    ------
    NotFound
        There is none, or the actor may not know of it.

    """
    rows = visible_models(actor).select_related("organisation", "territory")
    row = rows.filter(pk=model).first() if 0 < model <= LARGEST_ID else None
    if row is None:
        raise NotFound(N_("There is no such logic model, or it is not shared with you. Choose one from your list."))
    return row


def path_of(row: StoredLogicModel) -> str:
    """The territory's path; empty when there is none."""
    return row.territory.path if row.territory else ""


def summary_of(row: StoredLogicModel) -> ModelSummary:
    """A model as it leaves this step."""
    return ModelSummary(
        id=row.pk,
        title=row.title,
        state=ModelState(row.state),
        organisation=row.organisation_id,
        organisation_name=row.organisation.name,
        territory=row.territory_id,
        territory_path=path_of(row),
        territory_names=row.territory.names if row.territory else {},
        number=row.number,
        errors=row.errors,
        warnings=row.warnings,
        changed_at=row.changed_at,
    )


def version(actor: Actor, model: int, number: int | None = None) -> ModelVersion:
    """One version of a model; the latest without a number.

    Raises
    ------
    NotFound
        There is none, or the actor may not know of it.

    """
    return version_of(_the_version(the_model(actor, model), number))


def latest(row: StoredLogicModel) -> LogicModelVersion:
    """The version that stands."""
    return _the_version(row, None)


def _the_version(row: StoredLogicModel, number: int | None) -> LogicModelVersion:
    rows = row.versions.select_related("made_by").order_by("-number")
    if number is not None:
        rows = rows.filter(number=number) if 0 < number < 2**31 else rows.none()
    found = rows.first()
    if found is None:
        raise NotFound(N_("There is no such version of this logic model."))
    return found


def version_of(row: LogicModelVersion) -> ModelVersion:
    """A version as it leaves this step."""
    return ModelVersion(
        model=row.model_id,
        number=row.number,
        based_on=row.based_on,
        text=row.text,
        sha256=row.sha256,
        made_by=row.made_by.name,
        made_at=row.made_at,
    )


def origins(actor: Actor, row: StoredLogicModel) -> tuple[Origin, ...]:
    """Where baselines were taken from, as far as the actor may look at the figures. Two queries."""
    found = list(row.origins.order_by("indicator"))
    seen = visible_finding_ids(actor, {each.finding_id for each in found})
    return tuple(_origin(each) for each in found if each.finding_id in seen)


def _origin(row: LogicModelOrigin) -> Origin:
    return Origin(
        indicator=row.indicator,
        source=row.source,
        finding=row.finding_id,
        baseline=row.baseline,
        n=row.n,
        deff=row.deff,
        population=row.population,
        population_year=row.population_year,
        population_source=row.population_source,
        taken_at=row.taken_at,
    )
