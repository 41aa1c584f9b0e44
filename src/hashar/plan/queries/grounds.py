"""What targets rest on: published shares, how many pupils there are, what is known of practices."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping

from hashar.assess.contracts.surveys import FindingKind, StoredFinding
from hashar.assess.queries import baselines as published
from hashar.assess.queries import releases
from hashar.exchange.queries.facts import known_practices
from hashar.people.contracts import Actor
from hashar.places.contracts import Population
from hashar.places.queries import populations, territory_by_id
from hashar.plan.contracts.logic_model import LogicModel, PracticeFacts
from hashar.plan.contracts.stored_models import Baseline

MOST_RELEASES = 100
YOUNGEST, OLDEST = 9, 25
"""Ages between which bands of a population are offered for a survey of pupils."""
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def baselines(actor: Actor, release: int) -> tuple[Baseline, ...]:
    """Shares of the latest wave that a target can start from, in the order of the profile. Two queries.

    Raises
    ------
    NotFound
        There is no such release, or it is not shared with the actor.

    """
    it = releases.release(actor, release)
    return tuple(
        Baseline(
            finding=one.id,
            release=it.id,
            name=one.indicator,
            label=one.label,
            wave=one.wave,
            kind="factor" if one.about is FindingKind.FACTOR else one.kind,
            substance=one.substance,
            share=one.figure.value.estimate,
            n=one.figure.value.n,
            deff=one.figure.value.deff,
            better="higher" if one.higher_is == "better" else "lower",
            made_at=day_of_wave(one),
            release_title=it.title,
            territory=it.territory,
        )
        for one in published.baselines(actor, release)
        if one.figure.value is not None
    )


def day_of_wave(finding: StoredFinding) -> dt.date:
    """When a wave ended at the latest, as far as its name tells; else the day the profile was made."""
    found = _DAY.match(finding.wave)
    made = finding.made_at.date() if finding.made_at else dt.date.min
    if found is None:
        return made
    year, month, day = int(found[1]), int(found[2] or 12), int(found[3] or 28)
    try:
        told = dt.date(year, month, day)
    except ValueError:
        return made
    return dt.date(year, 12, 31) if found[2] is None else told


def release_titles(actor: Actor, territory_path: str = "") -> Mapping[int, Mapping[str, str]]:
    """Releases with profiles that the actor may see, the latest first, by id."""
    page = releases.releases(actor, size=MOST_RELEASES, territory=territory_path or None)
    return {one.id: one.title for one in page.items}


def bands(territory: int | None) -> tuple[Population, ...]:
    """Ages of young people whose number is known for a place: the newest count of each band, from the youngest on."""
    if territory is None:
        return ()
    newest: dict[tuple[int, int | None], Population] = {}
    for one in populations(territory_by_id(territory).code):
        young = one.age_from >= YOUNGEST and one.age_to is not None and one.age_to <= OLDEST
        known = newest.get((one.age_from, one.age_to))
        if one.sex == "all" and young and (known is None or known.year < one.year):
            newest[one.age_from, one.age_to] = one
    return tuple(newest[key] for key in sorted(newest, key=lambda band: (band[0], band[1] or 0)))


def practice_facts(actor: Actor, model: LogicModel) -> Mapping[str, PracticeFacts]:
    """What the compiler asks about the practices that a model names."""
    named = {activity.practice for activity in model.activities if activity.practice}
    if not named:
        return {}
    return {
        code: PracticeFacts(code, one.factors, ineffective=one.ineffective, evidence=one.evidence)
        for code, one in known_practices(actor, named).items()
    }


def releases_of(actor: Actor, findings: Iterable[int]) -> Mapping[int, int]:
    """Figure → the release it stands in, for those that the actor may look at."""
    return published.releases_of(actor, findings)
