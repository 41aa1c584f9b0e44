"""The territories that a codebook's places are: known to this site, each once, and by their present codes.

A codebook is text that knows no site; only here do its levels meet the territories.
"""

import dataclasses
from collections.abc import Mapping, Sequence

from hashar.assess.contracts.codebook import Codebook, Group
from hashar.assess.rules.codebook_consistency import problem, same_territory
from hashar.errors import CodebookError
from hashar.i18n import N_
from hashar.places.contracts import Place
from hashar.places.queries import recognised


def territory_problems(codebook: Codebook) -> list[CodebookError]:
    """Levels whose territory this site does not know (or knows several of), and levels that are one territory."""
    known = _known(codebook)
    found = []
    for group in codebook.groups:
        found += _unknown(codebook, group, known)
        named = [(at, level.territory) for at, level in enumerate(group.levels) if level.territory in known]
        if len({territory for _, territory in named}) == len(named):  # else the codebook itself says so
            found += same_territory(codebook, group.name, [(at, known[text].code) for at, text in named])
    return found


def _unknown(codebook: Codebook, group: Group, known: Mapping[str, Place]) -> list[CodebookError]:
    return [
        problem(
            codebook,
            f"groups.{group.name}.levels.{at}.territory",
            N_(
                "{file}, line {line}, column {column}: “{place}” is no place of this site, or more than one. Write its "
                "code."
            ),
            place=level.territory[:60],
        )
        for at, level in enumerate(group.levels)
        if level.territory and level.territory not in known
    ]


def placed(codebook: Codebook) -> Codebook:
    """The codebook with the present code of every territory; what this site does not know stays as it is written."""
    known = _known(codebook)
    if not known:
        return codebook
    return dataclasses.replace(codebook, groups=[_placed(group, known) for group in codebook.groups])


def _placed(group: Group, known: Mapping[str, Place]) -> Group:
    levels = [
        dataclasses.replace(level, territory=known[level.territory].code) if level.territory in known else level
        for level in group.levels
    ]
    return dataclasses.replace(group, levels=levels)


def _known(codebook: Codebook) -> Mapping[str, Place]:
    written: Sequence[str] = [level.territory for group in codebook.groups for level in group.levels if level.territory]
    return recognised(written) if written else {}
