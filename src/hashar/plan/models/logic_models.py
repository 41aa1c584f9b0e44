from typing import ClassVar

from django.db import models

from hashar.plan.contracts.stored_models import ModelState
from hashar.privacy import Privacy

PUBLIC, INTERNAL, PERSONAL = Privacy.PUBLIC, Privacy.INTERNAL, Privacy.PERSONAL


class StoredLogicModel(models.Model):
    """A logic model of an organisation for a territory; what it says stands in its versions."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["id", "organisation", "territory", "state", "made_at", "changed_at", "shared_at"], PUBLIC),
        **dict.fromkeys(["title", "number", "errors", "warnings"], INTERNAL),
        "made_by": PERSONAL,
    }

    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=[(each.value, each.value) for each in ModelState])
    title = models.CharField(max_length=300)
    number = models.PositiveIntegerField(default=0)
    """Of its latest version."""
    errors = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "-changed_at"])]


class LogicModelVersion(models.Model):
    """One version; none is ever changed or removed."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["id", "model", "number", "based_on", "text", "sha256", "made_at"], INTERNAL),
        "made_by": PERSONAL,
    }

    model = models.ForeignKey(StoredLogicModel, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    based_on = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["model", "number"], name="one_model_version_each")]


class LogicModelOrigin(models.Model):
    """Which figure of the site an indicator's baseline was taken from, with the numbers as they were then."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["id", "model", "indicator", "source", "finding", "baseline", "n", "deff"], INTERNAL),
        **dict.fromkeys(["population", "population_year", "population_source", "taken_at"], INTERNAL),
        "taken_by": PERSONAL,
    }

    model = models.ForeignKey(StoredLogicModel, on_delete=models.CASCADE, related_name="origins")
    indicator = models.CharField(max_length=200)
    source = models.CharField(max_length=200)
    finding = models.ForeignKey("assess.Finding", on_delete=models.CASCADE, related_name="+")
    baseline = models.FloatField()
    n = models.PositiveIntegerField()
    deff = models.FloatField()
    population = models.PositiveIntegerField(null=True)
    population_year = models.PositiveSmallIntegerField(null=True)
    population_source = models.CharField(max_length=200, blank=True)
    taken_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["model", "indicator"], name="one_origin_each")]
