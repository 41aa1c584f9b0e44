"""Data quality of questionnaires, in the manner of the European School Survey Project (ESPAD).

Facts taken, in own words, from ESPAD Group, *ESPAD Report 2015* and *2019*, "Detailed methodology" (validity,
reliability and data processing; EMCDDA/EUDA, https://www.espad.org): a drug that does not exist is asked about to see
who over-reports; life-time use is compared with the age of first use and with use in the last 12 months and 30 days;
questionnaires with less than half of the core questions answered, or with the same extreme answer all the way down,
are set apart before the analysis; rates of participating schools, classes and pupils are reported.

Every rule returns a boolean vector (n,), True where the questionnaire is flagged. A missing answer never flags: only
what a pupil wrote can contradict. Nothing is removed here; what a flag leads to is the caller's setting.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hashar.errors import EstimationError
from hashar.i18n import N_

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]


def dummy_drug(used: npt.ArrayLike) -> Flags:
    """Questionnaires that report use of a drug that does not exist (ESPAD's "relevin").

    Parameters
    ----------
    used
        (n,) or (n, k) boolean: says to have used it, in any of k questions about it.

    """
    return _any_column(used)


def inconsistent(never: npt.ArrayLike, evidence: npt.ArrayLike) -> Flags:
    """Questionnaires that say "never" in one place and report use in another.

    Parameters
    ----------
    never
        (n,) boolean: the life-time question is answered "never".
    evidence
        (n,) or (n, k) boolean: an age of first use is given, or use in a recent period is reported.

    """
    flags: Flags = np.asarray(never, dtype=np.bool_) & _any_column(evidence)
    return flags


def outside(values: npt.ArrayLike, *, low: float = -np.inf, high: float = np.inf) -> Flags:
    """Questionnaires with an impossible value: any of the (n,) or (n, k) ``values`` below ``low`` or above ``high``."""
    numbers = np.asarray(values, dtype=np.float64)
    with np.errstate(invalid="ignore"):
        return _any_column((numbers < low) | (numbers > high))


def later_than(values: npt.ArrayLike, limit: npt.ArrayLike) -> Flags:
    """Questionnaires where any of ``values`` (n,) or (n, k) exceeds the pupil's ``limit`` (n,), such as today's age."""
    numbers = np.asarray(values, dtype=np.float64)
    bound = np.asarray(limit, dtype=np.float64)
    with np.errstate(invalid="ignore"):
        return _any_column(numbers > (bound if numbers.ndim == 1 else bound[:, None]))


def straight_lined(answers: npt.ArrayLike, *, minimum_items: int = 5, at: Sequence[float] | None = None) -> Flags:
    """Questionnaires with one and the same answer in a whole battery of questions.

    Parameters
    ----------
    answers
        (n, k) codes, NaN for missing. The battery should hold questions whose honest answers differ (reversed
        wording, several substances); "never" throughout a list of drugs is honest and common, so use ``at`` there.
    minimum_items
        Fewer answered items than this say nothing.
    at
        Only these answers count as a pattern (ESPAD looks for the *extreme* category); ``None`` for any answer.

    """
    codes = np.asarray(answers, dtype=np.float64)
    answered = ~np.isnan(codes)
    enough = answered.sum(axis=1) >= max(minimum_items, 1)
    lowest = np.where(answered, codes, np.inf).min(axis=1, initial=np.inf)
    highest = np.where(answered, codes, -np.inf).max(axis=1, initial=-np.inf)
    flags: Flags = enough & (lowest == highest)
    if at is not None:
        flags &= np.isin(lowest, np.asarray(at, dtype=np.float64))
    return flags


def half_empty(answered: npt.ArrayLike, *, asked: npt.ArrayLike | None = None, minimum_share: float = 0.5) -> Flags:
    """Questionnaires with less than ``minimum_share`` of the questions they were asked answered.

    Parameters
    ----------
    answered
        (n, k) boolean.
    asked
        (n, k) boolean; ``None`` when everybody was asked everything. A pupil who was asked nothing is not flagged.
    minimum_share
        ESPAD's half by default.

    """
    given = np.asarray(answered, dtype=np.bool_)
    put = np.ones_like(given) if asked is None else np.asarray(asked, dtype=np.bool_)
    questions = put.sum(axis=1)
    flags: Flags = (given & put).sum(axis=1) < minimum_share * questions
    return flags


def counts_by_place(flags: npt.ArrayLike, places: npt.ArrayLike, n_places: int) -> Counts:
    """How many questionnaires each rule flags in each place.

    Parameters
    ----------
    flags
        (n, rules) boolean.
    places
        (n,) place codes 0 … n_places − 1; −1 for none, which is counted nowhere.
    n_places
        Number of places.

    Returns
    -------
    (n_places, 1 + rules) counts: questionnaires, then one column a rule.

    """
    matrix = np.asarray(flags, dtype=np.bool_)
    codes = np.asarray(places, dtype=np.int64)
    known = codes >= 0
    columns = [np.bincount(codes[known], minlength=n_places)]
    columns += [np.bincount(codes[known & matrix[:, rule]], minlength=n_places) for rule in range(matrix.shape[1])]
    return np.stack(columns, axis=1).astype(np.int64)


@dataclass(frozen=True, eq=False)
class ParticipationRates:
    """Rates of taking part. All arrays (stages,), in the order given; ``overall`` is the product over the stages."""

    rate: Floats
    overall: float


def participation(sampled: Sequence[int], participating: Sequence[int]) -> ParticipationRates:
    """Participation rate of each stage (schools, classes, pupils) and overall.

    Parameters
    ----------
    sampled, participating
        (stages,) numbers as the field work reported them.

    Raises
    ------
    EstimationError
        When a stage has no sampled unit, or more taking part than sampled.

    Source: ESPAD (school, class and student participation reported apart); CDC's YRBS multiplies the school and the
    student response rates into the overall rate.

    """
    rates = np.empty(len(sampled))
    for stage, (out_of, took_part) in enumerate(zip(sampled, participating, strict=True)):
        if out_of <= 0 or not 0 <= took_part <= out_of:
            raise EstimationError(
                N_("{participating} of {sampled} sampled units cannot have taken part. Correct the codebook."),
                participating=took_part,
                sampled=out_of,
            )
        rates[stage] = took_part / out_of
    return ParticipationRates(rate=rates, overall=float(np.prod(rates)))


def weight_cv(weights: npt.ArrayLike) -> float:
    """Coefficient of variation of the weights (n,); 1 + cv² is the design effect of unequal weighting.

    The standard deviation divides by n. NaN without weights.

    Source: Kish (1992), Weighting for unequal Pᵢ, Journal of Official Statistics 8(2), 183–200.

    """
    values = np.asarray(weights, dtype=np.float64)
    if values.size == 0:
        return float("nan")
    return float(values.std() / values.mean())


def _any_column(flags: npt.ArrayLike) -> Flags:
    """(n,) from (n,) or (n, k)."""
    matrix: Flags = np.asarray(flags, dtype=np.bool_)
    return matrix if matrix.ndim == 1 else np.logical_or.reduce(matrix, axis=1)
