"""A profile in parts, for a format that shows one at a time: the same blocks as the report's chapters."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hashar.assess.contracts.profile import FactorFinding, IndicatorFinding, Profile
from hashar.errors import NotFound
from hashar.i18n import N_, Translator
from hashar.reports.content import factors, indicators, method, priorities, quality, single, summary
from hashar.reports.content.document import Block, Heading, PageBreak
from hashar.reports.content.scope import Ground, Scope


@dataclass(frozen=True)
class Part:
    """One page of a profile. ``blocks`` have no heading of the first level: that is ``title``."""

    name: str
    title: str
    blocks: Sequence[Block]


def part_names(profile: Profile) -> list[str]:
    """The parts that this profile has, in the order of the report; those of one indicator or factor apart."""
    scope = Scope(profile, Translator("en"))
    present = {
        "priorities": bool(profile.priorities.ranked),
        "factors": bool(profile.factors),
        "use": bool(scope.use()),
        "other": bool(scope.others()),
        "changes": any(item.change is not None for item in profile.indicators),
    }
    return [name for name in PARTS if present.get(name, True)]


def profile_part(profile: Profile, language: str, name: str, subject: str = "", ground: Ground | None = None) -> Part:
    """One part in ``language``; ``subject`` is the indicator's name or the factor's code for parts of that name.

    Those have a map if there is ``ground`` for it.

    Raises
    ------
    NotFound
        The profile has no such part, indicator or factor.

    """
    scope = Scope(profile, Translator(language), ground)
    if name == "indicator":
        found = indicator_of(profile, subject)
        return _part(name, scope.translator.pick(found.label), single.indicator_blocks(scope, found))
    if name == "factor":
        factor = factor_of(profile, subject)
        return _part(name, scope.translator.pick(factor.name), single.factor_blocks(scope, factor))
    if name not in part_names(profile):
        raise NotFound(N_("This profile has no such part. Go back to its first page."))
    blocks = PARTS[name](scope)
    title = next(block.text for block in blocks if isinstance(block, Heading) and block.level == 1)
    return _part(name, title, blocks)


def _part(name: str, title: str, blocks: Sequence[Block]) -> Part:
    kept = [b for b in blocks if not isinstance(b, PageBreak) and not (isinstance(b, Heading) and b.level == 1)]
    return Part(name, title, kept)


def indicator_of(profile: Profile, name: str) -> IndicatorFinding:
    """The indicator of that name.

    Raises
    ------
    NotFound
        The profile has none.

    """
    found = next((item for item in profile.indicators if item.name == name), None)
    if found is None:
        raise NotFound(N_("This profile has no such indicator. Go back to its first page."))
    return found


def factor_of(profile: Profile, code: str) -> FactorFinding:
    """The factor of that code.

    Raises
    ------
    NotFound
        The profile has none.

    """
    found = next((factor for factor in profile.factors if factor.code == code), None)
    if found is None:
        raise NotFound(N_("This profile has no such factor. Go back to its first page."))
    return found


# Groups have their place on the page of each indicator or factor.


def _use(scope: Scope) -> list[Block]:
    return indicators.use_chapter(scope, grouped=False)


def _other(scope: Scope) -> list[Block]:
    return indicators.other_chapter(scope, grouped=False)


def _factors(scope: Scope) -> list[Block]:
    return factors.chapter(scope, grouped=False)


def _quality(scope: Scope) -> list[Block]:
    hidden = quality.hidden_chapter(scope)
    return [*quality.chapter(scope), *_lower(hidden)]


def _method(scope: Scope) -> list[Block]:
    chapters = [*method.languages_chapter(scope), *method.glossary_chapter(scope)]
    return [*method.computed_chapter(scope), *_lower(chapters)]


def _lower(blocks: Sequence[Block]) -> list[Block]:
    """Chapters that follow in a part are its sections."""
    return [Heading(b.text, 2, b.anchor) if isinstance(b, Heading) and b.level == 1 else b for b in blocks]


PARTS: Mapping[str, Callable[[Scope], list[Block]]] = {
    "overview": summary.chapter,
    "priorities": priorities.chapter,
    "factors": _factors,
    "use": _use,
    "other": _other,
    "changes": indicators.changes_chapter,
    "quality": _quality,
    "method": _method,
}
"""Part → the chapters it is made of."""
