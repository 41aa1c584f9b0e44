"""Pages of the vocabulary."""

import pytest

from hashar.i18n import LANGUAGES
from hashar.reference import queries
from hashar.reference.models import SlangName

pytestmark = pytest.mark.django_db
PAGES = ("", "factors/", "substances/", "strategies/", "sectors/", "indicators/drug_offences/", "factors/C-R1/")


@pytest.fixture
def reader(client, cast):
    return cast.sign_in(client, "reader")


@pytest.fixture
def analyst(client, cast):
    return cast.sign_in(client, "analyst")


def text(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


@pytest.mark.parametrize("path", [*PAGES, "indicators/new/"])
def test_whoever_is_not_signed_in_is_asked_to(client, path):
    assert "/account/login/" in client.get(f"/en/reference/{path}")["Location"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers_in_every_language(reader, language, path):
    text(reader.get(f"/{language}/reference/{path}"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_indicators_are_named_in_the_language(reader, language):
    page = text(reader.get(f"/{language}/reference/"))
    names = [one.name[language] for one in queries.shipped_indicators().values()]
    assert sum(name in page for name in names) > 60


def test_a_register_is_labelled_as_detection(reader):
    for path in ("", "?kind=detection", "indicators/drug_offences/"):
        assert "detection, not prevalence" in text(reader.get(f"/en/reference/{path}"))
    assert "detection, not prevalence" not in text(reader.get("/en/reference/?kind=attitude"))


def test_the_list_is_filtered(reader):
    page = text(reader.get("/en/reference/?kind=detection&substance=alcohol"))
    assert "registered_alcohol" in page
    assert "cur_alcohol" not in page
    assert "No indicator of this kind" in text(reader.get("/en/reference/?kind=detection&substance=tobacco"))
    text(reader.get("/en/reference/?kind=nonsense"))


def test_an_indicator_says_what_others_call_it(reader):
    page = text(reader.get("/en/reference/indicators/cur_binge/"))
    assert "Heavy episodic drinking" in page
    assert "ESPAD counts five drinks" in page
    assert "No other system" in text(reader.get("/en/reference/indicators/physical_fight/"))


@pytest.mark.parametrize("path", ["indicators/nothing/", "factors/nothing/"])
def test_what_is_not_in_the_list_is_refused_plainly(reader, path):
    assert "Look for it in the list." in text(reader.get(f"/en/reference/{path}"), 404)


def add(client, cast, name):
    told = {"substance": "cannabis", "language": "ru", "name": name, "organisation": cast.centre}
    return client.post("/en/reference/substances/", told)


def test_a_slang_name_is_added_shown_and_removed(reader, cast):
    assert add(reader, cast, "план").status_code == 302
    assert "план" in text(reader.get("/ru/reference/substances/"))
    number = SlangName.objects.get().pk
    assert reader.get(f"/en/reference/substances/slang/{number}/remove/").status_code == 405
    assert reader.post(f"/en/reference/substances/slang/{number}/remove/").status_code == 302
    assert "план" not in text(reader.get("/en/reference/substances/"))


def test_a_name_that_cannot_be_is_said_beside_the_field(reader, cast):
    assert "cannot be a name" in text(add(reader, cast, "<b>x</b>"), 422)
    add(reader, cast, "план")
    page = text(add(reader, cast, "ПЛАН"), 409)
    assert "in the list already" in page
    assert 'value="ПЛАН"' in page
    text(add(reader, cast, ""), 422)


def test_others_see_a_name_but_no_button(client, cast):
    add(cast.sign_in(client, "reader"), cast, "план")
    number = SlangName.objects.get().pk
    stranger = cast.sign_in(client, "stranger")
    page = text(stranger.get("/en/reference/substances/"))
    assert "план" in page
    assert f"slang/{number}/remove" not in page
    text(stranger.post(f"/en/reference/substances/slang/{number}/remove/"), 403)


def test_the_operator_belongs_to_nobody_and_is_offered_no_form(client, cast):
    assert "Add a slang name" not in text(cast.sign_in(client, "operator").get("/en/reference/substances/"))


TOLD = {
    "code": "club_hours",
    "name": "Hours of clubs",
    "definition": "Hours that clubs were open in a year.",
    "kind": "process",
    "unit": "count",
    "direction": "up",
    "substance": "",
}


def test_an_own_indicator_is_defined_shown_and_withdrawn(analyst, cast):
    text(analyst.get("/en/reference/indicators/new/"))
    address = analyst.post("/en/reference/indicators/new/", {**TOLD, "organisation": cast.centre})["Location"]
    assert "Hours of clubs" in text(analyst.get(address))
    assert "Hours of clubs" in text(analyst.get("/ru/reference/"))
    assert analyst.post(f"{address}withdraw/").status_code == 302
    text(analyst.get(address), 404)


def test_a_register_that_claims_a_direction_is_refused_with_the_form_kept(analyst, cast):
    told = {**TOLD, "organisation": cast.centre, "kind": "detection", "direction": "down"}
    page = text(analyst.post("/en/reference/indicators/new/", told), 422)
    assert "neither success nor failure" in page
    assert "Hours that clubs were open" in page


def test_what_comes_with_the_program_stays(analyst):
    text(analyst.post("/en/reference/indicators/cur_alcohol/withdraw/"), 403)


def test_readers_define_nothing(reader):
    assert "Define an indicator" not in text(reader.get("/en/reference/"))
    text(reader.get("/en/reference/indicators/new/"), 403)
    text(reader.post("/en/reference/indicators/new/", TOLD), 403)


def test_an_own_indicator_is_hidden_from_others(client, cast):
    analyst = cast.sign_in(client, "analyst")
    address = analyst.post("/en/reference/indicators/new/", {**TOLD, "organisation": cast.centre})["Location"]
    text(cast.sign_in(client, "stranger").get(address), 404)
    text(cast.sign_in(client, "stranger").post(f"{address}withdraw/"), 404)


def test_pages_take_a_bounded_number_of_queries(reader, django_assert_max_num_queries):
    for path in PAGES:
        with django_assert_max_num_queries(8):
            reader.get(f"/en/reference/{path}")
