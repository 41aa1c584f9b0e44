"""Whether a survey can show a target, what it would take, and what can be shown instead."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hashar.errors import UsageError
from hashar.i18n import N_, Text
from hashar.late import late
from hashar.plan.contracts.logic_model import Indicator, LogicModel, Source
from hashar.plan.contracts.stored_models import Baseline
from hashar.plan.contracts.targets import Alternative, Answered, TargetQuestion
from hashar.plan.rules.chains import factors_on_chain, on_chain
from hashar.plan.rules.target_words import ReadTarget, best_named, read_target

if TYPE_CHECKING:
    from hashar.plan import analysis
else:  # numpy and scipy; most pages compile no model and ask no target
    analysis = late("hashar.plan.analysis")

INSTEAD = ("factor", "attitude", "availability")
"""Kinds of figures that move before use does."""
MOST_TRIED = 60
MOST = 8
"""Alternatives that are told."""
MOST_PEOPLE = 10**9


@dataclass(frozen=True)
class Understood:
    """A typed line, and the figure of the profile that its words mean."""

    read: ReadTarget
    base: Baseline | None


def answer_target(
    *,
    question: TargetQuestion,
    model: LogicModel | None = None,
    indicator: Indicator | None = None,
    profile: Sequence[Baseline] = (),
    base: Baseline | None = None,
) -> Answered:
    """What two waves can show of a target, and of other indicators on the same chain.

    Parameters
    ----------
    question
        Baseline, target, answers, design effect, population.
    model, indicator
        The logic model that the target stands in, and its indicator.
    profile
        Published shares of the same survey (:func:`hashar.plan.queries.grounds.baselines`).
    base
        The one among them that the target is about.

    Returns
    -------
    Answered
        The answer, and the alternatives: those of the chain first, among them what shows the smallest part of itself
        first. An alternative would show a change of the same proportion as the target's.

    Raises
    ------
    UsageError
        A number is out of its range.

    """
    _check(question)
    answer = analysis.answer_target(question)
    relative = answer.wanted / question.baseline
    own = list(_of_model(model, indicator)) if model is not None else []
    measured = {code for one in own for code in one.measures}
    more = [one for one in _of_profile(profile, model, indicator, base) if one.name not in measured]
    candidates = [*own, *more][:MOST_TRIED]
    fitting = [one for one in _alternatives(candidates, question.population) if one.relative <= relative]
    fitting.sort(key=lambda one: (not one.on_chain, one.relative, one.code, one.name))
    return Answered(answer, tuple(fitting[:MOST]))


def _check(question: TargetQuestion) -> None:
    if not 0 < question.baseline < 1:
        raise UsageError(N_("The baseline must lie between 0 and 1, ends excluded: write 5 % as 0.05."))
    if not 0 <= question.target <= 1 or question.target == question.baseline:
        raise UsageError(N_("Write a target between 0 and 100 % that differs from the baseline."))
    if not analysis.usable(question.n, question.deff):
        raise UsageError(N_("Write how many pupils answer in one wave, and a design effect above 0."))
    if question.population is not None and not 0 < question.population <= MOST_PEOPLE:
        raise UsageError(N_("Write how many pupils there are, or leave it empty."))


@dataclass(frozen=True, kw_only=True)
class _Candidate:
    """Something else that could be measured."""

    code: str = ""
    name: str = ""
    label: Text
    kind: str
    finding: int | None = None
    baseline: float
    n: int
    deff: float
    rise: bool
    on_chain: bool
    measures: Sequence[str] = ()


def _of_model(model: LogicModel, indicator: Indicator | None) -> Iterator[_Candidate]:
    """Other indicators of the chain that have a baseline and a survey of known size."""
    chain = on_chain(model, indicator.measures) if indicator is not None else {one.code for one in model.indicators}
    sources = {source.code: source for source in model.sources}
    for one in model.indicators:
        source = sources.get(one.source)
        if (indicator is not None and one.code == indicator.code) or one.code not in chain or source is None:
            continue
        if not one.share or one.kind in ("detection", "process") or not _counts(source):
            continue
        if one.baseline is not None and 0 < one.baseline < 1:
            yield _Candidate(
                code=one.code,
                label={"en": one.text or one.code},
                kind=one.kind,
                baseline=one.baseline,
                n=source.n or 0,
                deff=source.deff,
                rise=one.better == "higher",
                on_chain=True,
                measures=one.measures,
            )


def _counts(source: Source) -> bool:
    return source.kind == "survey" and analysis.usable(source.n, source.deff)


def _of_profile(
    profile: Sequence[Baseline], model: LogicModel | None, indicator: Indicator | None, base: Baseline | None
) -> Iterator[_Candidate]:
    """Factors, attitudes and availability of the survey; on the chain: its factors, and what is of one substance."""
    factors = factors_on_chain(model, indicator) if model is not None else frozenset()
    substance = base.substance if base is not None else ""
    for one in profile:
        if one == base or one.kind not in INSTEAD or not 0 < one.share < 1 or not analysis.usable(one.n, one.deff):
            continue
        yield _Candidate(
            name=one.name,
            label=one.label,
            kind=one.kind,
            finding=one.finding,
            baseline=one.share,
            n=one.n,
            deff=one.deff,
            rise=one.better == "higher",
            on_chain=one.name in factors or (substance != "" and one.substance == substance),
        )


def _alternatives(candidates: Iterable[_Candidate], population: int | None) -> Iterator[Alternative]:
    for one in candidates:
        plan = (one.n, one.deff, analysis.frame(one.n, population), one.rise)
        least = analysis.detectable([one.baseline], plan)[0]
        if least is not None:
            yield Alternative(
                code=one.code,
                name=one.name,
                label=one.label,
                kind=one.kind,
                finding=one.finding,
                baseline=one.baseline,
                n=one.n,
                deff=one.deff,
                rise=one.rise,
                least=least,
                relative=least / one.baseline,
                on_chain=one.on_chain,
            )


def understand(*, text: str, profile: Sequence[Baseline]) -> Understood:
    """A typed line: two shares with an arrow between them, and words that name an indicator of the profile."""
    read = read_target(text)
    by_name = {one.name: one for one in profile}
    names = {one.name: (one.name.replace("_", " "), *one.label.values()) for one in profile}
    return Understood(read, by_name.get(best_named(read.words, names)))
