"""How many SQL queries each page asks: a golden file, so that a query for each row shows in review.

``HASHAR_GOLDEN=1`` writes the file anew.
"""

import json
import os
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).parent / "queries.json"


def pages(site):
    survey, release = (site.survey,), (site.shared,)
    return {
        "assess": reverse("assess"),
        "surveys": reverse("surveys"),
        "survey": reverse("survey", args=survey),
        "survey_upload": reverse("survey_upload", args=survey),
        "survey_profile": reverse("survey_profile", args=survey),
        "codebook": reverse("codebook", args=survey),
        "codebook_text": reverse("codebook_text", args=survey),
        "codebook_section": reverse("codebook_section", args=(*survey, "indicators")),
        "codebook_item": reverse("codebook_item", args=(*survey, "indicators", "alcohol")),
        "run": reverse("run", args=(site.run,)),
        "releases": reverse("releases"),
        "release": reverse("release", args=release),
        "release_part": reverse("release_part", args=(*release, "quality")),
        "release_indicator": reverse("release_indicator", args=(*release, "alcohol")),
        "release_documents": reverse("release_documents", args=release),
        "chart": reverse("chart", args=(*release, "use", "-", 0, "any", "wide-light")),
        "findings": reverse("findings"),
        "finding": reverse("finding", args=(site.finding,)),
        "source": reverse("source", args=(site.sha256,)),
    }


def test_no_page_asks_more_than_it_did(client, site):
    site.sign_in(client, "analyst")
    asked = {}
    for name, address in pages(site).items():
        assert client.get(address).status_code == 200, address  # what a process keeps is there now
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        asked[name] = len(queries)
    if os.environ.get("HASHAR_GOLDEN"):
        GOLDEN.write_text(json.dumps(asked, indent=1) + "\n", encoding="utf-8")
    assert asked == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_the_list_of_figures_asks_as_often_for_a_hundred_as_for_one(client, site):
    site.sign_in(client, "analyst")
    counts = []
    for address in (reverse("findings") + "?indicator=vape", reverse("findings") + "?groups=on"):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]
