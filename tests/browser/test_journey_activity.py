"""An activity entered by thumb: how many taps and fields it takes, and that it counts where it should."""

import base64
import struct

import pytest

from tests.browser.checks import axe_faults, runs_over
from tests.implement.activities import log
from tests.implement.test_reach import make_plan
from tests.people.cast import NOW

PHONE = {"width": 360, "height": 780, "has_touch": True, "is_mobile": True}
SECRET = b"GPS 43.2389N 76.8897E"
DRAW = """() => {
  const canvas = document.createElement("canvas");
  canvas.width = 64; canvas.height = 48;
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#186"; pen.fillRect(0, 0, 64, 48); pen.fillStyle = "#fc3"; pen.fillRect(8, 8, 20, 20);
  return canvas.toDataURL("image/jpeg", .9).split(",")[1];
}"""


class Thumb:
    """Taps and fields as a person needs them."""

    def __init__(self, page):
        self.page, self.taps, self.fields = page, 0, 0

    def tap(self, locator):
        self.taps += 1
        locator.tap()

    def go(self, role, name):
        """Tap what leads to another page."""
        with self.page.expect_navigation():
            self.tap(self.page.get_by_role(role, name=name))

    def fill(self, label, text):
        self.fields += 1
        self.tap(self.page.get_by_label(label, exact=False).first)
        self.page.get_by_label(label, exact=False).first.fill(text)


@pytest.fixture
def data(settings, tmp_path, cast):
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    return settings.DATA


def words(page):
    return page.locator("main").inner_text()


def test_an_activity_is_entered_on_a_phone(cast, visit, data):
    _, (first, _) = make_plan(cast, "Комплексный план", "Занятия", "Встречи")
    log(cast, measures=(first,), now=NOW)
    page = visit("/en/implement/", who="coordinator", **PHONE)
    again = Thumb(page)
    again.go("link", "Enter an activity")
    again.go("link", "Talk on peer pressure, School 12")
    assert axe_faults(page) == []
    assert not runs_over(page)
    again.fill("How many came", "24")
    again.go("button", "Save")
    assert "The activity is entered." in page.locator(".messages").inner_text()
    assert "Занятия" in words(page)
    assert (again.taps, again.fields) == (4, 1)

    page.goto("/en/implement/")
    new = Thumb(page)
    new.go("link", "Enter an activity")
    required = page.locator("form.entry > .field .must").count()
    assert required <= 5
    assert page.locator("form.entry details[open]").count() == 0
    small = "els => els.filter(e => e.offsetParent && e.getBoundingClientRect().height < 44).map(e => e.name)"
    assert page.locator("form.entry > .field :is(input:not([type=checkbox]), select)").evaluate_all(small) == []
    new.fill("What was done", "Sports day")
    new.fill("How many came", "60")
    new.go("button", "Save")
    assert (new.taps, new.fields) == (4, 2)
    assert "Sports day" in words(page)
    assert "60" in words(page)


def test_a_photo_of_a_camera_is_shown_without_its_notes(cast, visit, data):
    page = visit("/en/implement/activities/new/", who="coordinator", **PHONE)
    drawn = base64.b64decode(page.evaluate(DRAW))
    notes = b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, 6, 0, 0) + SECRET
    taken = drawn[:2] + struct.pack(">BBH", 0xFF, 0xE1, len(notes) + 2) + notes + drawn[2:]
    page.get_by_label("What was done").first.fill("Hall painted")
    page.get_by_text("More: how it went").tap()
    photo = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": taken}
    page.get_by_label("Photo", exact=False).first.set_input_files(photo)
    page.get_by_role("button", name="Save").tap()
    shot = page.locator("img.shot")
    shot.scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('img.shot').naturalWidth > 0")
    # Held upright (6: on its side): the browser turns it, as it would have turned the photo of the camera.
    assert shot.evaluate("image => [image.naturalWidth, image.naturalHeight]") == [48, 64]
    (kept,) = (data / "photos").rglob("*.jpeg")
    assert SECRET in taken
    assert SECRET not in kept.read_bytes()
