"""How many people live where; each count says where it comes from."""

from django.db.models import QuerySet

from hashar.places import contracts, models
from hashar.places.contracts import PopulationSource
from hashar.places.rules import OPEN_AGE


def population(
    code: str, year: int, sex: str = "all", age: tuple[int, int | None] | None = None
) -> contracts.Population | None:
    """People of a place in a year, from the preferred source.

    Parameters
    ----------
    code
        Present code of the place.
    year
        The year; no other is taken instead.
    sex
        all, female or male.
    age
        First and last age of a band (None without an end), exactly as stored; None for all ages.

    Returns
    -------
    Population | None
        None when no source tells it.

    """
    first, last = age or (0, None)
    band = {"age_from": first, "age_to": OPEN_AGE if last is None else last}
    row = _rows().filter(territory__code=code, year=year, sex=sex, **band).first()
    return as_population(row) if row else None


def latest_population(code: str, sex: str = "all") -> contracts.Population | None:
    """The newest count of all ages of a place, from the preferred source."""
    rows = _rows().filter(territory__code=code, sex=sex, age_from=0, age_to=OPEN_AGE)
    row = rows.order_by("-year", "source__preference").first()
    return as_population(row) if row else None


def populations(code: str) -> tuple[contracts.Population, ...]:
    """All that is known of a place: by source, year, sex and ages."""
    return tuple(as_population(row) for row in _rows().filter(territory__code=code))


def _rows() -> QuerySet[models.Population]:
    rows = models.Population.objects.select_related("territory", "source")
    return rows.order_by("source__preference", "source__key", "year", "sex", "age_from", "age_to")


def as_population(row: models.Population) -> contracts.Population:
    """The record of a row (read with its territory and source)."""
    return contracts.Population(
        code=row.territory.code,
        year=row.year,
        sex=row.sex,
        age_from=row.age_from,
        age_to=None if row.age_to == OPEN_AGE else row.age_to,
        count=row.count,
        includes=tuple(row.includes),
        source=PopulationSource(
            key=row.source.key,
            title=row.source.title,
            licence=row.source.licence,
            address=row.source.address,
            moment=row.source.moment,
            note=row.source.note,
        ),
    )
