from typing import ClassVar

from django.db import models

from hashar.assess.contracts.series import Flag, ImportState, Measure, PeriodKind
from hashar.privacy import Privacy


class Series(models.Model):
    """One indicator of one organisation over territories and time, as its source counts it."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.PUBLIC,
        "organisation": Privacy.PUBLIC,
        "territory": Privacy.PUBLIC,
        "title": Privacy.PUBLIC,
        "indicator": Privacy.PUBLIC,
        "kind": Privacy.PUBLIC,
        "definition": Privacy.PUBLIC,
        "source": Privacy.PUBLIC,
        "licence": Privacy.PUBLIC,
        "caveats": Privacy.PUBLIC,
        "measure": Privacy.PUBLIC,
        "unit": Privacy.PUBLIC,
        "level": Privacy.PUBLIC,
        "period_kind": Privacy.PUBLIC,
        "breakdowns": Privacy.PUBLIC,
        "rate_sex": Privacy.PUBLIC,
        "rate_age_from": Privacy.PUBLIC,
        "rate_age_to": Privacy.PUBLIC,
        "mapping": Privacy.INTERNAL,
        "made_by": Privacy.PERSONAL,
        "made_at": Privacy.PUBLIC,
        "changed_at": Privacy.PUBLIC,
        "shared_by": Privacy.PERSONAL,
        "shared_at": Privacy.PUBLIC,
        "sample": Privacy.PUBLIC,
    }

    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    indicator = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=20)
    definition = models.TextField(blank=True)
    source = models.CharField(max_length=300)
    licence = models.CharField(max_length=120, blank=True)
    caveats = models.TextField(blank=True)
    measure = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Measure])
    unit = models.CharField(max_length=40, blank=True)
    level = models.CharField(max_length=12)
    period_kind = models.CharField(max_length=10, choices=[(each.value, each.value) for each in PeriodKind])
    breakdowns = models.JSONField(default=list)
    rate_sex = models.CharField(max_length=6, default="all")
    rate_age_from = models.PositiveSmallIntegerField(default=0)
    rate_age_to = models.PositiveSmallIntegerField(null=True)
    mapping = models.JSONField(null=True)
    """How the last file was read, for the next one."""
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    shared_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    shared_at = models.DateTimeField(null=True)
    sample = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "title"], name="one_series_a_title"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "-changed_at"])]

    def __str__(self) -> str:
        """The title."""
        return self.title


class SeriesImport(models.Model):
    """One file on its way into a series, and ever after: where its numbers came from."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.INTERNAL,
        "series": Privacy.INTERNAL,
        "file": Privacy.PUBLIC,
        "sha256": Privacy.PUBLIC,
        "size": Privacy.INTERNAL,
        "folder": Privacy.INTERNAL,
        "sheet": Privacy.PUBLIC,
        "mapping": Privacy.INTERNAL,
        "state": Privacy.INTERNAL,
        "counts": Privacy.INTERNAL,
        "uploaded_by": Privacy.PERSONAL,
        "uploaded_at": Privacy.INTERNAL,
        "decided_at": Privacy.PUBLIC,
        "undone_by": Privacy.PERSONAL,
        "undone_at": Privacy.INTERNAL,
    }

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="imports")
    file = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    folder = models.CharField(max_length=64, blank=True)
    """Where the file waits in the data folder until it is decided on; empty afterwards."""
    sheet = models.CharField(max_length=200, blank=True)
    mapping = models.JSONField(null=True)
    state = models.CharField(max_length=10, choices=[(each.value, each.value) for each in ImportState])
    counts = models.JSONField(default=dict)
    uploaded_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["series", "-uploaded_at"]),
            models.Index(fields=["state", "uploaded_at"]),
        ]

    def __str__(self) -> str:
        """The name of the file."""
        return self.file


class Observation(models.Model):
    """One number of one file. Rows are never changed or deleted: ``current`` says which one of a key stands."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.PUBLIC,
        "series": Privacy.PUBLIC,
        "source": Privacy.INTERNAL,
        "row": Privacy.PUBLIC,
        "column": Privacy.PUBLIC,
        "territory": Privacy.PUBLIC,
        "period": Privacy.PUBLIC,
        "breakdown": Privacy.PUBLIC,
        "value": Privacy.INTERNAL,
        "flag": Privacy.PUBLIC,
        "note": Privacy.PUBLIC,
        "revision": Privacy.PUBLIC,
        "current": Privacy.INTERNAL,
        "suppressed": Privacy.PUBLIC,
    }

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="observations")
    source = models.ForeignKey(SeriesImport, on_delete=models.PROTECT, related_name="observations")
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=120)
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=7)
    breakdown = models.CharField(max_length=1000, blank=True)
    """Levels by key, written in one way (``rules.series_plan.written``)."""
    value = models.FloatField()
    flag = models.CharField(max_length=12, blank=True, choices=[(each.value, each.value) for each in Flag])
    note = models.CharField(max_length=120, blank=True)
    revision = models.PositiveSmallIntegerField(default=1)
    current = models.BooleanField(default=True)
    suppressed = models.CharField(max_length=16, blank=True)
    """Why others do not see this number; empty where they do. Decided with all numbers of the series together."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["series", "territory", "period", "breakdown"],
                condition=models.Q(current=True),
                name="one_current_observation",
            ),
            models.UniqueConstraint(
                fields=["source", "territory", "period", "breakdown"], name="one_observation_a_file"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["series", "current", "period"])]


class RejectedRow(models.Model):
    """A cell of a file that was not taken, and why; kept so that it can be corrected and brought in again."""

    PRIVACY: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ("id", "source", "row", "column", "content", "message", "values", "cells"), Privacy.INTERNAL
    )

    source = models.ForeignKey(SeriesImport, on_delete=models.CASCADE, related_name="rejected")
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=120, blank=True)
    content = models.CharField(max_length=120, blank=True)
    message = models.TextField()
    values = models.JSONField(default=dict)
    cells = models.JSONField(default=list)
    """The whole row as it stood."""
