"""Variance of linearised statistics from cells.

Per cell, z = (a − θ b) g is the cluster's total of a domain's weighted influence values, with a, b sums of the cell
and θ, g of the domain. Within stratum h, clusters without the domain have z = 0:

    V = Σ_h (1 − n_h/N_h) n_h/(n_h − 1) Σ_c (z_hc − z̄_h)²

(Särndal, Swensson & Wretman 1992, result 4.3.1 at the first stage; domains: section 10.3). Only strata that a domain
touches are visited, as *groups* of cells of one domain and stratum. The single-cluster policies are those of
:mod:`hashar.methods.survey.variance`.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from hashar.errors import DesignError, EstimationError
from hashar.i18n import N_
from hashar.methods.survey.cells import Cells
from hashar.methods.survey.frame import Frame
from hashar.methods.survey.records import BoolArray, FloatArray, IntArray, SinglePsu

LARGEST_COVARIANCE = 5_000
"""Estimates in one covariance matrix; 5,000 need 200 MB."""


@dataclass(frozen=True, eq=False)
class Groups:
    """Cells ordered by domain, then cluster, and their G groups of one domain and one stratum.

    ``order`` (m,) the cells in this order; ``cluster``, ``of_cell`` (m,) their cluster and group; ``first`` (G,) the
    first cell of a group; ``count`` (G,) its cells; ``domain``, ``stratum`` (G,).
    """

    order: IntArray
    cluster: IntArray
    of_cell: IntArray
    first: IntArray
    count: IntArray
    domain: IntArray
    stratum: IntArray

    @classmethod
    def of(cls, cells: Cells) -> "Groups":
        """The groups of all cells."""
        order = np.argsort(cells.domain, kind="stable")
        domain, cluster = cells.domain[order], cells.cluster[order]
        stratum = cells.frame.stratum[cluster]
        starts = np.ones(order.size, bool)
        starts[1:] = (np.diff(domain) != 0) | (np.diff(stratum) != 0)
        first = np.flatnonzero(starts)
        count = np.diff(first, append=order.size)
        return cls(order, cluster, np.cumsum(starts) - 1, first, count, domain[first], stratum[first])

    def add(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Sums (G, i) by group of ordered values (m, i)."""
        return np.add.reduceat(values, self.first, axis=0) if self.first.size else values[:0]

    def by_domain(self, values: npt.NDArray[Any], domains: int) -> npt.NDArray[Any]:
        """Sums (K, i) by domain of values by group (G, i)."""
        total = np.zeros((domains, *values.shape[1:]), values.dtype)
        first = np.flatnonzero(np.diff(self.domain, prepend=-1))
        if first.size:
            total[self.domain[first]] = np.add.reduceat(values, first, axis=0)
        return total

    def domain_df(self, domains: int) -> FloatArray:
        """Clusters minus strata that a domain touches (K,)."""
        clusters = np.bincount(self.domain, self.count, domains)
        return np.asarray(clusters - np.bincount(self.domain, minlength=domains), dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Policy:
    """What to do with strata of one cluster: as in :class:`hashar.methods.survey.design.Design`."""

    single_psu: SinglePsu = "fail"
    adjust_domain: bool = False

    def plain(self, frame: Frame) -> bool:
        """Whether it never applies."""
        return not self.adjust_domain and not bool(frame.lonely.any())


@dataclass(frozen=True, eq=False)
class Deviations:
    """``z`` (m, i) in the order of ``groups``; by group (G, i) the ``mean`` it is compared with, and the ``factor``."""

    frame: Frame
    groups: Groups
    z: FloatArray
    mean: FloatArray
    factor: FloatArray
    unknown: BoolArray
    """(K, i): every stratum that the domain sees has one cluster, so nothing is known."""

    def variances(self, domains: int) -> FloatArray:
        """V (K, i)."""
        g = self.groups
        absent = (self.frame.sampled[g.stratum] - g.count)[:, None]
        squares = g.add((self.z - self.mean[g.of_cell]) ** 2) + absent * self.mean**2
        return np.where(self.unknown, np.nan, g.by_domain(self.factor * squares, domains))

    def covariance(self, domains: int) -> FloatArray:
        """The covariance (k, k) of all k = K·i estimates, domain-major.

        Raises
        ------
        EstimationError
            More estimates than a matrix should hold.

        """
        g, items = self.groups, self.z.shape[1]
        if domains * items > LARGEST_COVARIANCE:
            raise EstimationError(
                N_("A covariance of {count} estimates is too large; at most {most}: ask for fewer items or domains."),
                count=domains * items,
                most=LARGEST_COVARIANCE,
            )
        scaled = np.zeros((self.frame.clusters, domains, items))
        begin = np.searchsorted(self.frame.stratum, np.arange(self.frame.strata + 1))
        root = np.sqrt(self.factor)
        for at in range(g.first.size):
            rows = slice(begin[g.stratum[at]], begin[g.stratum[at] + 1])
            scaled[rows, g.domain[at]] = -self.mean[at] * root[at]
        scaled[g.cluster, g.domain[g.of_cell]] += self.z * root[g.of_cell]
        flat = scaled.reshape(self.frame.clusters, domains * items)
        lost = np.where(self.unknown.ravel(), np.nan, 0.0)
        return flat.T @ flat + lost[:, None] + lost


def deviations(
    frame: Frame, groups: Groups, z: FloatArray, answered: BoolArray, domains: int, policy: Policy
) -> Deviations:
    """Compare z (m, i), in the order of ``groups``, with its stratum's mean under a single-cluster policy.

    ``answered`` (m, i): whether the cell has answers to the item (a cell without does not make a cluster seen).

    Raises
    ------
    DesignError
        A stratum with one cluster under the policy ``fail``.

    """
    sampled = frame.sampled
    mean = groups.add(z) / sampled[groups.stratum][:, None]
    usual = stratum_factors(frame)[groups.stratum][:, None]
    unknown = np.zeros((domains, z.shape[1]), bool)
    if policy.plain(frame):
        return Deviations(frame, groups, z, mean, np.broadcast_to(usual, mean.shape), unknown)
    seen = groups.add(answered.astype(np.int64))
    by_design = frame.lonely[groups.stratum][:, None] & (seen > 0)
    if policy.single_psu == "fail" and by_design.any():
        _refuse(frame, groups, by_design)
    lonely = by_design
    if policy.adjust_domain:
        lonely = by_design | ((seen == 1) & (sampled[groups.stratum] > 1)[:, None])
    factor = np.broadcast_to(usual, mean.shape).copy()
    if policy.single_psu == "centre":
        sizes = groups.by_domain((seen > 0) * sampled[groups.stratum][:, None], domains)
        overall = groups.by_domain(groups.add(z), domains) / np.maximum(sizes, 1)
        mean = np.where(lonely, overall[groups.domain], mean)
        correction = (1 - sampled / frame.population)[groups.stratum][:, None]
        factor = np.where(lonely & (sampled[groups.stratum] == 1)[:, None], correction, factor)
    if policy.single_psu == "average":
        touched = groups.by_domain((seen > 0).astype(np.int64), domains)
        telling = groups.by_domain(((seen > 0) & ~lonely).astype(np.int64), domains)
        unknown = (touched > 0) & (telling == 0)
        share = touched / np.maximum(telling, 1)
        factor = np.where(lonely, 0.0, factor * share[groups.domain])
    return Deviations(frame, groups, z, mean, factor, unknown)


def stratum_factors(frame: Frame) -> FloatArray:
    """(1 − n_h/N_h) n_h/(n_h − 1) (H,), 0 for one cluster."""
    n = frame.sampled.astype(np.float64)
    return np.where(n > 1, (1 - n / frame.population) * n / np.maximum(n - 1, 1), 0.0)


def _refuse(frame: Frame, groups: Groups, lonely: BoolArray) -> None:
    strata = np.unique(groups.stratum[lonely.any(axis=1)])
    raise DesignError(
        N_(
            "{count} strata have a single sampled cluster (the first is {stratum}), so their variance cannot be "
            "computed: choose single-psu (in the codebook: single_psu) certainty, centre, average or remove, or join "
            "them with a similar stratum."
        ),
        count=strata.size,
        stratum=frame.stratum_names[strata[0]],
    )
