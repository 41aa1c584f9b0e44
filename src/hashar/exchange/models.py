from typing import ClassVar

from django.db import models

from hashar.exchange.rules import BASES, LANES, READINGS, STATES
from hashar.exchange.rules.evidence import EVIDENCE
from hashar.exchange.rules.words import LONGEST_WORD
from hashar.privacy import Privacy


class Practice(models.Model):
    """A tested programme (``code`` and no organisation) or a practice that an organisation entered (no code).

    What an organisation entered is its own until it is shared, so its texts are internal.
    """

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["id", "code", "lane", "evidence", "tier", "used_in", "not_rated"], Privacy.PUBLIC),
        **dict.fromkeys(["organisation", "state", "names", "summary", "settings", "levels"], Privacy.INTERNAL),
        **dict.fromkeys(["age_from", "age_to", "cost", "languages", "facts", "sources", "digest"], Privacy.INTERNAL),
        **dict.fromkeys(["made_at", "changed_at", "shared_at", "withdrawn_at"], Privacy.INTERNAL),
        "made_by": Privacy.PERSONAL,
    }

    code = models.CharField(max_length=20, unique=True, null=True)
    lane = models.CharField(max_length=10, choices=[(lane, lane) for lane in LANES])
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=[(state, state) for state in STATES])
    names = models.JSONField(default=dict)
    summary = models.JSONField(default=dict)
    settings = models.JSONField(default=list)
    levels = models.JSONField(default=list)
    age_from = models.PositiveSmallIntegerField(null=True)
    age_to = models.PositiveSmallIntegerField(null=True)
    cost = models.CharField(max_length=10, blank=True)
    languages = models.JSONField(default=list)
    evidence = models.CharField(max_length=10, choices=[(word, word) for word in EVIDENCE])
    tier = models.CharField(max_length=4, blank=True)
    used_in = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    sources = models.JSONField(default=list)
    not_rated = models.JSONField(default=list)
    digest = models.CharField(max_length=32, blank=True)
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "lane"])]

    def __str__(self) -> str:
        """The code by which the site knows it."""
        return self.code or f"o{self.organisation_id}-{self.pk}"


class Rating(models.Model):
    """What one registry says of a practice, in its own words; ratings are never merged."""

    PRIVACY: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ["id", "practice", "position", "registry", "rating", "year", "reading", "sources"], Privacy.PUBLIC
    )

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="ratings")
    position = models.PositiveSmallIntegerField()
    registry = models.CharField(max_length=20)
    rating = models.CharField(max_length=400)
    year = models.PositiveSmallIntegerField(null=True)
    reading = models.CharField(max_length=10, choices=[(word, word) for word in READINGS])
    sources = models.JSONField(default=list)


class FactorLink(models.Model):
    """A practice works on a factor: because a source says so, or inferred until an expert confirms it."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(["id", "practice", "factor", "basis"], Privacy.PUBLIC),
        **dict.fromkeys(["confirmed_at", "confirmed_for", "grounds"], Privacy.PUBLIC),
        "confirmed_by": Privacy.PERSONAL,
    }

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="links")
    factor = models.CharField(max_length=10)
    basis = models.CharField(max_length=10, choices=[(basis, basis) for basis in BASES])
    confirmed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_for = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    grounds = models.CharField(max_length=600, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["practice", "factor"], name="one_link_each")]


class SearchTerm(models.Model):
    """A folded word of some practice, or a concept (``=family``)."""

    PRIVACY: ClassVar[dict[str, Privacy]] = dict.fromkeys(["id", "word", "start"], Privacy.INTERNAL)

    word = models.CharField(max_length=LONGEST_WORD, unique=True)
    start = models.CharField(max_length=3, db_index=True)


class TermGram(models.Model):
    """Three letters of a word (or its first one and two after a space): how a misspelt word is found."""

    PRIVACY: ClassVar[dict[str, Privacy]] = dict.fromkeys(["id", "gram", "term"], Privacy.INTERNAL)

    gram = models.CharField(max_length=3)
    term = models.ForeignKey(SearchTerm, on_delete=models.CASCADE, related_name="grams")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["gram", "term"], name="one_term_gram_each")]


class TermUse(models.Model):
    """A word stands in a practice; ``weight`` (1 to 100) says where: in the name more than in a remark."""

    PRIVACY: ClassVar[dict[str, Privacy]] = dict.fromkeys(["id", "term", "practice", "weight"], Privacy.INTERNAL)

    term = models.ForeignKey(SearchTerm, on_delete=models.CASCADE, related_name="uses")
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="uses")
    weight = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["term", "practice"], name="one_term_use_each")]
