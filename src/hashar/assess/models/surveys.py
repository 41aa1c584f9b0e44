from typing import ClassVar

from django.db import models

from hashar.privacy import Privacy


class Survey(models.Model):
    """A survey over all its waves, owned by one organisation; its microdata stay in files outside the database."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.INTERNAL,
        "organisation": Privacy.INTERNAL,
        "territory": Privacy.INTERNAL,
        "title": Privacy.INTERNAL,
        "made_by": Privacy.PERSONAL,
        "made_at": Privacy.INTERNAL,
        "sample": Privacy.INTERNAL,
    }

    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=200)
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    sample = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "-made_at"])]

    def __str__(self) -> str:
        """The title."""
        return self.title


class SurveyFile(models.Model):
    """An uploaded file: its fingerprint here, its bytes in the data folder. A removed one keeps its row."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.INTERNAL,
        "survey": Privacy.INTERNAL,
        "name": Privacy.INTERNAL,
        "sha256": Privacy.INTERNAL,
        "size": Privacy.INTERNAL,
        "rows": Privacy.INTERNAL,
        "columns": Privacy.INTERNAL,
        "notes": Privacy.INTERNAL,
        "problem": Privacy.INTERNAL,
        "uploaded_by": Privacy.PERSONAL,
        "uploaded_at": Privacy.INTERNAL,
        "removed_by": Privacy.PERSONAL,
        "removed_at": Privacy.INTERNAL,
    }

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    rows = models.PositiveIntegerField(null=True)
    columns = models.PositiveIntegerField(null=True)
    notes = models.JSONField(default=list)
    problem = models.JSONField(null=True)
    uploaded_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    removed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["survey", "sha256"], condition=models.Q(removed_at__isnull=True), name="one_file_once"
            ),
            models.UniqueConstraint(
                fields=["survey", "name"], condition=models.Q(removed_at__isnull=True), name="one_file_name_once"
            ),
        ]

    def __str__(self) -> str:
        """The name."""
        return self.name


class CodebookVersion(models.Model):
    """A survey's codebook as it was saved once; versions are never changed or deleted."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.INTERNAL,
        "survey": Privacy.INTERNAL,
        "number": Privacy.INTERNAL,
        "based_on": Privacy.INTERNAL,
        "text": Privacy.INTERNAL,
        "sha256": Privacy.INTERNAL,
        "problems": Privacy.INTERNAL,
        "waves": Privacy.INTERNAL,
        "made_by": Privacy.PERSONAL,
        "made_at": Privacy.INTERNAL,
    }

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="codebooks")
    number = models.PositiveIntegerField()
    based_on = models.PositiveIntegerField(default=0)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    problems = models.PositiveIntegerField(default=0)
    waves = models.JSONField(default=list)
    """[name, file patterns] of each wave, so that a file's wave is known without reading the YAML again."""
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "number"], name="one_codebook_version_a_number")
        ]

    def __str__(self) -> str:
        """The number."""
        return str(self.number)
