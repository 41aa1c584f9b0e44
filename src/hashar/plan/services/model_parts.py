"""Change a logic model part by part; the text stays as its author wrote it, but for that part."""

import dataclasses
import datetime as dt
import itertools

from django.db import transaction

from hashar.assess.queries import releases
from hashar.errors import NotFound, UsageError
from hashar.i18n import N_
from hashar.people.contracts import Actor
from hashar.people.permissions import require_signed_in
from hashar.plan.contracts.logic_model import AnyElement, Indicator, LogicModel, Source
from hashar.plan.contracts.stored_models import Baseline, ModelVersion
from hashar.plan.models import LogicModelOrigin, StoredLogicModel
from hashar.plan.queries import logic_models as queries
from hashar.plan.queries.grounds import bands, baselines
from hashar.plan.rules.model_text import place_in_file, put_part, remove_part, spliced, write_model
from hashar.plan.services.stored_models import audit, clean, keep_version, newer, read, understood, writable

LONGEST_CODE = 200
DIGITS = 4


def put(
    *, actor: Actor, model: int, at: int | None, element: AnyElement, based_on: int, now: dt.datetime
) -> ModelVersion:
    """Change a part, or add one.

    Parameters
    ----------
    actor
        A coordinator, official or analyst of the organisation.
    model
        The model.
    at
        Position of the part among all; None: a new one.
    element
        As it is to be. Where its code changes, the parts that name it follow.
    based_on
        Number of the version that was edited.
    now
        When.

    Raises
    ------
    NotFound
        There is no such model or part for this actor.
    Forbidden
        The actor may not write it.
    NewerModel
        Somebody saved in between; nothing is stored.
    UsageError
        Another part has this code, or the text has mistakes.

    """
    row, text, before = _opened(actor, model, based_on, now)
    elements = list(before.elements())
    if at is not None:
        _there(elements, at, element)
    taken = {one.code for position, one in enumerate(elements) if position != at}
    if element.code in taken:
        raise UsageError(N_("Another part has the code “{code}”. Choose a code of its own."), code=element.code)
    return _keep(actor, row, text, before, put_part(before, at, element), based_on, now)


def remove(*, actor: Actor, model: int, at: int, based_on: int, now: dt.datetime) -> ModelVersion:
    """Take a part out, and its name out of the parts that name it; parameters and errors as for :func:`put`."""
    row, text, before = _opened(actor, model, based_on, now)
    _there(list(before.elements()), at, None)
    return _keep(actor, row, text, before, remove_part(before, at), based_on, now)


def fill_in(
    *, actor: Actor, model: int, at: int, finding: int, band: str, based_on: int, now: dt.datetime
) -> ModelVersion:
    """Take an indicator's baseline from a published figure, with its date, answers, design effect and population.

    Parameters
    ----------
    actor, model, based_on, now
        As for :func:`put`.
    at
        Position of the indicator.
    finding
        The published figure.
    band
        Ages whose number in the territory is the population, as ``15-19``; empty: not known.

    Raises
    ------
    NotFound
        There is no such model, part or figure for this actor.
    Forbidden
        The actor may not write it.
    NewerModel
        Somebody saved in between; nothing is stored.
    UsageError
        The figure is no share, or the part no indicator.

    """
    row, text, before = _opened(actor, model, based_on, now)
    indicator = list(before.elements())[at] if 0 <= at < sum(1 for _ in before.elements()) else None
    if not isinstance(indicator, Indicator):
        raise NotFound(N_("There is no such part in this logic model. Choose one from its table."))
    told = releases.finding(actor, finding)
    base = next((one for one in baselines(actor, told.release) if one.finding == finding), None)
    if base is None:
        raise UsageError(N_("Choose a share of all pupils in the latest wave; from this figure no target can start."))
    people = next((one for one in bands(row.territory_id) if f"{one.age_from}-{one.age_to}" == band), None)
    source = _source(before, base, people.count if people else None)
    after = _with_source(put_part(before, at, _measured(indicator, base, source.code)), source)
    with transaction.atomic():
        version = _keep(actor, row, text, before, after, based_on, now)
        LogicModelOrigin.objects.update_or_create(
            model=row,
            indicator=indicator.code[:LONGEST_CODE],
            defaults={
                "source": source.code[:LONGEST_CODE],
                "finding_id": finding,
                "baseline": round(base.share, DIGITS),
                "n": base.n,
                "deff": base.deff,
                "population": people.count if people else None,
                "population_year": people.year if people else None,
                "population_source": people.source.title[:LONGEST_CODE] if people else "",
                "taken_by_id": require_signed_in(actor),
                "taken_at": now,
            },
        )
        audit(actor, "logic_model.fill", row, now, finding=finding)
    return version


def _measured(indicator: Indicator, base: Baseline, source: str) -> Indicator:
    return dataclasses.replace(
        indicator,
        kind=indicator.kind if base.kind == "factor" else base.kind,
        source=source,
        baseline=round(base.share, DIGITS),
        baseline_date=base.made_at,
        better=base.better,
        share=True,
    )


def _source(model: LogicModel, base: Baseline, population: int | None) -> Source:
    """The source of this figure's numbers; indicators with other numbers of answers get sources of their own."""
    deff = round(base.deff, 2)
    known = {element.code: element for element in model.elements()}
    names = (f"survey-{base.wave}" + (f"-{number}" if number > 1 else "") for number in itertools.count(1))
    code = next(name for name in names if name not in known or _fits(known[name], base.n, deff))
    there = known.get(code)
    if isinstance(there, Source):
        return there if population in (None, there.population) else dataclasses.replace(there, population=population)
    return Source(code=code, kind="survey", dates=(base.made_at,), n=base.n, deff=deff, population=population)


def _fits(element: AnyElement, n: int, deff: float) -> bool:
    return isinstance(element, Source) and (element.n, element.deff) == (n, deff)


def _with_source(model: LogicModel, source: Source) -> LogicModel:
    elements = list(model.elements())
    at = next((position for position, one in enumerate(elements) if one.code == source.code), None)
    return put_part(model, at, source)


def _opened(actor: Actor, model: int, based_on: int, now: dt.datetime) -> tuple[StoredLogicModel, str, LogicModel]:
    """The row, the text that was edited, and the model that it says."""
    row = writable(actor, model)
    stands = queries.version(actor, model)
    if stands.number != based_on:
        raise newer(stands)
    before, _ = read(stands.text, now.date())
    if before is None:
        raise UsageError(N_("The text has mistakes; correct it before you use forms or the picture."))
    return row, stands.text, before


def _there(elements: list[AnyElement], at: int, element: AnyElement | None) -> None:
    same = 0 <= at < len(elements) and (element is None or place_in_file(elements[at]) == place_in_file(element))
    if not same:
        raise NotFound(N_("There is no such part in this logic model. Choose one from its table."))


def _keep(
    actor: Actor,
    row: StoredLogicModel,
    text: str,
    before: LogicModel,
    after: LogicModel,
    based_on: int,
    now: dt.datetime,
) -> ModelVersion:
    written = clean(_written(text, before, after, now.date()))
    found = understood(actor, written, now.date())
    with transaction.atomic():
        version = keep_version(actor, row, written, based_on, found, now)
    return queries.version_of(version)


def _written(text: str, before: LogicModel, after: LogicModel, today: dt.date) -> str:
    """The text with the changed parts; written as a whole where it is not laid out line by line."""
    whole = write_model(after)
    try:
        kept = spliced(text, before, after)
    except IndexError:
        return whole
    again, _ = read(kept, today)
    return kept if again is not None and write_model(again) == whole else whole
