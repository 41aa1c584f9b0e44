"""Plans, mappings, drafts and rights of series."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashar.assess.contracts.series import Flag, Measure, PeriodKind
from hashar.assess.contracts.series_draft import SeriesDraft
from hashar.assess.contracts.series_import import Candidate, Change, ColumnUse, FileMapping, Grid, Problem, Use
from hashar.assess.rules.series_draft import checked_draft
from hashar.assess.rules.series_mapping import as_json, from_json, problems_of, with_headers
from hashar.assess.rules.series_plan import breakdown_of, digest_of, plan, written
from hashar.assess.rules.series_rights import may_import_series, may_share_series, sees_own, sees_series
from hashar.errors import UsageError
from hashar.people.contracts import Actor, Mandate, Role, Scope


def candidate(**more):
    base = {"row": 2, "column": "C", "territory": 1, "period": "2022", "breakdown": (), "value": 5.0}
    return Candidate(**{**base, "flag": Flag.NONE, "note": "", **more})


def test_each_number_is_new_changed_or_the_same():
    stored = {(1, "2022", ""): (5.0, "", ""), (2, "2022", ""): (5.0, "", "")}
    found = plan([candidate(), candidate(territory=2, value=6.0), candidate(territory=3)], stored)
    assert [(each.change, each.before) for each in found] == [
        (Change.SAME, 5.0),
        (Change.CHANGED, 5.0),
        (Change.NEW, None),
    ]


def test_another_flag_or_note_is_a_change():
    stored = {(1, "2022", ""): (5.0, "", "")}
    assert plan([candidate(flag=Flag.PARTIAL)], stored)[0].change is Change.CHANGED
    assert plan([candidate(note="late")], stored)[0].change is Change.CHANGED


PAIRS = st.dictionaries(st.text(min_size=1, max_size=5), st.text(max_size=5), max_size=3)


@settings(max_examples=60)
@given(PAIRS)
def test_a_breakdown_is_written_in_one_way_and_read_back(pairs):
    forward, backward = tuple(pairs.items()), tuple(reversed(pairs.items()))
    assert written(forward) == written(backward)
    assert breakdown_of(written(forward)) == tuple(sorted(forward))


def test_a_preview_that_would_store_something_else_has_another_digest():
    one, other = plan([candidate()], {}), plan([candidate(value=6.0)], {})
    wrong = [Problem(2, "C", "x", "no")]
    assert len({digest_of(one, []), digest_of(other, []), digest_of(one, wrong)}) == 3
    assert digest_of(one, wrong) == digest_of(plan([candidate()], {}), wrong)


GRID = Grid("f.csv", "0" * 64, 1, (), "", [["region", "year", "n"], ["KZ-10", 2022.0, 5.0]])
GOOD = FileMapping(
    columns=(ColumnUse("region", Use.TERRITORY), ColumnUse("year", Use.PERIOD), ColumnUse("n", Use.VALUE))
)


def mapping(*columns, **more):
    return FileMapping(columns=tuple(ColumnUse("", use) if isinstance(use, Use) else use for use in columns), **more)


def test_a_complete_mapping_has_no_problem_and_is_kept_as_it_is():
    assert problems_of(GOOD, GRID) == []
    assert from_json(as_json(GOOD)) == GOOD


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (mapping(Use.TERRITORY, Use.PERIOD, Use.IGNORE), "hold the numbers"),
        (mapping(Use.IGNORE, Use.PERIOD, Use.VALUE), "to be the territory"),
        (mapping(Use.TERRITORY, Use.IGNORE, Use.VALUE), "no period"),
        (mapping(Use.TERRITORY, Use.TERRITORY, Use.VALUE, period="2022"), "A, B are both said to be the territory"),
        (mapping(Use.TERRITORY, Use.VALUE, period="2022"), "not those of this mapping"),
        (mapping(Use.TERRITORY, Use.VALUE, Use.VALUE, period="2022"), "what tells them apart"),
        (mapping(Use.TERRITORY, Use.PERIOD, Use.VALUE, first_row=9), "inside the sheet"),
        (mapping(Use.TERRITORY, Use.IGNORE, Use.VALUE, period="sometime"), "is not a period"),
        (mapping(Use.BREAKDOWN, Use.PERIOD, Use.VALUE, territory="KZ"), "name of its own"),
        (
            mapping(Use.TERRITORY, Use.PERIOD, ColumnUse("", Use.VALUE, level="women")),
            "name of its own",
        ),
    ],
)
def test_what_a_mapping_lacks_is_said(wrong, words):
    assert any(words in str(found) for found in problems_of(wrong, GRID))


def test_headers_come_from_the_file():
    assert [each.header for each in with_headers(mapping(Use.TERRITORY, Use.PERIOD, Use.VALUE), GRID).columns] == [
        "region",
        "year",
        "n",
    ]


DRAFT = SeriesDraft("Offences", "Police", "KZ", Measure.EVENTS, PeriodKind.YEAR)


def test_a_draft_is_tidied():
    found = checked_draft(
        SeriesDraft("  Drug \n offences ", "Police", "KZ", Measure.EVENTS, PeriodKind.YEAR, caveats="a\n b  c")
    )
    assert (found.title, found.caveats) == ("Drug offences", "a\nb c")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": " "}, "title"),
        ({"source": ""}, "source"),
        ({"unit": "x" * 41}, "longer than"),
        ({"kind": "guess"}, "measures"),
        ({"level": "street"}, "how far down"),
        ({"rate_sex": "cats"}, "which sex"),
        ({"rate_age_from": 20, "rate_age_to": 10}, "younger to the older"),
        ({"rate_age_to": 130}, "younger to the older"),
    ],
)
def test_what_a_draft_lacks_is_said(wrong, words):
    with pytest.raises(UsageError) as caught:
        checked_draft(SeriesDraft(**{**DRAFT.__dict__, **wrong}))
    assert words in str(caught.value.problems[0])


def actor(role, path="KZ/", scopes=None):
    return Actor(person=1, mandates=(Mandate(7, "Centre", role, path),), scopes=scopes)


@pytest.mark.parametrize("role", list(Role))
def test_who_may_bring_in_and_share(role):
    assert may_import_series(actor(role), 7, "KZ/KZ-10/") == (role in ("coordinator", "official", "analyst"))
    assert may_share_series(actor(role), 7, "KZ/") == (role == "coordinator")
    assert sees_own(actor(role), 7) == (role in ("coordinator", "official", "analyst"))


def test_only_in_their_organisation_and_territory_and_never_with_a_token():
    assert not may_import_series(actor(Role.OFFICIAL), 8, "KZ/")
    assert not may_import_series(actor(Role.OFFICIAL, "KZ/KZ-10/"), 7, "KZ/")
    assert not may_import_series(actor(Role.OFFICIAL, scopes=frozenset({Scope.READ})), 7, "KZ/")
    assert not may_share_series(actor(Role.COORDINATOR, scopes=frozenset({Scope.READ})), 7, "KZ/")


def test_who_knows_of_a_series():
    assert sees_series(actor(Role.ANALYST), 7, "KZ/", shared=False)
    assert not sees_series(actor(Role.READER), 7, "KZ/", shared=False)
    assert sees_series(actor(Role.READER), 7, "KG/", shared=True)
    assert sees_series(actor(Role.PROGRAMME_MANAGER), 8, "KZ/KZ-10/", shared=True)
    assert not sees_series(actor(Role.COORDINATOR, "KG/"), 8, "KZ/", shared=True)
