from typing import ClassVar

from django.db import models

from hashar.plan.contracts.official import Confidence, CostKind, DeadlineKind, Every
from hashar.plan.contracts.plans import ImportState
from hashar.privacy import Privacy

PUBLIC, INTERNAL, PERSONAL = Privacy.PUBLIC, Privacy.INTERNAL, Privacy.PERSONAL


class Plan(models.Model):
    """An official plan of an organisation; what stands in it comes from its imports."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": PUBLIC,
        "organisation": PUBLIC,
        "territory": PUBLIC,
        "level": PUBLIC,
        "titles": PUBLIC,
        "language": PUBLIC,
        "first_year": PUBLIC,
        "last_year": PUBLIC,
        "made_by": PERSONAL,
        "made_at": PUBLIC,
        "changed_at": PUBLIC,
    }

    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, null=True, related_name="+")
    level = models.CharField(max_length=12)
    titles = models.JSONField(default=dict)
    language = models.CharField(max_length=2)
    """Of its first file: the one whose measures decide; others join by number."""
    first_year = models.PositiveSmallIntegerField(null=True)
    last_year = models.PositiveSmallIntegerField(null=True)
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "-changed_at"])]


class PlanImport(models.Model):
    """One file of a plan, understood, and what a person decided about it. Never deleted once it was stored."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": INTERNAL,
        "organisation": INTERNAL,
        "territory": INTERNAL,
        "plan": INTERNAL,
        "file": PUBLIC,
        "sha256": PUBLIC,
        "size": INTERNAL,
        "language": PUBLIC,
        "state": INTERNAL,
        "edition": PUBLIC,
        "doubts": INTERNAL,
        "answers": INTERNAL,
        "measures": INTERNAL,
        "counts": INTERNAL,
        "uploaded_by": PERSONAL,
        "uploaded_at": INTERNAL,
        "decided_at": PUBLIC,
        "undone_by": PERSONAL,
        "undone_at": INTERNAL,
    }

    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, null=True, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, related_name="imports")
    """The plan it is an edition of; none until a new plan is stored."""
    file = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=10, choices=[(each.value, each.value) for each in ImportState])
    edition = models.JSONField()
    """As it was understood (``rules.storing``)."""
    doubts = models.JSONField(default=list)
    answers = models.JSONField(default=dict)
    measures = models.JSONField(default=list)
    """Id of the stored measure for each measure of the file."""
    counts = models.JSONField(default=dict)
    uploaded_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "-uploaded_at"])]


class Section(models.Model):
    """A heading of a plan."""

    PRIVACY: ClassVar[dict[str, Privacy]] = dict.fromkeys(("id", "plan", "position", "depth", "titles"), PUBLIC)

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveIntegerField()
    depth = models.PositiveSmallIntegerField(default=0)
    titles = models.JSONField(default=dict)


class Measure(models.Model):
    """One point of a plan. Its row stays the same over editions, so that what is reported on it stays with it."""

    PRIVACY: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        (
            "id",
            "plan",
            "section",
            "position",
            "number",
            "texts",
            "forms",
            "deadline_texts",
            "funds",
            "notes",
            "present",
        ),
        PUBLIC,
    )

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="measures")
    section = models.ForeignKey(Section, on_delete=models.SET_NULL, null=True, related_name="measures")
    position = models.PositiveIntegerField(default=0)
    number = models.CharField(max_length=40, blank=True)
    texts = models.JSONField(default=dict)
    forms = models.JSONField(default=dict)
    deadline_texts = models.JSONField(default=dict)
    funds = models.JSONField(default=dict)
    notes = models.JSONField(default=dict)
    present = models.BooleanField(default=True)
    """In the edition that stands; a measure that a new edition left out stays with what was reported on it."""

    class Meta:
        indexes: ClassVar = [models.Index(fields=["plan", "present", "position"])]


class MeasureBody(models.Model):
    """One responsible body of a measure, as written, and the organisation it is."""

    PRIVACY: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ("id", "measure", "position", "texts", "name", "full", "convenes", "confidence", "organisation"), PUBLIC
    )

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="bodies")
    position = models.PositiveSmallIntegerField()
    texts = models.JSONField(default=dict)
    name = models.CharField(max_length=400, db_index=True)
    full = models.TextField(blank=True)
    convenes = models.BooleanField(default=False)
    confidence = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Confidence])
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, null=True, related_name="+")


class MeasureDeadline(models.Model):
    """One deadline of a measure."""

    PRIVACY: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ("id", "measure", "position", "kind", "start", "end", "every", "days"), PUBLIC
    )

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="deadlines")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=[(each.value, each.value) for each in DeadlineKind])
    start = models.DateField(null=True)
    end = models.DateField(null=True, db_index=True)
    every = models.CharField(max_length=10, blank=True, choices=[(each.value, each.value) for each in Every])
    days = models.JSONField(default=list)


class MeasureCost(models.Model):
    """One cell of costs of a measure."""

    PRIVACY: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ("id", "measure", "position", "column", "kind", "texts", "amounts"), PUBLIC
    )

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="costs")
    position = models.PositiveSmallIntegerField()
    column = models.CharField(max_length=10, blank=True)
    kind = models.CharField(max_length=12, choices=[(each.value, each.value) for each in CostKind])
    texts = models.JSONField(default=dict)
    amounts = models.JSONField(default=list)
    """Year (or none) and sum, as text, in the unit of the plan."""
