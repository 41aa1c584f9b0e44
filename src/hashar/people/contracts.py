"""Who acts, and what is told of people and organisations: frozen records that leave this app."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from hashar.i18n import Text

Item = TypeVar("Item")


class Role(StrEnum):
    """What a member does in an organisation."""

    COORDINATOR = "coordinator"
    """Runs the organisation's work: members, invitations, surveys, sharing."""
    OFFICIAL = "official"
    """Answers for a state body's part: registers, published findings."""
    ANALYST = "analyst"
    """Works with microdata: uploads, codebooks, profiles."""
    PROGRAMME_MANAGER = "programme_manager"
    """Looks over many organisations of a territory: published findings only."""
    READER = "reader"
    """Reads what is shared."""


PREPARING = frozenset({Role.COORDINATOR, Role.OFFICIAL, Role.ANALYST})
"""Roles that bring in an organisation's data, and see its drafts and its numbers as stored."""


class Scope(StrEnum):
    """What a personal access token may be used for."""

    READ = "read"


@dataclass(frozen=True)
class Mandate:
    """One role of a person in one organisation, for a territory and all below it."""

    organisation: int
    organisation_name: str
    role: Role
    territory_path: str
    """Codes from the country down, each followed by a slash (``KZ/KZ-75/``); empty: the whole site."""

    def covers(self, territory_path: str) -> bool:
        """Whether a territory lies in this mandate's."""
        return territory_path.startswith(self.territory_path)


@dataclass(frozen=True)
class Actor:
    """The person behind a call, with all they may act for. ``person`` is None for someone who is not signed in."""

    person: int | None
    name: str = ""
    operator: bool = False
    """Runs the installation: makes organisations and accounts, sees no findings of others by that alone."""
    mandates: tuple[Mandate, ...] = ()
    scopes: frozenset[Scope] | None = None
    """What the access token allows; None when the person signed in themselves."""
    withheld: frozenset[Role] = frozenset()
    """Roles that wait until the person has set up a second factor; until then they act there as a reader."""
    operator_withheld: bool = False
    """The same for running the site."""

    @property
    def waits_for_second_factor(self) -> bool:
        """Whether rights begin only with a second factor."""
        return bool(self.withheld) or self.operator_withheld

    def roles_in(self, organisation: int) -> frozenset[Role]:
        """Roles held in an organisation."""
        return frozenset(m.role for m in self.mandates if m.organisation == organisation)

    def organisations(self, roles: Collection[Role] = frozenset(Role)) -> dict[int, str]:
        """Organisations in which one of ``roles`` is held, by id with their names."""
        return {m.organisation: m.organisation_name for m in self.mandates if m.role in roles}

    def holds(self, roles: Collection[Role], organisation: int, territory_path: str) -> bool:
        """Whether one of ``roles`` is held in an organisation, for a territory that holds this one."""
        return any(
            m.role in roles and m.organisation == organisation and m.covers(territory_path) for m in self.mandates
        )

    def covers(self, territory_path: str) -> bool:
        """Whether any mandate's territory holds this one."""
        return any(m.covers(territory_path) for m in self.mandates)


ANONYMOUS = Actor(person=None)
CONSOLE = Actor(person=None, operator=True)
"""Whoever may run programs on the server: the command line acts as this."""


@dataclass(frozen=True)
class Page(Generic[Item]):
    """One page of a long list."""

    items: tuple[Item, ...]
    page: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(-(-self.total // self.size), 1)


@dataclass(frozen=True)
class OrganisationSummary:
    """An organisation, as everyone who is signed in may know it."""

    id: int
    name: str
    names: Text
    kind: str
    sector: str
    level: str
    territory: int | None
    territory_code: str
    territory_path: str
    territory_names: Text
    made_at: dt.datetime
    closed_at: dt.datetime | None
    mine: bool
    """Whoever asked is a member."""
    may_manage: bool
    """Whoever asked may invite members and change their roles."""


@dataclass(frozen=True)
class Member:
    """One role that one person holds now in an organisation."""

    id: int
    person: int
    name: str
    login: str
    """Empty for those who may not manage the members."""
    role: Role
    territory: int | None
    """The narrowed territory; None: all of the organisation's."""
    territory_names: Text
    since: dt.datetime
    second_factor: bool | None
    """Whether a second factor is set up; None for those who may not manage the members."""


class InvitationState(StrEnum):
    """Where an invitation stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True)
class InvitationSummary:
    """An invitation, as those who manage the organisation see it. The code itself is not kept."""

    id: int
    organisation: int
    role: Role
    territory_names: Text
    note: str
    made_by: str
    made_at: dt.datetime
    expires_at: dt.datetime
    state: InvitationState
    accepted_by: str


@dataclass(frozen=True)
class InvitationOffer:
    """What whoever holds a code is offered."""

    organisation: int
    organisation_name: str
    role: Role
    territory_names: Text
    expires_at: dt.datetime


@dataclass(frozen=True)
class OneTimeCode:
    """A code, shown this once."""

    id: int
    code: str
    expires_at: dt.datetime


@dataclass(frozen=True)
class TokenSummary:
    """A personal access token without its secret."""

    id: int
    name: str
    scopes: frozenset[Scope]
    made_at: dt.datetime
    expires_at: dt.datetime
    last_used_on: dt.date | None
    revoked_at: dt.datetime | None
    usable: bool


@dataclass(frozen=True)
class Account:
    """One's own account, or what the operator sees of another's."""

    id: int
    login: str
    name: str
    email: str
    language: str
    operator: bool
    active: bool
    joined_at: dt.datetime | None
    last_login: dt.datetime | None
    second_factor: bool


@dataclass(frozen=True)
class OwnMembership:
    """One of one's own roles."""

    id: int
    organisation: int
    organisation_name: str
    role: Role
    territory_names: Text
    since: dt.datetime


@dataclass(frozen=True)
class AuditEntry:
    """One row of the audit trail."""

    id: int
    at: dt.datetime
    person: int | None
    person_name: str
    """Empty for the command line, for the site itself and for a person whose data were erased."""
    erased: bool
    organisation: int | None
    organisation_name: str
    action: str
    subject: str
    details: Mapping[str, object]


@dataclass(frozen=True)
class RetentionReport:
    """What the rules of retention ask to remove, or removed: how many of each."""

    invitations: int
    reset_codes: int
    tokens: int
    sessions: int
    accounts_to_close: tuple[int, ...]
    accounts_to_erase: tuple[int, ...]
    accounts_held: tuple[int, ...]
    """Unused, but the last coordinator of an organisation with members: somebody must name a successor."""
