"""What no template may hold, and what each must be good for."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from hashar.reports.render.theme import DARK, LIGHT

WEB = Path(apps.get_app_config("web").path)
TEMPLATES = sorted((WEB / "jinja2").rglob("*.html"))
CODE = sorted([*WEB.rglob("*.py"), *(WEB.parent / "api").rglob("*.py")])
STYLE = (WEB / "static" / "web" / "style.css").read_text(encoding="utf-8")
SCRIPT = (WEB / "static" / "web" / "site.js").read_text(encoding="utf-8")
FORBIDDEN = {
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "inline style": re.compile(r"<style|\sstyle\s*=", re.IGNORECASE),
    "handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "htmx code": re.compile(r"\bhx-(on|vals|vars)\b"),
    "text passed as markup": re.compile(r"\|\s*safe\b|autoescape"),
    "address of another host": re.compile(r"(src|href|action|hx-get|hx-post)\s*=\s*[\"'](https?:)?//", re.IGNORECASE),
    "javascript address": re.compile(r"javascript:", re.IGNORECASE),
}


def name_of(template):
    return template.relative_to(WEB / "jinja2").as_posix()


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_a_template_holds_no_code_no_style_and_nothing_from_elsewhere(template):
    text = re.sub(r"\{#.*?#\}", "", template.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = {what: rule.findall(text) for what, rule in FORBIDDEN.items() if rule.search(text)}
    assert found == {}


@pytest.mark.parametrize(
    "line",
    [
        "<script>1</script>",
        '<p style="x">',
        '<a onclick="x">',
        "{{ x|safe }}",
        '<img src="https://x/">',
        '<b hx-on="x">',
    ],
)
def test_the_scan_sees_what_it_forbids(line):
    assert any(rule.search(line) for rule in FORBIDDEN.values())


def is_named(template, texts):
    """Whether its path stands somewhere, whole or with its last word filled in (``f"assess/codebook_{name}.html"``)."""
    name = name_of(template)
    begun = name.removesuffix(".html").rpartition("_")[0]
    return name in texts or (bool(begun) and f"{begun}_{{" in texts)


def test_every_template_is_used():
    texts = "\n".join(file.read_text(encoding="utf-8") for file in [*CODE, *TEMPLATES])
    by_allauth = ("429.html", "account/", "mfa/", "usersessions/", "socialaccount/")
    ours = [template for template in TEMPLATES if not name_of(template).startswith(by_allauth)]
    assert [name_of(template) for template in ours if not is_named(template, texts)] == []


MACROS = re.findall(
    r"^\{% macro ([a-z]\w*)", (WEB / "jinja2" / "web" / "parts.html").read_text(encoding="utf-8"), re.MULTILINE
)
ELSEWHERE = {"errors", "fields", "field", "csrf", "icon", "refresh", "file_input", "role_word"}
"""Inside another macro, or for the head of a page."""


@pytest.mark.parametrize("macro", MACROS)
def test_every_part_is_shown_on_the_style_page(macro):
    page = (WEB / "jinja2" / "web" / "style.html").read_text(encoding="utf-8")
    assert macro in ELSEWHERE or f"parts.{macro}(" in page


@pytest.mark.parametrize("macro", MACROS)
def test_every_part_says_at_its_head_how_to_use_it(macro):
    parts = (WEB / "jinja2" / "web" / "parts.html").read_text(encoding="utf-8")
    assert f"{{# {macro}(" in parts


def palette(selector):
    block = re.search(re.escape(selector) + r"\s*\{([^}]*)\}", STYLE)
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6})", block[1]))


SCHEMES = {
    "light": palette(":root"),
    "dark device": palette(':root:not([data-look="light"])'),
    "dark chosen": palette(':root[data-look="dark"]'),
}


def test_the_site_wears_the_colours_of_the_reports():
    assert LIGHT.items() <= SCHEMES["light"].items()
    assert DARK.items() <= SCHEMES["dark device"].items()
    assert SCHEMES["dark device"] == SCHEMES["dark chosen"]


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


GROUNDS = ("paper", "ground")
READ = [
    *((text, ground) for text in ("ink", "quiet", "accent", "accent-strong", "warm", "stop") for ground in GROUNDS),
    *((text, "accent-soft") for text in ("ink", "accent", "quiet")),
    *((text, "warm-soft") for text in ("ink", "warm", "quiet")),
    *((text, "stop-soft") for text in ("ink", "stop", "accent")),
    *((text, "cover") for text in ("cover-ink", "cover-quiet")),
    *((text, "faint") for text in ("ink", "accent")),
    *(("on-accent", ground) for ground in ("accent", "accent-strong")),
    *(("paper", ground) for ground in ("stop", "ink")),
]
SEEN = [
    ("edge", "paper"),
    ("edge", "ground"),
    ("mark", "paper"),
    ("warm", "paper"),
    ("accent", "faint"),
    ("stop", "stop-soft"),
]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_texts_stand_out_from_their_ground(scheme):
    colours = SCHEMES["light"] | SCHEMES[scheme]
    weak = {pair: round(contrast(*(colours[name] for name in pair)), 2) for pair in READ}
    assert {pair: value for pair, value in weak.items() if value < 4.5} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_edges_and_marks_stand_out_from_their_ground(scheme):
    colours = SCHEMES["light"] | SCHEMES[scheme]
    weak = {pair: round(contrast(*(colours[name] for name in pair)), 2) for pair in SEEN}
    assert {pair: value for pair, value in weak.items() if value < 3} == {}


def test_the_style_loads_nothing_from_elsewhere_and_respects_less_motion():
    assert re.findall(r"url\((?!\"fonts/|\"data:image/svg)", STYLE) == []
    assert "prefers-reduced-motion" in STYLE
    assert "outline: none" not in STYLE.replace("main:focus { outline: none; }", "")


def test_the_script_of_the_site_evaluates_nothing():
    assert re.findall(r"\beval\(|new Function|innerHTML|insertAdjacentHTML|document\.write", SCRIPT) == []


def test_vendored_scripts_carry_their_licence():
    vendor = WEB / "static" / "web" / "vendor"
    notes = (vendor / "README.md").read_text(encoding="utf-8")
    for script in vendor.glob("*.js"):
        assert f"`{script.name}`" in notes
    for licence in re.findall(r"`(LICENSE-\w+\.txt)`", notes):
        assert (vendor / licence).stat().st_size > 300
