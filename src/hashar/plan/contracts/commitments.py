"""Who does what for a measure: its lead, its partners of both kinds, and what each of them promised."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hashar.i18n import Text
from hashar.plan.contracts.plans import StoredMeasure


class Part(StrEnum):
    """What an organisation is for a measure."""

    LEAD = "lead"
    PARTNER = "partner"


class CommitmentState(StrEnum):
    """Where a commitment stands."""

    INVITED = "invited"
    """The plan's organisation asked; nothing is promised yet."""
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    KEPT = "kept"
    NOT_KEPT = "not_kept"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What is done with a commitment."""

    INVITE = "invite"
    OFFER = "offer"
    ANSWER = "answer"
    """An organisation that was invited says what it promises."""
    ACCEPT = "accept"
    DECLINE = "decline"
    REFUSE = "refuse"
    """An organisation that was invited says no."""
    CALL_BACK = "call_back"
    """An invitation is taken back."""
    WITHDRAW = "withdraw"
    KEEP = "keep"
    BREAK = "break"


class Side(StrEnum):
    """To which side an organisation belongs, by its kind."""

    STATE = "state"
    CIVIL = "civil"
    OTHER = "other"


class Audience(StrEnum):
    """Who reads a post."""

    PUBLIC = "public"
    """Everybody who sees the plan."""
    MEMBERS = "members"
    """Organisations that are responsible for the measure or committed to it, and the plan's own."""


@dataclass(frozen=True)
class Promise:
    """What an organisation says it will do."""

    part: Part
    text: str
    until: dt.date | None = None
    means: str = ""
    """With which people, rooms or money of its own."""


@dataclass(frozen=True)
class HistoryLine:
    """One step of a commitment, and the words as they stood after it."""

    step: Step
    at: dt.datetime
    by: str
    """Name of the person; empty when erased."""
    organisation_name: str
    reason: str
    promise: Promise


@dataclass(frozen=True)
class Commitment:
    """One commitment as it stands."""

    id: int
    measure: int
    organisation: int
    organisation_name: str
    side: Side
    state: CommitmentState
    promise: Promise
    made_at: dt.datetime
    changed_at: dt.datetime
    history: tuple[HistoryLine, ...]
    steps: tuple[Step, ...]
    """What whoever asked may do with it now."""


@dataclass(frozen=True)
class Participant:
    """An organisation that takes part in a measure: the plan names it, or it is committed."""

    name: str
    organisation: int | None
    """None: named by the plan, and no organisation of the site."""
    side: Side | None
    named: bool
    """The plan names it as responsible."""
    convenes: bool
    committed: bool


@dataclass(frozen=True)
class Participants:
    """Lead and partners of a measure."""

    lead: Participant | None
    by_plan: bool
    """Nobody promised to lead: it is the body that the plan lets bring the work together, or its only one."""
    partners: tuple[Participant, ...]

    def of(self, side: Side | None) -> tuple[Participant, ...]:
        """Partners of one side; None: named by the plan and not on this site."""
        return tuple(each for each in self.partners if each.side == side)

    @property
    def has_civil(self) -> bool:
        """Whether civil society takes part, as lead or partner."""
        everybody = (*self.partners, *((self.lead,) if self.lead else ()))
        return any(each.side is Side.CIVIL for each in everybody)


@dataclass(frozen=True)
class Post:
    """One post of a measure's thread."""

    id: int
    organisation: int
    organisation_name: str
    by: str
    audience: Audience
    text: str
    """Empty when it was removed."""
    at: dt.datetime
    edited_at: dt.datetime | None
    removed_at: dt.datetime | None
    removed_by: str
    reason: str
    may_edit: bool
    may_remove: bool


@dataclass(frozen=True)
class MeasurePage:
    """A measure with all that belongs to working together on it."""

    plan: int
    plan_titles: Text
    organisation: int
    organisation_name: str
    section: Text
    measure: StoredMeasure
    cost_columns: tuple[str, ...]
    """Year of each cost, or empty."""
    cost_unit: str
    present: bool
    """It stands in the edition of now; a measure that was left out keeps its commitments and its thread."""
    participants: Participants
    commitments: tuple[Commitment, ...]
    posts: tuple[Post, ...]
    earlier_posts: int
    """Older ones that are not on this page."""
    member: bool
    may_invite: bool
    offering: Mapping[int, str]
    """Organisations for which whoever asked may promise something."""
    writing: Mapping[int, str]
    """Organisations for which whoever asked may write in the thread."""
