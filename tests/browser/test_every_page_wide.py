"""Every page with data in it, as a first visitor meets it on a desk: accessible, within its window, and light."""

from tests.browser.walk import Walk


def test_every_page_is_accessible_within_its_window_and_light_at_first(chromium, server, site):
    walk = Walk(
        chromium, server, site, language="en", first=True, viewport={"width": 1280, "height": 800}, color_scheme="light"
    )
    faults = walk.faults()
    assert faults == [], "\n".join(faults)
