from typing import ClassVar

from django.db import models
from django.db.models import Q

from hashar.implement.contracts.collections import AnswerState, CollectionState, FileState, TroubleState
from hashar.implement.contracts.progress import Field, Origin, TroubleKind
from hashar.privacy import Privacy

PUBLIC, INTERNAL, PERSONAL = Privacy.PUBLIC, Privacy.INTERNAL, Privacy.PERSONAL


class Collection(models.Model):
    """Every responsible body of a plan is asked about one period."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": PUBLIC,
        "plan": PUBLIC,
        "start": PUBLIC,
        "end": PUBLIC,
        "return_by": PUBLIC,
        "whole": PUBLIC,
        "state": PUBLIC,
        "made_by": PERSONAL,
        "made_at": PUBLIC,
        "closed_by": PERSONAL,
        "closed_at": PUBLIC,
    }

    plan = models.ForeignKey("plan.Plan", on_delete=models.PROTECT, related_name="+")
    start = models.DateField()
    end = models.DateField()
    return_by = models.DateField()
    whole = models.BooleanField(default=False)
    """Every measure is asked about, not only those of the period."""
    state = models.CharField(max_length=8, choices=[(each.value, each.value) for each in CollectionState])
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    closed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "start", "end"], name="one_collection_for_a_period")
        ]


class BodyForm(models.Model):
    """What one body was asked, as it stood when the form was made. A new edition of the plan makes a new one."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": PUBLIC,
        "collection": PUBLIC,
        "key": INTERNAL,
        "body": PUBLIC,
        "texts": PUBLIC,
        "full": PUBLIC,
        "organisation": PUBLIC,
        "edition": PUBLIC,
        "asked": INTERNAL,
        "made_at": PUBLIC,
        "sent_at": PUBLIC,
        "stands": PUBLIC,
    }

    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="forms")
    key = models.CharField(max_length=32, unique=True)
    body = models.CharField(max_length=400)
    texts = models.JSONField(default=dict)
    """The body's name in the plan's languages."""
    full = models.TextField(blank=True)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    edition = models.CharField(max_length=64)
    asked = models.JSONField(default=list)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    """When it was last downloaded to be sent."""
    stands = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["collection", "body"], condition=Q(stands=True), name="one_form_of_a_body_stands"
            )
        ]


class ReturnedFile(models.Model):
    """A file that came back and was merged; never deleted."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": INTERNAL,
        "form": INTERNAL,
        "file": INTERNAL,
        "sha256": INTERNAL,
        "state": INTERNAL,
        "read": INTERNAL,
        "returned_by": PERSONAL,
        "uploaded_by": PERSONAL,
        "uploaded_at": INTERNAL,
        "undone_by": PERSONAL,
        "undone_at": INTERNAL,
    }

    form = models.ForeignKey(BodyForm, on_delete=models.PROTECT, related_name="files")
    file = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=[(each.value, each.value) for each in FileState])
    read = models.JSONField(default=dict)
    """All answers and troubles as they were read."""
    returned_by = models.CharField(max_length=200, blank=True)
    uploaded_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    undone_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["form", "sha256"], condition=Q(state=FileState.MERGED), name="a_file_is_merged_once"
            )
        ]


class StoredAnswer(models.Model):
    """One field of a measure as a body gave it, or a person decided. Rows stay; only ``state`` changes."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": PUBLIC,
        "collection": PUBLIC,
        "measure": PUBLIC,
        "body": PUBLIC,
        "field": PUBLIC,
        "value": PUBLIC,
        "state": PUBLIC,
        "origin": PUBLIC,
        "file": INTERNAL,
        "where": PUBLIC,
        "by": PERSONAL,
        "by_name": PERSONAL,
        "at": PUBLIC,
        "known": INTERNAL,
    }

    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="answers")
    measure = models.ForeignKey("plan.Measure", on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=400)
    field = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Field])
    value = models.TextField(blank=True)
    """Empty: a person took the answer away."""
    state = models.CharField(max_length=10, choices=[(each.value, each.value) for each in AnswerState])
    origin = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Origin])
    file = models.ForeignKey(ReturnedFile, on_delete=models.PROTECT, null=True, related_name="answers")
    where = models.CharField(max_length=100, blank=True)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    """Who brought it in."""
    by_name = models.CharField(max_length=200, blank=True)
    """Who filled the file in, if it says so."""
    at = models.DateTimeField()
    known = models.TextField(null=True)
    """What the form of its file had shown beside the field; None: nothing."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["collection", "measure", "body", "field"],
                condition=Q(state=AnswerState.STANDS),
                name="one_answer_stands",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["collection", "measure", "body"])]


class StoredTrouble(models.Model):
    """Something that a person has to look at, and what was decided."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": PUBLIC,
        "collection": PUBLIC,
        "body": PUBLIC,
        "measure": PUBLIC,
        "field": PUBLIC,
        "kind": PUBLIC,
        "sentence": PUBLIC,
        "values": PUBLIC,
        "written": INTERNAL,
        "proposed": INTERNAL,
        "file": INTERNAL,
        "where": PUBLIC,
        "state": PUBLIC,
        "made_at": PUBLIC,
        "decided_by": PERSONAL,
        "decided_at": PUBLIC,
        "reason": PUBLIC,
        "chosen": PUBLIC,
    }

    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="troubles")
    body = models.CharField(max_length=400)
    measure = models.ForeignKey("plan.Measure", on_delete=models.PROTECT, null=True, related_name="+")
    field = models.CharField(max_length=12, blank=True, choices=[(each.value, each.value) for each in Field])
    kind = models.CharField(max_length=20, choices=[(each.value, each.value) for each in TroubleKind])
    sentence = models.TextField()
    values = models.JSONField(default=dict)
    written = models.TextField(blank=True)
    proposed = models.TextField(blank=True)
    file = models.ForeignKey(ReturnedFile, on_delete=models.PROTECT, null=True, related_name="troubles")
    where = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=10, choices=[(each.value, each.value) for each in TroubleState])
    made_at = models.DateTimeField()
    decided_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    chosen = models.ForeignKey(StoredAnswer, on_delete=models.PROTECT, null=True, related_name="+")
    """The answer that stands by this decision."""

    class Meta:
        indexes: ClassVar = [models.Index(fields=["collection", "state"])]
