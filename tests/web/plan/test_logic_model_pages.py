"""Logic models on the pages: begin, change by forms, read the compiler, share, export; without JavaScript."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.consistency.source import ROOT

pytestmark = pytest.mark.django_db
PAGE = (ROOT / "docs" / "reference" / "logic-model.md").read_text(encoding="utf-8")
TEXT = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[1]


@pytest.fixture
def official(cast, client):
    return cast.sign_in(client, "official")


def address(name, *args):
    return reverse(name, args=args).replace("/ru/", "/en/").replace("/kk/", "/en/")


def text(response):
    return response.content.decode()


def begun(client, cast, content=TEXT):
    sent = SimpleUploadedFile("model.yaml", content.encode())
    answer = client.post(address("logic_model_new"), {"organisation": cast.centre, "title": "Model", "file": sent})
    assert answer.status_code == 302, text(answer)
    return int(answer.url.rstrip("/").rpartition("/")[2])


def test_a_file_becomes_a_model_with_picture_table_and_findings(cast, official):
    assert "No logic models yet" in text(official.get(address("logic_models")))
    model = begun(official, cast)
    page = text(official.get(address("logic_model", model)))
    assert "Prevention plan of the city" in page
    assert page.count('<a href="#part-') > 10
    assert "<svg viewBox=" in page
    assert "Three kiosks" in page


def test_a_part_is_changed_by_its_form(cast, official):
    model = begun(official, cast)
    for at in range(14):
        page = official.get(address("logic_model_part", model, at))
        assert page.status_code == 200
    for kind in ("problem", "factor", "condition", "strategy", "activity", "indicator", "source"):
        assert official.get(address("logic_model_add", model, kind)).status_code == 200
    assert official.get(address("logic_model_remove", model, 0)).status_code == 200
    assert official.get(address("logic_model_text", model)).status_code == 200
    assert official.get(address("logic_model_baseline", model, 10)).status_code == 200
    assert official.get(address("targets"), {"q": "cannabis 2 % → 1 %", "n": "1200"}).status_code == 200
    assert official.get(address("logic_model_document", model, "ru", "docx")).status_code == 200
    assert official.get(address("logic_model_document", model, "kk", "pdf")).status_code == 200
