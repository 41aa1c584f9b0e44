"""Risk and protective factors as they are published: figures handed in for release, findings put together from it."""

from collections.abc import Sequence

from hashar.assess.analysis.domains import everybody
from hashar.assess.analysis.factors import Scored, reliability, score_name
from hashar.assess.analysis.figures import register
from hashar.assess.analysis.indicators import Study, measure_breakdowns, wave_points
from hashar.assess.analysis.release import Key, Released, ReleaseDraft
from hashar.assess.contracts.profile import FactorFinding
from hashar.methods.survey.records import Estimate
from hashar.reference.queries import factors


def register_factors(study: Study, scored: Sequence[Scored], draft: ReleaseDraft) -> dict[str, dict[str, Estimate]]:
    """Hand in share elevated and mean score of every factor; returns factor → wave → the whole survey's share."""
    overall: dict[str, dict[str, Estimate]] = {one.scale.factor: {} for one in scored}
    for wave in study.waves:
        shares = [one.share(wave.name, wave.table.rows) for one in scored]
        for name, found in register(draft, wave.sample, shares, study.domains(wave), study.options).items():
            overall[name][wave.name] = found
    wave = study.current
    means = [one.mean(wave.name, wave.table.rows) for one in scored]
    register(draft, wave.sample, means, [everybody(wave.table.rows)], study.options)
    return overall


def factor_findings(study: Study, scored: Sequence[Scored], released: Released) -> list[FactorFinding]:
    """What is published about every factor that was measured, in the codebook's order."""
    return [_finding(study, one, released) for one in scored]


def _finding(study: Study, one: Scored, released: Released) -> FactorFinding:
    scale, wave = one.scale, study.current
    factor = factors()[scale.factor]
    return FactorFinding(
        code=factor.code,
        name=factor.name,
        definition=factor.definition,
        domain=factor.domain,
        type=factor.type,
        items=[item.variables.get(wave.name, "") for item in scale.items],
        cut_point=one.cut,
        cut_source=scale.cut,
        elevated=released.figure(Key.of(factor.code, wave.name)),
        mean_score=released.figure(Key.of(score_name(factor.code), wave.name)),
        reference=scale.reference,
        reference_source=scale.reference_source,
        waves=wave_points(study, factor.code, released),
        breakdowns=measure_breakdowns(study, factor.code, released),
        change=released.changes.get(Key.of(factor.code)),
        reliability=reliability(one, wave, study.codebook.disclosure.minimum_n),
        inferred=scale.inferred,
    )
