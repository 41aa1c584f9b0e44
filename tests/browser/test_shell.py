"""The frame of every page, in a browser: sign-in and style page."""

from itertools import pairwise

import pytest
from django.urls import reverse

from tests.browser.checks import axe_faults, focused, runs_over, tab_to, weigh
from tests.people.cast import PASSWORD

ONE_LINE = 24
"""Pixels: what stands in one line need not begin at the same height."""
FOCUS = """() => {
  const on = document.activeElement, seen = getComputedStyle(on), box = on.getBoundingClientRect();
  return [seen.outlineStyle, parseFloat(seen.outlineWidth), Math.round(box.top + scrollY), box.height];
}"""


@pytest.mark.parametrize(("address", "width", "dark"), [("/en/style/", 360, False), ("/kk/nothing-here/", 1280, True)])
def test_axe_finds_nothing_in_the_other_looks(visit, address, width, dark):
    page = visit(address, width=width, dark=dark)
    page.faults[:] = [fault for fault in page.faults if "404" not in fault]
    assert axe_faults(page) == []


def test_nothing_runs_over_and_every_target_is_large_enough(visit):
    page = visit("about:blank", "coordinator")
    for address in ("/en/", "/kk/", "/tg/", "/en/style/"):
        page.goto(address)
        for width in (320, 360, 768):
            page.set_viewport_size({"width": width, "height": 800})
            assert runs_over(page) == [], (address, width)


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


def test_wherever_the_keyboard_leads_the_focus_is_seen_and_goes_in_the_order_of_reading(visit):
    page = visit(reverse("account_login"))
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the content"
    tops = []
    while not page.locator("body").evaluate("body => body === document.activeElement"):
        outline, width, top, height = page.evaluate(FOCUS)
        assert (outline, width >= 2, height > 0) == ("solid", True, True), focused(page)
        tops.append(top)
        page.keyboard.press("Tab")
    assert len(tops) > 8
    assert all(later > earlier - ONE_LINE for earlier, later in pairwise(tops)), tops


def test_signing_in_and_asking_somebody_to_join_works_with_the_keyboard_alone(visit, cast):
    page = visit(reverse("account_login"))
    tab_to(page, "login")
    page.keyboard.type("coordinator")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**" + reverse("home"))
    page.goto(reverse("invite", args=[cast.centre]))
    tab_to(page, "role")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    chosen = page.evaluate("document.activeElement.value")
    assert page.locator("[name=role]:checked").input_value() == chosen
    page.keyboard.press("Enter")
    page.locator(".copyable code").first.wait_for()


def test_signing_in_joining_and_a_new_survey_need_no_scripts(visit, cast):
    page = visit(reverse("account_login"), java_script_enabled=False)
    page.get_by_label("Login name").fill("coordinator")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto(reverse("invite", args=[cast.centre]))
    page.get_by_label("Reader", exact=False).first.check()
    page.get_by_role("button", name="Make the letter").click()
    link = page.locator(".copyable code").first.inner_text()
    page.goto(reverse("survey_new"))
    page.get_by_label("Title").fill("Survey without scripts")
    page.locator("main form button[type=submit]").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Survey without scripts"
    guest = visit(link, java_script_enabled=False)
    guest.get_by_label("Your name").fill("Saule")
    guest.get_by_label("Login name").fill("saule")
    for field in guest.locator("input[type=password]").all():
        field.fill(PASSWORD)
    guest.get_by_role("button", name="Join", exact=True).click()
    assert guest.get_by_role("heading", level=1).inner_text() == "Saule"


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


def test_letters_of_every_language_come_within_the_first_100_kilobytes(visit):
    page = visit("about:blank")
    first = weigh(page, "/tg/account/login/")
    assert any("woff2" in name for name in first)
    assert sum(first.values()) <= 100_000, first


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
