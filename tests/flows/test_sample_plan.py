"""The official plan of the demonstration: what is shipped is what its table says, in both languages."""

import pytest

from hashar.plan.contracts.official import CostKind
from hashar.plan.services.official_plans import read_plan
from tests.flows.sample_plan import FOLDER, YEARS, edition, rows


@pytest.fixture(scope="module", params=["ru", "kk"])
def language(request):
    return request.param


@pytest.fixture(scope="module")
def reading(language):
    name = f"plan-{language}.docx"
    return read_plan(content=(FOLDER / name).read_bytes(), name=name)


def test_the_file_is_read_without_a_doubt(reading, language):
    assert reading.edition.language == language
    assert not reading.doubts


def test_the_file_says_what_its_table_says(reading, language):
    found = [
        (one.number, one.text, one.form, one.deadline, ", ".join(body.text for body in one.bodies), one.funds)
        for one in reading.edition.measures
    ]
    wanted = [
        (one["number"], one["measure"], one["form"], one["deadline"], one["bodies"], one["funds"])
        for one in rows(language)
    ]
    assert found == wanted
    assert [each.title for each in reading.edition.sections] == [each.title for each in edition(language).sections]


def test_every_deadline_and_every_sum_is_understood(reading, language):
    assert all(one.deadlines for one in reading.edition.measures)
    kinds = {cost.kind for one in reading.edition.measures for cost in one.costs}
    assert kinds == {CostKind.AMOUNT, CostKind.WITHIN_MEANS, CostKind.NONE}
    for at, year in enumerate(YEARS):
        wanted = sum(int(one[f"cost_{year}"]) for one in rows(language) if one[f"cost_{year}"].isdigit())
        assert sum(one.costs[at].total for one in reading.edition.measures) == wanted


def test_both_languages_are_one_plan():
    columns = [f"cost_{year}" for year in YEARS]
    numbers = [
        [[text if text.isdigit() else "" for text in (one[name] for name in columns)] for one in rows(language)]
        for language in ("ru", "kk")
    ]
    assert numbers[0] == numbers[1]
