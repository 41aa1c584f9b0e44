"""Every page with data in it, later on a dark phone in Russian: legible, within its window, and lighter still."""

from tests.browser.walk import Walk

LOOKS = ["color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block", "aria-hidden-focus"]
"""The rules of axe whose answer differs with the look."""


def test_every_page_is_legible_within_its_window_and_light_later(chromium, server, site):
    walk = Walk(
        chromium, server, site, language="ru", first=False, viewport={"width": 360, "height": 800}, color_scheme="dark"
    )
    faults = walk.faults(only=LOOKS)
    assert faults == [], "\n".join(faults)
