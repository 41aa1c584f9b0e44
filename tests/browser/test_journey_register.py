"""The way of a register in a real browser: a new series, a file with mistakes, only its good rows, and back again."""

import re

import pytest
from django.urls import reverse

from hashar.places.services.loading import load_shipped
from tests.browser.checks import axe_faults, runs_over
from tests.people.cast import NOW

FILE = """region,year,registered
KZ-75,2021,1200
KZ-75,2022,1315
Atlantis,2022,5
KZ-75,2023,=1+1
KZ-75,2024,-4
"""


@pytest.fixture
def data(settings, tmp_path, cast):
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    load_shipped(now=NOW)
    return settings.DATA


def press(page, name):
    page.get_by_role("button", name=name).first.click()


def words(page):
    """What the page says below its menu."""
    return page.locator("main").inner_text()


def describe(page):
    """The first step; leads to the step of the file."""
    page.get_by_role("link", name="New series").first.click()
    page.get_by_label("Title").fill("Registered drug offences")
    page.locator("#id_territory").select_option("KZ-75")
    page.locator("#id_measure").select_option("events")
    page.locator("#id_source").fill("Committee on Legal Statistics")
    press(page, "Continue to the file")
    page.get_by_role("heading", name="Import a file").wait_for()


def choose(page, path):
    """The file and its columns, as they were guessed; leads to the preview."""
    page.locator("input[type=file]").set_input_files(path)
    press(page, "Upload and look at the columns")
    page.get_by_role("heading", name="What are the columns?").wait_for()
    assert [page.get_by_label(f"{name}: it is").input_value() for name in ("region", "year", "registered")] == [
        "territory",
        "period",
        "value",
    ]
    press(page, "Look at the result")
    page.get_by_role("heading", name="What would be stored").wait_for()


@pytest.mark.parametrize("scripts", [True, False])
def test_from_an_empty_list_to_an_undone_import(visit, data, tmp_path, scripts):
    path = tmp_path / "register.csv"
    path.write_text(FILE, encoding="utf-8")
    page = visit(reverse("all_series"), "official", java_script_enabled=scripts)
    describe(page)
    series = re.search(r"/series/(\d+)/", page.url)[1]
    choose(page, path)

    table = page.get_by_role("table", name="Cells that are not taken")
    wrong = [row.inner_text() for row in table.get_by_role("row").all()[1:]]
    assert [re.search(r"Atlantis|=1\+1|-4", row)[0] for row in wrong] == ["Atlantis", "=1+1", "-4"]
    assert all(str(row) in said for row, said in zip((4, 5, 6), wrong, strict=True))
    if scripts:
        assert axe_faults(page) + runs_over(page) == []

    press(page, "Store 2 good numbers")
    page.get_by_text("The numbers are stored.").wait_for()
    page.goto(reverse("series", args=[series]))
    assert page.locator("main .badge", has_text="Detection").is_visible()
    assert "detection, not prevalence" in words(page)
    assert "1,315" in words(page)

    page.get_by_role("link", name="register.csv").click()
    page.get_by_role("link", name="Undo this import").click()
    assert "2 numbers that it brought go" in words(page)
    press(page, "Undo the import")
    page.get_by_text("The import is undone.").wait_for()
    assert "No numbers yet" in words(page)
    assert "Undone" in words(page)
    assert "1,315" not in words(page)
