"""The parts that pages are made of: bound to each other, escaped, and honest about state."""

import json
import re
from collections import Counter

import pytest
from django import forms
from django.contrib.messages.storage.fallback import FallbackStorage
from django.template import engines

from hashar.people.contracts import ANONYMOUS


@pytest.fixture
def show(rf):
    """Render a line of template with the parts: ``show("{{ parts.badge(word) }}", word="Draft")``."""

    def render(text, address="/en/assess/?q=a%20b&page=2", language="en", **context):
        request = rf.get(address.replace("/en/", f"/{language}/"))
        request.actor, request.session = ANONYMOUS, {}
        request._messages = FallbackStorage(request)
        template = engines["jinja2"].from_string('{% import "web/parts.html" as parts with context %}' + text)
        return re.sub(r"\s+", " ", template.render(context, request)).strip()

    return render


@pytest.mark.django_db
def test_everything_on_the_style_page_is_bound_to_what_it_names(client):
    page = client.get("/en/style/").content.decode()
    ids = Counter(re.findall(r'\sid="([^"]+)"', page))
    assert [name for name, times in ids.items() if times > 1] == []
    named = re.findall(r'\s(?:for|aria-describedby|aria-labelledby)="([^"]+)"', page)
    named += re.findall(r'href="#((?:wrong|plain)-?[^"]+|id_[^"]+)"', page)
    assert {name for names in named for name in names.split()} - set(ids) == set()


@pytest.mark.django_db
def test_a_problem_stands_beside_its_field_and_in_the_summary(client):
    page = client.get("/en/style/").content.decode()
    assert re.search(r'<input[^>]*name="wrong-year"[^>]*aria-invalid="true"', page)
    assert re.search(r'<input[^>]*name="wrong-year"[^>]*aria-describedby="id_wrong-year_error"', page)
    assert '<a href="#id_wrong-year">Year</a>' in page
    assert "Withdraw its release first." in page


class Files(forms.Form):
    """A form with a file."""

    file = forms.FileField()


def test_a_form_with_a_file_is_sent_as_a_file_and_guarded(show):
    page = show('{{ parts.form(form, "Send", cancel="/back/") }}', form=Files())
    assert 'enctype="multipart/form-data"' in page
    assert 'name="csrfmiddlewaretoken"' in page
    assert '<a class="button quiet" href="/back/">Cancel</a>' in page


def test_what_a_caller_adds_stands_before_the_buttons(show):
    page = show('{% call parts.form(form, "Send") %}MORE{% endcall %}', form=Files())
    assert page.index('type="file"') < page.index("MORE") < page.index("Send</span>")


def test_texts_of_users_are_escaped_in_every_part(show):
    evil = "<script>alert(1)</script>"
    calls = (
        "parts.page_head(x, x, [(x, '/')], x)",
        "parts.badge(x)",
        "parts.notice(x, 'note', x)",
        "parts.empty(x, x, x, '/')",
        "parts.table(x, [('a', x)], [{'a': x}], x)",
        "parts.data_list([(x, '/', x, x)])",
        "parts.rows([(x, x)])",
        "parts.copyable(x, x)",
        "parts.key_figures([(x, x, x, '/')])",
        "parts.search_box(x, x)",
        "parts.progress(x, 1, 2, x)",
        "parts.confirm(x, x, x)",
        "parts.tabs(x, [(x, x, '/')], x)",
        "parts.post_button(x, '/', values={'a': x})",
    )
    page = show("".join(f"{{{{ {call} }}}}" for call in calls), x=evil)
    assert evil not in page
    assert page.count("&lt;script&gt;") > 20


def test_a_pager_keeps_the_other_words_of_the_address(show):
    page = show("{{ parts.pager(2, 3) }}")
    assert 'rel="prev" href="/en/assess/?q=a+b&amp;page=1"' in page
    assert 'rel="next" href="/en/assess/?q=a+b&amp;page=3"' in page
    assert "Page 2 of 3" in page


@pytest.mark.parametrize(("page", "missing"), [(1, "prev"), (3, "next")])
def test_a_pager_ends_where_the_list_ends(show, page, missing):
    assert f'rel="{missing}"' not in show(f"{{{{ parts.pager({page}, 3) }}}}")


def test_a_short_list_needs_no_pager(show):
    assert show("{{ parts.pager(1, 1) }}") == ""


def test_a_word_can_be_taken_out_of_the_address(show):
    assert show("{{ here(page=none) }}") == "/en/assess/?q=a+b"
    assert show("{{ here(page=none, q=none) }}") == "/en/assess/"


def test_a_cell_names_its_column_for_telephones(show):
    page = show('{{ parts.table("T", [("a", "Place"), ("b", "Pupils", "end")], [{"a": "Almaty", "b": 3}]) }}')
    assert '<th role="rowheader" scope="row">Almaty</th>' in page
    assert '<td role="cell" data-head="Pupils" class="end">3</td>' in page


def test_work_is_asked_about_until_it_is_finished(show):
    running = show('{{ parts.progress("Profile", 1, 4, address="/en/runs/1/") }}')
    assert 'hx-get="/en/runs/1/" hx-trigger="every 2s"' in running
    assert "hx-get" not in show('{{ parts.progress("Profile", 4, 4, address="/en/runs/1/", finished=true) }}')
    assert '<progress id="progress-bar" max="1" value="0">' in show('{{ parts.progress("Profile", 0, 0) }}')


def test_steps_before_the_present_one_are_done_and_the_present_one_is_marked(show):
    page = show('{{ parts.steps([("a", "File", "/a/"), ("b", "Check", ""), ("c", "Make", "")], "b") }}')
    assert '<li class="done"><a href="/a/">File</a>' in page
    assert '<li class="now" aria-current="step"><span>Check</span>' in page
    assert '<li class="later"><span>Make</span>' in page


def test_a_state_is_a_word_not_only_a_colour(show):
    assert ">Shared</span>" in show('{{ parts.state("shared") }}')


def test_numbers_are_written_as_the_language_writes_them(show):
    page = show('{{ parts.progress("P", 1200, 3000) }}', language="ru")
    assert "1 200 / 3 000" in page


@pytest.mark.django_db
def test_the_sample_chart_is_drawn_and_compiled_by_the_server(client):
    picture = client.get("/en/style/chart.svg?dark=1")
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert b"West Kazakhstan" in picture.content
    compiled = json.loads(client.get("/en/style/chart.json?narrow=1").content)
    assert compiled["$schema"].startswith("https://vega.github.io/schema/vega/")
    assert compiled["description"].startswith("Bars:")
