from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from hashar.people.contracts import Role
from hashar.people.rules import LEVELS, ORGANISATION_KINDS, SECTORS
from hashar.privacy import Privacy


class PersonManager(BaseUserManager["Person"]):
    """What Django's sign-in asks of the table of people; accounts are made by services."""


class Person(AbstractBaseUser):
    """Somebody with an account. Erased people keep their row, emptied, so that the audit trail stays whole."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.INTERNAL,
        "username": Privacy.PERSONAL,
        "password": Privacy.SECRET,
        "name": Privacy.PERSONAL,
        "email": Privacy.PERSONAL,
        "language": Privacy.PERSONAL,
        "is_active": Privacy.INTERNAL,
        "is_operator": Privacy.INTERNAL,
        "joined_at": Privacy.PERSONAL,
        "last_login": Privacy.PERSONAL,
        "erased_at": Privacy.INTERNAL,
    }

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, default="en")
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    joined_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = PersonManager()

    def __str__(self) -> str:
        """The name."""
        return self.name

    def get_full_name(self) -> str:
        """The name, as Django and allauth ask for it."""
        return self.name


class Organisation(models.Model):
    """A state body, NGO, school, newsroom … with its sector of the twelve and the territory it answers for."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.PUBLIC,
        "name": Privacy.PUBLIC,
        "names": Privacy.PUBLIC,
        "folded": Privacy.PUBLIC,
        "kind": Privacy.PUBLIC,
        "sector": Privacy.PUBLIC,
        "level": Privacy.PUBLIC,
        "territory": Privacy.PUBLIC,
        "made_at": Privacy.PUBLIC,
        "closed_at": Privacy.PUBLIC,
    }

    name = models.CharField(max_length=200, unique=True)
    names = models.JSONField(default=dict, blank=True)
    folded = models.TextField(blank=True)
    kind = models.CharField(max_length=20, choices=[(k, k) for k in ORGANISATION_KINDS])
    sector = models.CharField(max_length=30, choices=[(s, s) for s in SECTORS])
    level = models.CharField(max_length=12, choices=[(level, level) for level in LEVELS])
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """The name."""
        return self.name


class Membership(models.Model):
    """A person's role in an organisation; ``territory`` narrows the organisation's own."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.INTERNAL,
        "person": Privacy.PERSONAL,
        "organisation": Privacy.PERSONAL,
        "role": Privacy.PERSONAL,
        "territory": Privacy.PERSONAL,
        "since": Privacy.PERSONAL,
        "until": Privacy.PERSONAL,
    }

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Role])
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role", "territory"],
                condition=models.Q(until__isnull=True),
                nulls_distinct=False,
                name="one_membership_at_a_time",
            )
        ]


class Invitation(models.Model):
    """A code that lets one person join an organisation; only its digest is kept."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.INTERNAL,
        "organisation": Privacy.INTERNAL,
        "role": Privacy.INTERNAL,
        "territory": Privacy.INTERNAL,
        "digest": Privacy.SECRET,
        "note": Privacy.PERSONAL,
        "made_by": Privacy.PERSONAL,
        "made_at": Privacy.INTERNAL,
        "expires_at": Privacy.INTERNAL,
        "accepted_by": Privacy.PERSONAL,
        "accepted_at": Privacy.PERSONAL,
        "revoked_at": Privacy.INTERNAL,
    }

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Role])
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    note = models.CharField(max_length=120, blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class AccessToken(models.Model):
    """A personal token for the API; only its digest is kept."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.INTERNAL,
        "person": Privacy.PERSONAL,
        "name": Privacy.PERSONAL,
        "digest": Privacy.SECRET,
        "scopes": Privacy.INTERNAL,
        "made_at": Privacy.PERSONAL,
        "expires_at": Privacy.INTERNAL,
        "last_used_on": Privacy.PERSONAL,
        "revoked_at": Privacy.INTERNAL,
    }

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)


class ResetCode(models.Model):
    """A code with which one person sets a new password; only its digest is kept."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.INTERNAL,
        "person": Privacy.PERSONAL,
        "digest": Privacy.SECRET,
        "second_factor": Privacy.INTERNAL,
        "made_by": Privacy.PERSONAL,
        "made_at": Privacy.INTERNAL,
        "expires_at": Privacy.INTERNAL,
        "used_at": Privacy.PERSONAL,
    }

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="reset_codes")
    digest = models.CharField(max_length=64, unique=True)
    second_factor = models.BooleanField(default=False)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class AuditRow(models.Model):
    """One write, or one look at microdata. The database itself refuses to change or delete a row."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.INTERNAL,
        "at": Privacy.INTERNAL,
        "person": Privacy.PERSONAL,
        "organisation": Privacy.INTERNAL,
        "action": Privacy.INTERNAL,
        "subject": Privacy.INTERNAL,
        "details": Privacy.INTERNAL,
    }

    at = models.DateTimeField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=80, db_index=True)
    details = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-at"]),
            models.Index(fields=["-at"]),
        ]
