"""The first stage of a design as a short table: every sampled cluster, its stratum, and the strata's population sizes.

Cells carry it, so that a cluster without a single pupil of a domain still counts in the variance (its total is zero;
Cochran 1977, section 5A.14).
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from hashar.errors import DesignError
from hashar.i18n import N_
from hashar.methods.survey.design import Design
from hashar.methods.survey.records import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class Frame:
    """C sampled clusters in H strata.

    ``stratum`` (C,) is the stratum of every cluster, 0 … H−1, never falling; ``population`` (H,) the number of
    clusters in the population, infinite for sampling with replacement; ``cluster_names`` (C,) and ``stratum_names``
    (H,) the users' codes: clusters of two files are the same where both names are equal.
    """

    stratum: IntArray
    population: FloatArray
    cluster_names: npt.NDArray[np.object_]
    stratum_names: npt.NDArray[np.object_]

    @classmethod
    def build(
        cls,
        *,
        strata: npt.ArrayLike | None,
        clusters: npt.ArrayLike,
        fpc: npt.ArrayLike | None = None,
        nest: bool = False,
    ) -> tuple[Self, IntArray]:
        """The frame, and the cluster (g,) of every given entry.

        Parameters
        ----------
        strata, clusters, fpc
            (g,) one entry per distinct combination found in the file; no ``strata`` means one, no ``fpc`` sampling with
            replacement (all ≤ 1: sampling fractions, else population sizes).
        nest
            Cluster codes start again in every stratum.

        Raises
        ------
        DesignError
            As :meth:`hashar.methods.survey.design.Design.build`.

        """
        names = np.asarray(clusters)
        ones = np.ones(names.size)
        design = Design.build(weights=ones, strata=strata, clusters=names, fpc=fpc, nest=nest, ultimate=True)
        entry = design.clusters[:, 0]
        first = np.unique(entry, return_index=True)[1]
        frame = cls.from_design(design)
        labelled = cls(frame.stratum, frame.population, names.astype(object)[first], frame.stratum_names)
        return labelled, entry

    @classmethod
    def from_design(cls, design: Design) -> Self:
        """The first stage of ``design``; its clusters are named by their numbers.

        Raises
        ------
        DesignError
            When the design's variance needs more than first-stage cells: later stages with a correction, or
            calibration.

        """
        if len(design.stages) > 1 or design.calibration:
            raise DesignError(
                N_(
                    "Cells hold the first stage of sampling only: a design with corrections at later stages, or with "
                    "calibration, is computed from the rows (engine memory)."
                )
            )
        stage = design.stages[0]
        return cls(stage.stratum, stage.population, np.arange(stage.units).astype(object), stage.names)

    @property
    def clusters(self) -> int:
        """C, the number of sampled clusters."""
        return self.stratum.size

    @property
    def strata(self) -> int:
        """H, the number of strata."""
        return self.population.size

    @property
    def df(self) -> float:
        """C − H (Korn & Graubard 1999, section 2.4)."""
        return float(self.clusters - self.strata)

    @property
    def sampled(self) -> IntArray:
        """n_h (H,), the clusters of every stratum."""
        return np.bincount(self.stratum, minlength=self.strata)

    @property
    def lonely(self) -> BoolArray:
        """Strata (H,) with one sampled cluster out of more than one."""
        alone: BoolArray = self.sampled == 1
        return alone & (self.population > 1 + 1e-7)
