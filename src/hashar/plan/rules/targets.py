"""Rules for what is aimed at: measurable, in time, in the right direction, and visible with the data there will be."""

from bisect import bisect_right
from collections.abc import Sequence

from hashar.i18n import N_
from hashar.plan.contracts.logic_model import Factor, Indicator, LogicModel, Problem, Severity, Source
from hashar.plan.rules.compiler import Rule, Values, fires
from hashar.plan.rules.graph import Context

ERROR, WARNING = Severity.ERROR, Severity.WARNING


def _indicators(model: LogicModel) -> Sequence[Indicator]:
    return model.indicators


def outcome(context: Context, indicator: Indicator) -> bool:
    """Whether an indicator measures a problem or a factor: it needs a target, not only a count."""
    return any(isinstance(context.by_code.get(code), Problem | Factor) for code in indicator.measures)


def source_of(context: Context, indicator: Indicator) -> Source | None:
    """The indicator's source, if the model has it."""
    found = context.by_code.get(indicator.source)
    return found if isinstance(found, Source) else None


def _missing(context: Context, indicator: Indicator, value: object) -> Values | None:
    return fires(outcome(context, indicator) and value is None)


def _direction(context: Context, indicator: Indicator) -> Values | None:  # noqa: ARG001  (the signature of all rules)
    if indicator.baseline is None or indicator.target is None or indicator.baseline == indicator.target:
        return None
    return fires((indicator.target < indicator.baseline) != (indicator.better == "lower"))


def _outside(context: Context, indicator: Indicator) -> Values | None:  # noqa: ARG001  (the signature of all rules)
    values = [v for v in (indicator.baseline, indicator.target) if v is not None]
    return fires(indicator.share and any(not 0 <= value <= 1 for value in values))


def _too_late(context: Context, indicator: Indicator) -> Values | None:
    source, date = source_of(context, indicator), indicator.target_date
    if source is None or date is None or not source.dates:
        return None
    dates, since = context.dates_of[source.code], indicator.baseline_date
    first = 0 if since is None else bisect_right(dates, since)
    return fires(first == len(dates) or dates[first] > date, source=source.code)


def _undetectable(context: Context, indicator: Indicator) -> Values | None:
    least = context.detectable.get(indicator.code)
    if least is None or indicator.baseline is None or indicator.target is None:
        return None
    wanted = abs(indicator.target - indicator.baseline)
    return fires(0 < wanted < least, wanted=f"{100 * wanted:.1f}", least=f"{100 * least:.1f}")


def _no_size(context: Context, indicator: Indicator) -> Values | None:
    source = source_of(context, indicator)
    survey = source is not None and source.kind == "survey" and source.n is None
    return fires(survey and indicator.share and indicator.target is not None, source=indicator.source)


RULES: tuple[Rule[Indicator], ...] = (
    Rule(
        "T01",
        ERROR,
        _indicators,
        lambda context, i: _missing(context, i, i.baseline),
        N_("Outcome “{code}” has no baseline."),
        N_("Take the estimate of the latest wave from the profile."),
    ),
    Rule(
        "T02",
        ERROR,
        _indicators,
        lambda context, i: _missing(context, i, i.target),
        N_("Outcome “{code}” has no target."),
        N_("Write how far it is to go."),
    ),
    Rule(
        "T03",
        ERROR,
        _indicators,
        lambda context, i: _missing(context, i, i.target_date),
        N_("Outcome “{code}” has no date."),
        N_("Write by when; the date of a survey wave is best."),
    ),
    Rule(
        "T04",
        ERROR,
        _indicators,
        lambda context, i: fires(i.baseline is not None and i.baseline == i.target),
        N_("Target and baseline of “{code}” are the same."),
        N_("Write a target, or call it monitoring and take the target out."),
    ),
    Rule(
        "T05",
        ERROR,
        _indicators,
        _direction,
        N_("The target of “{code}” is worse than its baseline."),
        N_("Exchange the two, or correct which direction is better."),
    ),
    Rule(
        "T06",
        ERROR,
        _indicators,
        _outside,
        N_("Baseline or target of “{code}” is not between 0 and 100 %."),
        N_("Write shares as 0.12 or 12 %; for counts say “share: no”."),
    ),
    Rule(
        "T07",
        ERROR,
        _indicators,
        lambda context, i: fires(
            i.baseline_date is not None and i.target_date is not None and i.target_date <= i.baseline_date
        ),
        N_("The date of “{code}” is not after its baseline."),
        N_("Correct one of the two dates."),
    ),
    Rule(
        "T08",
        ERROR,
        _indicators,
        lambda context, i: fires(
            context.model.today is not None and i.target_date is not None and i.target_date < context.model.today
        ),
        N_("The date of “{code}” has passed."),
        N_("Set a date that lies ahead."),
    ),
    Rule(
        "T09",
        ERROR,
        _indicators,
        lambda context, i: fires(not i.source),
        N_("Indicator “{code}” has no source: nobody knows where the number will come from."),
        N_("Name a survey, a register, an observation or a report."),
    ),
    Rule(
        "T10",
        ERROR,
        _indicators,
        _too_late,
        N_("Source “{source}” delivers nothing between the baseline and the date of “{code}”."),
        N_("Move the date behind the next wave, or plan a wave before it."),
    ),
    Rule(
        "T11",
        ERROR,
        _indicators,
        _undetectable,
        N_("“{code}” aims at {wanted} points; its survey can only show {least} points or more."),
        N_("Aim at a factor that moves more, ask more pupils, or plan more waves."),
    ),
    Rule(
        "T12",
        WARNING,
        _indicators,
        _no_size,
        N_("Source “{source}” does not say how many answer; the target of “{code}” may never be visible."),
        N_("Add the number of answers (n) and the design effect to the source."),
    ),
    Rule(
        "T13",
        ERROR,
        _indicators,
        lambda context, i: fires(i.kind == "detection" and outcome(context, i)),
        N_("“{code}” counts detection: more or fewer in a register is neither success nor failure."),
        N_("Measure the outcome by a survey; keep the register as context."),
    ),
    Rule(
        "T14",
        ERROR,
        _indicators,
        lambda context, i: fires(i.kind == "process" and outcome(context, i)),
        N_("“{code}” counts what was done; that is not an outcome of a problem or factor."),
        N_("Link it to an activity, and measure the outcome by a survey."),
    ),
)
