"""The page of the claim guard."""

import datetime as dt

import pytest

from hashar.people.models import Person

NOW = dt.datetime(2026, 5, 4, 9, 0, tzinfo=dt.UTC)
TREND = {
    "direction": "fell",
    "earlier": "10",
    "later": "8",
    "n_earlier": "600",
    "n_later": "600",
    "clusters": "60",
    "deff": "2",
    "comparisons": "1",
}
FILLED = {
    "prevalence": {
        "relation": "at_most", "value": "6", "estimate": "5", "ci_low": "4", "ci_high": "6", "participation": "80",
    },
    "trend": TREND,
    "coverage": {"of": "target_group", "claimed": "100", "contacts": "1200", "population": "20000", "reporters": "1"},
    "effect": {
        "direction": "fell", "comparison": "random", "difference": "-5", "se": "1", "clusters": "16",
        "comparisons": "1", "attrition": "5", "attrition_gap": "1",
    },
    "detection": {"reading": "use", "direction": "rose", "earlier": "1000", "later": "1200", "comparisons": "1"},
}  # fmt: skip
VERDICTS = {
    "prevalence": "Supported",
    "trend": "Not shown",
    "coverage": "Not shown",
    "effect": "Supported",
    "detection": "Cannot be known from these data",
}


@pytest.fixture
def reader(client, db):
    person = Person.objects.create(username="reader", name="A reader", joined_at=NOW)
    client.force_login(person)
    return client


@pytest.mark.parametrize("kind", FILLED)
def test_each_type_of_claim_is_asked_and_judged(reader, kind):
    assert reader.get(f"/en/evaluate/claims/{kind}/").status_code == 200
    answer = reader.get(f"/en/evaluate/claims/{kind}/", FILLED[kind])
    assert answer.status_code == 200
    assert VERDICTS[kind] in answer.content.decode()


def test_the_front_page_of_the_step_leads_to_the_guard(reader):
    assert "/en/evaluate/claims/trend/" in reader.get("/en/evaluate/").content.decode()


def test_a_register_read_as_use_names_other_explanations(reader):
    page = reader.get("/en/evaluate/claims/detection/", FILLED["detection"]).content.decode()
    assert "More or fewer checks, raids or tests were made." in page


def test_what_is_missing_is_said_beside_its_field(reader):
    answer = reader.get("/en/evaluate/claims/trend/", TREND | {"later": ""})
    assert answer.status_code == 422
    assert 'id="id_later_error"' in answer.content.decode()


@pytest.mark.parametrize("value", ["nan", "inf", "1e400", "-3", "\u0000", "١٢٣", "9" * 400])
def test_strange_numbers_are_refused_beside_their_field(reader, value):
    answer = reader.get("/en/evaluate/claims/trend/", TREND | {"earlier": value})
    assert answer.status_code in (200, 400, 422)
    assert "Something unexpected" not in answer.content.decode()


def test_a_decimal_comma_is_understood_where_it_is_written(reader):
    answer = reader.get("/ru/evaluate/claims/trend/", TREND | {"earlier": "10,5", "deff": "2,0"})
    assert answer.status_code == 200


def test_there_is_no_other_type_of_claim(reader):
    assert reader.get("/en/evaluate/claims/hope/").status_code == 404


def test_a_stranger_is_asked_to_sign_in(client, db):
    answer = client.get("/en/evaluate/", follow=True)
    assert answer.status_code in (200, 403)
    assert "Claim guard" not in answer.content.decode()
