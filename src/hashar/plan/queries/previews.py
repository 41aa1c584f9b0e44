"""An import before it is decided on, and what it changed afterwards."""

from collections import Counter
from collections.abc import Sequence

from hashar.errors import NotFound
from hashar.i18n import N_
from hashar.people.contracts import Actor
from hashar.people.queries import organisations
from hashar.plan.contracts.official import Confidence, Edition, KnownOrganisation, MeasureChange
from hashar.plan.contracts.plans import BodyQuestion, ImportState, PlanPreview
from hashar.plan.models import PlanImport
from hashar.plan.queries.plans import standing_edition
from hashar.plan.rules.bodies import Matcher
from hashar.plan.rules.comparing import compare
from hashar.plan.rules.storing import doubts_from_json, from_json

MOST_ORGANISATIONS = 2000


def known_organisations() -> tuple[KnownOrganisation, ...]:
    """Organisations of the site with all their names."""
    found = organisations(size=MOST_ORGANISATIONS).items
    return tuple(KnownOrganisation(each.id, each.name, (each.name, *each.names.values())) for each in found)


def the_import(actor: Actor, import_id: int) -> PlanImport:
    """One import of an organisation of the actor, as its row; a waiting one only for whoever uploaded it.

    Raises
    ------
    NotFound
        There is none, or it is not the actor's.

    """
    rows = PlanImport.objects.filter(organisation__in=[mandate.organisation for mandate in actor.mandates])
    rows = rows.select_related("organisation", "territory", "plan__organisation", "plan__territory")
    row = rows.filter(pk=import_id).first()
    if row is None or (row.state == ImportState.PREVIEWED and row.uploaded_by_id != actor.person):
        raise NotFound(N_("There is no such import (any more), or it belongs to another organisation."))
    return row


def preview(actor: Actor, import_id: int) -> PlanPreview:
    """What a file holds, what was unsure, and what storing it would change.

    Raises
    ------
    NotFound
        There is none, or it is not the actor's.

    """
    row = the_import(actor, import_id)
    edition = from_json(row.edition)
    known = known_organisations()
    before = _before(row)
    same = {int(at): bool(answer) for at, answer in row.answers.get("same", {}).items()}
    changes = tuple(compare(before, edition, same)) if before else ()
    bodies = body_questions(edition, known, row.answers.get("bodies", {}))
    unsure = sum(not change.sure for change in changes)
    asked = sum(each.match.confidence is Confidence.CLOSE and each.answer is None for each in bodies)
    return PlanPreview(
        id=row.pk,
        plan=row.plan_id,
        file=row.file,
        sha256=row.sha256,
        state=ImportState(row.state),
        organisation=row.organisation_id,
        edition=edition,
        before=before,
        doubts=doubts_from_json(row.doubts),
        bodies=bodies,
        organisations=known,
        changes=changes,
        deadlines=row.answers.get("deadlines", {}),
        same=same,
        repeats=_repeats(row),
        waiting=unsure + asked,
    )


def _before(row: PlanImport) -> Edition | None:
    """The edition before this one, in its language: the one that stands, or stood when it was stored."""
    if row.plan is None:
        return None
    if row.state == ImportState.PREVIEWED:
        return standing_edition(row.plan, row.language)
    earlier = row.plan.imports.filter(state=ImportState.DONE, language=row.language, decided_at__lt=row.decided_at)
    found = earlier.order_by("-decided_at", "-pk").first()
    return from_json(found.edition) if found else None


def _repeats(row: PlanImport) -> bool:
    rows = PlanImport.objects.filter(organisation=row.organisation_id, sha256=row.sha256, state=ImportState.DONE)
    return rows.exclude(pk=row.pk).exists()


def body_questions(
    edition: Edition, known: Sequence[KnownOrganisation], answers: dict[str, int]
) -> tuple[BodyQuestion, ...]:
    """Every name of the file once, those to be asked first."""
    matcher = Matcher(known)
    counts = Counter(body.name for measure in edition.measures for body in measure.bodies)
    firsts = {body.name: body for measure in reversed(edition.measures) for body in measure.bodies}
    found = [
        BodyQuestion(name, firsts[name].full, count, matcher.match(firsts[name]), answers.get(name))
        for name, count in counts.items()
    ]
    order = [Confidence.CLOSE, Confidence.UNKNOWN, Confidence.EXACT]
    return tuple(sorted(found, key=lambda one: (order.index(one.match.confidence), -one.count, one.name)))


def shown_changes(found: PlanPreview) -> tuple[MeasureChange, ...]:
    """Changes that are worth a look: not the measures that stayed as they were."""
    return tuple(each for each in found.changes if each.kind != "same" or not each.sure)
