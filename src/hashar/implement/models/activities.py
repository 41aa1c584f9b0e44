from typing import ClassVar

from django.db import models

from hashar.implement.contracts.activities import OLDEST, Sex, State
from hashar.privacy import Privacy

INTERNAL, PERSONAL = Privacy.INTERNAL, Privacy.PERSONAL


class Activity(models.Model):
    """What an organisation did, or means to do. Never deleted: cancelled, or counted with another entry of it."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["id", "key", "sent", "organisation", "territory", "place", "title", "strategy"], INTERNAL),
        **dict.fromkeys(["practice", "date", "time", "state", "age_from", "age_to", "contacts", "people"], INTERNAL),
        **dict.fromkeys(["sessions", "minutes", "group", "school_class", "components", "fidelity_note"], INTERNAL),
        **dict.fromkeys(["note", "photo", "photo_kind", "photo_size", "same_as", "edition", "changed_at"], INTERNAL),
        "made_by": PERSONAL,
        "made_at": INTERNAL,
    }

    key = models.UUIDField(unique=True)
    """Given by the browser: what is sent twice is stored once."""
    sent = models.CharField(max_length=64)
    """Fingerprint of the entry as it was first sent."""
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, null=True, related_name="+")
    place = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=200)
    strategy = models.CharField(max_length=20)
    practice = models.CharField(max_length=50, blank=True)
    date = models.DateField(db_index=True)
    time = models.TimeField(null=True)
    state = models.CharField(max_length=10, choices=[(each.value, each.value) for each in State])
    age_from = models.PositiveSmallIntegerField(default=0)
    age_to = models.PositiveSmallIntegerField(default=OLDEST)
    contacts = models.PositiveIntegerField(null=True)
    people = models.PositiveIntegerField(null=True)
    sessions = models.PositiveSmallIntegerField(default=1)
    minutes = models.PositiveSmallIntegerField(null=True)
    group = models.CharField(max_length=120, blank=True)
    school_class = models.BooleanField(default=False)
    components = models.JSONField(default=list)
    fidelity_note = models.TextField(blank=True)
    note = models.TextField(blank=True)
    photo = models.CharField(max_length=64, blank=True)
    """Fingerprint of the file in the data folder."""
    photo_kind = models.CharField(max_length=4, blank=True)
    photo_size = models.PositiveIntegerField(default=0)
    same_as = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="doubles")
    """The entry of the same event that counts."""
    edition = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "-date"])]


class ActivityMeasure(models.Model):
    """An activity serves a measure of a plan."""

    PRIVACY: ClassVar[dict[str, Privacy]] = dict.fromkeys(["id", "activity", "measure"], INTERNAL)

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="served")
    measure = models.ForeignKey("plan.Measure", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["activity", "measure"], name="one_measure_each")]


class ActivityPartner(models.Model):
    """Another organisation that carried it out."""

    PRIVACY: ClassVar[dict[str, Privacy]] = dict.fromkeys(["id", "activity", "organisation"], INTERNAL)

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["activity", "organisation"], name="one_partner_each")]


class ActivityPeople(models.Model):
    """Different people of an age group."""

    PRIVACY: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ["id", "activity", "age_from", "age_to", "sex", "count"], INTERNAL
    )

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="by_age")
    age_from = models.PositiveSmallIntegerField()
    age_to = models.PositiveSmallIntegerField()
    sex = models.CharField(max_length=6, choices=[(each.value, each.value) for each in Sex])
    count = models.PositiveIntegerField()


class ActivityEdition(models.Model):
    """How an entry stood after it was written; nothing of it is overwritten."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["id", "activity", "number", "content", "made_at"], INTERNAL),
        "made_by": PERSONAL,
    }

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["activity", "number"], name="one_edition_each")]


class DoubleDecision(models.Model):
    """A person said whether two entries are of one event; a later decision stands."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["id", "first", "second", "same", "decided_at"], INTERNAL),
        "decided_by": PERSONAL,
    }

    first = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+")
    """``first`` has the smaller id."""
    same = models.BooleanField()
    decided_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["first", "second"], name="one_double_decision_each")]
