from typing import ClassVar

from django.db import models

from hashar.assess.contracts.surveys import FindingKind, ReleaseState
from hashar.assess.models.surveys import CodebookVersion, Survey, SurveyFile
from hashar.privacy import Privacy


class Release(models.Model):
    """A profile as it was released: its numbers never change, only who may see it."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.PUBLIC,
        "survey": Privacy.INTERNAL,
        "number": Privacy.PUBLIC,
        "run": Privacy.INTERNAL,
        "codebook": Privacy.INTERNAL,
        "territory": Privacy.PUBLIC,
        "title": Privacy.PUBLIC,
        "place": Privacy.PUBLIC,
        "wave": Privacy.PUBLIC,
        "state": Privacy.INTERNAL,
        "profile": Privacy.PUBLIC,
        "digest": Privacy.INTERNAL,
        "made_by": Privacy.PERSONAL,
        "made_at": Privacy.PUBLIC,
        "shared_by": Privacy.PERSONAL,
        "shared_at": Privacy.PUBLIC,
        "withdrawn_by": Privacy.PERSONAL,
        "withdrawn_at": Privacy.INTERNAL,
    }

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    run = models.OneToOneField("runs.Run", on_delete=models.PROTECT, related_name="+")
    codebook = models.ForeignKey(CodebookVersion, on_delete=models.PROTECT, related_name="releases")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, null=True, related_name="+")
    title = models.JSONField()
    place = models.JSONField()
    wave = models.CharField(max_length=200)
    state = models.CharField(
        max_length=10, default=ReleaseState.DRAFT, choices=[(state.value, state.value) for state in ReleaseState]
    )
    profile = models.TextField()
    """The whole profile as ``contracts.stored`` writes it: text, so that not even the order of languages changes."""
    digest = models.CharField(max_length=64)
    """SHA-256 of that text: a release with the same one has the same numbers."""
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    shared_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    shared_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["survey", "number"], name="one_release_a_number")]
        indexes: ClassVar = [models.Index(fields=["state", "-made_at"])]

    def __str__(self) -> str:
        """Survey and number."""
        return f"{self.survey_id}/{self.number}"


class ReleaseSource(models.Model):
    """A file that a release was computed from. The fingerprint outlives the file."""

    PRIVACY: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ("id", "release", "position", "wave", "file", "name", "sha256", "size", "rows", "columns"), Privacy.INTERNAL
    )

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="sources")
    position = models.PositiveSmallIntegerField()
    """In the order of time, from 0."""
    wave = models.CharField(max_length=200)
    file = models.ForeignKey(SurveyFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    rows = models.PositiveIntegerField()
    columns = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["release", "position"], name="one_source_a_position"),
        ]


class Finding(models.Model):
    """One published figure of a release, or the reason why it is not shown; a copy of what its profile holds."""

    PRIVACY: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        [
            *("id", "release", "position", "source", "first_source", "indicator", "about", "label", "kind"),
            *("substance", "statistic", "unit", "higher_is", "wave", "group", "group_label", "level", "level_label"),
            *("suppressed", "n", "weighted_n", "estimate", "se", "ci_low", "ci_high", "df", "deff", "n_effective"),
            *("reliability", "undefined"),
        ],
        Privacy.PUBLIC,
    )

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="findings")
    position = models.PositiveIntegerField()
    """In the order of the profile."""
    source = models.ForeignKey(ReleaseSource, on_delete=models.PROTECT, related_name="findings")
    first_source = models.ForeignKey(ReleaseSource, on_delete=models.PROTECT, null=True, related_name="+")
    """Where a factor's cut-point was taken from, when that is an earlier wave."""
    indicator = models.CharField(max_length=200)
    about = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in FindingKind])
    label = models.JSONField()
    kind = models.CharField(max_length=20)
    substance = models.CharField(max_length=40, blank=True)
    statistic = models.CharField(max_length=12)
    unit = models.JSONField(default=dict)
    higher_is = models.CharField(max_length=8)
    wave = models.CharField(max_length=200)
    group = models.CharField(max_length=200, blank=True)
    group_label = models.JSONField(default=dict)
    level = models.CharField(max_length=400, blank=True)
    level_label = models.JSONField(default=dict)
    suppressed = models.CharField(max_length=16, blank=True)
    n = models.PositiveIntegerField(null=True)
    weighted_n = models.FloatField(null=True)
    estimate = models.FloatField(null=True)
    se = models.FloatField(null=True)
    ci_low = models.FloatField(null=True)
    ci_high = models.FloatField(null=True)
    df = models.FloatField(null=True)
    deff = models.FloatField(null=True)
    n_effective = models.FloatField(null=True)
    reliability = models.CharField(max_length=12, blank=True)
    undefined = models.JSONField(default=dict)
    """Numbers that no column holds, as words: NaN and infinities."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["release", "position"], name="one_finding_a_position"),
        ]
        indexes: ClassVar = [models.Index(fields=["release", "indicator", "wave"]), models.Index(fields=["indicator"])]
