"""The words of commitments for the pages."""

from collections.abc import Mapping

from hashar.i18n import N_
from hashar.plan.contracts.commitments import Audience, CommitmentState, Part, Side, Step

PARTS: Mapping[Part, str] = {Part.LEAD: N_("Lead"), Part.PARTNER: N_("Partner")}
SIDES: Mapping[Side, str] = {
    Side.STATE: N_("State bodies"),
    Side.CIVIL: N_("Civil society"),
    Side.OTHER: N_("Others"),
}
STATES: Mapping[CommitmentState, tuple[str, str]] = {
    CommitmentState.INVITED: (N_("Invited"), "wait"),
    CommitmentState.PROPOSED: (N_("Proposed"), "wait"),
    CommitmentState.ACCEPTED: (N_("Accepted"), "good"),
    CommitmentState.KEPT: (N_("Kept"), "good"),
    CommitmentState.NOT_KEPT: (N_("Not kept"), "stop"),
    CommitmentState.DECLINED: (N_("Declined"), "neutral"),
    CommitmentState.WITHDRAWN: (N_("Withdrawn"), "neutral"),
}
"""A word and the tone of its badge."""
BUTTONS: Mapping[Step, str] = {
    Step.ANSWER: N_("Promise something"),
    Step.REFUSE: N_("Decline"),
    Step.CALL_BACK: N_("Take back"),
    Step.ACCEPT: N_("Accept"),
    Step.DECLINE: N_("Decline"),
    Step.WITHDRAW: N_("Withdraw"),
    Step.KEEP: N_("Kept"),
    Step.BREAK: N_("Not kept"),
}
DONE: Mapping[Step, str] = {
    Step.INVITE: N_("Invited"),
    Step.OFFER: N_("Proposed"),
    Step.ANSWER: N_("Proposed"),
    Step.REFUSE: N_("Declined"),
    Step.CALL_BACK: N_("Taken back"),
    Step.ACCEPT: N_("Accepted"),
    Step.DECLINE: N_("Declined"),
    Step.WITHDRAW: N_("Withdrawn"),
    Step.KEEP: N_("Kept"),
    Step.BREAK: N_("Not kept"),
}
AT_ONCE = (Step.ACCEPT, Step.KEEP)
"""Steps that ask nothing more."""
AUDIENCES: Mapping[Audience, str] = {
    Audience.PUBLIC: N_("everybody who sees the plan"),
    Audience.MEMBERS: N_("only organisations of this measure"),
}
WORDS = {
    "parts_words": PARTS,
    "sides": SIDES,
    "states": STATES,
    "buttons": BUTTONS,
    "done_words": DONE,
    "at_once": AT_ONCE,
    "audiences": AUDIENCES,
}
"""All of them, for a template."""
