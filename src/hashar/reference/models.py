from typing import ClassVar

from django.db import models

from hashar.privacy import Privacy
from hashar.reference.rules import DIRECTIONS, INDICATOR_KINDS, UNITS


class SlangName(models.Model):
    """What a substance is called in the street, as somebody on this site heard it."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.INTERNAL,
        "substance": Privacy.PUBLIC,
        "language": Privacy.PUBLIC,
        "name": Privacy.PUBLIC,
        "organisation": Privacy.INTERNAL,
        "added_by": Privacy.PERSONAL,
        "added_at": Privacy.INTERNAL,
    }

    substance = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    name = models.CharField(max_length=80)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["substance", "language", "name"], name="one_slang_name_each")
        ]


class OwnIndicator(models.Model):
    """An indicator that an organisation defined for itself."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(
            ["id", "organisation", "code", "kind", "substance", "unit", "direction", "name", "definition"],
            Privacy.INTERNAL,
        ),
        "made_by": Privacy.PERSONAL,
        "made_at": Privacy.INTERNAL,
        "withdrawn_at": Privacy.INTERNAL,
    }

    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=20, choices=[(kind, kind) for kind in INDICATOR_KINDS])
    substance = models.CharField(max_length=40, blank=True)
    unit = models.CharField(max_length=10, choices=[(unit, unit) for unit in UNITS])
    direction = models.CharField(max_length=10, choices=[(way, way) for way in DIRECTIONS])
    name = models.JSONField(default=dict)
    definition = models.JSONField(default=dict)
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "code"], name="one_own_indicator_each")
        ]
