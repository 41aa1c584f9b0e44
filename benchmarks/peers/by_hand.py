"""What an expert writes by hand after the group-by of polars or DuckDB: estimates, standard errors and logit limits.

The quantile of t is handed in, so that no contestant has to load scipy for one number.
"""

import numpy as np


def estimates(stratum, cluster, domain, w, wy, *, t):
    """w, wy (m, i) by cluster × domain → estimate and SE (domains × i, domain-major), and the limits."""
    strata = int(stratum.max()) + 1
    clusters = np.unique(np.stack([stratum, cluster]), axis=1)
    size = np.bincount(clusters[0], minlength=strata).astype(float)
    order = np.lexsort((cluster, stratum, domain))
    domain, stratum, w, wy = domain[order], stratum[order], w[order], wy[order]
    new = np.r_[True, np.diff(domain) != 0]
    at = np.flatnonzero(new)
    weight = np.add.reduceat(w, at)
    share = np.add.reduceat(wy, at) / weight
    of = np.cumsum(new) - 1
    z = (wy - share[of] * w) / weight[of]
    group = np.flatnonzero(np.r_[True, (np.diff(domain) != 0) | (np.diff(stratum) != 0)])
    total, squares = np.add.reduceat(z, group), np.add.reduceat(z * z, group)
    n = size[stratum[group]][:, None]
    part = n / (n - 1) * (squares - total**2 / n)
    variance = np.add.reduceat(part, np.flatnonzero(np.r_[True, np.diff(domain[group]) != 0]))
    se = np.sqrt(variance)
    with np.errstate(divide="ignore", invalid="ignore"):
        middle, half = np.log(share / (1 - share)), t * se / (share * (1 - share))
        limits = 1 / (1 + np.exp(-(middle - half))), 1 / (1 + np.exp(-(middle + half)))
    return share.ravel(), se.ravel(), limits
