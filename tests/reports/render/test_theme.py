import re

import pytest

from hashar.i18n import LANGUAGES, Translator
from hashar.reports.render.charts import Gallery, shape
from hashar.reports.render.theme import DARK, LIGHT, chart_styles, dress, fonts_folder, number_locale
from tests.reports.documents import every_block

COVER = {"light": ("#0b4450", "#c5dde1"), "dark": ("#0a2c35", "#c5dde1")}


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("ink", "paper"), ("ink", "ground"), ("ink", "warm-soft"), ("quiet", "paper"), ("quiet", "ground"),
        ("accent", "paper"), ("paper", "accent"), ("warm", "warm-soft"), ("warm", "paper"),
    ],
)  # fmt: skip
def test_every_text_has_the_contrast_of_wcag_aa(palette, ink, ground):
    assert contrast(palette[ink], palette[ground]) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("mark", ["mark", "warm"])
def test_every_mark_of_a_chart_stands_out_from_the_paper(palette, mark):
    assert contrast(palette[mark], palette["paper"]) >= 3


@pytest.mark.parametrize("ground", COVER.values(), ids=COVER)
def test_the_cover_can_be_read(ground):
    assert contrast(*ground) >= 4.5


def test_both_palettes_name_the_same_colours():
    assert LIGHT.keys() == DARK.keys()


def test_charts_use_no_colour_outside_the_palette():
    found = set(re.findall(r"#[0-9a-f]{6}", repr(chart_styles())))
    assert found <= set(LIGHT.values())


@pytest.mark.parametrize(
    ("language", "decimal", "percent"),
    [("en", ".", "%"), ("ru", ",", "\N{NO-BREAK SPACE}%"), ("kk", ",", "\N{NO-BREAK SPACE}%")],
)
def test_charts_write_numbers_as_the_language_does(language, decimal, percent):
    locale = number_locale(Translator(language))
    assert (locale["decimal"], locale["percent"]) == (decimal, percent)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_a_number_locale(language):
    locale = number_locale(Translator(language))
    assert locale["decimal"] in {".", ","}
    assert "%" in locale["percent"]


def test_a_named_style_is_written_out_and_data_are_left_alone():
    spec = {"data": {"values": [{"mark": {"style": "x"}}]}, "layer": [{"mark": {"type": "rule", "style": "interval"}}]}
    dressed = dress({"concat": [spec]})
    layer = dressed["concat"][0]["layer"][0]
    assert layer["mark"]["stroke"] == LIGHT["mark"]
    assert dressed["concat"][0]["data"] == spec["data"]


def test_the_fonts_hold_the_letters_of_all_seven_languages_and_their_licence_is_beside_them():
    names = {path.name for path in fonts_folder().iterdir()}
    assert {"Inter-Regular.ttf", "Inter-SemiBold.ttf", "Inter-Italic.ttf", "LICENSE.txt"} <= names
    assert "SIL OPEN FONT LICENSE" in (fonts_folder() / "LICENSE.txt").read_text(encoding="utf-8")


def test_a_picture_is_drawn_once_for_all_formats():
    drawn = []
    gallery = Gallery(Translator("en"), drawn=lambda: drawn.append(1))
    chart = next(block for block in every_block("en").blocks if type(block).__name__ == "Chart")
    assert gallery.svg(chart) == gallery.svg(chart)
    assert gallery.png(chart).startswith(b"\x89PNG")
    assert len(drawn) == 1


def test_a_picture_without_a_size_is_refused():
    with pytest.raises(ValueError, match="size"):
        shape("<svg></svg>")
