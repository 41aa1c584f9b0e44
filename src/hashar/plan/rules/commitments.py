"""Who may take which step with a commitment, and where it leads: pure decisions, also the table of the docs."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from hashar.people.contracts import Actor, Role
from hashar.plan.contracts.commitments import CommitmentState, Part, Participant, Participants, Side, Step

ACTING = frozenset({Role.COORDINATOR, Role.OFFICIAL})
"""They promise, invite and accept in the name of their organisation."""
WRITING = frozenset({Role.COORDINATOR, Role.OFFICIAL, Role.ANALYST, Role.PROGRAMME_MANAGER})
"""They write in the thread of a measure."""
SIDES: Mapping[str, Side] = {
    "state_body": Side.STATE,
    "police": Side.STATE,
    "school": Side.STATE,
    "health": Side.STATE,
    "ngo": Side.CIVIL,
    "religious": Side.CIVIL,
}
"""Kind of an organisation → its side; media, business and others are neither."""
S = CommitmentState


class Who(StrEnum):
    """Who takes a step."""

    OWN = "own"
    """Coordinator or official of the organisation that promises."""
    PLAN = "plan"
    """Coordinator or official of the plan's organisation, for its territory."""
    ACCEPTING = "accepting"
    """The same, or of the organisation that leads the measure; nobody for their own, except the plan's organisation."""


@dataclass(frozen=True)
class Rule:
    """From where a step leads where, who takes it, and whether it needs a reason."""

    step: Step
    before: tuple[CommitmentState, ...]
    after: CommitmentState
    who: Who
    reason: bool = False


RULES: Sequence[Rule] = (
    Rule(Step.INVITE, (), S.INVITED, Who.PLAN),
    Rule(Step.OFFER, (), S.PROPOSED, Who.OWN),
    Rule(Step.ANSWER, (S.INVITED,), S.PROPOSED, Who.OWN),
    Rule(Step.REFUSE, (S.INVITED,), S.DECLINED, Who.OWN, reason=True),
    Rule(Step.CALL_BACK, (S.INVITED,), S.WITHDRAWN, Who.PLAN, reason=True),
    Rule(Step.ACCEPT, (S.PROPOSED,), S.ACCEPTED, Who.ACCEPTING),
    Rule(Step.DECLINE, (S.PROPOSED,), S.DECLINED, Who.ACCEPTING, reason=True),
    Rule(Step.WITHDRAW, (S.PROPOSED, S.ACCEPTED), S.WITHDRAWN, Who.OWN, reason=True),
    Rule(Step.KEEP, (S.ACCEPTED, S.NOT_KEPT), S.KEPT, Who.ACCEPTING),
    Rule(Step.BREAK, (S.ACCEPTED, S.KEPT), S.NOT_KEPT, Who.ACCEPTING, reason=True),
)
RULE: Mapping[Step, Rule] = {rule.step: rule for rule in RULES}
OPEN = frozenset({S.INVITED, S.PROPOSED, S.ACCEPTED})
STANDING = frozenset({S.ACCEPTED, S.KEPT, S.NOT_KEPT})
"""A promise that was accepted: its organisation belongs to the measure."""
BEGINNING = frozenset({Step.INVITE, Step.OFFER, Step.ANSWER, Step.ACCEPT})
"""Not for a measure that the edition of now does not hold."""
INVOLVED = STANDING | OPEN
"""With one of these an organisation sees the plan, wherever it works."""


@dataclass(frozen=True)
class Ground:
    """What decides about a commitment besides the person."""

    plan_organisation: int
    territory_path: str
    organisation: int
    part: Part
    lead: int | None
    """The organisation that leads the measure by an accepted promise or by the plan."""


def side_of(kind: str) -> Side:
    """To which side a kind of organisation belongs."""
    return SIDES.get(kind, Side.OTHER)


def acts_for(actor: Actor, organisation: int) -> bool:
    """Whether somebody promises in the name of an organisation."""
    return actor.scopes is None and bool(ACTING & actor.roles_in(organisation))


def acts_for_plan(actor: Actor, organisation: int, territory_path: str) -> bool:
    """Whether somebody answers for a plan of an organisation for a territory."""
    return actor.scopes is None and actor.holds(ACTING, organisation, territory_path)


def may_take(actor: Actor, step: Step, ground: Ground) -> bool:
    """Whether somebody may take a step."""
    own = acts_for(actor, ground.organisation)
    for_plan = acts_for_plan(actor, ground.plan_organisation, ground.territory_path)
    leads = ground.lead is not None and ground.lead != ground.organisation and acts_for(actor, ground.lead)
    allowed = {
        Who.OWN: own,
        Who.PLAN: for_plan,
        Who.ACCEPTING: for_plan or (leads and ground.part is Part.PARTNER),
    }
    return allowed[RULE[step].who]


def steps_for(actor: Actor, state: CommitmentState, ground: Ground) -> tuple[Step, ...]:
    """What somebody may do with a commitment now, in the order of the rules."""
    return tuple(rule.step for rule in RULES if state in rule.before and may_take(actor, rule.step, ground))


def is_member(actor: Actor, plan_organisation: int, named: Iterable[int], standing: Iterable[int]) -> bool:
    """Whether somebody reads what only members of the measure read."""
    own = set(actor.organisations())
    return bool(own & {plan_organisation, *named, *standing})


def participants(named: Sequence[Participant], committed: Sequence[tuple[Participant, Part]]) -> Participants:
    """Lead and partners: those that the plan names in its order, then those that are committed, by name.

    Parameters
    ----------
    named
        Bodies of the plan, in its order.
    committed
        Organisations whose promise was accepted, with their part.

    """
    merged: dict[object, Participant] = {}
    for one in (*named, *(each for each, _ in sorted(committed, key=lambda pair: pair[0].name.casefold()))):
        key: object = one.organisation if one.organisation is not None else one.name
        before = merged.get(key)
        merged[key] = _joined(before, one) if before else one
    leading = next((each.organisation for each, part in committed if part is Part.LEAD), None)
    lead = merged.get(leading) if leading is not None else _lead_by_plan(list(merged.values()))
    partners = tuple(each for each in merged.values() if each is not lead)
    return Participants(lead, by_plan=lead is not None and leading is None, partners=partners)


def _joined(one: Participant, other: Participant) -> Participant:
    committed, convenes = one.committed or other.committed, one.convenes or other.convenes
    return replace(one, committed=committed, convenes=convenes)


def _lead_by_plan(everybody: Collection[Participant]) -> Participant | None:
    named = [each for each in everybody if each.named]
    convening = [each for each in named if each.convenes]
    if convening:
        return convening[0]
    return named[0] if len(named) == 1 else None
