"""One wave of a survey, ready for the numbers: design, groups, languages, and who is used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from hashar.assess.analysis.domains import CROSS, Domains, crossed
from hashar.assess.analysis.figures import Sample
from hashar.assess.contracts import codebook as book
from hashar.assess.contracts.table import SurveyTable
from hashar.assess.rules.coding import CodedSurvey, code_survey
from hashar.assess.rules.levels import numbers_of
from hashar.errors import CodebookError, UsageError
from hashar.i18n import N_, Text
from hashar.methods.survey.design import Design
from hashar.methods.survey.records import SinglePsu

Flags = npt.NDArray[np.bool_]

PLACE = "place"
LANGUAGE = "language"


@dataclass(frozen=True, eq=False)
class Wave:
    """One file of the survey: its answers coded, its design, its ``groups`` as domains by name.

    ``languages`` → the questionnaires (n,) in each.
    """

    name: str
    label: Text
    table: SurveyTable
    coded: CodedSurvey
    sample: Sample
    groups: Mapping[str, Domains]
    languages: Mapping[str, Flags]

    @property
    def places(self) -> Domains | None:
        """The group whose levels are places, if the codebook has one and the wave its column."""
        return next((domains for domains in self.groups.values() if domains.role == PLACE), None)

    def excluding(self, flagged: Flags) -> "Wave":
        """The wave without the flagged questionnaires (n,); they stay in the design."""
        return replace(self, sample=replace(self.sample, used=self.sample.used & ~flagged))


def prepare(table: SurveyTable, wave: book.Wave, codebook: book.Codebook) -> Wave:
    """The design, the groups and the languages of one file.

    Raises
    ------
    DesignError
        For a design that cannot be what the codebook says.
    CodebookError
        For a ``single_psu`` that the numbers do not know.

    """
    coded = code_survey(codebook, table, wave.name)
    sample = Sample(wave.name, _design(table, codebook.design), np.ones(table.rows, dtype=np.bool_))
    groups = {
        group.name: Domains(
            group=group.name,
            label=group.label,
            role=group.role,
            levels=[(level.name,) for level in group.levels],
            labels=[level.label for level in group.levels],
            codes=coded.groups[group.name].index,
            territories=[level.territory for level in group.levels],
        )
        for group in codebook.groups
        if wave.name in group.variables
    }
    return Wave(wave.name, wave.label, table, coded, sample, groups, _languages(groups, wave, table.rows))


def _design(table: SurveyTable, spec: book.DesignSpec) -> Design:
    policies: dict[str, SinglePsu] = {
        "fail": "fail",
        "remove": "remove",
        "certainty": "certainty",
        "centre": "centre",
        "average": "average",
    }
    if spec.single_psu not in policies:
        raise CodebookError(
            N_("The codebook's single_psu is “{given}”. Known are {known}."),
            given=spec.single_psu,
            known=", ".join(policies),
        )
    weights = numbers_of(table.columns[spec.weight]) if spec.weight else np.ones(table.rows)
    return Design.build(
        weights=None if spec.fpc and not spec.weight else weights,
        strata=_columns(table, spec.strata),
        clusters=_columns(table, spec.clusters),
        fpc=_columns(table, spec.fpc),
        nest=spec.nest,
        single_psu=policies[spec.single_psu],
    )


def _columns(table: SurveyTable, names: Sequence[str]) -> npt.NDArray[np.generic] | None:
    if not names:
        return None
    return np.column_stack([table.columns[name].values for name in names])


def _languages(groups: Mapping[str, Domains], wave: book.Wave, rows: int) -> dict[str, Flags]:
    """By the group with the role of language, else all in the wave's own language."""
    spoken = next((domains for domains in groups.values() if domains.role == LANGUAGE), None)
    if spoken is None:
        return {wave.language: np.ones(rows, dtype=np.bool_)}
    return {level[0]: spoken.codes == at for at, level in enumerate(spoken.levels)}


def breakdowns(wave: Wave, by: Sequence[str]) -> list[Domains]:
    """The domains of ``by``: groups, or crossed ones as ``sex*grade``; a group that the wave lacks is left out."""
    found = []
    for name in by:
        parts = name.split(CROSS)
        if all(part in wave.groups for part in parts):
            domains = [wave.groups[part] for part in parts]
            found.append(domains[0] if len(domains) == 1 else crossed(domains, name))
    return found


def requested_groups(codebook: book.Codebook, by: Sequence[str] | None) -> list[str]:
    """What to break down by: every group of the codebook, or those asked for and each pair of them crossed.

    Schools and classes are broken down only when asked for: such numbers point at few people.

    Raises
    ------
    CodebookError
        For a group that the codebook does not know; the sentence names those that it knows.
    UsageError
        For a group crossed with itself.

    """
    known = [group.name for group in codebook.groups]
    if by is None:
        return [group.name for group in codebook.groups if group.role not in ("school", "class")]
    wanted = list(dict.fromkeys(by))
    for name in (part for one in wanted for part in one.split(CROSS)):
        if name not in known:
            raise CodebookError(
                N_("The codebook has no group “{group}”. It has: {known}."),
                group=name,
                known=", ".join(known) or "–",
            )
    for name in wanted:
        if len(set(name.split(CROSS))) < len(name.split(CROSS)):
            raise UsageError(N_("“{crossing}” crosses a group with itself; name each group once."), crossing=name)
    single = [name for name in wanted if CROSS not in name]
    pairs = [f"{first}{CROSS}{second}" for at, first in enumerate(single) for second in single[at + 1 :]]
    distinct: dict[frozenset[str], str] = {}
    for name in [*wanted, *pairs]:
        distinct.setdefault(frozenset(name.split(CROSS)), name)
    return list(distinct.values())
