"""Places of a codebook are territories of the site: known, each once, kept by their present codes."""

import re

import pytest

from hashar.assess.queries import releases as queries
from hashar.assess.services.codebook_territories import placed, territory_problems
from hashar.assess.services.codebook_versions import check_codebook
from hashar.assess.sources.codebook import parse_codebook
from hashar.errors import CodebookError
from hashar.places.queries import recognised
from tests.assess import regions_survey, small_survey
from tests.consistency.source import ROOT
from tests.people.cast import NOW, make_territory
from tests.places.shipped import shipped  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db


def with_territories(**territories):
    text = small_survey.CODEBOOK
    for name, territory in territories.items():
        text = text.replace(f"{{name: {name}, codes:", f'{{name: {name}, territory: "{territory}", codes:')
    return parse_codebook(text, "codebook.yaml")


def said(**territories):
    return [str(one) for one in territory_problems(with_territories(**territories))]


def test_a_territory_is_known_by_code_former_code_or_name_in_full():
    texts = {
        "KZ-75": "KZ-75",
        "KZ-ALA": "KZ-75",
        "kz-75": "KZ-75",
        "Карагандинская область": "KZ-35",
        "г. Шымкент": "KZ-79",
    }
    assert {text: place.code for text, place in recognised(texts).items()} == texts
    assert recognised([]) == {}
    assert recognised(["", "Караганд", "Шымкент", "Atlantis"]) == {}
    assert recognised([*(f"x{at}" for at in range(40_000)), "KZ-75"]).keys() == {"KZ-75"}


def test_a_name_of_two_places_is_neither_but_a_present_code_is_its_own():
    first = make_territory("KZ-99", None, "region", {"en": "Twice"})
    make_territory("KZ-98", None, "region", {"en": "Twice"})
    from hashar.places.models import SearchKey

    for code in ("KZ-99", "KZ-98"):
        territory = make_territory(code, None, "region", {})
        SearchKey.objects.create(territory=territory, folded="tvice", languages="en", named=True, size=5)
        SearchKey.objects.create(territory=territory, folded="kz99", languages="", named=False, size=4)
    found = recognised(["Twice", "KZ-99"])
    assert {text: place.id for text, place in found.items()} == {"KZ-99": first.pk}


def test_what_this_site_does_not_know_is_named_with_its_level(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert said() == []
    assert said(north="KZ-75", south="KZ-71") == []
    (problem,) = territory_problems(with_territories(north="KZ-75", south="Atlantis"))
    assert "“Atlantis” is no place of this site, or more than one. Write its code." in str(problem)
    assert problem.values["line"] > 10


def test_two_spellings_of_one_territory_are_one():
    (problem,) = said(north="KZ-75", south="KZ-ALA")
    assert 'code KZ-75 belongs to two levels of "place"' in problem


def test_codes_become_the_present_ones():
    book = placed(with_territories(north="KZ-ALA", south="Atlantis"))
    assert [level.territory for level in book.groups[0].levels] == ["KZ-75", "Atlantis", "", ""]
    assert placed(with_territories()) == with_territories()


def test_the_check_says_where_the_unknown_territory_stands(survey, cast):
    text = small_survey.CODEBOOK.replace("codes: [2], label: {en: South}", "codes: [2], territory: Atlantis")
    (problem,) = check_codebook(actor=cast.actor("analyst"), survey=survey.id, text=text)
    assert problem.values["path"] == "groups.place.levels.1.territory"


def test_a_codebook_waits_for_a_territory_and_goes_on_when_it_is_there(survey, cast):
    file = survey.upload()
    text = small_survey.CODEBOOK.replace("codes: [1], label: {en: North}", "codes: [1], territory: KZ-75-1")
    assert survey.save(text).problems == 1
    with pytest.raises(CodebookError, match="1 problems"):
        survey.ask(file.id)
    from hashar.places.models import SearchKey

    territory = make_territory("KZ-75-1", None, "district", {"en": "North"})
    SearchKey.objects.create(territory=territory, folded="kz751", languages="", named=False, size=5)
    assert survey.ask(file.id).state == "queued"
    assert survey.detail().codebook.problems == 0


def test_a_release_keeps_the_territory_of_each_level(cast, data):
    _, release = regions_survey.make_release(cast, NOW)
    profile = queries.profile(cast.actor("analyst"), release)
    rows = {row.level: row for row in profile.indicators[0].breakdowns[0].rows}
    assert (rows["almaty"].territory, rows["almaty_region"].territory) == ("KZ-75", "KZ-19")
    assert rows["karagandy"].territory == "KZ-35"
    assert {row.territory for row in profile.indicators[0].breakdowns[1].rows} == {""}
    assert {row.territory for row in profile.factors[0].breakdowns[0].rows} >= {"KZ-75"}
    assert rows["west"].figure.value is None


def test_the_example_of_the_reference_is_a_codebook_whose_territories_are_known():
    page = (ROOT / "docs/reference/codebook.md").read_text(encoding="utf-8")
    example = next(block for block in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL) if "territory:" in block)
    rest = 'title: T\nwaves: [{name: "1", files: "*"}]\nindicators: [{name: a, label: A, variable: q, yes: 1, no: 2}]\n'
    book = parse_codebook(rest + example, "codebook.yaml")
    assert territory_problems(book) == []
    assert [level.territory for level in placed(book).groups[0].levels] == ["KZ-75", "KZ-35", ""]
