"""The sampling design: weights, strata, clusters and population sizes, stage by stage.

Notation follows Särndal, Swensson & Wretman (1992), *Model Assisted Survey Sampling*, section 4.3: at stage s a
cluster of stratum h is one of n_h sampled out of N_h.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Self

import numpy as np
import numpy.typing as npt

from hashar.errors import DesignError
from hashar.i18n import N_
from hashar.methods.survey.records import BoolArray, FloatArray, IntArray, SinglePsu

if TYPE_CHECKING:
    from hashar.methods.survey.residuals import Calibration  # brings scipy, which a plain design does not need


@dataclass(frozen=True, eq=False)
class Stage:
    """One stage of selection, described by its units (clusters) and their strata.

    ``unit`` (n,) is the cluster of every row, 0 … P−1; ``stratum`` (P,) the stratum of every cluster, 0 … H−1;
    ``sampled`` (H,) is n_h; ``population`` (H,) is N_h, infinite for sampling with replacement; ``parent`` (H,) is
    the cluster of the stage before (0 at the first stage); ``share`` (H,) the product of n/N over the earlier
    stages, by which the later stage's variance counts (Särndal et al. 1992, eq. 4.3.21); ``names`` (H,) the strata
    as the user wrote them.
    """

    unit: IntArray
    stratum: IntArray
    sampled: IntArray
    population: FloatArray
    parent: IntArray
    share: FloatArray
    names: npt.NDArray[np.object_]

    @property
    def units(self) -> int:
        """Number of clusters at this stage."""
        return self.stratum.size

    @property
    def strata(self) -> int:
        """Number of strata at this stage."""
        return self.sampled.size

    @property
    def lonely(self) -> BoolArray:
        """Strata (H,) with one sampled cluster out of more than one: they say nothing about their own variance."""
        certain = self.population <= self.sampled * (1 + 1e-7)
        return np.asarray((self.sampled == 1) & ~certain & (self.share > 0), dtype=np.bool_)


@dataclass(frozen=True, eq=False)
class Design:
    """A stratified multistage design. Make it with :meth:`build`.

    ``weights`` (n,); ``strata`` (n, S) and ``clusters`` (n, S) integer codes, unique over the whole design at each
    stage; ``population`` (n, S) N_h of every row's stratum (infinite = with replacement) or None when no stage has a
    correction; ``stratum_names`` the users' codes of the first stage's strata. ``calibration`` holds the adjustments
    that the variance must account for, in the order they were made.
    """

    weights: FloatArray
    strata: IntArray
    clusters: IntArray
    population: FloatArray | None
    single_psu: SinglePsu = "fail"
    adjust_domain: bool = False
    stratum_names: npt.NDArray[np.object_] | None = None
    calibration: tuple["Calibration", ...] = ()

    @classmethod
    def build(
        cls,
        *,
        weights: npt.ArrayLike | None = None,
        strata: npt.ArrayLike | None = None,
        clusters: npt.ArrayLike | None = None,
        fpc: npt.ArrayLike | None = None,
        nest: bool = False,
        single_psu: SinglePsu = "fail",
        adjust_domain: bool = False,
        ultimate: bool = False,
    ) -> Self:
        """Check and code a design.

        Parameters
        ----------
        weights
            (n,) sampling weights; None computes them from ``fpc`` as the inverse of the sampling fractions.
        strata, clusters, fpc
            (n,) or (n, S) arrays of any codes. No ``strata``: one. No ``clusters``: every row is its own. Fewer
            columns in ``strata`` or ``fpc`` than in ``clusters``: later stages are unstratified within their
            cluster, and with replacement. ``fpc``: all ≤ 1 are sampling fractions, else population sizes.
        nest
            Cluster codes start again in every stratum.
        single_psu
            What a stratum with one cluster adds; see :mod:`hashar.methods.survey.variance`.
        adjust_domain
            Apply ``single_psu`` also to strata in which a domain sees one of several clusters.
        ultimate
            Only the first stage counts (ultimate clusters; Kalton 1979).

        Raises
        ------
        DesignError
            A missing, zero or negative weight; a missing stratum or cluster; a cluster in two strata without
            ``nest``; a population size missing, smaller than the sample or varying inside a stratum.

        """
        strata_2d, clusters_2d, fpc_2d = (None if a is None else _columns(a) for a in (strata, clusters, fpc))
        n = _rows(weights, strata_2d, clusters_2d, fpc_2d)
        strata_codes, cluster_codes, names = _code(n, strata_2d, clusters_2d, nest=nest)
        population = _population(fpc_2d, strata_codes, cluster_codes)
        w = _inverse_fractions(population, strata_codes, cluster_codes) if weights is None else _weights(weights)
        stages = 1 if ultimate or fpc is None else cluster_codes.shape[1]
        return cls(
            weights=w,
            strata=strata_codes[:, :stages],
            clusters=cluster_codes[:, :stages],
            population=None if fpc is None else population[:, :stages],
            single_psu=single_psu,
            adjust_domain=adjust_domain,
            stratum_names=names,
        )

    @property
    def n(self) -> int:
        """Number of rows."""
        return self.weights.size

    @cached_property
    def df(self) -> float:
        """First-stage clusters minus first-stage strata (Korn & Graubard 1999, section 2.4)."""
        return float(self.stages[0].units - self.stages[0].strata)

    def domain_df(self, mask: npt.ArrayLike) -> float:
        """Clusters minus strata among the rows of ``mask`` (n,): what is left when a domain misses some of them."""
        inside = np.asarray(mask, dtype=bool)
        return float(np.unique(self.clusters[inside, 0]).size - np.unique(self.strata[inside, 0]).size)

    def domain_dfs(self, codes: IntArray, domains: int) -> FloatArray:
        """:meth:`domain_df` of every domain at once; ``codes`` (n,) with −1 outside all."""
        inside = codes >= 0
        parts = []
        for column in (self.clusters, self.strata):
            width = int(column[:, 0].max(initial=0)) + 1
            seen = np.unique(codes[inside] * width + column[inside, 0]) // width
            parts.append(np.bincount(seen, minlength=domains))
        return (parts[0] - parts[1]).astype(np.float64)

    def with_weights(self, weights: npt.ArrayLike) -> Self:
        """The same design with other ``weights`` (n,), uncalibrated (all must be positive)."""
        return replace(self, weights=_weights(weights), calibration=())

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """Every stage described by units; made once per design."""
        made: list[Stage] = []
        share = np.ones(1)
        parent_unit = np.zeros(self.n, dtype=np.int64)
        for s in range(self.clusters.shape[1]):
            population = np.full(self.n, np.inf) if self.population is None else self.population[:, s]
            names = self.stratum_names if s == 0 else None
            made.append(_stage(self.strata[:, s], self.clusters[:, s], population, parent_unit, share, names))
            last = made[-1]
            of_stratum = last.share * last.sampled / last.population
            share = of_stratum[last.stratum]
            parent_unit = last.unit
        return tuple(made)


def _stage(
    strata: IntArray,
    clusters: IntArray,
    population: FloatArray,
    parent_unit: IntArray,
    parent_share: FloatArray,
    names: npt.NDArray[np.object_] | None,
) -> Stage:
    _, first, unit = np.unique(clusters, return_index=True, return_inverse=True)
    stratum_codes, first_of_stratum, stratum = np.unique(strata, return_index=True, return_inverse=True)
    of_unit = stratum[first]
    parent = parent_unit[first_of_stratum]
    return Stage(
        unit=unit.astype(np.int64),
        stratum=of_unit.astype(np.int64),
        sampled=np.bincount(of_unit, minlength=stratum_codes.size).astype(np.int64),
        population=population[first_of_stratum],
        parent=parent,
        share=parent_share[parent],
        names=stratum_codes.astype(object) if names is None else names[stratum_codes],
    )


def _columns(values: npt.ArrayLike) -> npt.NDArray[np.generic]:
    array: npt.NDArray[np.generic] = np.asarray(values)
    return array[:, None] if array.ndim == 1 else array


def _rows(weights: npt.ArrayLike | None, *others: npt.NDArray[np.generic] | None) -> int:
    sizes = {a.shape[0] for a in others if a is not None} | (set() if weights is None else {np.asarray(weights).size})
    if weights is None and others[-1] is None:
        raise DesignError(N_("A design needs weights, or population sizes to compute them from: name a weight."))
    if len(sizes) > 1:
        raise DesignError(
            N_("The columns of the design have different lengths ({lengths}): take them from one file."),
            lengths=", ".join(map(str, sorted(sizes))),
        )
    return sizes.pop()


def _weights(values: npt.ArrayLike) -> FloatArray:
    weights = np.asarray(values, dtype=np.float64).ravel()
    bad = ~(np.isfinite(weights) & (weights > 0))
    if bad.any():
        raise DesignError(
            N_(
                "{count} rows have a weight that is missing, zero or negative (the first is row {row}): "
                "correct the weight or leave these rows out of the file."
            ),
            count=int(bad.sum()),
            row=int(bad.argmax()) + 1,
        )
    return weights


def _integers(values: npt.NDArray[np.generic], what: str) -> tuple[IntArray, npt.NDArray[np.generic]]:
    missing = _missing(values)
    if missing.any():
        raise DesignError(
            N_("{count} rows have no {what} (the first is row {row}): every row needs one."),
            count=int(missing.sum()),
            what=what,
            row=int(missing.argmax()) + 1,
        )
    # words and numbers may be mixed in one column of a spreadsheet: compare them as words
    names, codes = np.unique(values.astype(str) if values.dtype == object else values, return_inverse=True)
    if names.dtype.kind == "f" and np.array_equal(names, np.rint(names)) and np.abs(names).max(initial=0) < 2**53:
        names = names.astype(np.int64)  # as the file shows them: 3, not 3.0
    return codes.astype(np.int64), names


def _missing(values: npt.NDArray[np.generic]) -> BoolArray:
    if values.dtype == object:
        return np.array([v is None or (isinstance(v, float) and math.isnan(v)) for v in values])
    return np.isnan(values.astype(np.float64)) if values.dtype.kind == "f" else np.zeros(values.shape, bool)


def _code(
    n: int, strata: npt.NDArray[np.generic] | None, clusters: npt.NDArray[np.generic] | None, *, nest: bool
) -> tuple[IntArray, IntArray, npt.NDArray[np.object_]]:
    """Strata and clusters (n, S) as integers unique over the design at each stage, and the first strata's names."""
    clusters = np.arange(n)[:, None] if clusters is None else clusters
    stages = clusters.shape[1]
    if strata is not None and strata.shape[1] > stages:
        message = N_("There are {strata} columns of strata for {stages} stages of sampling: name one for each stage.")
        raise DesignError(message, strata=strata.shape[1], stages=stages)
    strata_out, clusters_out = np.zeros((n, stages), np.int64), np.zeros((n, stages), np.int64)
    names: npt.NDArray[np.object_] = np.array([1], dtype=object)
    parent = np.zeros(n, np.int64)
    for s in range(stages):
        own = np.zeros(n, np.int64)
        if strata is not None and s < strata.shape[1]:
            own, labels = _integers(strata[:, s], "stratum")
            names = labels.astype(object) if s == 0 else names
        stratum = own if s == 0 else _pair(parent, own)
        cluster, cluster_names = _integers(clusters[:, s], "cluster")
        if s == 0 and not nest:
            _refuse_crossing(stratum, cluster, names, cluster_names)
        unit = _pair(stratum, cluster)
        strata_out[:, s], clusters_out[:, s], parent = stratum, unit, unit
    return strata_out, clusters_out, names


def _pair(outer: IntArray, inner: IntArray) -> IntArray:
    return np.unique(outer * (inner.max(initial=0) + 1) + inner, return_inverse=True)[1].astype(np.int64)


def _refuse_crossing(
    stratum: IntArray, cluster: IntArray, names: npt.NDArray[np.object_], cluster_names: npt.NDArray[np.generic]
) -> None:
    pairs = np.stack([cluster, stratum])[:, np.lexsort((stratum, cluster))]
    again = np.flatnonzero((np.diff(pairs[0]) == 0) & (np.diff(pairs[1]) != 0))
    if again.size:
        at = again[0]
        raise DesignError(
            N_(
                "Cluster {cluster} is in stratum {first} and in stratum {second}: if cluster codes start again in "
                "every stratum, say so (nest), else correct the file."
            ),
            cluster=cluster_names[pairs[0, at]],
            first=names[pairs[1, at]],
            second=names[pairs[1, at + 1]],
        )


def _counts(strata: IntArray, clusters: IntArray) -> IntArray:
    """n_h of every row's stratum (n,)."""
    _, first = np.unique(clusters, return_index=True)
    return np.bincount(strata[first], minlength=int(strata.max()) + 1)[strata]


def _population(fpc: npt.NDArray[np.generic] | None, strata: IntArray, clusters: IntArray) -> FloatArray:
    """N_h of every row's stratum (n, S), infinite where no size is given."""
    out = np.full(strata.shape, np.inf)
    if fpc is None:
        return out
    given = fpc.astype(np.float64)
    if not (np.isfinite(given).all() and (given > 0).all() and ((given <= 1).all() or (given >= 1).all())):
        raise DesignError(
            N_("Population sizes must all be at least 1 (sizes), or all from 0 to 1 (fractions), none missing.")
        )
    for s in range(min(given.shape[1], strata.shape[1])):
        sampled = _counts(strata[:, s], clusters[:, s])
        out[:, s] = sampled / given[:, s] if (given <= 1).all() else given[:, s]
        _refuse_population(s + 1, strata[:, s], out[:, s], sampled)
    return out


def _refuse_population(stage: int, strata: IntArray, population: FloatArray, sampled: IntArray) -> None:
    first = np.unique(strata, return_index=True)[1]
    varies = population != population[first][strata]
    short = population < sampled * (1 - 1e-9)
    if varies.any():
        raise DesignError(
            N_("The population size of stage {stage} varies inside a stratum (row {row}): it must be one number."),
            stage=stage,
            row=int(varies.argmax()) + 1,
        )
    if short.any():
        row = int(short.argmax())
        raise DesignError(
            N_(
                "Stage {stage}, row {row}: {sampled} clusters were sampled out of a population of {population}: "
                "correct the population size."
            ),
            stage=stage,
            row=row + 1,
            sampled=int(sampled[row]),
            population=f"{population[row]:g}",
        )


def _inverse_fractions(population: FloatArray, strata: IntArray, clusters: IntArray) -> FloatArray:
    weights = np.ones(strata.shape[0])
    for s in range(strata.shape[1]):
        finite = np.isfinite(population[:, s])
        weights[finite] *= (population[:, s] / _counts(strata[:, s], clusters[:, s]))[finite]
    return weights


def stack_designs(designs: Sequence[Design]) -> Design:
    """Several independent surveys (waves) as one design: strata and clusters kept apart by survey.

    Weights stay as they are. The first design's single-cluster policy holds for all.

    Raises
    ------
    DesignError
        When one of them is calibrated: calibrate after stacking, within each wave.

    """
    if any(d.calibration for d in designs):
        raise DesignError(
            N_("Calibrated surveys cannot be put together: put them together first, then calibrate each.")
        )
    stages = max(d.clusters.shape[1] for d in designs)
    strata, clusters, population, names = [], [], [], []
    at = np.zeros((2, stages), np.int64)
    for number, design in enumerate(designs):
        wide = [_widen(a, stages) for a in (design.strata, design.clusters)]
        strata.append(wide[0] + at[0])
        clusters.append(wide[1] + at[1])
        at += np.stack([a.max(axis=0) + 1 for a in wide])
        own = np.full(design.strata.shape, np.inf) if design.population is None else design.population
        population.append(np.pad(own, ((0, 0), (0, stages - own.shape[1])), constant_values=1.0))
        labels = np.arange(wide[0][:, 0].max() + 1) if design.stratum_names is None else design.stratum_names
        names.append(np.array([f"{number + 1}:{label}" for label in labels], dtype=object))
    return Design(
        weights=np.concatenate([d.weights for d in designs]),
        strata=np.concatenate(strata),
        clusters=np.concatenate(clusters),
        population=None if all(d.population is None for d in designs) else np.concatenate(population),
        single_psu=designs[0].single_psu,
        adjust_domain=designs[0].adjust_domain,
        stratum_names=np.concatenate(names),
    )


def _widen(codes: IntArray, stages: int) -> IntArray:
    """Repeat the last stage: a cluster that is its own and only sub-cluster adds no variance."""
    return np.pad(codes, ((0, 0), (0, stages - codes.shape[1])), mode="edge")
