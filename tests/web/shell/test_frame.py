"""The frame of every page: language, person, messages, look."""

import re

import pytest

from hashar.i18n import LANGUAGE_NAMES, LANGUAGES
from hashar.web.language import in_language
from hashar.web.templates import section

LINK = re.compile(r'<a href="([^"]+)" lang="(\w\w)" hreflang')


@pytest.mark.django_db
def test_the_language_switch_keeps_the_address_and_its_query(client):
    page = client.get("/en/style/?a=1&b=%D3%99").content.decode()
    links = {language: address.replace("&amp;", "&") for address, language in LINK.findall(page)}
    assert list(links) == list(LANGUAGES)
    assert links["kk"] == "/kk/style/?a=1&b=%D3%99"
    for address in links.values():
        assert client.get(address).status_code == 200


@pytest.mark.django_db
def test_the_switch_works_on_a_refused_page_too(client):
    page = client.get("/en/nothing/here/").content.decode()
    assert '<a href="/kk/nothing/here/" lang="kk"' in page


@pytest.mark.parametrize(
    ("address", "there"),
    [("/en/", "/ru/"), ("/en/style/?q=1", "/ru/style/?q=1"), ("/nothing", "/ru/nothing"), ("/", "/ru/")],
)
def test_an_address_in_another_language(address, there):
    assert in_language(address, "ru") == there


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_its_language_and_who_translated_it(client, language):
    answer = client.get(f"/{language}/style/")
    page = answer.content.decode()
    assert f'<html lang="{language}"' in page
    assert answer.headers["Content-Language"] == language
    assert all(name in page for name in LANGUAGE_NAMES.values())
    assert ("machine-translated" in page) == (language != "en")


@pytest.mark.django_db
def test_an_address_without_a_language_goes_where_the_browser_reads_best(client):
    answer = client.get("/style/", headers={"Accept-Language": "fr, kk;q=0.9, en;q=0.5"})
    assert answer.headers["Location"] == "/kk/style/"
    assert "Accept-Language" in answer.headers["Vary"]


@pytest.mark.django_db
def test_people_get_their_own_language_where_the_address_has_none(client, cast):
    speak(cast, "reader", "tg")
    cast.sign_in(client, "reader")
    assert client.get("/", headers={"Accept-Language": "en"}).headers["Location"] == "/tg/"


@pytest.mark.django_db
def test_a_language_chosen_in_this_browser_is_remembered(client, cast):
    speak(cast, "reader", "tg")
    cast.sign_in(client, "reader")
    client.get("/ru/style/", headers={"Referer": "http://testserver/en/style/"})
    assert client.get("/").headers["Location"] == "/ru/"


@pytest.mark.django_db
def test_following_a_link_from_elsewhere_chooses_no_language(client):
    client.get("/ru/style/", headers={"Referer": "http://elsewhere.example/en/style/"})
    client.get("/ru/style/", headers={"Referer": "http://testserver/ru/"})
    assert client.get("/style/").headers["Location"] == "/en/style/"


@pytest.mark.django_db
def test_signing_in_leads_home_in_ones_own_language(client, cast):
    speak(cast, "reader", "uz")
    answer = client.post("/en/account/login/", {"login": "reader", "password": "seven calm rivers"})
    assert answer.headers["Location"] == "/uz/"


def speak(cast, name, language):
    from django.contrib.auth import get_user_model

    get_user_model().objects.filter(pk=cast.people[name]).update(language=language)


@pytest.mark.django_db
def test_the_frame_says_who_acts_for_whom(client, cast):
    page = cast.sign_in(client, "analyst").get("/en/style/").content.decode()
    assert "Analyst" in page
    assert "<strong>Almaty centre</strong> analyst" in page
    assert 'action="/en/account/logout/"' in page


@pytest.mark.django_db
def test_whoever_is_not_signed_in_sees_no_menu(client):
    page = client.get("/en/style/").content.decode()
    assert "Main menu" not in page
    assert "/account/logout/" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("on", [True, False])
def test_a_demonstration_is_labelled_on_every_page(client, settings, on):
    settings.DEMONSTRATION = on
    for address in ("/en/style/", "/en/account/login/", "/en/nothing/"):
        assert ("Do not decide anything by its figures" in client.get(address).content.decode()) is on


@pytest.mark.parametrize(
    ("path", "word"),
    [("/en/", "home"), ("/kk/places/KZ-75/", "places"), ("/en/account/login/", "account"), ("/en/style/", "")],
)
def test_the_menu_knows_where_one_is(path, word):
    assert section(path) == word


@pytest.mark.django_db
@pytest.mark.parametrize(("chosen", "kept"), [("dark", "dark"), ("light", "light"), ("", None), ("pink", None)])
def test_a_look_is_kept_in_this_browser(client, chosen, kept):
    answer = client.post("/en/look/", {"look": chosen, "next": "/en/style/?a=1"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/en/style/?a=1")
    page = client.get("/en/style/").content.decode()
    assert (f'data-look="{kept}"' in page) if kept else ("data-look" not in page)


@pytest.mark.django_db
@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
def test_choosing_a_look_never_leads_elsewhere(client, elsewhere):
    answer = client.post("/en/look/", {"look": "dark", "next": elsewhere})
    assert answer.headers["Location"] == "/en/"
