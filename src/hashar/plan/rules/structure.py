"""Rules for the chain: every link leads somewhere, nothing hangs loose, nothing goes in a circle."""

from collections.abc import Sequence

from hashar.i18n import N_
from hashar.plan.contracts.logic_model import AnyElement, Element, Indicator, LogicModel, Problem, Severity, Strategy
from hashar.plan.rules.compiler import Rule, Values, fires
from hashar.plan.rules.graph import Context

ERROR, WARNING = Severity.ERROR, Severity.WARNING
SHOWN = 5


def _all(model: LogicModel) -> Sequence[AnyElement]:
    return list(model.elements())


def _whole(model: LogicModel) -> Sequence[Element]:
    """The model itself, for rules about all of it."""
    return [Element(code=model.title or "–", place=(1, 1))]


def unknown_link(context: Context, element: AnyElement) -> Values | None:
    """A name that no element has; factors of the reference list need not be repeated as targets."""
    missing = [link.target for link in context.links_of(element) if link.target not in context.by_code]
    return fires(bool(missing), missing=", ".join(missing[:SHOWN]))


def wrong_kind(context: Context, element: AnyElement) -> Values | None:
    """A link that skips or reverses a step of the chain."""
    wrong = [
        link.target
        for link in context.links_of(element)
        if link.target in context.by_code and not isinstance(context.by_code[link.target], link.wanted)
    ]
    return fires(bool(wrong), wrong=", ".join(wrong[:SHOWN]))


def circle(context: Context, element: AnyElement) -> Values | None:
    """Told once, at the first element of the circle."""
    found = context.circles.get(element.code)
    if found is None:
        return None
    return {"circle": ", ".join(found[:SHOWN]) + (" …" if len(found) > SHOWN else ""), "size": len(found)}


RULES: tuple[Rule, ...] = (  # type: ignore[type-arg]  # rules over different kinds stand in one table
    Rule(
        "S01",
        ERROR,
        _whole,
        lambda context, _: fires(not any(True for _ in context.model.elements())),
        N_("The model is empty."),
        N_("Begin with a problem and the factors behind it."),
    ),
    Rule(
        "S02",
        ERROR,
        _all,
        lambda context, e: fires(e.code in context.doubles),
        N_("“{code}” stands more than once."),
        N_("Give each part a code of its own."),
    ),
    Rule(
        "S03",
        ERROR,
        _all,
        unknown_link,
        N_("“{code}” names {missing}, which the model does not have."),
        N_("Correct the name, or add the part."),
    ),
    Rule(
        "S04",
        ERROR,
        _all,
        wrong_kind,
        N_("“{code}” names {wrong}, which is not the next step of the chain."),
        N_("Link problem → factor → condition; strategies to conditions, activities to a strategy."),
    ),
    Rule(
        "S05",
        ERROR,
        lambda model: model.activities,
        circle,
        N_("{size} activities wait for each other in a circle: {circle}."),
        N_("Take one of the preconditions out."),
    ),
    Rule(
        "S06",
        ERROR,
        lambda model: model.activities,
        lambda context, a: fires(a.code in a.after),
        N_("Activity “{code}” waits for itself."),
        N_("Take the precondition out."),
    ),
    Rule(
        "S07",
        ERROR,
        lambda model: model.problems,
        lambda context, p: fires(not p.because),
        N_("Problem “{code}” has no factor behind it."),
        N_("Name the risk or protective factors that the profile shows as priorities."),
    ),
    Rule(
        "S08",
        ERROR,
        lambda model: model.factors,
        lambda context, f: fires(not f.because),
        N_("Factor “{code}” has no local condition: nothing says why it is high here."),
        N_("Say what in this place makes it so, and how you know."),
    ),
    Rule(
        "S09",
        WARNING,
        lambda model: model.factors,
        lambda context, f: fires(Problem not in context.kinds_naming.get(f.code, ())),
        N_("No problem names factor “{code}”."),
        N_("Link it to a problem, or take it out."),
    ),
    Rule(
        "S10",
        WARNING,
        lambda model: model.conditions,
        lambda context, c: fires(not context.kinds_naming.get(c.code, frozenset()) - {Strategy, Indicator}),
        N_("No factor names condition “{code}”."),
        N_("Link it to the factor it feeds, or take it out."),
    ),
    Rule(
        "S11",
        ERROR,
        lambda model: model.conditions,
        lambda context, c: fires(c.code not in context.measured_by),
        N_("Condition “{code}” has no data: nobody will see whether it changes."),
        N_("Name an indicator: a count of outlets, an observation, a question of the survey."),
    ),
    Rule(
        "S12",
        WARNING,
        lambda model: model.conditions,
        lambda context, c: fires(Strategy not in context.kinds_naming.get(c.code, ())),
        N_("No strategy addresses condition “{code}”."),
        N_("Add a strategy, or say that the condition stays as it is and take it out."),
    ),
    Rule(
        "S13",
        ERROR,
        lambda model: model.strategies,
        lambda context, s: fires(not s.addresses),
        N_("Strategy “{code}” addresses no local condition."),
        N_("Say which condition it changes, or take it out."),
    ),
    Rule(
        "S14",
        ERROR,
        lambda model: model.strategies,
        lambda context, s: fires(s.code not in context.named_by),
        N_("Strategy “{code}” has no activity: nobody does anything."),
        N_("Add at least one activity with a responsible and a deadline."),
    ),
    Rule(
        "S15",
        ERROR,
        lambda model: model.activities,
        lambda context, a: fires(not a.strategy),
        N_("Activity “{code}” belongs to no strategy."),
        N_("Say which strategy it carries out, or take it out."),
    ),
    Rule(
        "S16",
        WARNING,
        lambda model: model.indicators,
        lambda context, i: fires(not i.measures),
        N_("Indicator “{code}” measures nothing in the model."),
        N_("Link it to what it measures, or take it out."),
    ),
    Rule(
        "S17",
        ERROR,
        lambda model: model.problems,
        lambda context, p: fires(p.code not in context.measured_by),
        N_("Problem “{code}” has no outcome: nobody will see whether it becomes less."),
        N_("Name an indicator with baseline, target and date."),
    ),
    Rule(
        "S18",
        WARNING,
        lambda model: model.sources,
        lambda context, s: fires(s.code not in context.named_by),
        N_("No indicator uses source “{code}”."),
        N_("Name it in an indicator, or take it out."),
    ),
    Rule(
        "S19",
        ERROR,
        lambda model: model.factors,
        lambda context, f: fires(bool(context.known_factors) and f.code not in context.known_factors),
        N_("“{code}” is not a factor of the reference list."),
        N_("Use the code of a factor as the profile prints it."),
    ),
)
