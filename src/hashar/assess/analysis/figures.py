"""Figures on their way to release: variables × domains of one wave, estimated inside the full design."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np
import numpy.typing as npt

from hashar.assess.analysis.domains import Domains
from hashar.assess.analysis.release import ReleaseDraft
from hashar.assess.contracts.codebook import DesignSpec
from hashar.errors import CodebookError
from hashar.i18n import N_
from hashar.methods.disclosure import Harmless
from hashar.methods.survey import estimation
from hashar.methods.survey.cells import Cells, cells
from hashar.methods.survey.design import Design
from hashar.methods.survey.finish import finish
from hashar.methods.survey.frame import Frame
from hashar.methods.survey.prepare import Prepared, Rows, prepare
from hashar.methods.survey.records import DfRule, Estimate, Interval
from hashar.methods.survey.variance import covariance

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Variable:
    """What is estimated: ``values`` (n,), NaN where there is no usable answer; 0/1 when it is a ``share``.

    ``answer`` names the answer whose share it is, in the distribution of an ordered item; ``harmless``
    which unanimous result may be shown (see :meth:`ReleaseDraft.proportion`).
    """

    name: str
    values: Floats
    share: bool
    answer: str = ""
    harmless: Harmless = "neither"


@dataclass(frozen=True, eq=False)
class Sample:
    """One wave's questionnaires with their design. ``used`` (n,) leaves out what a quality rule excludes."""

    wave: str
    design: Design
    used: Flags


@dataclass(frozen=True)
class Options:
    """How estimates are made: the words of the codebook's design, checked."""

    interval: Interval
    df: DfRule
    level: float

    @classmethod
    def of(cls, spec: DesignSpec) -> "Options":
        """From the codebook.

        Raises
        ------
        CodebookError
            For a word that the numbers do not know.

        """
        intervals: tuple[Interval, ...] = get_args(Interval)
        rules: tuple[DfRule, ...] = get_args(DfRule)
        interval = next((word for word in intervals if word == spec.interval), None)
        df = next((word for word in rules if word == spec.df), None)
        if interval is None or df is None:
            raise CodebookError(
                N_("The codebook's design asks for the interval “{interval}” and the df “{df}”. Known are {known}."),
                interval=spec.interval,
                df=spec.df,
                known=", ".join((*intervals, *rules)),
            )
        return cls(interval=interval, df=df, level=spec.level)


def register(
    draft: ReleaseDraft, sample: Sample, variables: Sequence[Variable], domains: Sequence[Domains], options: Options
) -> dict[str, Estimate]:
    """Estimate every variable in every domain and hand the figures in for release.

    Returns
    -------
    The whole survey's estimate of each variable that somebody answered, for what is computed further (changes,
    priorities).

    """
    overall: dict[str, Estimate] = {}
    for share in (True, False):
        alike = [variable for variable in variables if variable.share == share]
        if not alike:
            continue
        packed = _pack(sample, alike, share=share)
        for domain in domains:
            found = _register_domain(draft, sample, alike, domain, packed, options)
            if not domain.group:
                overall |= {variable.name: one for variable, one in zip(alike, found, strict=True) if one.n[0] > 0}
    return overall


def _pack(sample: Sample, variables: Sequence[Variable], *, share: bool) -> Prepared:
    """The variables, numbered, in the order of their first-stage clusters."""
    first = sample.design.stages[0]
    frame = Frame(first.stratum, first.population, np.arange(first.units).astype(object), first.names)
    rows = Rows(frame, first.unit, sample.design.weights)
    values = {str(at): variable.values for at, variable in enumerate(variables)}
    if not share:
        return prepare(rows, numbers=values)
    return prepare(rows, answers={name: np.nan_to_num(y, nan=-1.0).astype(np.int8) for name, y in values.items()})


def _register_domain(
    draft: ReleaseDraft,
    sample: Sample,
    variables: Sequence[Variable],
    domains: Domains,
    packed: Prepared,
    options: Options,
) -> list[Estimate]:
    """Hand in every variable at every level; returns the (levels,) estimates of each variable."""
    k = len(domains.levels)
    codes = np.where(sample.used, domains.codes, -1)
    sums = cells(packed, packed.arrange(codes), k)
    found = _estimates(sample, variables, codes, sums, options)
    for j, variable in enumerate(variables):
        yes = np.bincount(sums.domain, sums.yes[:, j], k)
        clusters = np.bincount(sums.domain, sums.n[:, j] > 0, k)
        for at in range(k):
            key = domains.key(at, variable.name, sample.wave, variable.answer)
            if variable.share:
                draft.proportion(
                    key, found[j], at, yes=int(yes[at]), clusters=int(clusters[at]), harmless=variable.harmless
                )
            else:
                draft.mean(key, found[j], at, clusters=int(clusters[at]))
    return found


def _estimates(
    sample: Sample, variables: Sequence[Variable], codes: Ints, sums: Cells, options: Options
) -> list[Estimate]:
    """The (k,) estimates of each variable: from the cells, or row by row where later stages count."""
    if len(sample.design.stages) > 1:
        return [by_rows(sample, variable, codes, sums.domains, options) for variable in variables]
    every = finish(
        sums,
        statistic="proportion" if variables[0].share else "mean",
        interval=options.interval,
        df=options.df,
        level=options.level,
        single_psu=sample.design.single_psu,
        adjust_domain=sample.design.adjust_domain,
    )
    return [every.take(np.arange(j, len(every), len(variables))) for j in range(len(variables))]


def by_rows(sample: Sample, variable: Variable, codes: Ints, k: int, options: Options) -> Estimate:
    """The (k,) estimates of one variable in the domains of ``codes`` (n,), for any design."""
    if not variable.share:
        return estimation.mean(
            sample.design,
            variable.values,
            domains=codes,
            n_domains=k,
            df=options.df,
            level=options.level,
            covariance=False,
        )
    return estimation.proportion(
        sample.design,
        variable.values,
        levels=[1.0],
        domains=codes,
        n_domains=k,
        interval=options.interval,
        df=options.df,
        level=options.level,
        covariance=False,
    )


def joint_covariance(sample: Sample, variables: Sequence[Variable]) -> Floats:
    """(k, k) design covariance of the whole survey's means (or shares) of ``variables``; 0 where nobody answered.

    The influence of a pupil on a ratio mean is w(y − ȳ)/Σw (Woodruff 1971, Journal of the American Statistical
    Association 66, 411–414), each variable over its own answers.
    """
    weights = np.where(sample.used, sample.design.weights, 0.0)
    scores = np.zeros((weights.size, len(variables)))
    for j, variable in enumerate(variables):
        w = np.where(np.isnan(variable.values), 0.0, weights)
        if w.sum() > 0:
            y = np.nan_to_num(variable.values)
            scores[:, j] = w * (y - (w @ y) / w.sum()) / w.sum()
    return covariance(sample.design, scores)
