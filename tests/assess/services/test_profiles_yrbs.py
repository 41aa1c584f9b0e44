"""The profile of the real YRBS finds CDC's published figures again."""

import csv
import datetime as dt
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from hashar.assess.services.profiles import make_profile

DATA = Path(str(resources.files("hashar.flows"))) / "data" / "yrbs"
PUBLISHED = Path(__file__).parents[2] / "golden" / "data" / "yrbs" / "published.csv"


@pytest.fixture(scope="module")
def profile():
    return make_profile(
        file=DATA / "yrbs_national_2019.parquet",
        codebook=DATA / "codebook.yaml",
        earlier=[DATA / f"yrbs_national_{year}.parquet" for year in (2017, 2015)],
        now=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        rng=np.random.default_rng(1),
    )


def _figures(profile):
    """(year, indicator, group, level) → figure, of everything that the profile publishes."""
    found = {}
    for indicator in profile.indicators:
        for point in indicator.waves:
            found[point.wave, indicator.name, "total", "total"] = point.figure.value
        for breakdown in indicator.breakdowns:
            for row in breakdown.rows:
                found[profile.wave, indicator.name, breakdown.group, row.level] = row.figure.value
    return found


def _published():
    with PUBLISHED.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_published_points_and_intervals_are_found_again_at_the_published_decimal(profile):
    figures = _figures(profile)
    wrong = []
    for row in _published():
        name = (row["year"], row["indicator"], row["group"], row["level"])
        figure = figures[name]
        for column, value in (("pct", figure.estimate), ("ci_low", figure.ci_low), ("ci_high", figure.ci_high)):
            if row[column] and f"{100 * value:.1f}" != f"{float(row[column]):.1f}":
                wrong.append((*name, column, row[column], 100 * value))
    assert wrong == []
    assert len(_published()) == 109


def test_the_change_of_vaping_is_shown_and_that_of_heroin_is_not(profile):
    changes = {indicator.name: indicator.change for indicator in profile.indicators if indicator.change is not None}
    vaping = changes["cur_vape"].value
    assert (vaping.earlier, vaping.later, vaping.shown) == ("2017", "2019", True)
    assert vaping.difference == pytest.approx(0.195, abs=0.001)
    assert not changes["ever_heroin"].value.shown


def test_priorities_are_ranked_and_the_release_withstood_the_attack(profile):
    ranked = profile.priorities.ranked
    assert [one.rank for one in ranked] == sorted(one.rank for one in ranked)
    assert sum(one.probability_top for one in ranked) == pytest.approx(profile.priorities.top)
    assert profile.release.recovered == 0


def test_pupils_who_answered_no_part_of_a_derived_indicator_are_missing_in_it(profile):
    two = next(indicator for indicator in profile.indicators if indicator.name == "two_plus_tobacco")
    assert {one.counted_as for one in two.missing} == {"missing"}
    assert two.total.value.n + sum(one.count.value for one in two.missing) == profile.quality.used
