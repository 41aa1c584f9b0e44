"""The pages of registers, from an empty list to an undone import, without JavaScript."""

import csv
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from hashar.assess.models import Observation, Series, SeriesImport
from hashar.assess.services.series import share_series
from hashar.i18n import LANGUAGES
from hashar.places.services.loading import load_shipped
from tests.assess.series.conftest import NOW, World

pytestmark = pytest.mark.django_db

FILE = "region,year,registered,note\nKZ-10,2022,71,ok\nАтлантида,2022,5,\nKZ-11,2022,=HYPERLINK(1),\n"
GOOD = "region,year,registered\nKZ-10,2022,3\nKZ-11,2022,40\nKZ-15,2022,50\nИтого,2022,93\nKZ-10,2021,9\n"


@pytest.fixture
def world(cast, settings, tmp_path):
    settings.DATA = tmp_path
    settings.HASHAR_REQUIRE_SECOND_FACTOR = False
    load_shipped(now=NOW)
    return World(cast)


def at(name, *args, language="en"):
    with override(language):
        return reverse(name, args=args)


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def send(client, address, content, name="register.csv"):
    data = content if isinstance(content, bytes) else content.encode()
    return client.post(address, {"file": SimpleUploadedFile(name, data)})


def uploaded(client, series, content=FILE, name="register.csv"):
    answer = send(client, at("series_upload", series), content, name)
    assert answer.status_code == 302
    return SeriesImport.objects.order_by("-pk").first().pk


def chosen(html):
    """The columns form as a browser would send it."""
    selects = re.findall(r'<select name="(use-\d+)".*?</select>', html, re.DOTALL)
    form = {}
    for block in re.findall(r'<select name="use-\d+".*?</select>', html, re.DOTALL):
        form[re.search(r'name="(use-\d+)"', block)[1]] = re.search(r'value="(\w+)" selected', block)[1]
    for name, value in re.findall(r'<input name="((?:text|level)-\d+)" value="([^"]*)"', html):
        form[name] = value
    assert len(selects) == len([name for name in form if name.startswith("use")])
    return {**form, "decimal": "auto", "dash": "missing", "totals": "whole"}


def test_an_empty_list_teaches_the_next_step(client, world):
    html = page(world.sign_in(client, "official"), at("all_series"))
    assert "No series yet" in html
    assert at("series_new") in html
    assert at("series_new") not in page(world.sign_in(client, "reader"), at("all_series"))


def test_the_whole_journey(client, world):
    world.sign_in(client, "official")
    form = {
        "title": "Offences",
        "organisation": world.centre,
        "territory": "KZ",
        "level": "region",
        "period_kind": "year",
    }
    form |= {"measure": "events", "kind": "detection", "source": "Police", "rate_sex": "all"}
    assert client.post(at("series_new"), form).status_code == 302
    series = Series.objects.get().pk
    made = uploaded(client, series)
    html = page(client, at("series_columns", made))
    answer = client.post(at("series_columns", made), chosen(html))
    assert answer.url == at("series_preview", made)
    html = page(client, answer.url)
    assert "2 cells are not taken" in html
    assert "This territory is not known" in html
    assert "formula" in html
    answer = client.post(at("series_names", made), {"name-0": "KZ-15"})
    html = page(client, answer.url)
    assert "1 cell is not taken" in html
    digest = re.search(r'name="digest" value="(\w+)"', html)[1]
    assert client.post(at("series_store", made), {"digest": digest}).status_code == 422
    answer = client.post(at("series_store", made), {"digest": digest, "good_only": "1"})
    assert answer.url == at("series_import", made)
    assert "Stored" in page(client, answer.url)
    html = page(client, at("series", series))
    assert "measures detection, not prevalence" in html
    assert "None of them is a success or a failure" in html
    number = Observation.objects.get(territory__code="KZ-10").pk
    assert at("series_why", number) in html
    html = page(client, at("series_why", number))
    assert SeriesImport.objects.get().sha256 in html
    assert "National-Official" in html
    assert page(client, at("series_source", SeriesImport.objects.get().sha256))
    assert "Undo the whole import?" in page(client, at("series_undo", made))
    assert client.post(at("series_undo", made)).status_code == 302
    assert "No numbers yet" in page(client, at("series", series))
    assert "Undone" in page(client, at("series_import", made))


def test_rejected_rows_come_as_a_file_that_runs_nothing(client, world):
    world.sign_in(client, "official")
    made = uploaded(client, world.series())
    answer = client.get(at("series_rejected", made))
    assert answer["Content-Type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:4] == ["Row", "Column", "Content", "What to do"]
    assert [row[0] for row in rows[1:]] == ["3", "4"]
    assert rows[2][2] == "'=HYPERLINK(1)"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_a_mapping_with_a_hole_is_shown_with_what_was_typed(client, world):
    world.sign_in(client, "official")
    made = uploaded(client, world.series())
    form = chosen(page(client, at("series_columns", made))) | {"use-2": "ignore", "period": "sometime"}
    answer = client.post(at("series_columns", made), form)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "No column is said to hold the numbers" in html
    assert 'value="sometime"' in html
    assert client.get(at("series_preview", made)).url == at("series_columns", made)
    assert client.post(at("series_columns", made), {**form, "decimal": "nonsense"}).status_code == 422


def test_a_stale_preview_is_shown_anew(client, world):
    world.sign_in(client, "official")
    made = uploaded(client, world.series(), GOOD)
    answer = client.post(at("series_store", made), {"digest": "old"})
    assert answer.status_code == 409
    assert "changed since this preview" in answer.content.decode()


def test_a_decided_import_is_not_decided_again(client, world):
    series = world.series()
    made = world.bring(series, GOOD)
    world.sign_in(client, "official")
    assert client.post(at("series_store", made), {"digest": ""}).status_code == 409
    assert client.get(at("series_columns", made)).status_code == 409


def test_the_header_can_be_pointed_out_and_the_file_thrown_away(client, world):
    world.sign_in(client, "official")
    series = world.series()
    made = uploaded(client, series, "a,b,c\nregion,year,registered\nKZ-10,2022,71\n")
    client.post(at("series_header", made), {"header_row": "2", "header_rows": "1", "first_row": "3"})
    assert 'aria-label="registered: it is"' in page(client, at("series_columns", made))
    client.post(at("series_header", made), {"header_row": "9", "header_rows": "1", "first_row": "3"})
    assert "must come after the header" in page(client, at("series_columns", made))
    client.post(at("series_header", made), {"header_row": "x"})
    assert "Write the numbers of the rows" in page(client, at("series_columns", made))
    assert client.post(at("series_discard", made)).url == at("series", series)
    assert client.get(at("series_columns", made)).status_code == 404


def test_another_sheet_can_be_read(client, world, tmp_path):
    import xlsxwriter

    path = tmp_path / "two.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, count in (("2021", 5), ("2022", 6)):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["region", "year", "registered"])
            sheet.write_row(1, 0, ["KZ-10", int(name), count])
    world.sign_in(client, "official")
    made = uploaded(client, world.series(), path.read_bytes(), "two.xlsx")
    client.post(at("series_sheet", made), {"sheet": "2022"})
    assert SeriesImport.objects.get(pk=made).sheet == "2022"
    assert client.post(at("series_sheet", made), {"sheet": "2030"}).status_code == 422


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [(b"", "f.csv", "empty"), (b"PK\x03\x04x", "f.xlsx", "damaged"), (b"\0\1\2" * 99, "f.csv", "not a text file")],
)
def test_a_bad_file_is_answered_beside_the_field(client, world, content, name, words):
    world.sign_in(client, "official")
    answer = send(client, at("series_upload", world.series()), content, name)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert client.post(at("series_upload", Series.objects.get().pk), {}).status_code == 422


def test_others_see_no_small_number_anywhere(client, world):
    series = world.series()
    made = world.bring(series, GOOD)
    share_series(actor=world.actor("coordinator"), series=series, now=NOW)
    small = Observation.objects.get(territory__code="KZ-10", period="2022")
    world.cast.sign_in(client, "manager")
    html = page(client, at("series", series))
    assert "hidden: too few to stay unknown" in html
    assert "Imports" not in html
    assert ">3<" not in html
    assert "hidden" in page(client, at("series_why", small.pk))
    rows = list(csv.DictReader(io.StringIO(client.get(at("series_numbers", series)).content.decode("utf-8-sig"))))
    values = {(row["territory"], row["period"]): row["value"] for row in rows}
    assert values[("KZ-10", "2022")] == ""
    assert list(values.values()).count("") == 2
    assert client.get(at("series_import", made)).status_code == 404
    assert client.get(at("series_rejected", made)).status_code == 404
    for picture in re.findall(r'<img src="([^"]+)"', html):
        assert client.get(picture.replace("&amp;", "&")).status_code == 200


def test_pictures_are_asked_for_again_only_when_they_changed(client, world):
    series = world.series()
    world.bring(series, GOOD)
    world.sign_in(client, "official")
    html = page(client, at("series", series))
    address = re.search(r'<img src="([^"]+/now/[^"]+)"', html)[1].replace("&amp;", "&")
    first = client.get(address)
    assert first["Content-Type"] == "image/svg+xml"
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    world.sign_in(client, "reader")
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 404
    world.sign_in(client, "official")
    assert client.get(at("series_picture", series, "now", "x", "sideways")).status_code == 404
    assert client.get(at("series_picture", series, "nothing", "x", "wide-light")).status_code == 404


def test_sharing_asks_once_more(client, world):
    series = world.series()
    world.bring(series, GOOD)
    world.sign_in(client, "coordinator")
    assert "Share this series?" in page(client, at("series_share", series))
    assert client.post(at("series_share", series)).url == at("series", series)
    assert "Stop sharing this series?" in page(client, at("series_unshare", series))
    client.post(at("series_unshare", series))
    assert Series.objects.get().shared_at is None
    world.sign_in(client, "official")
    assert client.get(at("series_share", series)).status_code == 403


def test_the_description_can_be_corrected(client, world):
    series = world.series()
    world.sign_in(client, "official")
    html = page(client, at("series_edit", series))
    assert "Registered drug offences" in html
    form = {"title": "Other", "territory": "KZ", "level": "region", "period_kind": "year", "measure": "events"}
    form |= {"kind": "detection", "source": "Police", "rate_sex": "all", "rate_age_from": "15", "rate_age_to": "10"}
    answer = client.post(at("series_edit", series), form)
    assert answer.status_code == 422
    assert "younger to the older" in answer.content.decode()
    assert client.post(at("series_edit", series), {**form, "rate_age_to": "64"}).url == at("series", series)
    html = page(client, at("series", series))
    assert "Other" in html
    assert client.post(at("series_edit", series), {}).status_code == 422
    world.series("Taken")
    assert client.post(at("series_edit", series), {**form, "rate_age_to": "64", "title": "Taken"}).status_code == 409


def test_who_may_not_begin_is_told_whom_to_ask(client, world):
    world.sign_in(client, "reader")
    assert client.get(at("series_new")).status_code == 403
    world.sign_in(client, "official")
    assert client.post(at("series_new"), {}).status_code == 422
    form = {"title": "T", "organisation": world.centre, "territory": "KZ", "level": "region", "period_kind": "year"}
    form |= {"measure": "events", "kind": "detection", "source": "S", "rate_age_from": "9", "rate_age_to": "1"}
    assert client.post(at("series_new"), form).status_code == 422


@pytest.mark.parametrize("who", ["stranger", "colleague", "operator", None])
def test_a_stranger_is_refused_everywhere(client, world, who):
    series = world.series()
    made = world.bring(series, GOOD)
    waiting = world.upload(series, GOOD, "waiting.csv")
    number = Observation.objects.filter(current=True).first().pk
    sha256 = SeriesImport.objects.get(pk=made).sha256
    if who:
        world.cast.sign_in(client, who)
    ofseries = ("series", "series_edit", "series_upload", "series_share", "series_unshare", "series_numbers")
    ofimport = ("series_import", "series_columns", "series_preview", "series_rejected", "series_undo")
    addresses = [at(name, series) for name in ofseries] + [
        at(name, one) for name in ofimport for one in (made, waiting)
    ]
    addresses += [at("series_why", number), at("series_source", sha256)]
    addresses += [at("series_picture", series, "now", "x", "wide-light")]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code in (302, 403, 404), address
        assert "Registered drug offences" not in answer.content.decode()
    for name in ("series_sheet", "series_header", "series_names", "series_store", "series_discard", "series_undo"):
        assert client.post(at(name, waiting), {"sheet": "x"}).status_code in (302, 403, 404), name
    assert SeriesImport.objects.count() == 2
    assert Observation.objects.filter(current=True).count() == 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_speak_every_language(client, world, language):
    series = world.series()
    made = world.bring(series, GOOD)
    waiting = world.upload(series, FILE, "waiting.csv")
    world.sign_in(client, "official")
    for name, args in (
        ("all_series", ()),
        ("series", (series,)),
        ("series_import", (made,)),
        ("series_columns", (waiting,)),
        ("series_preview", (waiting,)),
        ("series_why", (Observation.objects.filter(current=True).first().pk,)),
    ):
        assert f'<html lang="{language}"' in page(client, at(name, *args, language=language))


def test_pages_ask_the_database_a_bounded_number_of_times(client, world, django_assert_max_num_queries):
    series = world.series()
    made = world.bring(series, GOOD)
    world.sign_in(client, "official")
    for name, args, most in (("all_series", (), 10), ("series", (series,), 20), ("series_import", (made,), 14)):
        page(client, at(name, *args))
        with django_assert_max_num_queries(most):
            page(client, at(name, *args))


def test_a_large_file_is_stored_by_a_worker_and_its_page_leads_back(client, world, monkeypatch):
    from hashar.assess.services import series_runs

    monkeypatch.setattr(series_runs, "LARGE", 10)
    world.sign_in(client, "official")
    made = world.upload(world.series(), "territory,year,value\nKZ-10,2022,7\n")
    digest = world.preview(made).digest
    answer = client.post(at("series_store", made), {"digest": digest})
    assert "/runs/" in answer.url
    assert at("series_import", made) in page(client, answer.url)
