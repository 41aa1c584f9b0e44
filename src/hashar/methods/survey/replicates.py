"""Replicate weights: the variance from re-estimating with every set of weights.

V = scale Σ_r rscale_r (θ_r − θ̄)(θ_r − θ̄)', around the mean of the replicates, or around the full-sample estimate
with ``mse`` (Wolter 2007, *Introduction to Variance Estimation*, chapters 3–5).
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
import numpy.typing as npt

from hashar.errors import DesignError
from hashar.i18n import N_
from hashar.methods.survey.records import FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class ReplicateDesign:
    """A sample with replicate weights. Make it with :meth:`build`.

    ``weights`` (n,) full-sample weights; ``replicates`` (n, R) complete weights of every replicate (the sampling
    weight multiplied in); ``scale`` and ``rscales`` (R,) the factors of the variance; ``given_df`` overrides the
    rank rule.
    """

    weights: FloatArray
    replicates: FloatArray
    scale: float
    rscales: FloatArray
    mse: bool = False
    given_df: float | None = None

    @classmethod
    def build(
        cls,
        *,
        weights: npt.ArrayLike,
        replicates: npt.ArrayLike,
        scale: float,
        rscales: npt.ArrayLike | None = None,
        mse: bool = False,
        df: float | None = None,
    ) -> Self:
        """Check replicate weights (n, R) and their scales.

        Raises
        ------
        DesignError
            Weights that are missing, zero or negative; replicate weights that are missing or negative; sizes that do
            not fit; a negative scale.

        """
        w = np.asarray(weights, dtype=np.float64).ravel()
        r = np.asarray(replicates, dtype=np.float64)
        s = np.ones(r.shape[-1]) if rscales is None else np.asarray(rscales, dtype=np.float64).ravel()
        if r.ndim != 2 or r.shape[0] != w.size or s.size != r.shape[1]:
            raise DesignError(
                N_("Replicate weights need a row per row of the file and a scale each: {rows} rows, {columns}."),
                rows=w.size,
                columns="×".join(map(str, r.shape)),
            )
        bad = ~(np.isfinite(w) & (w > 0)) | ~(np.isfinite(r) & (r >= 0)).all(axis=1)
        if bad.any():
            raise DesignError(
                N_(
                    "{count} rows have a weight that is missing, zero or negative, or a replicate weight that is "
                    "missing or negative (the first is row {row}): correct it or leave these rows out of the file."
                ),
                count=int(bad.sum()),
                row=int(bad.argmax()) + 1,
            )
        if not (scale > 0 and (s >= 0).all()):
            raise DesignError(N_("The scale of replicate weights must be positive and their rscales not negative."))
        return cls(weights=w, replicates=r, scale=float(scale), rscales=s, mse=mse, given_df=df)

    @property
    def n(self) -> int:
        """Number of rows."""
        return self.weights.size

    @cached_property
    def df(self) -> float:
        """Rank of the replicate weights minus one (the dimension of the space of contrasts they can show)."""
        return self.domain_df(np.ones(self.n, bool)) if self.given_df is None else self.given_df

    def domain_df(self, mask: npt.ArrayLike) -> float:
        """The rank rule on the rows of ``mask`` (n,)."""
        rows = np.unique(self.replicates[np.asarray(mask, dtype=bool)], axis=0)
        return float(np.linalg.matrix_rank(rows, rtol=1e-7) - 1) if rows.size else -1.0

    def domain_dfs(self, codes: IntArray, domains: int) -> FloatArray:
        """:meth:`domain_df` of every domain; ``codes`` (n,) with −1 outside all."""
        return np.array([self.domain_df(codes == d) for d in range(domains)])

    def covariance(self, estimate: FloatArray, replicates: FloatArray) -> FloatArray:
        """Covariance (k, k) of ``estimate`` (k,) from its values ``replicates`` (R, k) under every set of weights.

        A replicate in which a domain is empty has NaN and is left out for that domain, without rescaling the others,
        as R's ``survey`` does: with many such replicates the variance is too small, and the domain too thin to
        publish.
        """
        deviations = self.deviations(estimate, replicates)
        return np.asarray(deviations.T @ deviations)

    def deviations(self, estimate: FloatArray, replicates: FloatArray) -> FloatArray:
        """D (R, k) with D'D the covariance; zero where a replicate is left out."""
        valid = np.isfinite(replicates)
        used = valid & (self.rscales > 0)[:, None]
        counts = used.sum(axis=0)
        sums = np.where(used, replicates, 0.0).sum(axis=0)
        centre = estimate if self.mse else np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)
        factor = np.sqrt(self.scale * self.rscales)[:, None]
        return np.where(valid, factor * (replicates - centre), 0.0)
