from typing import ClassVar

from django.db import models

from hashar.plan.contracts.commitments import Audience, CommitmentState, Part, Step
from hashar.privacy import Privacy

PUBLIC, INTERNAL, PERSONAL = Privacy.PUBLIC, Privacy.INTERNAL, Privacy.PERSONAL
LONGEST_PROMISE = 1_000
LONGEST_REASON = 400
LONGEST_POST = 2_000


class Commitment(models.Model):
    """What one organisation promised for a measure. Never deleted: what became of it stands in its steps."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(("id", "measure", "organisation", "part", "state", "until"), PUBLIC),
        **dict.fromkeys(("text", "means", "made_at", "changed_at"), PUBLIC),
        "made_by": PERSONAL,
    }

    measure = models.ForeignKey("plan.Measure", on_delete=models.PROTECT, related_name="commitments")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Part])
    state = models.CharField(max_length=10, choices=[(each.value, each.value) for each in CommitmentState])
    text = models.CharField(max_length=LONGEST_PROMISE)
    until = models.DateField(null=True)
    means = models.CharField(max_length=LONGEST_PROMISE, blank=True)
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "state"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["measure"],
                condition=models.Q(part="lead", state="accepted"),
                name="one_lead_at_a_time",
            )
        ]


class CommitmentStep(models.Model):
    """One step of a commitment, with the words as they stood after it."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(("id", "commitment", "step", "at", "organisation", "reason", "text", "until", "means"), PUBLIC),
        "by": PERSONAL,
    }

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Step])
    at = models.DateTimeField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    """In whose name."""
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    text = models.CharField(max_length=LONGEST_PROMISE)
    until = models.DateField(null=True)
    means = models.CharField(max_length=LONGEST_PROMISE, blank=True)


class MeasurePost(models.Model):
    """One post in the thread of a measure. One that was removed keeps its row, without its text."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(("id", "measure", "organisation", "audience", "written_at", "edited_at"), PUBLIC),
        **dict.fromkeys(("removed_at", "reason", "text"), INTERNAL),
        **dict.fromkeys(("written_by", "removed_by"), PERSONAL),
    }

    measure = models.ForeignKey("plan.Measure", on_delete=models.PROTECT, related_name="posts")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Audience])
    text = models.CharField(max_length=LONGEST_POST, blank=True)
    written_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["measure", "-written_at"]),
            models.Index(fields=["written_by", "-written_at"]),
        ]
