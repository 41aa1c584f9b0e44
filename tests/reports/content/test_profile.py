import dataclasses
import math
import re

import pytest

from hashar.assess.contracts.published import Published, Suppression
from hashar.assess.contracts.table import Note
from hashar.i18n import LANGUAGES, Translator
from hashar.reports.content.document import (
    Bullets,
    Chart,
    Heading,
    HiddenCell,
    KeyFigures,
    RowKind,
    Statements,
    Table,
    TextCell,
    Verdict,
)
from hashar.reports.content.profile import profile_document
from hashar.reports.content.scope import Scope
from hashar.reports.content.summary import arguable_rows
from hashar.reports.content.workbook import profile_workbook
from hashar.reports.render.excel import render_excel
from hashar.reports.render.html import render_html
from hashar.reports.render.pdf import render_pdf
from tests.reports.documents import whole
from tests.reports.sample import change, hidden, sample_profile, shown


def tables(document):
    for block in document.blocks:
        if isinstance(block, Table):
            yield block
        if isinstance(block, Chart):
            yield block.table


def statements(document, verdict=None):
    items = [item for block in document.blocks if isinstance(block, Statements) for item in block.items]
    return [item for item in items if verdict in (None, item.verdict)]


def said(item):
    return "".join(span.text for span in item.spans)


def cell_texts(document):
    return [c.text for t in tables(document) for r in t.rows for c in r.cells if isinstance(c, TextCell)]


@pytest.fixture(scope="module")
def document():
    return whole("en")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_makes_a_document(language):
    made, _ = whole(language)
    assert made.language == language
    assert made.title == Translator(language).pick(sample_profile().place)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_place_of_a_sentence_stays_unfilled(language):
    made, _ = whole(language)
    words = re.sub(r"(words=Words\(.*?\))", "", repr(made))
    assert not re.findall(r"text='[^']*\{\w+\}", words)


def test_every_row_fills_its_table(document):
    for table in tables(document):
        for row in table.rows:
            if row.kind is RowKind.GROUP:
                assert len(row.cells) == 1
            else:
                spans = [cell.span if isinstance(cell, HiddenCell) else 1 for cell in row.cells]
                assert sum(spans) == len(table.columns), table.caption


def test_every_chart_has_alternative_text_and_a_table(document):
    charts = [block for block in document.blocks if isinstance(block, Chart)]
    assert len(charts) > 5
    assert all(chart.alternative and chart.table.rows for chart in charts)


def test_anchors_are_unique(document):
    anchors = [block.anchor for block in document.blocks if isinstance(block, Heading)]
    assert len(anchors) == len(set(anchors))


def test_a_change_is_claimed_only_when_shown(document):
    shown = " ".join(said(item) for item in statements(document, Verdict.SHOWN))
    not_shown = " ".join(said(item) for item in statements(document, Verdict.NOT_SHOWN))
    assert "Alcohol in the last 30 days: lower than in 2021" in shown
    assert "Electronic cigarettes in the last 30 days: higher than in 2021" in shown
    assert "Cannabis in the last 30 days" not in shown
    assert "Cannabis in the last 30 days" in not_shown


def test_many_changes_are_counted_instead_of_listed():
    profile = sample_profile()
    one = profile.indicators[0]
    many = [dataclasses.replace(one, name=f"i{i}") for i in range(7)]
    made = profile_document(dataclasses.replace(profile, indicators=many), "en")
    assert any("2 more changes are shown." in said(item) for item in statements(made))
    none = [dataclasses.replace(item, change=change(0.2, 0.21, shown_=False)) for item in many]
    made = profile_document(dataclasses.replace(profile, indicators=none), "en")
    assert any("For 7 of 7 indicators no change" in said(item) for item in statements(made, Verdict.NOT_SHOWN))


def test_a_change_of_a_mean_is_told_without_percentage_points():
    profile = sample_profile()
    mean = dataclasses.replace(profile.indicators[-1], change=change(12.1, 12.8))
    made = profile_document(dataclasses.replace(profile, indicators=[mean]), "en")
    grounds = [item.grounds for item in statements(made, Verdict.SHOWN)]
    assert any(text.startswith("Difference +0.7 (95% interval") for text in grounds)


def test_a_hidden_change_is_neither_claimed_nor_denied():
    profile = sample_profile()
    one = dataclasses.replace(profile.indicators[0], change=hidden(Suppression.SMALL_N))
    made = profile_document(dataclasses.replace(profile, indicators=[one]), "en")
    assert not [item for item in statements(made) if "Alcohol" in said(item)]
    changes = next(table for table in tables(made) if table.caption == "Differences between waves")
    assert isinstance(changes.rows[0].cells[1], HiddenCell)


def test_firm_and_arguable_priorities_are_apart(document):
    table = next(table for table in tables(document) if table.caption == "Factors by priority")
    heads = [row.cells[0].text for row in table.rows if row.kind is RowKind.GROUP]
    assert heads == ["Firm priorities", "Arguable priorities", "Not among the first 3"]
    ranking = sample_profile().priorities
    assert [row.code for row in arguable_rows(ranking.ranked, ranking.top)] == ["C-R5", "F-R4"]
    assert "Friends' use of drugs" in table.note


def test_places_are_listed_by_name_and_never_ranked():
    profile = sample_profile()
    scope = Scope(profile, Translator("en"))
    place = profile.indicators[0].breakdowns[-1]
    names = [scope.translator.pick(row.label).casefold() for row in scope.rows(place)]
    assert names == sorted(names)
    assert scope.rows(place) != list(place.rows)
    table = next(
        t for t in tables(profile_document(profile, "en")) if t.caption == "Alcohol in the last 30 days, by group"
    )
    assert "not a ranking" in table.note


def test_key_figures_are_one_for_each_substance(document):
    figures = next(block for block in document.blocks if isinstance(block, KeyFigures))
    assert [item.label for item in figures.items][:3] == [
        "Alcohol in the last 30 days",
        "Electronic cigarettes in the last 30 days",
        "Cannabis in the last 30 days",
    ]
    assert all("95% interval" in item.grounds and "pupils" in item.grounds for item in figures.items)


def test_scales_say_in_which_language_they_are_not_validated(document):
    assert "not validated in this language" in cell_texts(document)
    assert any("factors are measured too roughly" in said(item) for item in statements(document, Verdict.CAUTION))


def test_inferred_factors_are_marked(document):
    details = [c.detail for t in tables(document) for r in t.rows for c in r.cells if isinstance(c, TextCell)]
    assert "inferred: an expert has to confirm it" in details


def test_the_fingerprints_are_in_the_report(document):
    details = [c.detail for t in tables(document) for r in t.rows for c in r.cells if isinstance(c, TextCell)]
    origin = sample_profile().provenance
    for file in (*origin.sources, origin.codebook):
        assert f"SHA-256 {file.sha256}" in details


@pytest.mark.parametrize(("language", "told"), [("en", False), ("ru", True), ("kk", True), ("tk", True)])
def test_machine_translations_say_so(language, told):
    assert bool(whole(language)[0].notice) is told


def test_a_bare_profile_has_no_empty_chapters():
    profile = sample_profile()
    bare = dataclasses.replace(
        profile,
        place={},
        languages=[],
        indicators=[],
        factors=[],
        priorities=dataclasses.replace(profile.priorities, ranked=[], left_out=[]),
        quality=dataclasses.replace(profile.quality, flags=[], by_place=[], participation=[]),
        release=dataclasses.replace(profile.release, suppressed={}),
        provenance=dataclasses.replace(profile.provenance, methods={}, parameters={}, operator=""),
    )
    made = profile_document(bare, "en")
    chapters = [block.anchor for block in made.blocks if isinstance(block, Heading) and block.level == 1]
    assert chapters == ["summary", "quality", "hidden", "computed", "words", "languages"]
    assert made.title == "School survey on health and substance use"
    assert made.subtitle == ""


def test_long_lists_of_indicators_are_drawn_in_parts_on_one_scale():
    profile = sample_profile()
    many = [dataclasses.replace(profile.indicators[i % 4], name=f"i{i}", breakdowns=[]) for i in range(20)]
    made = profile_document(dataclasses.replace(profile, indicators=many, factors=[]), "en")
    parts = [b for b in made.blocks if isinstance(b, Chart) and b.title.startswith("Substance use, part")]
    assert len(parts) == 2
    axes = [
        next(lay for lay in p.wide["layer"] if lay["mark"]["style"] == "interval")["encoding"]["x"]["scale"]
        for p in parts
    ]
    assert axes[0] == axes[1]


def test_a_group_with_nothing_to_draw_is_a_table():
    profile = sample_profile()
    gone = [
        dataclasses.replace(b, rows=[dataclasses.replace(row, figure=hidden()) for row in b.rows])
        for b in profile.indicators[0].breakdowns
    ]
    one = dataclasses.replace(profile.indicators[0], breakdowns=gone, total=hidden(), waves=[], change=None)
    made = profile_document(dataclasses.replace(profile, indicators=[one], factors=[]), "en")
    captions = [block.caption for block in made.blocks if isinstance(block, Table)]
    assert "Alcohol in the last 30 days, by group" in captions


def test_crossed_groups_are_tables_not_charts():
    profile = sample_profile()
    first = profile.indicators[0].breakdowns[0]
    crossed = dataclasses.replace(first, group="sex*grade", label={"en": "Sex and grade"})
    one = dataclasses.replace(profile.indicators[0], breakdowns=[first, crossed])
    made = profile_document(dataclasses.replace(profile, indicators=[one], factors=[]), "en")
    chart = next(b for b in made.blocks if isinstance(b, Chart) and b.title.startswith("Alcohol"))
    assert "Sex and grade" not in [item["label"] for item in chart.wide["data"]["values"]]
    assert "Sex and grade" in [row.cells[0].text for row in chart.table.rows if row.kind is RowKind.GROUP]


def test_only_what_is_known_of_factors_is_told():
    profile = sample_profile()
    bare = [
        dataclasses.replace(factor, type=kind, reliability=[], reference=None, breakdowns=[], inferred=False)
        for factor, kind in zip(profile.factors[:2], ("protective", "protective"), strict=True)
    ]
    made = profile_document(dataclasses.replace(profile, factors=bare), "en")
    heads = [block.text for block in made.blocks if isinstance(block, Heading)]
    assert "Pupils with elevated protection" in heads
    assert not {"Pupils at elevated risk", "How well the factors are measured", "Factors by group"} & set(heads)
    table = next(table for table in tables(made) if table.caption == "Factors and their reference")
    assert "Reference" not in [column.title for column in table.columns]
    risky = [dataclasses.replace(factor, type="risk") for factor in bare]
    made = profile_document(dataclasses.replace(profile, factors=risky), "en")
    assert "Pupils with elevated protection" not in [b.text for b in made.blocks if isinstance(b, Heading)]


def test_a_factor_that_is_ranked_but_not_described_is_a_gap_not_a_crash():
    profile = sample_profile()
    made = profile_document(dataclasses.replace(profile, factors=[]), "en")
    table = next(table for table in tables(made) if table.caption == "Factors by priority")
    assert isinstance(table.rows[1].cells[1], HiddenCell)


def test_what_had_to_be_decided_while_reading_is_told():
    notes = [Note("Read as {encoding}.", {"encoding": "windows-1251"})]
    made = profile_document(dataclasses.replace(sample_profile(), notes=notes), "en")
    said_ = ["".join(span.text for span in item) for b in made.blocks if isinstance(b, Bullets) for item in b.items]
    assert said_ == ["Read as windows-1251."]


def test_a_figure_without_limits_is_in_the_table_but_not_drawn():
    profile = sample_profile()
    lost = dataclasses.replace(shown(0.3).value, se=math.nan, ci_low=math.nan, ci_high=math.nan, deff=math.nan)
    first = profile.indicators[0]
    waves = [dataclasses.replace(wave, figure=Published(lost)) for wave in first.waves]
    one = dataclasses.replace(first, total=Published(lost), waves=waves)
    document = profile_document(dataclasses.replace(profile, indicators=[one], factors=[]), "en")
    chart = next(block for block in document.blocks if isinstance(block, Chart) and block.title.startswith("Substance"))
    assert "estimate" not in chart.wide["data"]["values"][0]
    html = render_html(document).decode()
    assert "nan" not in re.sub(r"base64,[^)\"]+", "", html).lower()
    assert b"%PDF" in render_pdf(document)[:10]
    assert render_excel(profile_workbook(dataclasses.replace(profile, indicators=[one]), "en"))
