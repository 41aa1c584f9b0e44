"""The checks of the pages find what they are for: a page with one fault of each kind."""

import pytest

from tests.browser.checks import axe_faults, runs_over
from tests.browser.test_every_page_small import LOOKS
from tests.browser.walk import CHARTS, LATER, TEXT, too_heavy

FAULTY = """<!doctype html><html lang="en"><title>Faults</title><style>
p {color: #bbb; background: #fff} div {width: 900px; height: 40px; background: #eee}
button {width: 12px; height: 12px; padding: 0}
</style><main><h1>Faults</h1><p>Pale words</p><div></div><button></button></main>"""


@pytest.fixture
def faulty(chromium):
    window = chromium.new_context(viewport={"width": 360, "height": 600})
    page = window.new_page()
    page.set_content(FAULTY)
    yield page
    window.close()


def test_axe_tells_pale_words_and_a_button_without_a_name(faulty):
    assert {fault.partition(":")[0] for fault in axe_faults(faulty)} == {"color-contrast", "button-name"}
    assert {fault.partition(":")[0] for fault in axe_faults(faulty, LOOKS)} == {"color-contrast"}


def test_what_is_too_wide_or_too_small_to_press_is_told(faulty):
    too_wide, too_small = runs_over(faulty)
    assert "px wider than its window" in too_wide
    assert "12 × 12 px" in too_small


def test_a_page_has_its_weight_and_not_a_byte_more():
    static = {"/static/web/style.css": 60_000}
    for first, charts, most in (
        (True, False, TEXT),
        (True, True, CHARTS),
        (False, True, CHARTS),
        (False, False, LATER),
    ):
        assert too_heavy({"/en/": most}, first=first, charts=charts) == []
        assert len(too_heavy({"/en/": most + 1}, first=first, charts=charts)) == 1
    assert too_heavy({"/en/": LATER, **static}, first=False, charts=False) == []
    assert len(too_heavy({"/en/": TEXT, **static}, first=True, charts=False)) == 1
