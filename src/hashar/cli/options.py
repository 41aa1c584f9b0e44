"""Options that several commands share: the question, the design, the method, the output."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from hashar.assess.contracts.estimates import (
    DEFF_RULES,
    DF_RULES,
    ENGINES,
    INTERVALS,
    QUANTILE_RULES,
    SINGLE_PSU,
    ReplicateType,
    Statistic,
)
from hashar.cli.translated import Option
from hashar.i18n import N_

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

QUESTION = N_("What to estimate")
DESIGN = N_("Sampling design")
REPLICATES = N_("Replicate weights instead of the design")
CALIBRATION = N_("Fitting the weights to the population")
METHOD = N_("Method")
OUTPUT = N_("Input and output")
FILE = click.Path(path_type=Path)

_OPTIONS: tuple[tuple[tuple[str, ...], Mapping[str, Any]], ...] = (
    (
        ("--statistic",),
        {
            "type": click.Choice([s.value for s in Statistic]),
            "required": True,
            "section": QUESTION,
            "help": N_("The number to estimate."),
        },
    ),
    (
        ("--variable", "variables"),
        {
            "multiple": True,
            "required": True,
            "section": QUESTION,
            "metavar": "Y",
            "help": N_("Column; several are estimated one by one, each over the rows that answered it."),
        },
    ),
    (("--denominator",), {"section": QUESTION, "metavar": "D", "help": N_("Column below the line of a ratio.")}),
    (
        ("--quantile", "quantiles"),
        {
            "multiple": True,
            "type": click.FloatRange(0, 1),
            "section": QUESTION,
            "metavar": "Q",
            "help": N_("Probability of a quantile; 0.5 when none is given."),
        },
    ),
    (
        ("--by",),
        {
            "multiple": True,
            "section": QUESTION,
            "metavar": "G",
            "callback": lambda context, parameter, given: split(given),  # noqa: ARG005  (the signature click calls)
            "help": N_("Column whose levels are estimated apart; several are crossed."),
        },
    ),
    (
        ("--where",),
        {
            "section": QUESTION,
            "metavar": "EXPR",
            "help": N_('Only these rows, e.g. "grade >= 9 and sex == 1", as a domain of the whole design.'),
        },
    ),
    (
        ("--weight",),
        {
            "section": DESIGN,
            "metavar": "W",
            "help": N_("Column with the sampling weight; without it --fpc must give the sampling fractions."),
        },
    ),
    (
        ("--stratum", "strata"),
        {"multiple": True, "section": DESIGN, "metavar": "S", "help": N_("Column with the stratum; once per stage.")},
    ),
    (
        ("--cluster", "clusters"),
        {
            "multiple": True,
            "section": DESIGN,
            "metavar": "C",
            "help": N_("Column with the cluster (school, class); once per stage. Without it every row is its own."),
        },
    ),
    (
        ("--fpc",),
        {
            "multiple": True,
            "section": DESIGN,
            "metavar": "F",
            "help": N_("Column with the population size, or the sampling fraction (all values ≤ 1); once per stage."),
        },
    ),
    (("--nest",), {"is_flag": True, "section": DESIGN, "help": N_("Cluster codes start again in every stratum.")}),
    (
        ("--ultimate-cluster",),
        {"is_flag": True, "section": DESIGN, "help": N_("Only the first stage counts for the variance.")},
    ),
    (
        ("--single-psu",),
        {
            "type": click.Choice(SINGLE_PSU),
            "default": "fail",
            "section": DESIGN,
            "help": N_(
                "What a stratum with one cluster adds to the variance: refuse, nothing (remove, certainty), its "
                "distance from the centre of all, or the average of the others."
            ),
        },
    ),
    (
        ("--single-psu-in-domain",),
        {
            "is_flag": True,
            "section": DESIGN,
            "help": N_("Apply --single-psu also where a domain sees one cluster of a stratum."),
        },
    ),
    (
        ("--replicate-weights",),
        {"section": REPLICATES, "metavar": "GLOB", "help": N_('Names of the replicate-weight columns, e.g. "rw*".')},
    ),
    (
        ("--replicate-type",),
        {
            "type": click.Choice([t.value for t in ReplicateType]),
            "section": REPLICATES,
            "help": N_("How they were made; sets the scale."),
        },
    ),
    (
        ("--scale",),
        {
            "type": float,
            "section": REPLICATES,
            "metavar": "X",
            "help": N_("Factor of the whole variance, when not the usual one of the type."),
        },
    ),
    (
        ("--rscales",),
        {
            "type": FILE,
            "section": REPLICATES,
            "metavar": "FILE",
            "help": N_("One factor per replicate: a number per line, or CSV with a column “rscale”."),
        },
    ),
    (
        ("--fay-rho",),
        {
            "type": click.FloatRange(0, 1, max_open=True),
            "section": REPLICATES,
            "metavar": "RHO",
            "help": N_("Fay's coefficient."),
        },
    ),
    (
        ("--mse",),
        {
            "is_flag": True,
            "section": REPLICATES,
            "help": N_("Squares around the estimate, not around the mean of the replicates."),
        },
    ),
    (
        ("--poststratify",),
        {
            "type": FILE,
            "section": CALIBRATION,
            "metavar": "FILE",
            "help": N_("CSV: group columns and “population”, one row per group."),
        },
    ),
    (
        ("--rake",),
        {
            "type": FILE,
            "section": CALIBRATION,
            "metavar": "FILE",
            "help": N_("CSV: columns “variable”, “level”, “population”."),
        },
    ),
    (
        ("--interval",),
        {
            "type": click.Choice(INTERVALS),
            "default": "logit",
            "section": METHOD,
            "help": N_("Confidence interval of a proportion."),
        },
    ),
    (
        ("--quantile-rule",),
        {
            "type": click.Choice(QUANTILE_RULES),
            "metavar": "RULE",
            "default": "math",
            "section": METHOD,
            "help": N_("How a quantile is read off: math, school (the usual median), shahvaish or hf1 to hf9."),
        },
    ),
    (
        ("--df",),
        {
            "type": click.Choice(DF_RULES),
            "default": "design",
            "section": METHOD,
            "help": N_("Degrees of freedom: of the whole design, or of the clusters that the domain touches."),
        },
    ),
    (
        ("--level",),
        {
            "type": click.FloatRange(0, 1, min_open=True, max_open=True),
            "default": 0.95,
            "section": METHOD,
            "metavar": "L",
            "help": N_("Confidence level."),
        },
    ),
    (
        ("--deff",),
        {
            "type": click.Choice(DEFF_RULES),
            "default": "auto",
            "section": METHOD,
            "help": N_(
                "Simple random sample that the design effect compares with: with replacement, or without it from a "
                "population of the sum of weights; auto tells from the weights."
            ),
        },
    ),
    (
        ("--engine",),
        {
            "type": click.Choice(ENGINES),
            "default": "memory",
            "section": METHOD,
            "help": N_(
                "Where the pass over the rows runs: in memory, in DuckDB (files larger than memory) or in Spark."
            ),
        },
    ),
    (
        ("--encoding",),
        {"section": OUTPUT, "metavar": "NAME", "help": N_("Encoding of a file that does not say it, e.g. cp1251.")},
    ),
    (("--sheet",), {"section": OUTPUT, "metavar": "NAME", "help": N_("Sheet of a workbook with several.")}),
    (
        ("--out", "-o"),
        {
            "type": FILE,
            "default": "-",
            "section": OUTPUT,
            "metavar": "FILE",
            "help": N_("Where the table goes: .csv, .json, .parquet or .xlsx; “-” prints CSV."),
        },
    ),
)


def split(given: tuple[str, ...]) -> tuple[str, ...]:
    """Names given apart or separated by commas, each once."""
    return tuple(dict.fromkeys(name.strip() for part in given for name in part.split(",") if name.strip()))


def estimate_options(command: Decorated) -> Decorated:
    """Add the options of ``hashar estimate``."""
    for names, settings in reversed(_OPTIONS):
        command = click.option(*names, cls=Option, **settings)(command)
    return command


def change_options(command: Decorated) -> Decorated:
    """The same for ``hashar change``, where a codebook may say instead what is asked."""
    for names, settings in reversed(_OPTIONS):
        command = click.option(*names, cls=Option, **{**settings, "required": False})(command)
    return command
