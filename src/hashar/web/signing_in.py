"""What allauth changes in an account, told to the audit trail."""

import functools

from allauth.account.signals import password_changed, password_set
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils import timezone

from hashar.people.services.personal import note_change

_KEPT: list[object] = []
"""Signals hold their receivers weakly."""


def connect() -> None:
    """Listen to allauth; called once, when all apps are ready."""
    for signal, action in (
        (password_changed, "person.password"),
        (password_set, "person.password"),
        (authenticator_added, "factor.add"),
        (authenticator_reset, "factor.codes"),
        (authenticator_removed, "factor.remove"),
    ):
        receiver = functools.partial(_note, action)
        _KEPT.append(receiver)
        signal.connect(receiver)


def _note(
    action: str,
    *,
    user: AbstractBaseUser,
    authenticator: Authenticator | None = None,
    **extra: object,  # noqa: ARG001  (what signals carry beside)
) -> None:
    details = {} if authenticator is None else {"kind": str(authenticator.type)}
    note_change(person=user.pk, action=action, now=timezone.now(), details=details)
