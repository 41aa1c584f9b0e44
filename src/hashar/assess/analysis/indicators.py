"""Indicators of one survey: from coded answers to figures, changes and findings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from hashar.assess.analysis.changes import Pair, Point, changes
from hashar.assess.analysis.domains import Domains, everybody
from hashar.assess.analysis.figures import Options, Variable, register
from hashar.assess.analysis.release import Key, Released, ReleaseDraft
from hashar.assess.analysis.waves import Wave, breakdowns
from hashar.assess.contracts.codebook import Codebook, Indicator, ItemType
from hashar.assess.contracts.profile import Breakdown, IndicatorFinding, MissingCount, Row, WavePoint
from hashar.assess.contracts.table import MissingKind
from hashar.assess.rules.coding import UNCOUNTED, answer_index
from hashar.assess.rules.levels import code_text
from hashar.methods.disclosure import Harmless
from hashar.methods.survey.records import Estimate

DISTRIBUTED = (ItemType.ORDERED, ItemType.FREQUENCY_OF_USE)
"""Item types whose answers are shown one by one."""

KINDS = tuple(kind for kind in MissingKind if kind is not MissingKind.ANSWERED)


@dataclass(frozen=True, eq=False)
class Study:
    """The waves of one survey in order of time (the last is the one the profile is about) and how to break it down."""

    codebook: Codebook
    waves: Sequence[Wave]
    by: Sequence[str]
    options: Options

    @property
    def current(self) -> Wave:
        """The wave the profile is about."""
        return self.waves[-1]

    def domains(self, wave: Wave) -> list[Domains]:
        """What is estimated of a wave: everybody, and in the current wave the breakdowns too."""
        whole = everybody(wave.table.rows)
        return [whole, *breakdowns(wave, self.by)] if wave is self.current else [whole]


def register_indicators(study: Study, draft: ReleaseDraft) -> dict[str, dict[str, Estimate]]:
    """Hand in all figures of all indicators; returns indicator → wave → the whole survey's estimate."""
    overall: dict[str, dict[str, Estimate]] = {indicator.name: {} for indicator in study.codebook.indicators}
    for wave in study.waves:
        variables = [
            Variable(
                indicator.name,
                wave.coded.indicators[indicator.name].values,
                share=indicator.statistic == "proportion",
                harmless=_harmless(indicator.higher_is),
            )
            for indicator in study.codebook.indicators
        ]
        for name, found in register(draft, wave.sample, variables, study.domains(wave), study.options).items():
            overall[name][wave.name] = found
    for indicator in study.codebook.indicators:
        _register_details(study, indicator, draft)
    return overall


def _harmless(higher_is: str) -> Harmless:
    """Which unanimous answer hurts nobody: nobody does what is bad, everybody what is good."""
    words: Mapping[str, Harmless] = {"worse": "none", "better": "all"}
    return words.get(higher_is, "neither")


def _register_details(study: Study, indicator: Indicator, draft: ReleaseDraft) -> None:
    """The distribution and the missing answers of the current wave, and what the indicator is made of."""
    wave = study.current
    coded = wave.coded.indicators[indicator.name]
    answers = _distribution(indicator)
    if answers:
        index = answer_index(indicator, wave.table, wave.name)
        shares = [
            Variable(
                indicator.name,
                np.where(np.isnan(coded.values), np.nan, index == at),
                share=True,
                answer=code_text(code),
            )
            for at, (code, _) in enumerate(answers)
        ]
        register(draft, wave.sample, shares, [everybody(wave.table.rows)], study.options)
        draft.answers(indicator.name, yes=tuple(code_text(code) for code in indicator.yes))
    if indicator.of:
        draft.part_of(indicator.name, list(indicator.of), indicator.at_least)
    draft.missing(indicator.name, wave.name, coded.missing_counts(wave.sample.used))


def _distribution(indicator: Indicator) -> Sequence[tuple[float | str, Mapping[str, str]]]:
    wanted = indicator.item_type in DISTRIBUTED and indicator.statistic == "proportion" and not indicator.of
    return indicator.answers if wanted else ()


def register_changes(
    study: Study,
    overall: Mapping[str, Mapping[str, Estimate]],
    *,
    share: Mapping[str, bool],
    rise: Mapping[str, bool],
    draft: ReleaseDraft,
) -> None:
    """Compare the current wave with the last earlier one that asked, over one family of measures.

    ``share`` and ``rise`` say for every measure whether it is a share and whether a rise is the improvement.
    """
    pairs: dict[str, Pair] = {}
    for name, by_wave in overall.items():
        names = [wave.name for wave in study.waves if wave.name in by_wave]
        if len(names) > 1 and names[-1] == study.current.name:
            earlier, later = (Point.of(wave, by_wave[wave]) for wave in names[-2:])
            pairs[name] = Pair(earlier=earlier, later=later, share=share[name], rise=rise[name])
    found = changes(list(pairs.values()), study.options.level)
    for name, change in zip(pairs, found, strict=True):
        draft.change(Key.of(name), change)


def indicator_findings(study: Study, released: Released) -> list[IndicatorFinding]:
    """What is published about every indicator of the codebook, in its order."""
    return [_finding(study, indicator, released) for indicator in study.codebook.indicators]


def _finding(study: Study, indicator: Indicator, released: Released) -> IndicatorFinding:
    wave = study.current
    columns = columns_of(study.codebook, indicator)
    return IndicatorFinding(
        name=indicator.name,
        label=indicator.label,
        question=indicator.question,
        kind=indicator.kind,
        substance=indicator.substance,
        statistic=indicator.statistic,
        unit=indicator.unit,
        higher_is=indicator.higher_is,
        columns={name: column for name, column in columns.items() if name in {w.name for w in study.waves}},
        total=released.figure(Key.of(indicator.name, wave.name)),
        waves=wave_points(study, indicator.name, released),
        breakdowns=measure_breakdowns(study, indicator.name, released),
        change=released.changes.get(Key.of(indicator.name)),
        distribution=_rows(study, indicator, released),
        missing=_missing(study, indicator, released),
    )


def columns_of(codebook: Codebook, indicator: Indicator) -> dict[str, str]:
    """Wave → column; for a derived indicator the columns of its parts, in every wave that has them all."""
    if not indicator.of:
        return dict(indicator.variables)
    parts = [columns_of(codebook, part) for part in codebook.indicators if part.name in indicator.of]
    shared = [wave for wave in parts[0] if all(wave in part for part in parts)] if parts else []
    return {wave: ", ".join(part[wave] for part in parts) for wave in shared}


def wave_points(study: Study, measure: str, released: Released) -> list[WavePoint]:
    """The whole survey's figure in every wave of the comparison."""
    return [WavePoint(w.name, w.label, released.figure(Key.of(measure, w.name))) for w in study.waves]


def measure_breakdowns(study: Study, measure: str, released: Released) -> list[Breakdown]:
    """The current wave's figures by every group asked for."""
    wave = study.current
    return [
        Breakdown(
            group=domains.group,
            label=domains.label,
            role=domains.role,
            rows=[
                Row(
                    level=", ".join(level),
                    label=label,
                    figure=released.figure(domains.key(at, measure, wave.name)),
                    territory=domains.territories[at] if domains.territories else "",
                )
                for at, (level, label) in enumerate(zip(domains.levels, domains.labels, strict=True))
            ],
        )
        for domains in breakdowns(wave, study.by)
    ]


def _rows(study: Study, indicator: Indicator, released: Released) -> list[Row]:
    wave = study.current.name
    return [
        Row(code_text(code), label, released.figure(Key.of(indicator.name, wave, answer=code_text(code))))
        for code, label in _distribution(indicator)
    ]


def _missing(study: Study, indicator: Indicator, released: Released) -> list[MissingCount]:
    """Every kind of missing that occurs, or is hidden, with what it counted as."""
    coded = study.current.coded.indicators[indicator.name]
    counts = [
        MissingCount(
            kind=kind,
            count=released.missing(indicator.name, study.current.name, kind),
            # What is missing of a derived indicator is missing in all its parts, whatever one missing part counts as.
            counted_as=UNCOUNTED if indicator.of else coded.counted_as[kind],
        )
        for kind in KINDS
    ]
    return [one for one in counts if one.count.value != 0]
