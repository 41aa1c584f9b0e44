"""Design-based survey estimation: from a sampling design and answers to estimates with their uncertainty.

The most used names are here; the others are in their modules (``contrasts``, ``regression``, ``standardise`` …).
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashar.methods.survey.calibration import Margin, calibrate, poststratify, rake, trim
    from hashar.methods.survey.design import Design, stack_designs
    from hashar.methods.survey.estimation import indicators, mean, population_variance, proportion, ratio, total
    from hashar.methods.survey.quantiles import quantile
    from hashar.methods.survey.records import Estimate, Reliability
    from hashar.methods.survey.replicates import ReplicateDesign
    from hashar.methods.survey.resampling import bootstrap, brr, jackknife, multistage_bootstrap, rao_wu

__all__ = [
    "Design",
    "Estimate",
    "Margin",
    "Reliability",
    "ReplicateDesign",
    "bootstrap",
    "brr",
    "calibrate",
    "indicators",
    "jackknife",
    "mean",
    "multistage_bootstrap",
    "population_variance",
    "poststratify",
    "proportion",
    "quantile",
    "rake",
    "rao_wu",
    "ratio",
    "stack_designs",
    "total",
    "trim",
]

_HOME = {
    "Margin": "calibration",
    "calibrate": "calibration",
    "poststratify": "calibration",
    "rake": "calibration",
    "trim": "calibration",
    "Design": "design",
    "stack_designs": "design",
    "indicators": "estimation",
    "mean": "estimation",
    "population_variance": "estimation",
    "proportion": "estimation",
    "ratio": "estimation",
    "total": "estimation",
    "quantile": "quantiles",
    "Estimate": "records",
    "Reliability": "records",
    "ReplicateDesign": "replicates",
    "bootstrap": "resampling",
    "brr": "resampling",
    "jackknife": "resampling",
    "multistage_bootstrap": "resampling",
    "rao_wu": "resampling",
}


def __getattr__(name: str) -> object:
    """Load a part only when it is used: most need scipy, which takes longer to load than many surveys to estimate."""
    if name not in _HOME:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
