"""The files of the guide on importing a register do what the guide says."""

import re

import pytest

from hashar.assess.models import Observation
from tests.consistency.source import ROOT
from tests.web.series.test_pages import at, chosen, page, uploaded, world  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db
GUIDE = (ROOT / "docs/how-to/import-a-register.md").read_text(encoding="utf-8")
FIRST, CORRECTED = re.findall(r"^```csv\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
SAID = re.search(r"^```text\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)[1].splitlines()


def previewed(client, series, content):
    """The preview of a file whose columns are taken as guessed, and what stores it."""
    made = uploaded(client, series, content)
    answer = client.post(at("series_columns", made), chosen(page(client, at("series_columns", made))))
    assert answer.url == at("series_preview", made)
    html = page(client, answer.url)
    return made, html, re.search(r'name="digest" value="(\w+)"', html)[1]


def counts(html):
    """New, changed, the same, not taken."""
    return [int(one) for one in re.findall(r'<dd class="value">(\d+)', html)[:4]]


def stored():
    return {one.territory.code: one.value for one in Observation.objects.filter(current=True)}


def test_the_guide_is_walked_from_the_first_file_to_its_undoing(client, world):  # noqa: F811  (the fixture)
    world.sign_in(client, "official")
    series = world.series()
    first, html, digest = previewed(client, series, FIRST)
    for line in SAID:
        assert line in html
    assert counts(html) == [3, 0, 0, 2]
    assert "All of them with their rows (CSV)" in html
    assert "Store only the good numbers?" in html
    client.post(at("series_store", first), {"digest": digest, "good_only": "1"})
    assert stored() == {"KZ": 303, "KZ-11": 140, "KZ-15": 151}

    second, html, digest = previewed(client, series, CORRECTED)
    assert counts(html) == [1, 2, 1, 0]
    assert "1 number is new, 2 changed (the total is one of them) and 1 is the same" in GUIDE
    assert "Store all numbers?" in html
    client.post(at("series_store", second), {"digest": digest})
    assert stored() == {"KZ": 383, "KZ-11": 140, "KZ-15": 155, "KZ-55": 88}

    assert "Undo this import" in page(client, at("series_import", second))
    client.post(at("series_undo", second))
    assert stored() == {"KZ": 303, "KZ-11": 140, "KZ-15": 151}
