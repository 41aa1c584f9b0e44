from typing import ClassVar

from django.db import models

from hashar.places.rules import IMPORT_KINDS, IMPORT_STATES, LONGEST_PATH, OPEN_AGE, SEXES, TERRITORY_LEVELS
from hashar.privacy import Privacy


class Import(models.Model):
    """One file of territories or population: first checked, then done, and possibly undone."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        **dict.fromkeys(
            ["id", "organisation", "kind", "state", "file_name", "sha256", "source", "licence"], Privacy.INTERNAL
        ),
        **dict.fromkeys(["rows", "problems", "counts", "before", "made_at", "done_at", "undone_at"], Privacy.INTERNAL),
        "made_by": Privacy.PERSONAL,
    }

    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in IMPORT_KINDS])
    state = models.CharField(max_length=8, choices=[(state, state) for state in IMPORT_STATES])
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    source = models.CharField(max_length=200)
    licence = models.CharField(max_length=80)
    rows = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    before = models.JSONField(default=list)
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "-made_at"])]


class Territory(models.Model):
    """A country, region, district or city; ``path`` holds the codes from the country down, each with a slash."""

    PRIVACY: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        [
            *("id", "code", "former_codes", "other_codes", "parent", "path", "level", "kind", "names", "unreviewed"),
            *("other_names", "lon", "lat", "since", "until", "source", "licence", "imported"),
        ],
        Privacy.PUBLIC,
    )

    code = models.CharField(max_length=20, unique=True)
    former_codes = models.JSONField(default=list, blank=True)
    other_codes = models.JSONField(default=dict, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    path = models.CharField(max_length=LONGEST_PATH, unique=True)
    level = models.CharField(max_length=12, choices=[(level, level) for level in TERRITORY_LEVELS])
    kind = models.CharField(max_length=40, blank=True)
    names = models.JSONField(default=dict)
    unreviewed = models.JSONField(default=list, blank=True)
    other_names = models.JSONField(default=list, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    source = models.CharField(max_length=200)
    licence = models.CharField(max_length=80)
    imported = models.ForeignKey(Import, on_delete=models.PROTECT, null=True, related_name="territories")

    def __str__(self) -> str:
        """The code."""
        return self.code


class SearchKey(models.Model):
    """A folded name or code (not ``named``) of a territory; made from the territory's row, never by hand."""

    PRIVACY: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ["id", "territory", "folded", "languages", "named", "size"], Privacy.PUBLIC
    )

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="keys")
    folded = models.CharField(max_length=200, db_index=True)
    languages = models.CharField(max_length=30)
    named = models.BooleanField()
    size = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["territory", "folded"], name="one_key_each")]


class SearchGram(models.Model):
    """Three letters of a name's key (or its first one or two after a space): how search finds candidates.

    ``size`` is the key's, repeated so that finding the shortest names needs this table alone.
    """

    PRIVACY: ClassVar[dict[str, Privacy]] = dict.fromkeys(["id", "gram", "key", "size"], Privacy.PUBLIC)

    gram = models.CharField(max_length=3)
    size = models.PositiveSmallIntegerField()
    key = models.ForeignKey(SearchKey, on_delete=models.CASCADE, related_name="grams")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["gram", "key"], name="one_gram_each")]


class Boundary(models.Model):
    """An imported boundary, simplified for maps; the shipped ones stay in their files with their licences."""

    PRIVACY: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ["id", "territory", "geometry", "attribution"], Privacy.PUBLIC
    )

    territory = models.OneToOneField(Territory, on_delete=models.CASCADE, related_name="boundary")
    geometry = models.JSONField()
    attribution = models.CharField(max_length=200)


class PopulationSource(models.Model):
    """Where counts of people come from; where two tell the same year, the lower ``preference`` is shown."""

    PRIVACY: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ["id", "key", "title", "licence", "address", "moment", "note", "preference"], Privacy.PUBLIC
    )

    key = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    licence = models.CharField(max_length=80)
    address = models.CharField(max_length=200, blank=True)
    moment = models.CharField(max_length=10)
    note = models.CharField(max_length=300, blank=True)
    preference = models.PositiveSmallIntegerField()


class Population(models.Model):
    """A count of people of a territory in a year, by sex and band of ages."""

    PRIVACY: ClassVar[dict[str, Privacy]] = dict.fromkeys(
        ["id", "territory", "year", "sex", "age_from", "age_to", "count", "includes", "source", "imported"],
        Privacy.PUBLIC,
    )

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="populations")
    year = models.PositiveSmallIntegerField()
    sex = models.CharField(max_length=6, choices=[(sex, sex) for sex in SEXES])
    age_from = models.PositiveSmallIntegerField(default=0)
    age_to = models.PositiveSmallIntegerField(default=OPEN_AGE)
    count = models.PositiveBigIntegerField()
    includes = models.JSONField(default=list, blank=True)
    source = models.ForeignKey(PopulationSource, on_delete=models.PROTECT, related_name="populations")
    imported = models.ForeignKey(Import, on_delete=models.PROTECT, null=True, related_name="populations")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["territory", "year", "sex", "age_from", "age_to", "source"], name="one_population_each"
            )
        ]
