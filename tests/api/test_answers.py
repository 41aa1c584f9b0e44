"""What every operation shares: formats, pages, languages, tags, refusals of what is unusable."""

import csv
import io

import pytest


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def test_json_is_the_rule_and_csv_comes_when_asked(api):
    assert api.get("factors")["Content-Type"] == "application/json"
    for answer in (api.get("factors", format="csv"), api.get("factors", headers={"Accept": "text/csv"})):
        assert answer["Content-Type"].startswith("text/csv; charset=utf-8")
        assert answer.content[:5] == b"code,"


def test_a_list_and_its_table_say_the_same(api):
    items = api.get("factors", lang="ru").json()["items"]
    rows = rows_of(api.get("factors", lang="ru", format="csv"))
    assert [row["name"] for row in rows] == [item["name"] for item in items]


def test_a_format_that_nobody_makes_is_refused(api):
    answer = api.get("factors", headers={"Accept": "application/pdf"})
    assert answer.status_code == 406
    assert "text/csv" in answer.json()["detail"]


def test_pages_follow_each_other_without_gap_or_double(api):
    whole = [item["code"] for item in api.get("factors", size=500).json()["items"]]
    walked, address = [], "/api/v1/factors?size=7"
    while address:
        page = api.client.get(address, headers=api.headers("reader")).json()
        walked += [item["code"] for item in page["items"]]
        address = page["next"]
    assert walked == whole
    assert len(whole) == page["total"] > 7


def test_the_table_names_the_next_page_in_its_head(api):
    answer = api.get("factors", format="csv", size=7)
    assert "page=2" in answer["Link"]
    assert answer["Link"].endswith('rel="next"')
    assert not api.get("factors", format="csv", size=500).has_header("Link")


def test_a_page_behind_the_last_is_empty(api):
    answer = api.get("factors", page=999999).json()
    assert (answer["items"], answer["next"]) == ([], None)


@pytest.mark.parametrize(
    "query",
    [
        *({"size": size} for size in ("0", "501", "-1", "x", "1.0", "1_0", " 5", "٣", "")),
        *({"page": page} for page in ("0", "1000001", "9" * 40)),
        {"lang": "de"},
        {"lang": ""},
        {"format": "xml"},
        {"indicatr": "alcohol"},
        {"page": ["1", "2"]},
        {"size": "5\0"},
    ],
)
def test_a_parameter_that_cannot_be_used_is_named(api, query):
    answer = api.get("factors", **query)
    assert answer.status_code == 422
    assert [each["parameter"] for each in answer.json()["errors"]] == list(query)


def test_texts_come_in_the_language_asked_for(api):
    assert api.get("places/KZ-75", lang="ru").json()["name"] == "Алматы"
    assert api.get("places/KZ-75").json()["name"] == "Almaty"


def test_refusals_come_in_the_language_asked_for(api):
    answer = api.get("places/XX", lang="ru")
    assert answer.status_code == 404
    assert answer["Content-Language"] == "ru"
    assert set(answer.json()) == {"type", "title", "status", "detail"}


def test_an_unchanged_answer_is_not_sent_again(api):
    first = api.get("factors")
    again = api.get("factors", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert api.get("factors", lang="ru", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_no_cache_may_serve_an_answer_to_somebody_else(api):
    answer = api.get("factors")
    assert answer["Cache-Control"] == "private, no-cache"
    assert {"Authorization", "Cookie", "Accept"} <= {part.strip() for part in answer["Vary"].split(",")}


def test_a_text_that_looks_like_a_formula_stays_a_text_in_the_table(api):
    from hashar.people.contracts import CONSOLE
    from hashar.people.services import organisations
    from tests.people.cast import NOW

    organisations.create_organisation(
        actor=CONSOLE,
        name="=HYPERLINK(1)",
        kind="ngo",
        sector="civic",
        level="region",
        territory=api.cast.city,
        now=NOW,
    )
    names = [row["name"] for row in rows_of(api.get("organisations", format="csv"))]
    assert "'=HYPERLINK(1)" in names
    assert "=HYPERLINK(1)" not in names
