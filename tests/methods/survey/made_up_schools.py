"""A small made-up school survey: 6 strata, 4 classes each, about 12 pupils a class."""

from dataclasses import dataclass

import numpy as np

from hashar.methods.survey.design import Design
from hashar.methods.survey.replicates import ReplicateDesign


@dataclass(frozen=True)
class Schools:
    design: Design
    replicates: ReplicateDesign
    sex: np.ndarray
    grade: np.ndarray
    wave: np.ndarray
    score: np.ndarray
    used: np.ndarray
    often: np.ndarray


def schools(seed: int = 1) -> Schools:
    """Pupils whose use depends on sex, grade, wave and class; strata 0–2 are the first wave, 3–5 the second."""
    rng = np.random.default_rng(seed)
    classes = np.repeat(np.arange(24), rng.integers(10, 15, 24))
    n = classes.size
    strata = classes // 4
    sex, grade, wave = rng.integers(1, 3, n), rng.integers(8, 11, n), strata // 3
    tendency = rng.normal(0, 0.5, 24)[classes] + 0.4 * (sex == 2) - 0.3 * wave + 0.2 * (grade - 9)
    score = 50 + 5 * tendency + rng.normal(0, 8, n)
    used = (rng.random(n) < 1 / (1 + np.exp(0.5 - tendency))).astype(float)
    often = np.digitize(tendency + rng.logistic(size=n), [-0.5, 0.7, 1.8])
    weights = rng.uniform(5, 15, n)
    design = Design.build(weights=weights, strata=strata, clusters=classes)
    jackknife = np.column_stack([_without(weights, strata, classes, c) for c in range(24)])
    replicates = ReplicateDesign.build(weights=weights, replicates=jackknife, scale=1, rscales=np.full(24, 3 / 4))
    return Schools(design, replicates, sex, grade, wave, score, used, often)


def _without(weights, strata, classes, left_out):
    """JKn weights: one class dropped, the others of its stratum made larger."""
    same = strata == left_out // 4
    return np.where(classes == left_out, 0.0, np.where(same, weights * 4 / 3, weights))
