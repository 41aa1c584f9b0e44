"""Reads about people and organisations: only what the actor may see, as frozen records."""

from hashar.people.queries.accounts import (
    account_named,
    accounts,
    own_account,
    own_memberships,
    own_tokens,
    waiting_setup,
)
from hashar.people.queries.actors import actor_of, actor_of_token
from hashar.people.queries.audit import audit_actions, audit_trail, trail_is_guarded
from hashar.people.queries.invitations import invitations, offer
from hashar.people.queries.organisations import members, organisation, organisations
from hashar.people.queries.retention import due_for_retention

__all__ = [
    "account_named",
    "accounts",
    "actor_of",
    "actor_of_token",
    "audit_actions",
    "audit_trail",
    "due_for_retention",
    "invitations",
    "members",
    "offer",
    "organisation",
    "organisations",
    "own_account",
    "own_memberships",
    "own_tokens",
    "trail_is_guarded",
    "waiting_setup",
]
