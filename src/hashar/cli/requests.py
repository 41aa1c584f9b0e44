"""What the options ask for, checked: requests for the services."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hashar.assess.contracts.estimates import DesignRequest, EstimateRequest, ReplicateType, Statistic
from hashar.errors import UsageError
from hashar.i18n import N_

RESERVED = (
    *("variable", "level", "n", "weighted_n", "estimate", "se", "ci_low", "ci_high", "df", "deff", "reliability"),
    *("n_a", "n_b", "estimate_a", "estimate_b", "difference", "t", "p", "p_adjusted", "detectable"),
)
"""Columns of the tables that these commands write."""


def refuse_beside_codebook(given: Mapping[str, Any]) -> None:
    """Refuse what the codebook says itself.

    Raises
    ------
    UsageError
        A statistic, condition or design beside ``--codebook``.

    """
    named = ("statistic", "denominator", "where", "weight", "strata", "clusters", "fpc", "replicate_weights", "rake")
    for name in (*named, "poststratify"):
        if given[name]:
            raise UsageError(
                N_("{name} and --codebook exclude each other: the codebook says what the columns mean."),
                name="--" + {"strata": "stratum", "clusters": "cluster"}.get(name, name).replace("_", "-"),
            )


def estimate_request(file: Path, given: Mapping[str, Any]) -> EstimateRequest:
    """What the options ask for.

    Raises
    ------
    UsageError
        Options that contradict each other, or miss one another.

    """
    for name, option in (("statistic", "--statistic"), ("variables", "--variable")):
        if not given[name]:
            raise UsageError(N_("{name} is missing."), name=option)
    statistic = Statistic(given["statistic"])
    _check_names(given["by"])
    _check_question(statistic, given)
    _check_design(given)
    return EstimateRequest(
        file=file,
        statistic=statistic,
        variables=tuple(dict.fromkeys(given["variables"])),
        denominator=given["denominator"],
        quantiles=tuple(given["quantiles"]) or (0.5,),
        quantile_rule=given["quantile_rule"],
        by=given["by"],
        where=given["where"],
        interval=given["interval"],
        df=given["df"],
        level=given["level"],
        deff=given["deff"],
        engine=given["engine"],
        encoding=given["encoding"],
        sheet=given["sheet"],
        design=_design(given),
    )


def _design(given: Mapping[str, Any]) -> DesignRequest:
    kind = given["replicate_type"]
    names = (
        *("weight", "strata", "clusters", "fpc", "nest", "ultimate_cluster", "single_psu", "single_psu_in_domain"),
        *("replicate_weights", "scale", "rscales", "fay_rho", "mse", "poststratify", "rake"),
    )
    return DesignRequest(
        **{name: given[name] for name in names}, replicate_type=None if kind is None else ReplicateType(kind)
    )


def _check_names(by: Sequence[str]) -> None:
    """Refuse groups that are called like a column of the table."""
    taken = [name for name in by if name in RESERVED]
    if taken:
        raise UsageError(
            N_("The table has its own column “{name}”: rename yours in the file before using it with --by."),
            name=taken[0],
        )


def _check_question(statistic: Statistic, given: Mapping[str, Any]) -> None:
    if statistic is Statistic.RATIO and not given["denominator"]:
        raise UsageError(N_("A ratio needs --denominator: the column below the line."))
    if statistic is not Statistic.RATIO and given["denominator"]:
        raise UsageError(N_("--denominator belongs to --statistic ratio only."))
    if statistic is not Statistic.QUANTILE and given["quantiles"]:
        raise UsageError(N_("--quantile belongs to --statistic quantile only."))


def _check_design(given: Mapping[str, Any]) -> None:
    if not given["weight"] and not given["fpc"]:
        raise UsageError(
            N_("--weight is missing: name the column with the sampling weights (or --fpc, to compute them).")
        )
    if given["poststratify"] and given["rake"]:
        raise UsageError(N_("--poststratify and --rake exclude each other: choose one."))
    if given["replicate_weights"]:
        _check_replicates(given)
    elif given["replicate_type"] or given["rscales"] or given["scale"] is not None or given["mse"]:
        raise UsageError(N_("--replicate-type, --scale, --rscales and --mse need --replicate-weights."))


def _check_replicates(given: Mapping[str, Any]) -> None:
    if not given["replicate_type"]:
        raise UsageError(N_("--replicate-weights needs --replicate-type: how were they made?"))
    if given["replicate_type"] == "fay" and given["fay_rho"] is None and given["scale"] is None:
        raise UsageError(N_("--replicate-type fay needs --fay-rho (or --scale)."))
    if given["replicate_type"] == "jkn" and given["rscales"] is None:
        raise UsageError(N_("--replicate-type jkn needs --rscales: one factor per replicate."))
    if given["fpc"] or not given["weight"]:
        raise UsageError(N_("Replicate weights need --weight and go without --fpc."))
