"""The profile of one survey: from coded waves to released findings."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from hashar.assess.analysis.factors import score_scales
from hashar.assess.analysis.figures import Options
from hashar.assess.analysis.findings import factor_findings, register_factors
from hashar.assess.analysis.indicators import Study, indicator_findings, register_changes, register_indicators
from hashar.assess.analysis.priorities import prioritise
from hashar.assess.analysis.provenance import Origin, provenance
from hashar.assess.analysis.quality import apply_rules, quality_report, register_quality
from hashar.assess.analysis.release import ReleaseDraft
from hashar.assess.analysis.waves import prepare, requested_groups
from hashar.assess.contracts import codebook as book
from hashar.assess.contracts.profile import Profile
from hashar.assess.contracts.table import SurveyTable
from hashar.i18n import N_
from hashar.methods.survey.records import Estimate

Progress = Callable[[str, int, int], None]
"""Told what is being done (a msgid), how many steps are done, and of how many."""

STEPS = (
    N_("Coding answers"),
    N_("Checking questionnaires"),
    N_("Estimating indicators"),
    N_("Scoring factors"),
    N_("Comparing waves"),
    N_("Protecting pupils"),
    N_("Ranking priorities"),
)


@dataclass(frozen=True, eq=False)
class WaveFile:
    """A survey file as read, and the wave of the codebook that it holds."""

    table: SurveyTable
    wave: book.Wave


def draw_profile(
    codebook: book.Codebook,
    files: Sequence[WaveFile],
    *,
    by: Sequence[str] | None,
    origin: Origin,
    rng: np.random.Generator,
    progress: Progress,
) -> Profile:
    """Compute everything, release it in one go, and put the profile together from what was released.

    ``files`` are in order of time; the profile is about the last.

    Raises
    ------
    HasharError
        When codebook, design or data do not allow it, or nothing can be published safely.

    """
    groups = requested_groups(codebook, by)
    options = Options.of(codebook.design)
    _tell(progress, 0)
    waves = [prepare(file.table, file.wave, codebook) for file in files]
    _tell(progress, 1)
    fewest = codebook.disclosure.minimum_count
    flagged = [apply_rules(codebook.quality, wave, fewest=fewest) for wave in waves]
    kept = [wave.excluding(flags.excluded) for wave, flags in zip(waves, flagged, strict=True)]
    study = Study(codebook, kept, groups, options)
    draft = ReleaseDraft(codebook.disclosure)
    register_quality(draft, study.current, flagged[-1], codebook.participation)
    _tell(progress, 2)
    indicators = register_indicators(study, draft)
    _tell(progress, 3)
    scored = score_scales(codebook, kept)
    factors = register_factors(study, scored, draft)
    _tell(progress, 4)
    _register_changes(study, indicators, factors, {one.scale.factor: not one.risk for one in scored}, draft)
    _tell(progress, 5)
    released = draft.release()
    _tell(progress, 6)
    findings = factor_findings(study, scored, released)
    priorities = prioritise(findings, scored, kept, codebook.priorities, rng)
    progress("", len(STEPS), len(STEPS))
    return Profile(
        title=codebook.title,
        source=codebook.source,
        place=codebook.place,
        wave=study.current.name,
        waves=[wave.name for wave in kept],
        languages=[language for language in study.current.languages if language],
        quality=quality_report(released, study.current, flagged[-1], codebook.participation),
        indicators=indicator_findings(study, released),
        factors=findings,
        priorities=priorities,
        release=released.summary,
        provenance=provenance(study, scored, files=[file.table.fingerprint for file in files], origin=origin),
        notes=[note for file in files for note in file.table.notes],
    )


def _tell(progress: Progress, step: int) -> None:
    progress(STEPS[step], step, len(STEPS))


def _register_changes(
    study: Study,
    indicators: Mapping[str, Mapping[str, Estimate]],
    factors: Mapping[str, Mapping[str, Estimate]],
    protective: Mapping[str, bool],
    draft: ReleaseDraft,
) -> None:
    """Indicators and factors are two families: each answers one question, what changed and what might explain it."""
    register_changes(
        study,
        indicators,
        share={indicator.name: indicator.statistic == "proportion" for indicator in study.codebook.indicators},
        rise={indicator.name: indicator.higher_is == "better" for indicator in study.codebook.indicators},
        draft=draft,
    )
    register_changes(study, factors, share=dict.fromkeys(factors, True), rise=protective, draft=draft)
