"""A draft holds everything the file says, marks every guess, can be loaded, and fits the file it came from."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashar.assess.contracts.table import Column, Fingerprint, MissingKind, SurveyTable
from hashar.assess.rules.codebook_check import check
from hashar.assess.rules.codebook_draft import draft_codebook
from hashar.assess.rules.coding import code_survey
from hashar.assess.sources import read_survey
from hashar.assess.sources.codebook import parse_codebook
from hashar.i18n import Translator

DATA = Path(__file__).parents[1] / "sources" / "data"
NAN = float("nan")


def table(name="pupils_2024.sav", label="", **columns):
    rows = len(next(iter(columns.values())).values)
    return SurveyTable(columns, rows, Fingerprint(name, "", 0, rows, len(columns)), label)


def numbers(*values, name="q", **more):
    return Column(name, np.array(values, dtype=float), **more)


def loaded(found):
    return parse_codebook(draft_codebook(found), "draft.yaml")


@pytest.mark.parametrize("name", ["school.sav", "school.zsav", "school.dta", "labels.zsav"])
def test_the_draft_of_a_file_loads_and_fits_it(name):
    found = read_survey(DATA / name)
    book = loaded(found)
    assert check(book, found, book.waves[0].name).problems == []


def test_what_the_spss_file_says_is_in_the_draft():
    book = loaded(read_survey(DATA / "school.sav"))
    q1, q2 = (next(item for item in book.indicators if item.name == name) for name in ("q1", "q2"))
    assert book.title == {"kk": "Сауалнама 2024"}
    assert (book.design.weight, book.design.strata, book.design.clusters) == ("w", ("stratum",), ("psu",))
    assert [level.label["kk"] for level in book.groups[0].levels] == ["Қыз", "Ұл"]
    assert q1.label == {"kk": "Сіз темекі шегіп көрдіңіз бе?"}
    assert (q1.yes, q1.no) == ((1.0,), (2.0,))
    assert q1.missing.codes == {8.0: MissingKind.DONT_KNOW, 9.0: MissingKind.REFUSED}
    assert (q2.yes, q2.no) == ((2.0, 3.0), (1.0,))
    assert q2.missing.codes[-1.0] is MissingKind.NO_ANSWER
    assert q2.missing.codes[98.0] is MissingKind.DONT_KNOW


def test_the_kinds_of_missing_survive_from_file_to_coded_answers():
    found = read_survey(DATA / "school.sav")
    coded = code_survey(loaded(found), found, "1").indicators["q1"]
    assert coded.kinds[:5].tolist() == [0, 0, MissingKind.DONT_KNOW, MissingKind.REFUSED, MissingKind.NO_ANSWER]


def test_stata_letters_survive_from_file_to_coded_answers():
    found = read_survey(DATA / "school.dta")
    text = draft_codebook(found).replace('".a": no_answer', '".a": refused')
    coded = code_survey(parse_codebook(text, "d.yaml"), found, "1").indicators["q1"]
    assert coded.kinds[2:5].tolist() == [MissingKind.REFUSED, MissingKind.NO_ANSWER, MissingKind.NO_ANSWER]


def test_every_guess_is_marked():
    text = draft_codebook(read_survey(DATA / "school.sav"))
    for line in text.splitlines():
        if (
            line.strip().split(":")[0] in ("weight", "strata", "clusters", "type", "yes", "language", "- name")
            and "variable" not in line
        ):
            assert "# check:" in line or line.startswith("  - name: q"), line


def test_the_comments_are_in_the_users_language():
    class Shouting(Translator):
        def gettext(self, message, /, **values):
            return super().gettext(message, **values).upper()

    text = draft_codebook(read_survey(DATA / "school.sav"), Shouting("en"))
    assert "# DRAFT OF A CODEBOOK FOR SCHOOL.SAV: 12 ROWS, 8 COLUMNS." in text


def test_the_year_in_the_name_names_the_wave():
    assert loaded(table(q=numbers(1, 2))).waves[0].name == "2024"
    assert loaded(table("pupils.csv", q=numbers(1, 2))).waves[0].name == "1"


def test_without_weights_and_clusters_the_draft_says_so():
    text = draft_codebook(table(q=numbers(1, 2)))
    assert "no column of weights was found" in text
    assert "no cluster was found" in text


def test_a_single_column_that_looks_like_weights_is_proposed():
    weights = numbers(*(1 + n / 7 for n in range(12)), name="z")
    assert loaded(table(z=weights, q=numbers(*[1, 2] * 6))).design.weight == "z"
    assert loaded(table(z=weights, y=replace(weights, name="y"), q=numbers(*[1, 2] * 6))).design.weight == ""


def test_clusters_that_repeat_in_strata_are_nested_and_lonely_ones_provided_for():
    strata, clusters = numbers(1, 1, 2, 2, name="stratum"), numbers(1, 2, 1, 1, name="psu")
    design = loaded(table(stratum=strata, psu=clusters, q=numbers(1, 2, 1, 2))).design
    assert (design.nest, design.single_psu) == (True, "centre")


def test_places_schools_and_classes_have_their_roles():
    place = Column("region", np.array(["Алматы", "Астана", "Алматы"], dtype=object))
    group = loaded(table(region=place, q=numbers(1, 2, 1))).groups[0]
    assert (group.role, group.levels[0].codes) == ("place", ("Алматы",))


def test_a_group_with_one_level_or_too_many_is_left_out():
    assert loaded(table(sex=numbers(1, 1, name="sex"))).groups == ()
    assert loaded(table(region=numbers(*range(80), name="region"))).groups == ()


def test_identifiers_and_words_are_listed_as_left_out():
    text = draft_codebook(
        table(
            id=numbers(*range(30), name="id"),
            n=numbers(*range(30), name="n"),
            w=Column("w", np.array(["x", "y"] * 15, dtype=object)),
        )
    )
    assert "left out: id, n, w." in text
    assert "indicators: []" in text


def test_a_doubtful_code_and_an_unlabelled_one_are_asked_about():
    column = numbers(1, 2, 9, value_labels={1.0: "Yes", 2.0: "No"})
    text = draft_codebook(table(q=column))
    assert "9: no_answer  # check: why there is no answer" in text


def test_a_missing_kind_told_by_tag_alone_needs_no_remark():
    column = numbers(1, 2, 3, value_labels={1.0: "Good", 2.0: "Bad"})
    assert '      3: "3"' in draft_codebook(table(q=column))


def test_labels_with_odd_characters_stay_valid_yaml():
    odd = 'quote " colon: # hash\n\x07\u2028 tab\t\U0001f600'
    column = numbers(1, 2, 9, name="yes", label=odd, value_labels={1.0: odd, 2.0: "No", 9.0: "Refused\x07 " + odd})
    book = loaded(table(label=odd, yes=column))
    assert book.indicators[0].label == {"en": odd}
    assert book.indicators[0].name == "yes"
    assert book.indicators[0].answers[0][1] == {"en": odd}


@settings(max_examples=30, deadline=None)
@given(
    st.text(min_size=1, max_size=12),
    st.lists(st.one_of(st.sampled_from([1.0, 2.0, 9.0, NAN]), st.floats(-1e6, 1e6)), min_size=1, max_size=12),
    st.dictionaries(st.sampled_from([1.0, 2.0, 9.0]), st.text(max_size=12), max_size=3),
)
def test_any_column_gives_a_draft_that_loads_and_fits(name, values, labels):
    found = table(**{name: Column(name, np.array(values), name, labels)})
    book = loaded(found)
    assert check(book, found, book.waves[0].name).problems == []
