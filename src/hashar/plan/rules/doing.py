"""Rules for what is done: by whom, until when, in which order, with what balance, and with which practice."""

from collections.abc import Sequence

from hashar.i18n import N_
from hashar.plan.contracts.logic_model import (
    ENVIRONMENTAL,
    Activity,
    Approach,
    Element,
    LogicModel,
    Severity,
    Strategy,
)
from hashar.plan.rules.compiler import Rule, Values, fires
from hashar.plan.rules.graph import Context

ERROR, WARNING = Severity.ERROR, Severity.WARNING
FEW = 3
"""Fewer approaches than this are one-sided."""


def _activities(model: LogicModel) -> Sequence[Activity]:
    return model.activities


def _whole(model: LogicModel) -> Sequence[Element]:
    return [Element(code=model.title or "–", place=(1, 1))]


def approaches(model: LogicModel) -> frozenset[Approach]:
    """Which of the seven strategies for community change the model uses."""
    return frozenset(s.approach for s in model.strategies if s.approach is not None)


def _before_precondition(context: Context, activity: Activity) -> Values | None:
    late = [
        before.code
        for before in (context.by_code.get(code) for code in activity.after)
        if isinstance(before, Activity)
        and before.deadline is not None
        and activity.deadline is not None
        and before.deadline > activity.deadline
    ]
    return fires(bool(late), late=", ".join(late))


def _overloaded(context: Context, activity: Activity) -> Values | None:
    peak = context.load.get(activity.responsible, 0.0)
    if peak <= context.model.weekly_hours or context.first_of.get(activity.responsible) is not activity:
        return None  # an overload is told once
    return {"who": activity.responsible, "hours": f"{peak:g}", "limit": f"{context.model.weekly_hours:g}"}


def _after_outcomes(context: Context, activity: Activity) -> Values | None:
    last = context.last_outcome
    return fires(last is not None and activity.deadline is not None and activity.deadline > last)


def _one_side(context: Context, _: Element) -> Values | None:
    sides = {activity.side for activity in context.model.activities if activity.side is not None}
    return fires(len(sides) == 1 and len(context.model.activities) > 1)


def _only_information(context: Context, _: Element) -> Values | None:
    return fires(approaches(context.model) == {Approach.INFORMATION})


def _few_approaches(context: Context, _: Element) -> Values | None:
    used = approaches(context.model)
    return fires(1 < len(used) < FEW or (len(used) == 1 and Approach.INFORMATION not in used), used=len(used))


def _no_environment(context: Context, _: Element) -> Values | None:
    used = approaches(context.model)
    return fires(len(used) >= FEW and not used & set(ENVIRONMENTAL))


def factors_of(context: Context, activity: Activity) -> frozenset[str]:
    """Factors at the end of an activity's chain."""
    strategy = context.by_code.get(activity.strategy)
    conditions = set(strategy.addresses) if isinstance(strategy, Strategy) else set()
    return frozenset().union(*(context.factors_of.get(code, frozenset()) for code in conditions))


def _misses_factor(context: Context, activity: Activity) -> Values | None:
    practice, wanted = context.practices.get(activity.practice), factors_of(context, activity)
    if practice is None or not wanted:
        return None
    return fires(not practice.factors & wanted, practice=activity.practice, factors=", ".join(sorted(wanted)))


RULES: tuple[Rule, ...] = (  # type: ignore[type-arg]  # rules over different kinds stand in one table
    Rule(
        "D01",
        ERROR,
        _activities,
        lambda context, a: fires(not a.responsible),
        N_("Activity “{code}” has no responsible."),
        N_("Name one body that answers for it."),
    ),
    Rule(
        "D02",
        ERROR,
        _activities,
        lambda context, a: fires(a.deadline is None),
        N_("Activity “{code}” has no deadline."),
        N_("Write a date."),
    ),
    Rule(
        "D03",
        ERROR,
        _activities,
        lambda context, a: fires(a.start is not None and a.deadline is not None and a.start > a.deadline),
        N_("Activity “{code}” begins after its deadline."),
        N_("Correct one of the two dates."),
    ),
    Rule(
        "D04",
        ERROR,
        _activities,
        _before_precondition,
        N_("Activity “{code}” is due before what it waits for: {late}."),
        N_("Move one of the deadlines, or take the precondition out."),
    ),
    Rule(
        "D05",
        WARNING,
        _activities,
        _overloaded,
        N_("{who} is planned for {hours} hours a week at one time; {limit} are there."),
        N_("Move an activity, or share the work."),
    ),
    Rule(
        "D06",
        WARNING,
        _activities,
        _after_outcomes,
        N_("Activity “{code}” ends after the last outcome is measured."),
        N_("Bring it forward, or measure later."),
    ),
    Rule(
        "D07",
        WARNING,
        _activities,
        lambda context, a: fires(bool(a.responsible) and a.responsible in a.partners),
        N_("The responsible of “{code}” is also named as its partner."),
        N_("Take it out of the partners."),
    ),
    Rule(
        "D08",
        WARNING,
        _activities,
        lambda context, a: fires(
            context.model.today is not None and a.deadline is not None and a.deadline < context.model.today
        ),
        N_("The deadline of “{code}” has passed."),
        N_("Set a new date, or note that it is done."),
    ),
    Rule(
        "D09",
        WARNING,
        _whole,
        _one_side,
        N_("Only one side, state or civil society, is responsible for everything."),
        N_("Give the other side a part that it can carry."),
    ),
    Rule(
        "B01",
        ERROR,
        _whole,
        _only_information,
        N_("The plan only informs. Information alone changes neither use nor conditions."),
        N_("Add strategies that change skills, support, access, consequences, places or rules."),
    ),
    Rule(
        "B02",
        WARNING,
        _whole,
        _few_approaches,
        N_("The plan uses {used} of the seven strategies for community change."),
        N_("Combine at least three, some for people and some for their surroundings."),
    ),
    Rule(
        "B03",
        WARNING,
        _whole,
        _no_environment,
        N_("Everything is aimed at people, nothing at their surroundings."),
        N_("Add access, consequences, places or rules."),
    ),
    Rule(
        "B04",
        WARNING,
        lambda model: model.strategies,
        lambda context, s: fires(s.approach is None),
        N_("Strategy “{code}” does not say which of the seven strategies it is."),
        N_("Add “approach”."),
    ),
    Rule(
        "P01",
        ERROR,
        _activities,
        lambda context, a: fires(bool(a.practice) and context.looked_up and a.practice not in context.practices),
        N_("Activity “{code}” names a practice that is not in the registry."),
        N_("Use the practice's code, or leave it out for a practice of your own."),
    ),
    Rule(
        "P02",
        WARNING,
        _activities,
        lambda context, a: fires(
            a.practice in context.practices and context.practices[a.practice].ineffective, practice=a.practice
        ),
        N_("Practice {practice} of activity “{code}” was rated ineffective or harmful somewhere."),
        N_("Read the ratings side by side, and say why it is chosen all the same."),
    ),
    Rule(
        "P03",
        WARNING,
        _activities,
        lambda context, a: fires(
            a.practice in context.practices and not context.practices[a.practice].evidence, practice=a.practice
        ),
        N_("No outcome evidence was seen for practice {practice} of activity “{code}”."),
        N_("Call it a practice of your own, and measure it."),
    ),
    Rule(
        "P04",
        WARNING,
        _activities,
        _misses_factor,
        N_("Practice {practice} of activity “{code}” does not work on {factors}."),
        N_("Choose a practice for this factor, or link the activity to another condition."),
    ),
)
