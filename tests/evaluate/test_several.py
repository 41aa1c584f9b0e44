"""How many changes a report looks at together, as a table."""

import dataclasses

import pytest

from hashar.evaluate.contracts.claims import (
    Comparison,
    CoverageEvidence,
    DetectionEvidence,
    EffectEvidence,
    TrendEvidence,
)
from hashar.evaluate.contracts.kept import Source, SourceKind
from hashar.evaluate.rules.several import compared, counted, together

TREND = TrendEvidence(earlier=0.2, later=0.1, se=0.02, df=60, p_adjusted=0.01)
COUNTS = DetectionEvidence(earlier=100, later=140)


def of(name, comparisons=14, release=1):
    source = Source(kind=SourceKind.RELEASE, release=release, place={"name": name})
    return compared(source, dataclasses.replace(TREND, comparisons=comparisons))


def typed(stated, later=0.1, comparisons=1):
    source = Source(kind=SourceKind.TYPED, stated=stated)
    return compared(source, dataclasses.replace(TREND, later=later, comparisons=comparisons))


def counts(later="2024"):
    return compared(Source(kind=SourceKind.SERIES, series=3, place={"later": later}), COUNTS)


CASES = [
    ("nothing", [], 0),
    ("one typed change", [typed("A")], 1),
    ("the same change twice", [typed("A"), typed(" a ")], 1),
    ("two changes of one source", [typed("A"), typed("A", later=0.12)], 2),
    ("two sources", [typed("A"), typed("B")], 2),
    ("a source that says five", [typed("A", comparisons=5), typed("A", later=0.12, comparisons=5)], 5),
    ("a profile counts all that it compared", [of("alcohol")], 14),
    ("several of one profile", [of("alcohol"), of("tobacco")], 14),
    ("two profiles", [of("alcohol"), of("alcohol", release=2)], 28),
    ("a profile and a register", [of("alcohol"), counts()], 15),
    ("two years of a register", [counts(), counts("2023")], 2),
    ("levels compare nothing", [compared(Source(kind=SourceKind.TYPED, stated="A"), CoverageEvidence())], 0),
]


@pytest.mark.parametrize(("what", "comparisons", "wanted"), CASES, ids=[each[0] for each in CASES])
def test_changes_are_counted_by_source(what, comparisons, wanted):
    assert together(comparisons) == wanted


def test_among_more_changes_the_raw_p_value_is_adjusted_for_all():
    own = dataclasses.replace(TREND, comparisons=14)
    assert counted(own, 14) is own
    more = counted(own, 15)
    assert (more.comparisons, more.p_adjusted) == (15, None)
    assert counted(COUNTS, 4).comparisons == 4
    effect = EffectEvidence(comparison=Comparison.RANDOM, outcome="x")
    assert counted(effect, 3).comparisons == 3
    assert counted(CoverageEvidence(), 9) == CoverageEvidence()
