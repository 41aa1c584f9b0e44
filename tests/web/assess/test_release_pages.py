"""A profile as pages: the same blocks as the report, every figure with the way to where it comes from."""

import gzip
import io
import re
import zipfile

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from hashar.assess.queries import releases as queries
from hashar.i18n import LANGUAGES
from hashar.places.services.loading import load_shipped
from hashar.reports.content.parts import part_names
from hashar.reports.content.profile import profile_document
from tests.assess import regions_survey
from tests.people.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client, site):
    return site.sign_in(client, "reader")


def page(client, name, *args):
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200, (name, args)
    return answer.content.decode()


def profile(site):
    return queries.profile(site.cast.actor("analyst"), site.shared)


def every_page(site):
    names = [("release", site.shared), *(("release_part", site.shared, name) for name in part_names(profile(site)))]
    names += [("release_indicator", site.shared, item.name) for item in profile(site).indicators]
    return names + [("release_factor", site.shared, factor.code) for factor in profile(site).factors]


def test_every_part_indicator_and_factor_has_its_page(reader, site):
    for name, *args in every_page(site):
        text = page(reader, name, *args)
        assert "<h2" in text, args
        assert " style=" not in text, args
        assert "<svg" not in text.split('class="findings"')[1].split("</article>")[0], args


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_profile_speaks_every_language(reader, site, language):
    answer = reader.get(f"/{language}/assess/releases/{site.shared}/")
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.content.decode()


def test_every_number_of_every_page_leads_to_where_it_comes_from(reader, site):
    links = set()
    for name, *args in every_page(site):
        links |= set(re.findall(r'class="why" href="([^"]+)"', page(reader, name, *args)))
    assert len(links) > 60
    for link in links:
        answer = reader.get(link.replace("&amp;", "&"), follow=True)
        assert answer.status_code == 200, link
        assert "Why this number?" in answer.content.decode()


def test_why_says_file_method_settings_who_and_when(reader, site):
    text = page(reader, "finding", site.finding)
    for said in (site.sha256, "survey_2022.csv", "Degrees of freedom", "survey.variance", "Hashar", "version 1", "UTC"):
        assert said in text


def test_from_a_file_to_all_its_figures(reader, site):
    text = page(reader, "source", site.sha256)
    assert text.count(reverse("finding", args=(site.finding,))) == 1
    assert reverse("release", args=(site.shared,)) in text
    assert reverse("release", args=(site.draft,)) not in text


def test_a_hidden_number_says_why_and_shows_none(reader, site):
    hidden = next(
        one
        for one in queries.findings(site.cast.actor("analyst"), release=site.shared, size=500).items
        if one.figure.suppressed
    )
    text = page(reader, "finding", hidden.id)
    assert "The figure in full" not in text
    assert "hidden" in text or "not asked" in text


def test_places_stand_by_name_never_by_value(reader, site):
    text = page(reader, "release_indicator", site.shared, "alcohol")
    table = text.split("Alcohol, by group")[-1]
    assert table.index("Hamlet") < table.index("North") < table.index("South")
    assert "this is not a ranking" in text


def test_figures_are_listed_in_the_order_of_the_profile(reader, site):
    text = page(reader, "findings")
    wanted = queries.findings(site.cast.actor("reader"), group="", size=50).items
    places = [text.index(f'href="{reverse("finding", args=(one.id,))}"') for one in wanted]
    assert places == sorted(places)
    assert len(places) > 1
    only = reader.get(reverse("findings") + "?indicator=vape").content.decode()
    assert "Vaping" in only
    assert only.count("<tbody") == 1
    assert ">Smoking</a>" not in only


def test_a_draft_and_a_withdrawn_profile_say_so_on_every_page(client, site):
    site.sign_in(client, "analyst")
    for release, said in ((site.draft, "This is a draft"), (site.withdrawn, "was withdrawn on")):
        for name in ("release", "release_documents"):
            assert said in page(client, name, release)
    assert "This is a draft" not in page(client, "release", site.shared)


def test_a_profile_is_shared_after_it_was_said_who_will_see_it(client, site):
    site.sign_in(client, "coordinator")
    asked = page(client, "release_share", site.draft)
    assert "every member of Almaty centre" in asked
    assert "Almaty" in asked
    answer = client.post(reverse("release_share", args=(site.draft,)), follow=True)
    assert "The profile is shared." in answer.content.decode()
    site.sign_in(client, "manager")
    assert page(client, "release", site.draft)


def test_a_withdrawn_profile_is_gone_for_others_at_once(client, site):
    site.sign_in(client, "colleague")
    picture = reverse("chart", args=(site.shared, "use", "-", 0, "any", "wide-light"))
    assert client.get(picture).status_code == 200
    site.sign_in(client, "coordinator")
    client.post(reverse("release_withdraw", args=(site.shared,)))
    site.sign_in(client, "colleague")
    for address in (picture, reverse("release", args=(site.shared,)), reverse("finding", args=(site.finding,))):
        assert client.get(address).status_code == 404


# Charts


def pictures(client, site, *args):
    text = page(client, *args)
    return re.findall(r'(?:srcset|src)="([^"]+/charts/[^"]+)"', text)


def test_a_chart_is_a_picture_for_each_width_and_look(reader, site):
    found = pictures(reader, site, "release_part", site.shared, "use")
    assert {address.rsplit("/", 1)[1] for address in found} == {
        *("wide-light.svg", "wide-dark.svg", "narrow-light.svg", "narrow-dark.svg")
    }
    for address in found:
        answer = reader.get(address)
        assert answer.headers["Content-Type"] == "image/svg+xml"
        assert b" style=" not in answer.content
        assert b"<script" not in answer.content
        assert len(answer.content) < 350_000


def test_a_chosen_look_loads_only_its_own_pictures(reader, site):
    reader.cookies["look"] = "dark"
    found = pictures(reader, site, "release_part", site.shared, "use")
    assert {address.rsplit("/", 1)[1] for address in found} == {"wide-dark.svg", "narrow-dark.svg"}


def test_the_browsers_copy_of_a_chart_is_good_while_it_fits(reader, site):
    address = pictures(reader, site, "release_part", site.shared, "use")[0]
    first = reader.get(address)
    assert "private" in first.headers["Cache-Control"]
    again = reader.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert reader.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_dark_pictures_differ_in_colour_alone(reader, site):
    light, dark = (
        reader.get(reverse("chart", args=(site.shared, "use", "-", 0, "k", look))).content.decode()
        for look in ("wide-light", "wide-dark")
    )
    colour = re.compile(r"#[0-9a-f]{6}")
    assert light != dark
    assert colour.sub("", light) == colour.sub("", dark)


def test_a_chart_can_be_had_as_its_specification(reader, site):
    address = reverse("chart_specification", args=(site.shared, "indicator", "alcohol", 0, "k"))
    wide = reader.get(address)
    spec = wide.json()
    assert spec["$schema"].startswith("https://vega.github.io/schema/vega/")
    assert reader.get(address, headers={"If-None-Match": wide.headers["ETag"]}).status_code == 304
    assert reader.get(address + "?narrow=1").json()["width"] < spec["width"]


@pytest.mark.parametrize("at", [0, 7, 99999])
def test_no_chart_no_picture(reader, site, at):
    address = reverse("chart", args=(site.shared, "quality", "-", at, "k", "wide-light"))
    assert reader.get(address).status_code == 404
    assert reader.get(reverse("chart", args=(site.shared, "use", "-", 0, "k", "sepia"))).status_code == 404


# Downloads


@pytest.mark.parametrize("kind", ["csv", "json", "parquet", "xlsx"])
def test_quick_formats_come_at_once(reader, site, kind):
    address = reverse("release_document", args=(site.shared, "ru", kind))
    answer = reader.get(address)
    assert answer.status_code == 200
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="Oblast-school-survey-2022.ru.{kind}"'
    assert len(answer.content) > 1000
    assert reader.get(address).content == answer.content


def unpacked(content):
    """What stands in a file, packed or not."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


@pytest.fixture
def maker(site):
    """Who computed the release, under names that stand nowhere else."""
    named = {"name": "Zarina Ospan", "username": "z.ospan", "email": "zarina@example.org"}
    get_user_model().objects.filter(pk=site.cast.people["analyst"]).update(**named)
    return [word.encode() for word in (*named.values(), "person:")]


@pytest.mark.parametrize("kind", ["csv", "json", "parquet", "xlsx"])
def test_a_download_names_the_organisation_and_not_the_person_who_made_it(client, site, maker, kind):
    site.sign_in(client, "colleague")
    content = unpacked(client.get(reverse("release_document", args=(site.shared, "en", kind))).content)
    assert not any(word in content for word in maker)
    assert kind == "csv" or b"Almaty centre" in content


def test_neither_does_what_the_written_documents_are_made_of(site, maker):
    profile = queries.profile(site.cast.actor("colleague"), site.shared)
    content = repr(profile_document(profile, "en")).encode()
    assert not any(word in content for word in maker)
    assert b"Almaty centre" in content


@pytest.mark.parametrize("kind", ["docx", "pdf", "html"])
def test_slow_formats_are_made_by_a_worker(reader, site, kind):
    import datetime as dt

    from hashar.runs.services import work_once

    address = reverse("release_document", args=(site.shared, "en", kind))
    assert "not made yet" in reader.get(address).content.decode()
    asked = reader.post(address)
    run = asked.headers["Location"]
    assert "waits for its turn" in reader.get(run).content.decode()
    assert reader.post(address).headers["Location"] == run  # the same work is not asked for twice
    assert work_once(clock=lambda: dt.datetime.now(dt.UTC))
    done = reader.get(run).content.decode()
    assert address in done
    made = reader.get(address)
    assert made.headers["Content-Disposition"].startswith("attachment")
    assert reader.post(address).headers["Location"] == address
    assert 'http-equiv="refresh"' not in done


def test_a_document_is_made_with_the_rights_of_the_moment(client, site):
    import datetime as dt

    from hashar.runs.services import work_once

    site.sign_in(client, "colleague")
    run = client.post(reverse("release_document", args=(site.shared, "kk", "docx"))).headers["Location"]
    from hashar.assess.services.releases import withdraw

    now = dt.datetime.now(dt.UTC)
    withdraw(actor=site.cast.actor("coordinator"), release=site.shared, now=now)
    work_once(clock=lambda: now)
    assert "It did not work" in client.get(run).content.decode()


@pytest.mark.parametrize(("edition", "kind"), [("xx", "csv"), ("en", "exe"), ("en", "..")])
def test_there_are_no_other_formats(reader, site, edition, kind):
    answer = reader.get(f"/en/assess/releases/{site.shared}/documents/{edition}/{kind}/")
    assert answer.status_code == 404


@pytest.fixture(scope="module")
def regions(site, django_db_blocker):
    """A survey by region with a release, inside the module's transaction."""
    with django_db_blocker.unblock():
        load_shipped(now=NOW)
        return regions_survey.make_release(site.cast, NOW)


def test_the_page_of_an_indicator_has_its_figures_on_the_map(client, site, regions):
    analyst = site.sign_in(client, "analyst")
    _, release = regions
    text = page(analyst, "release_indicator", release, "alcohol")
    assert '<h3 id="map">On the map</h3>' in text
    table = text[text.index("Interval, to all pupils") :].split("</table>")[0]
    names = re.findall(r'scope="row"[^>]*>\s*\d+ ([^<]+?)\s*<', table)
    assert names == sorted(en for _, _, en, _, _ in regions_survey.REGIONS.values())
    assert "Not in this survey: Atyrau Region, Zhetysu Region, Ulytau Region." in text
    assert "OCHA" in text[text.index("Not in this survey") :]
    assert "hidden: too few pupils answered" in table
    assert "ranked" not in table


def test_the_map_is_a_picture_in_every_look_and_small_enough_for_a_slow_line(client, site, regions):
    analyst = site.sign_in(client, "analyst")
    _, release = regions
    text = page(analyst, "release_indicator", release, "alcohol")
    first = [address for address in re.findall(r'src(?:set)?="([^"]+)"', text) if "/alcohol/0/" in address]
    assert len(first) == 4
    for address in first:
        answer = analyst.get(address)
        assert answer["Content-Type"] == "image/svg+xml"
        assert len(gzip.compress(answer.content)) < 60_000
    assert len({analyst.get(address).content for address in first}) == 4


def test_a_factor_has_its_map_too(client, site, regions):
    analyst = site.sign_in(client, "analyst")
    assert 'id="map"' in page(analyst, "release_factor", regions[1], "F-P1")


def test_a_profile_without_territories_has_no_map(reader, site):
    for item in profile(site).indicators:
        assert 'id="map"' not in page(reader, "release_indicator", site.shared, item.name)
