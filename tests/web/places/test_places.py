"""Pages of places: the tree, search, a place, its pictures, imports."""

import datetime as dt
import gzip

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hashar.i18n import LANGUAGES
from hashar.places.models import Import, Territory
from hashar.places.services.loading import load_shipped
from tests.people.cast import NOW

pytestmark = pytest.mark.django_db
LOOKS = ("wide-light", "wide-dark", "narrow-light", "narrow-dark")


@pytest.fixture(autouse=True)
def site(cast, settings, tmp_path):
    load_shipped(now=NOW)
    settings.DATA = tmp_path
    return cast


@pytest.fixture
def reader(client, cast):
    return cast.sign_in(client, "reader")


@pytest.fixture
def official(client, cast):
    return cast.sign_in(client, "official")


def text(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


@pytest.mark.parametrize("path", ["", "KZ/", "import/", "import/new/", "map/wide-light.svg", "KZ/map/wide-light.svg"])
def test_whoever_is_not_signed_in_is_asked_to(client, path):
    answer = client.get(f"/en/places/{path}")
    assert answer.status_code == 302
    assert "/account/login/" in answer["Location"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tree_names_every_place_in_the_language(reader, language):
    page = text(reader.get(f"/{language}/places/"))
    for place in Territory.objects.filter(code__in=["KZ", "KZ-75", "UZ-QR", "TM-S"]):
        assert place.names[language].replace("'", "&#39;") in page


def test_search_without_javascript_is_a_page(reader):
    page = text(reader.get("/ru/places/", {"q": "shimkent"}))
    assert "<!doctype html>" in page
    assert "г. Шымкент" in page
    assert 'value="shimkent"' in page


def test_search_as_one_types_answers_only_the_results(reader):
    asked = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "results"}
    answer = reader.get("/en/places/", {"q": "алмат"}, **asked)
    assert "<html" not in text(answer)
    assert "Almaty City" in text(answer)
    assert "HX-Request" in answer["Vary"]
    assert "Uzbekistan" in text(reader.get("/en/places/", **asked))


def test_a_search_that_finds_nothing_says_what_to_try(reader):
    assert "No place fits “&lt;b&gt;qwrtplk”" in text(reader.get("/en/places/", {"q": "<b>qwrtplk"}))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["KZ", "KZ-19", "KG-B", "TM"])
def test_a_place_shows_names_codes_parts_population_and_map(reader, language, code):
    page = text(reader.get(f"/{language}/places/{code}/"))
    place = Territory.objects.get(code=code)
    for name in place.names.values():
        assert name in page
    assert all(former in page for former in place.former_codes)
    assert f"/{language}/places/{code}/map/wide-light.svg" in page
    assert "OpenStreetMap" in page


def test_unreviewed_names_are_marked(reader):
    assert "unreviewed" in text(reader.get("/en/places/KZ-19/"))
    assert "unreviewed" not in text(reader.get("/en/places/KZ/"))


def test_a_former_code_leads_to_the_place_of_today(reader):
    answer = reader.get("/en/places/KZ-ALM/")
    assert (answer.status_code, answer["Location"]) == (302, "/en/places/KZ-19/")


def test_an_unknown_place_is_refused_plainly(reader):
    assert "There is no place with the code" in text(reader.get("/en/places/KZ-99/"), 404)


def test_a_region_says_which_years_count_another_one_too(reader):
    assert "with Zhetysu Region" in text(reader.get("/en/places/KZ-19/"))


def test_a_place_without_map_parts_or_population_says_so(official, cast):
    Territory.objects.create(
        code="XX", path="XX/", level="country", names={"en": "Elsewhere"}, source="test", licence="", until=NOW.date()
    )
    page = text(official.get("/en/places/XX/"))
    assert "No parts of this place are known." in page
    assert "No population is known." in page
    assert "It existed until" in page
    text(official.get("/en/places/XX/map/wide-light.svg"), 404)
    text(official.get("/en/places/XX/population/wide-light.svg"), 404)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("address", ["map/", "KZ/map/", "KZ-75/map/", "KZ/population/", "KZ-19/population/"])
def test_pictures_are_small_and_drawn_on_this_machine(reader, address, look):
    answer = reader.get(f"/en/places/{address}{look}.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert text(answer).startswith("<svg")
    assert len(gzip.compress(answer.content)) <= 80_000
    assert "http://" not in answer.content.decode().replace("http://www.w3.org/", "")


def test_the_browser_keeps_a_picture_as_long_as_its_content_is_the_same(reader):
    first = reader.get("/en/places/KZ/map/wide-light.svg")
    assert first["Cache-Control"] == "private, no-cache"
    again = reader.get("/en/places/KZ/map/wide-light.svg", HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    key = first["ETag"].strip('"').removesuffix("-wide-light")
    assert "immutable" in reader.get("/en/places/KZ/map/wide-light.svg", {"v": key})["Cache-Control"]
    assert f"wide-light.svg?v={key}" in text(reader.get("/en/places/KZ/"))
    assert reader.get("/en/places/KZ/map/wide-dark.svg")["ETag"] != first["ETag"]


def test_there_are_no_other_looks(reader):
    text(reader.get("/en/places/KZ/map/pink.svg"), 404)


def test_the_chosen_look_is_the_look_of_the_pictures(reader):
    reader.cookies["look"] = "dark"
    page = text(reader.get("/en/places/KZ/"))
    assert "wide-dark.svg" in page
    assert "wide-light.svg" not in page


def test_pages_take_a_bounded_number_of_queries(reader, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        reader.get("/en/places/")
    with django_assert_max_num_queries(22):
        reader.get("/en/places/KZ/")


def test_a_text_page_is_light(reader):
    for path in ("", "KZ/", "KZ-75/", "?q=al"):
        assert len(gzip.compress(reader.get(f"/ru/places/{path}").content)) < 30_000


def upload(client, content, **more):
    from hashar.people.queries import actor_of

    organisation = actor_of(int(client.session["_auth_user_id"])).mandates[0].organisation
    told = {
        "organisation": organisation,
        "kind": "territories",
        "language": "ru",
        "parent": "KZ-75",
        "source": "City statistics",
        "licence": "",
        "file": SimpleUploadedFile("districts.csv", content.encode()),
    }
    return client.post("/en/places/import/new/", {**told, **more})


GOOD = "code,name\nKZ-751110,Алмалинский район\n"


def test_upload_look_confirm_undo(official):
    answer = upload(official, GOOD)
    address = answer["Location"]
    assert "Import this file?" in text(official.get(address))
    assert official.post(f"{address}confirm/").status_code == 302
    assert "Undo this import?" in text(official.get(address))
    assert "Алмалинский район" in text(official.get("/en/places/KZ-751110/"))
    assert "districts.csv" in text(official.get("/en/places/import/"))
    assert official.post(f"{address}undo/").status_code == 302
    assert "Undone on" in text(official.get(address))
    text(official.get("/en/places/KZ-751110/"), 404)


def test_population_is_looked_at_before_it_is_written(official):
    address = upload(
        official, "code,year,sex,age,count\nKZ-75,2024,f,12-17,95400\nKZ-75,2024,,65+,9\n", kind="population"
    )["Location"]
    page = text(official.get(address))
    assert "95,400" in page
    assert "12–17" in page
    official.post(f"{address}confirm/")
    assert "95,400" in text(official.get("/en/places/KZ-75/"))


def test_a_file_with_wrong_rows_shows_them_and_cannot_be_confirmed(official):
    address = upload(official, GOOD + "KZ-1,<script>\n")["Location"]
    page = text(official.get(address))
    assert "1 row cannot be imported" in page
    assert "cannot be the name of a place" in page
    assert "<script>" not in page
    assert "Import this file?" not in page
    text(official.post(f"{address}confirm/"), 409)


def test_a_file_with_nothing_new_says_so(official):
    official.post(f"{upload(official, GOOD)['Location']}confirm/")
    assert "There is nothing to import." in text(official.get(upload(official, GOOD)["Location"]))


def test_an_unreadable_file_is_said_beside_the_field_and_what_was_typed_stays(official):
    page = text(upload(official, "", file=SimpleUploadedFile("a.csv", b"PK\x03\x04zip")), 422)
    assert "is a workbook" in page
    assert 'value="City statistics"' in page


def test_a_form_without_a_file_says_so(official):
    assert "file" in text(official.post("/en/places/import/new/", {"kind": "planets"}), 422)


def test_the_place_one_came_from_is_filled_in(official):
    assert 'value="KZ-75"' in text(official.get("/en/places/import/new/?parent=KZ-75"))


@pytest.mark.parametrize("who", ["reader", "manager", "operator"])
def test_who_may_not_import_is_refused_and_offered_no_button(client, cast, who):
    client = cast.sign_in(client, who)
    assert "/places/import/" not in text(client.get("/en/places/"))
    text(client.get("/en/places/import/"), 403)
    text(client.get("/en/places/import/new/"), 403)
    text(client.post("/en/places/import/new/", {}), 403)


def test_a_stranger_finds_no_import_of_others(client, cast):
    number = upload(cast.sign_in(client, "official"), GOOD)["Location"].split("/")[-2]
    stranger = cast.sign_in(client, "stranger")
    text(stranger.get(f"/en/places/import/{number}/"), 404)
    text(stranger.post(f"/en/places/import/{number}/confirm/"), 404)
    text(stranger.post(f"/en/places/import/{number}/undo/"), 404)
    assert Import.objects.get(pk=number).state == "checked"


def test_an_empty_list_of_imports_teaches_the_next_step(official):
    assert "No import yet" in text(official.get("/en/places/import/"))
    assert official.get("/en/places/import/1/confirm/").status_code == 405


def test_a_large_import_is_written_and_taken_back_by_a_worker(official, monkeypatch):
    from hashar.places.services import import_runs
    from hashar.runs.services import work_once

    def clock():
        return dt.datetime.now(dt.UTC)

    monkeypatch.setattr(import_runs, "LARGE", 1)
    address = upload(official, "code,name\nKZ-751110,Алмалинский район\nKZ-751210,Ауэзовский район\n")["Location"]
    for verb, there in (("confirm", 200), ("undo", 404)):
        run = official.post(f"{address}{verb}/")["Location"]
        assert "/runs/" in run
        assert official.post(f"{address}{verb}/")["Location"] == run  # pressed twice
        text(official.get("/en/places/KZ-751210/"), 404 if verb == "confirm" else 200)
        assert work_once(clock=clock)
        assert f'href="{address}"' in text(official.get(run))
        text(official.get("/en/places/KZ-751210/"), there)
    text(official.post(f"{address}undo/"), 409)
