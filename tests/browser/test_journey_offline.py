"""A day without a connection: activities are entered on the phone, and each counts once when the connection is back."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from hashar.implement.models import Activity
from tests.browser.checks import axe_faults, runs_over, weigh
from tests.browser.offline import wait_for_entries, wait_until, wait_until_kept, without_network
from tests.browser.wire import Wire
from tests.intake.test_pictures import SCAN, jpeg

PHOTO = {"name": "hall.jpg", "mimeType": "image/jpeg", "buffer": jpeg(scan=SCAN + b"\x12" * 50_000)}
PHONE = {"width": 360, "height": 780}
TEXT = 100_000
"""The most bytes of a first page."""


def address(name):
    with override("en"):
        return reverse(name)


def enter(page, title, contacts, photo=None):
    page.locator("#id_title").fill(title)
    page.get_by_label("How many came").fill(contacts)
    if photo:
        page.locator("#id_photo").set_input_files(photo)
    page.get_by_role("button", name="Save").click()


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    return settings.DATA


@pytest.fixture
def phone(visit):
    """The coordinator's phone that had the form open once."""
    page = visit(address("implement_new"), "coordinator", **PHONE)
    wait_until_kept(page, address("implement_new"), address("waiting"))
    return page


def stored():
    return sorted(Activity.objects.values_list("title", "contacts"))


def test_two_activities_are_entered_without_a_connection_and_each_arrives_once(phone, data):
    phone.context.set_offline(True)
    phone.goto(address("implement_new"))
    phone.get_by_text("There is no connection.").wait_for()
    assert axe_faults(phone) + runs_over(phone) == []
    enter(phone, "Talk on peer pressure", "25", PHOTO)
    wait_for_entries(phone, 1)
    enter(phone, "Football evening", "40")
    wait_for_entries(phone, 2)
    phone.reload()
    phone.get_by_role("link", name="Waiting on this device to be sent: 2").click()
    phone.get_by_text("Football evening").wait_for()
    assert axe_faults(phone) + runs_over(phone) == []
    assert stored() == []
    phone.context.set_offline(False)
    phone.get_by_text("Nothing of yours waits here.").wait_for()
    assert stored() == [("Football evening", 40), ("Talk on peer pressure", 25)]
    [photo] = [file for file in (data / "photos").rglob("*") if file.is_file()]
    assert photo.read_bytes() == PHOTO["buffer"]
    without_network(phone)


def test_what_the_site_refuses_later_is_corrected_and_arrives(phone):
    phone.context.set_offline(True)
    phone.get_by_text("More: people and sessions").click()
    phone.get_by_label("Different people", exact=True).fill("90")
    enter(phone, "Talk on peer pressure", "25")
    wait_for_entries(phone, 1)
    phone.context.set_offline(False)
    phone.goto(address("waiting"))
    phone.get_by_text("More different people than contacts").wait_for()
    phone.get_by_role("link", name="Open and correct").click()
    phone.get_by_role("status").get_by_text("More different people than contacts").wait_for()
    assert phone.locator("#id_title").input_value() == "Talk on peer pressure"
    phone.get_by_label("Different people", exact=True).fill("20")
    phone.get_by_role("button", name="Save").click()
    phone.get_by_text("The activity is entered.").wait_for()
    assert list(Activity.objects.values_list("title", "people")) == [("Talk on peer pressure", 20)]
    wait_for_entries(phone, 0)
    without_network(phone)


@pytest.fixture
def wire(server):
    made = Wire(server)
    yield made
    made.close()


def test_wherever_the_connection_breaks_each_activity_with_its_photo_arrives_once(visit, wire):
    page = visit("about:blank", "coordinator", **PHONE)
    form = wire.address + address("implement_new")
    page.goto(form)
    wait_until_kept(page, address("implement_new"), address("waiting"))
    for number, place in enumerate(["request", "answer", "away"], start=1):
        wire.breaks = place
        enter(page, f"Broken: {place}", "25", PHOTO)
        page.get_by_role("status").get_by_text("It is sent as soon as there is a connection.").wait_for()
        wait_for_entries(page, number)
        wait_until(page, lambda _, place=place: wire.broken[place] > 0, wanted=True)
    assert stored() == [("Broken: request", 25)]  # the oldest went first again, and its answer was lost
    page.goto(form)  # nobody listens: the kept page
    page.get_by_text("There is no connection.").wait_for()
    wire.breaks = ""
    page.goto(wire.address + address("waiting"))
    page.get_by_text("Nothing of yours waits here.").wait_for()
    assert stored() == [("Broken: answer", 25), ("Broken: away", 25), ("Broken: request", 25)]
    assert [len(row.photo) for row in Activity.objects.all()] == [64] * 3
    without_network(page)


def test_the_form_is_light_with_all_it_needs_to_keep_entries(visit):
    page = visit("about:blank", "coordinator", **PHONE)
    sizes = weigh(page, address("implement_new"), until="load")
    assert any("queue" in name for name in sizes)
    assert sum(sizes.values()) <= TEXT, sizes
