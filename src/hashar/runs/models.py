from typing import ClassVar

from django.db import models

from hashar.privacy import Privacy
from hashar.runs.contracts import RunState


class Run(models.Model):
    """One piece of long work; a row is its own place in the queue."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.INTERNAL,
        "kind": Privacy.INTERNAL,
        "organisation": Privacy.INTERNAL,
        "subject": Privacy.INTERNAL,
        "parameters": Privacy.INTERNAL,
        "state": Privacy.INTERNAL,
        "step": Privacy.INTERNAL,
        "done": Privacy.INTERNAL,
        "steps": Privacy.INTERNAL,
        "attempt": Privacy.INTERNAL,
        "asked_by": Privacy.PERSONAL,
        "asked_at": Privacy.INTERNAL,
        "started_at": Privacy.INTERNAL,
        "alive_at": Privacy.INTERNAL,
        "finished_at": Privacy.INTERNAL,
        "message": Privacy.INTERNAL,
        "values": Privacy.INTERNAL,
        "result": Privacy.INTERNAL,
    }

    kind = models.CharField(max_length=40)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=80, db_index=True)
    parameters = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default=RunState.QUEUED, choices=[(s.value, s.value) for s in RunState])
    step = models.CharField(max_length=200, blank=True)
    done = models.PositiveIntegerField(default=0)
    steps = models.PositiveIntegerField(default=0)
    attempt = models.PositiveSmallIntegerField(default=0)
    asked_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    alive_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    message = models.TextField(blank=True)
    values = models.JSONField(default=dict)
    result = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "asked_at"])]


class Worker(models.Model):
    """One process that does runs; the row lives as long as it does."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.INTERNAL,
        "name": Privacy.INTERNAL,
        "since": Privacy.INTERNAL,
        "alive_at": Privacy.INTERNAL,
    }

    name = models.CharField(max_length=120, unique=True)
    since = models.DateTimeField()
    alive_at = models.DateTimeField()


class Round(models.Model):
    """What is done once a day for the whole site, by one worker of all; one row for each kind."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.INTERNAL,
        "name": Privacy.INTERNAL,
        "begun_at": Privacy.INTERNAL,
        "ended_at": Privacy.INTERNAL,
        "faults": Privacy.INTERNAL,
    }

    name = models.CharField(max_length=40, unique=True)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    faults = models.JSONField(default=list)
