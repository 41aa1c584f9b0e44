"""The frame of every page, in a browser: sign-in and style page."""

import pytest

from tests.browser.checks import axe_faults, focused, runs_over, tab_to, weigh

LOOKS = [(1280, False), (1280, True), (360, False), (360, True)]


@pytest.mark.parametrize(("width", "dark"), LOOKS)
@pytest.mark.parametrize("address", ["/en/account/login/", "/ru/account/login/", "/en/style/", "/kk/nothing-here/"])
def test_axe_finds_nothing(visit, address, width, dark):
    page = visit(address, width=width, dark=dark)
    page.faults[:] = [fault for fault in page.faults if "404" not in fault]
    assert axe_faults(page) == []


@pytest.mark.parametrize("width", [360, 768])
@pytest.mark.parametrize("address", ["/en/", "/ru/", "/kk/", "/en/style/"])
def test_nothing_runs_over_and_every_target_is_large_enough(visit, address, width):
    assert runs_over(visit(address, "coordinator", width=width)) == []


def test_the_menu_works_with_the_keyboard_alone(visit):
    page = visit("/en/style/", "reader", width=360)
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.reload()
    tab_to(page, "Home")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/")


def test_language_and_signing_out_are_reached_with_the_keyboard(visit):
    page = visit("/en/style/?part=forms", "reader", width=360)
    tab_to(page, "Language: EN")
    page.keyboard.press("Enter")
    tab_to(page, "Қазақша")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kk/style/?part=forms")
    page.goto("/en/style/")
    tab_to(page, "Reader")
    page.keyboard.press("Enter")
    tab_to(page, "Sign out")
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/login/")


def test_escape_closes_an_open_menu_and_gives_the_focus_back(visit):
    page = visit("/en/style/", "reader")
    tab_to(page, "Reader")
    page.keyboard.press("Enter")
    assert page.get_by_role("button", name="Sign out").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("button", name="Sign out").is_visible()
    assert focused(page) == "Reader"


def test_the_menu_works_without_scripts(visit):
    page = visit("/en/style/", "reader", width=360, java_script_enabled=False)
    page.get_by_role("navigation", name="Main menu").get_by_role("link", name="Home").click()
    assert page.url.endswith("/en/")
    page.locator("summary", has_text="Reader").click()
    page.get_by_role("button", name="Sign out").click()
    assert page.url.endswith("/account/login/")


def test_dark_can_be_chosen_on_a_light_device_and_stays(visit):
    page = visit("/en/style/", java_script_enabled=False)
    page.get_by_role("contentinfo").get_by_role("button", name="dark").click()
    assert page.url.endswith("/en/style/")
    page.goto("/en/account/login/")
    assert page.locator("html").get_attribute("data-look") == "dark"


@pytest.mark.parametrize("language", ["en", "ru", "tg"])
def test_the_first_page_comes_in_100_kilobytes_and_the_next_in_30(visit, language):
    page = visit("about:blank")
    first = weigh(page, f"/{language}/account/login/")
    assert sum(first.values()) <= 100_000, first
    second = weigh(page, f"/{language}/account/login/?again")
    assert sum(second.values()) <= 30_000, second


def test_an_interactive_picture_works_under_the_strict_policy(visit):
    page = visit("/en/style/")
    figure = page.locator("figure").first
    figure.get_by_role("button", name="Interactive").click()
    figure.locator(".live svg").wait_for()
    assert figure.locator("img").is_hidden()
    figure.locator(".live .mark-rect path").first.hover()
    assert page.locator(".tip").inner_text() == "Almaty: 84.2%"
    figure.get_by_role("button", name="Interactive").click()
    assert figure.locator("img").is_visible()


def test_where_the_interactive_picture_fails_the_still_one_stays(visit):
    page = visit("/en/style/")
    page.route("**/chart.json*", lambda route: route.abort())
    figure = page.locator("figure").first
    figure.get_by_role("button", name="Interactive").click()
    figure.get_by_text("could not be loaded").wait_for()
    assert figure.locator("img").is_visible()
    page.faults.clear()
