from typing import ClassVar

from django.db import models

from hashar.evaluate.contracts.claims import Verdict
from hashar.evaluate.contracts.kept import ClaimKind
from hashar.privacy import Privacy

PUBLIC, INTERNAL, PERSONAL = Privacy.PUBLIC, Privacy.INTERNAL, Privacy.PERSONAL


class Report(models.Model):
    """A set of claims that are printed together, and whose comparisons count together."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": INTERNAL,
        "organisation": INTERNAL,
        "title": INTERNAL,
        "release": INTERNAL,
        "plan": INTERNAL,
        "made_by": PERSONAL,
        "made_at": INTERNAL,
        "changed_at": INTERNAL,
    }

    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    release = models.ForeignKey("assess.Release", on_delete=models.PROTECT, null=True, related_name="+")
    """The profile it is about."""
    plan = models.ForeignKey("plan.Plan", on_delete=models.PROTECT, null=True, related_name="+")
    """The plan it is about."""
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "-changed_at"])]


class Claim(models.Model):
    """A sentence as it was written, and what it claims. Never deleted: a withdrawn one stays in the history."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": INTERNAL,
        "report": INTERNAL,
        "position": INTERNAL,
        "sentence": INTERNAL,
        "kind": INTERNAL,
        "claim": INTERNAL,
        "release": INTERNAL,
        "series": INTERNAL,
        "made_by": PERSONAL,
        "made_at": INTERNAL,
        "withdrawn_by": PERSONAL,
        "withdrawn_at": INTERNAL,
    }

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="claims")
    position = models.PositiveIntegerField()
    sentence = models.JSONField()
    kind = models.CharField(max_length=10, choices=[(each.value, each.value) for each in ClaimKind])
    claim = models.JSONField()
    release = models.ForeignKey("assess.Release", on_delete=models.PROTECT, null=True, related_name="+")
    """Where its evidence comes from, by the latest judgement; so that who may not see that does not see the claim."""
    series = models.ForeignKey("assess.Series", on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["report", "position"])]


class Judging(models.Model):
    """One judgement of a claim, with the numbers that it was made on. Only an override is added to it, once."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": INTERNAL,
        "claim": INTERNAL,
        "number": INTERNAL,
        "source": INTERNAL,
        "evidence": INTERNAL,
        "together": INTERNAL,
        "verdict": INTERNAL,
        "reasons": INTERNAL,
        "explanations": INTERNAL,
        "guard": INTERNAL,
        "judged_by": PERSONAL,
        "judged_at": INTERNAL,
        "override": INTERNAL,
        "overridden_by": PERSONAL,
        "overridden_at": INTERNAL,
    }

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="judgings")
    number = models.PositiveIntegerField()
    source = models.JSONField()
    evidence = models.JSONField()
    together = models.PositiveIntegerField()
    verdict = models.CharField(max_length=16, choices=[(each.value, each.value) for each in Verdict])
    reasons = models.JSONField()
    explanations = models.JSONField()
    guard = models.CharField(max_length=40)
    judged_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    judged_at = models.DateTimeField()
    override = models.TextField(blank=True)
    """Why it is printed against the verdict; empty: it is not."""
    overridden_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    overridden_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["claim", "number"], name="one_judgement_a_number")]
