"""What a series may say of itself."""

from dataclasses import fields, replace
from typing import Any

from hashar.assess.contracts.series_draft import SeriesDraft
from hashar.assess.rules.series_places import DEPTH
from hashar.errors import HasharError, UsageError
from hashar.i18n import N_
from hashar.reference.queries import INDICATOR_KINDS

SEXES = ("all", "female", "male")
OLDEST = 120
LIMITS = {"title": 200, "source": 300, "licence": 120, "unit": 40, "indicator": 60, "definition": 2000, "caveats": 4000}


def checked_draft(draft: SeriesDraft) -> SeriesDraft:
    """The draft with its texts tidied.

    Raises
    ------
    UsageError
        Something is missing, too long or impossible; all of it is listed.

    """
    texts: dict[str, Any] = {name: _tidy(name, getattr(draft, name)) for name in LIMITS}
    tidied = replace(draft, **texts)
    problems = [*_texts(tidied), *_choices(tidied), *_ages(tidied)]
    if problems:
        raise UsageError(
            N_("The description of this series is not complete; correct what is named."), problems=problems
        )
    return tidied


def _tidy(name: str, text: str) -> str:
    if name in ("definition", "caveats"):
        return "\n".join(" ".join(line.split()) for line in text.strip().splitlines())
    return " ".join(text.split())


def _texts(draft: SeriesDraft) -> list[HasharError]:
    found: list[HasharError] = []
    if not draft.title or not draft.title.isprintable():
        found.append(UsageError(N_("Give the series a title: what is counted.")))
    if not draft.source:
        found.append(UsageError(N_("Name the source: who counts, in which register or publication.")))
    for each in fields(draft):
        most = LIMITS.get(each.name)
        if most is not None and len(getattr(draft, each.name)) > most:
            found.append(UsageError(N_("A text is longer than {most} letters; shorten it."), most=most))
    return found


def _choices(draft: SeriesDraft) -> list[HasharError]:
    found: list[HasharError] = []
    if draft.kind not in INDICATOR_KINDS:
        found.append(UsageError(N_("Choose what the series measures.")))
    if draft.level not in DEPTH:
        found.append(UsageError(N_("Choose how far down its territories lie: country, region, district or city.")))
    if draft.rate_sex not in SEXES:
        found.append(UsageError(N_("Choose for which sex rates are given: all, female or male.")))
    return found


def _ages(draft: SeriesDraft) -> list[HasharError]:
    last = OLDEST if draft.rate_age_to is None else draft.rate_age_to
    if 0 <= draft.rate_age_from <= last <= OLDEST:
        return []
    return [
        UsageError(N_("The ages for rates must run from the younger to the older, at most {oldest}."), oldest=OLDEST)
    ]
