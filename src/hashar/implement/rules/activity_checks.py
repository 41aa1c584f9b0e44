"""Whether an entry can be; what is said of it in one sentence each."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, replace
from types import MappingProxyType
from typing import Any, NamedTuple

from hashar.errors import HasharError, UsageError
from hashar.i18n import N_
from hashar.implement.contracts.activities import OLDEST, Ages, Draft, Sex, State

LONGEST_TITLE = 200
LONGEST_NAME = 120
LONGEST_NOTE = 2000
MOST = 1_000_000
"""People, contacts: more stands in no one entry."""
MOST_SESSIONS = 1000
MOST_MINUTES = 24 * 60
MOST_MEASURES = 40
MOST_PARTNERS = 30
MOST_COMPONENTS = 30
FIRST_DAY = dt.date(2000, 1, 1)
AHEAD = dt.timedelta(days=5 * 366)


def checked(draft: Draft, strategies: Collection[str], today: dt.date) -> Draft:
    """The entry with its texts tidied and its own sum of people.

    Raises
    ------
    UsageError
        Something in it cannot be; all that is wrong is among its ``problems``.

    """
    told = tidied(draft)
    problems = [_error(rule) for rule in RULES if rule.wrong(told, today)]
    if told.strategy not in strategies:
        problems.append(UsageError(N_("Choose one of the seven strategies.")))
    if problems:
        first = problems[0]
        raise UsageError(first.message, problems=problems, **_values(first.values))
    return told


def _error(rule: "Rule") -> HasharError:
    return UsageError(rule.sentence, **_values(rule.values))


def _values(values: Mapping[str, object]) -> dict[str, Any]:
    return dict(values)


def tidied(draft: Draft) -> Draft:
    """The entry without needless spaces and doubles, with its own sum of people."""
    told = replace(
        draft,
        title=" ".join(draft.title.split()),
        place=" ".join(draft.place.split()),
        group=" ".join(draft.group.split()),
        fidelity_note=draft.fidelity_note.strip(),
        note=draft.note.strip(),
        measures=tuple(sorted(set(draft.measures))),
        partners=tuple(sorted(set(draft.partners) - {draft.organisation})),
        by_age=tuple(sorted(each for each in draft.by_age if each.count)),
        components=tuple(each for each in draft.components if each.name.strip()),
        school_class=draft.school_class and bool(draft.group.strip()),
    )
    return replace(told, people=told.people if told.people is not None else _sum_of(told))


def _sum_of(draft: Draft) -> int | None:
    """People of all age groups together; None where none was counted by age."""
    bands = {each.ages for each in draft.by_age}
    return sum(_of_band(draft, ages) for ages in bands) if bands else None


def _of_band(draft: Draft, ages: Ages) -> int:
    """People of one age group: those counted without sex, or girls and boys together if these are more."""
    counts = {each.sex: each.count for each in draft.by_age if each.ages == ages}
    return max(counts.get(Sex.ALL, 0), counts.get(Sex.FEMALE, 0) + counts.get(Sex.MALE, 0))


def _sexes_too_many(draft: Draft) -> bool:
    told = [each.ages for each in draft.by_age if each.sex is Sex.ALL]
    whole = {each.ages: each.count for each in draft.by_age if each.sex is Sex.ALL}
    return any(_of_band(draft, ages) > whole[ages] for ages in told)


def _unprintable(text: str) -> bool:
    return not text.replace("\n", " ").replace("\r", " ").replace("\t", " ").isprintable()


def _ages_impossible(ages: Ages) -> bool:
    return not 0 <= ages.first <= ages.end <= OLDEST


def _counts(one: Draft) -> list[int | None]:
    return [one.contacts, one.people, *(each.count for each in one.by_age)]


def _texts(one: Draft) -> list[str]:
    return [one.title, one.note, one.fidelity_note, *_names(one)]


def _names(one: Draft) -> list[str]:
    return [one.place, one.group, *(each.name for each in one.components)]


def _too_much(one: Draft) -> bool:
    lists = ((one.measures, MOST_MEASURES), (one.partners, MOST_PARTNERS), (one.components, MOST_COMPONENTS))
    return any(len(each) > most for each, most in lists)


def _too_few_for_sessions(one: Draft) -> bool:
    return bool(one.group) and one.people is None and one.contacts is not None and 0 < one.contacts < one.sessions


class Rule(NamedTuple):
    """When an entry cannot be, and the sentence for it."""

    wrong: Callable[[Draft, dt.date], bool]
    sentence: str
    values: Mapping[str, object] = MappingProxyType({})


RULES: tuple[Rule, ...] = (
    Rule(
        lambda one, _: not 0 < len(one.title) <= LONGEST_TITLE,
        N_("Say in up to {most} letters what was done."),
        {"most": LONGEST_TITLE},
    ),
    Rule(
        lambda one, _: any(map(_unprintable, _texts(one))),
        N_("A text holds characters that cannot be shown. Write it again."),
    ),
    Rule(
        lambda one, _: any(len(each) > LONGEST_NAME for each in _names(one)),
        N_("Use at most {most} letters here."),
        {"most": LONGEST_NAME},
    ),
    Rule(
        lambda one, _: max(len(one.note), len(one.fidelity_note)) > LONGEST_NOTE,
        N_("Use at most {most} letters here."),
        {"most": LONGEST_NOTE},
    ),
    Rule(
        lambda one, today: not FIRST_DAY <= one.date <= today + AHEAD,
        N_("The day lies too far away. Check the year."),
    ),
    Rule(
        lambda one, today: one.state is State.DONE and one.date > today,
        N_("This day is still to come. Choose “planned”, or another day."),
    ),
    Rule(
        lambda one, _: any(each is not None and not 0 <= each <= MOST for each in _counts(one)),
        N_("A number of people lies between 0 and {most}."),
        {"most": MOST},
    ),
    Rule(
        lambda one, _: not 1 <= one.sessions <= MOST_SESSIONS,
        N_("An entry has 1 to {most} sessions."),
        {"most": MOST_SESSIONS},
    ),
    Rule(
        lambda one, _: one.minutes is not None and not 1 <= one.minutes <= MOST_MINUTES,
        N_("A session lasts 1 to {most} minutes."),
        {"most": MOST_MINUTES},
    ),
    Rule(lambda one, _: _ages_impossible(one.ages), N_("The last age comes before the first.")),
    Rule(
        lambda one, _: one.contacts is not None and (one.people or 0) > one.contacts,
        N_("More different people than contacts: everyone who came is at least one contact."),
    ),
    Rule(
        lambda one, _: (_sum_of(one) or 0) > (one.people or 0),
        N_("The age groups hold more people than came in all."),
    ),
    Rule(lambda one, _: _sexes_too_many(one), N_("There are more girls and boys than people in an age group.")),
    Rule(
        lambda one, _: any(not each.ages.meets(one.ages) for each in one.by_age),
        N_("People were counted in an age group for whom the activity was not. Choose “all ages” above."),
    ),
    Rule(
        lambda one, _: _too_few_for_sessions(one),
        N_("Fewer contacts than sessions: somebody came to each of them."),
    ),
    Rule(lambda one, _: _too_much(one), N_("That is too much for one entry. Make two of it.")),
)


def content_of(draft: Draft) -> dict[str, object]:
    """An entry as it is stored in an edition: words and numbers only."""
    found: dict[str, object] = json.loads(json.dumps(asdict(draft), default=_plain))
    return found


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)


def fingerprint(draft: Draft, photo: str = "") -> str:
    """Of what was sent: the same entry sent twice has the same one. ``photo`` is the fingerprint of its bytes."""
    text = json.dumps([content_of(draft), photo], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def changed_fields(before: dict[str, object], after: dict[str, object]) -> tuple[str, ...]:
    """Names of the fields that differ between two editions, in the order of the entry."""
    return tuple(name for name in after if before.get(name) != after[name])


def drop_private(draft: Draft) -> Draft:
    """The entry without what only the organisations concerned see."""
    return replace(
        draft, contacts=None, people=None, by_age=(), note="", fidelity_note="", components=(), group="", measures=()
    )
