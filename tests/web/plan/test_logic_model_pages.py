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


def form_of(page):
    """What a browser would send of the form of a part."""
    fields = dict(re.findall(r'<input type="(?:hidden|text|date|number)" name="(\w+)" value="([^"]*)"', page))
    fields |= dict(
        re.findall(r'<select name="(\w+)"[^>]*>(?:(?!</select>).)*?value="([^"]*)" selected', page, re.DOTALL)
    )
    ticked = [tag for tag in re.findall(r"<input[^>]*>", page) if 'type="checkbox"' in tag and " checked" in tag]
    for tag in ticked:
        name, value = re.search(r'name="(\w+)"', tag)[1], re.search(r'value="([^"]*)"', tag)
        fields.setdefault(name, [])
        fields[name].append(value[1] if value else "on")
    return fields


def test_saving_a_form_untouched_changes_nothing(cast, official):
    model = begun(official, cast)
    for at in range(14):
        page = text(official.get(address("logic_model_part", model, at)))
        answer = official.post(address("logic_model_part", model, at), form_of(page))
        assert answer.status_code == 302, text(answer)
    assert text(official.get(address("logic_model_yaml", model))) == TEXT


def test_a_new_target_is_answered_beside_its_form(cast, official):
    model = begun(official, cast)
    page = address("logic_model_part", model, 10)
    sent = form_of(text(official.get(page)))
    assert sent["target"] == "12.0"
    answer = official.get(address("logic_model_answer", model), {**sent, "target": "18", "at": "10"})
    assert "Cannot be shown with this survey" in text(answer)
    assert "Can be shown" in text(official.get(address("logic_model_answer", model), {**sent, "target": "12"}))
    assert "Write a baseline" in text(official.get(address("logic_model_answer", model), {"share": "on"}))
    assert official.post(page, {**sent, "target": "18"}).status_code == 302
    page = text(official.get(address("logic_model", model)))
    assert "its survey can only show" in page
    assert "1 error" in page


def test_what_does_not_fit_stands_beside_its_field(cast, official):
    model = begun(official, cast)
    answer = official.post(address("logic_model_add", model, "source"), {"based_on": "1", "dates": "soon"})
    assert answer.status_code == 422
    assert "Write dates like 2027-05-31" in text(answer)
    taken = official.post(address("logic_model_add", model, "condition"), {"based_on": "1", "code": "kiosks"})
    assert "Another part has the code" in text(taken)


def test_whoever_saves_second_sees_it_and_keeps_what_they_typed(cast, official):
    model = begun(official, cast)
    page = address("logic_model_text", model)
    assert official.post(page, {"text": TEXT + "# one\n", "based_on": "1"}).status_code == 302
    answer = official.post(page, {"text": TEXT + "# two\n", "based_on": "1"})
    assert answer.status_code == 409
    assert "in the meantime" in text(answer)
    assert "# two" in text(answer)
    assert 'name="based_on" value="2"' in text(answer)
    late = official.post(address("logic_model_add", model, "condition"), {"based_on": "1", "text": "No fence"})
    assert late.status_code == 409
    assert "No fence" in text(late)
    assert official.post(address("logic_model_remove", model, 0), {"based_on": "1"}).status_code == 409
    assert official.post(address("logic_model_remove", model, 0), {"based_on": "2"}).status_code == 302


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("problems: [", "not YAML"),
        ("a: &a [*a]", "there is no setting"),
        ("[" * 3000, "not"),
        ("factors:\n- code: F-R1\n  becuase: [x]\n", "there is no setting “becuase”"),
        ("activities:\n- code: \"<script>\"\n  practice: '../x'\n", "&lt;script&gt;"),
    ],
)
def test_hostile_text_gets_a_sentence_on_its_page(cast, official, content, sentence):
    model = begun(official, cast, content)
    page = official.get(address("logic_model", model))
    assert page.status_code == 200
    assert sentence in text(page)
    assert "<script>alert" not in text(page)
    assert official.get(address("logic_model_text", model)).status_code == 200


def test_a_circle_of_ten_thousand_has_a_page(cast, official):
    from tests.plan.model_samples import circle

    model = begun(official, cast, circle(10_000))
    page = text(official.get(address("logic_model", model)))
    assert "too many for a picture" in page
    assert "Page 1 of 50" in page
    assert official.get(address("logic_model", model), {"page": "50"}).status_code == 200


def test_a_file_that_is_no_text_is_refused_with_a_sentence(cast, official):
    sent = SimpleUploadedFile("model.yaml", b"\xff\xfe\x00")
    answer = official.post(address("logic_model_new"), {"organisation": cast.centre, "title": "M", "file": sent})
    assert answer.status_code == 422
    assert "not plain text" in text(answer)


def test_a_shared_model_is_read_by_others_without_forms(cast, client, official):
    model = begun(official, cast)
    cast.sign_in(client, "coordinator").post(address("logic_model_share", model), {"shared": "yes"})
    page = text(cast.sign_in(client, "reader").get(address("logic_model", model)))
    assert "Three kiosks" in page
    assert address("logic_model_add", model, "problem") not in page
    assert cast.sign_in(client, "stranger").get(address("logic_model", model)).status_code == 404


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"q": "30-day cannabis 2 % → 1 %", "n": "1200", "population": "9000"}, "Cannot be shown with this survey"),
        ({"q": "2 % → 1 %", "n": "200", "population": "400"}, "Cannot be shown even by asking everybody"),
        ({"q": "20 → 12", "n": "1200"}, "Can be shown"),
        ({"q": "20 → 12"}, "how many pupils answer"),
        ({"q": "cannabis"}, "Write two levels"),
        ({"q": "0 → 12", "n": "600"}, "baseline"),
        ({"q": ""}, "Write a baseline"),
    ],
)
def test_a_quick_question_is_answered(official, asked, sentence):
    assert sentence in text(official.get(address("targets"), asked))
    assert sentence in text(official.get(address("targets"), asked, headers={"HX-Request": "true"}))


def test_documents_hold_the_table_and_the_findings(cast, official):
    import io

    import docx

    model = begun(official, cast, TEXT.replace("target: 12 %", "target: 18 %"))
    file = official.get(address("logic_model_document", model, "en", "docx"))
    document = docx.Document(io.BytesIO(file.content))
    words = " ".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "Three kiosks beside school 5" in words
    assert "T11" in words
    assert len(document.inline_shapes) == 1
    assert official.get(address("logic_model_document", model, "en", "odt")).status_code == 404
    broken = begun(official, cast, "problems: [")
    assert official.get(address("logic_model_document", broken, "en", "docx")).status_code == 404
