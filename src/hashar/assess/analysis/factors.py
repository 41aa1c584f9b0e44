"""Risk and protective factors of one survey: scores, cut-points, shares elevated, reliability."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hashar.assess.analysis.figures import Variable
from hashar.assess.analysis.waves import Wave
from hashar.assess.contracts.codebook import Codebook, Scale
from hashar.assess.contracts.profile import ScaleReliability
from hashar.errors import CodebookError
from hashar.i18n import N_
from hashar.methods import scales
from hashar.methods.disclosure import Harmless
from hashar.reference.queries import factors

Floats = npt.NDArray[np.float64]

ACCEPTABLE = 0.7
"""Omega from which a scale counts as internally consistent (Nunnally 1978, Psychometric Theory, for early research)."""


@dataclass(frozen=True, eq=False)
class Scored:
    """One scale in all waves: wave → points (n, items) and scores (n,), and the cut-point."""

    scale: Scale
    points: Mapping[str, Floats]
    scores: Mapping[str, Floats]
    cut: float

    @property
    def risk(self) -> bool:
        """Whether elevated is bad; else the factor is protective."""
        return factors()[self.scale.factor].type == "risk"

    @property
    def harmless(self) -> Harmless:
        """Which unanimous result hurts nobody: no pupil at risk, every pupil protected."""
        return "none" if self.risk else "all"

    def share(self, wave: str, rows: int) -> Variable:
        """The share elevated; nobody has an answer in a wave that did not ask."""
        return Variable(
            self.scale.factor, scales.elevated(self._scores(wave, rows), self.cut), share=True, harmless=self.harmless
        )

    def mean(self, wave: str, rows: int) -> Variable:
        """The mean score."""
        return Variable(score_name(self.scale.factor), self._scores(wave, rows), share=False)

    def _scores(self, wave: str, rows: int) -> Floats:
        return self.scores[wave] if wave in self.scores else np.full(rows, np.nan)


def score_name(code: str) -> str:
    """Name of a factor's mean score among the released figures."""
    return f"score:{code}"


def score_scales(codebook: Codebook, waves: Sequence[Wave]) -> list[Scored]:
    """Score every scale of the codebook in every wave that asked all of its items.

    ``waves`` are in order of time: a cut-point from the first wave is taken from the first of them that has a score.
    A scale that no wave asked is left out.
    """
    scored = []
    for scale in codebook.scales:
        points = {wave.name: wave.coded.scales[scale.factor] for wave in waves if _asked(scale, wave.name)}
        scores = {
            name: scales.score(matrix, minimum_answered=scale.minimum_answered) for name, matrix in points.items()
        }
        if any((~np.isnan(values)).any() for values in scores.values()):
            scored.append(Scored(scale, points, scores, _cut(scale, waves, scores)))
    return scored


def _asked(scale: Scale, wave: str) -> bool:
    return all(wave in item.variables for item in scale.items)


def _cut(scale: Scale, waves: Sequence[Wave], scores: Mapping[str, Floats]) -> float:
    """The cut-point: the codebook's number, or a weighted quantile of the first wave with scores.

    Raises
    ------
    CodebookError
        When the number it needs is not given.

    """
    needed = scale.cut_quantile if scale.cut == "first_wave" else scale.cut_value
    if needed is None:
        raise CodebookError(
            N_("The scale {factor} has no cut-point: give cut_value, or cut_quantile with “first_wave”."),
            factor=scale.factor,
        )
    if scale.cut != "first_wave":
        return needed
    first = next(wave for wave in waves if wave.name in scores and (~np.isnan(scores[wave.name])).any())
    kept = np.where(first.sample.used, scores[first.name], np.nan)
    return scales.cut_point(kept, first.sample.design.weights, needed)


def reliability(scored: Scored, wave: Wave, minimum_n: int) -> list[ScaleReliability]:
    """Alpha and omega in each language version of the questionnaire with at least ``minimum_n`` complete answers."""
    if wave.name not in scored.points:
        return []
    points = scored.points[wave.name]
    found = []
    for language, rows in wave.languages.items():
        inside = rows & wave.sample.used
        result = scales.consistency(points[inside], weights=wave.sample.design.weights[inside])
        if result.n >= minimum_n and result.items > 1:
            acceptable = result.omega >= ACCEPTABLE
            found.append(
                ScaleReliability(language, result.n, result.items, result.alpha, result.omega, bool(acceptable))
            )
    return found
