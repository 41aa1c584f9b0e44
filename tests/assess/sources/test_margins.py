"""Small files beside the survey: what they may look like, and what is refused."""

import pytest

from hashar.assess.sources.margins import read_poststrata, read_rake, read_scales
from hashar.errors import InputError


def written(tmp_path, text):
    path = tmp_path / "counts.csv"
    path.write_text(text)
    return path


def test_post_strata_are_rows_of_codes_with_their_population(tmp_path):
    found = read_poststrata(written(tmp_path, "sex,grade,population\ngirl,8,100\nboy,8,50.5\n"))
    assert found.groups == ("sex", "grade")
    assert found.counts == {("girl", "8"): 100, ("boy", "8"): 50.5}


def test_the_number_of_people_may_be_called_as_r_calls_it(tmp_path):
    assert read_poststrata(written(tmp_path, "sex,Freq\ngirl,3\n")).counts == {("girl",): 3}


def test_margins_of_raking_may_be_crossed(tmp_path):
    text = "variable,level,population\nsex,girl,100\nsex,boy,90\ngrade*lang,8*ru,150\ngrade*lang,9*kk,40\n"
    sex, crossed = read_rake(written(tmp_path, text))
    assert (sex.groups, crossed.groups) == (("sex",), ("grade", "lang"))
    assert crossed.counts == {("8", "ru"): 150, ("9", "kk"): 40}


def test_a_level_may_hold_a_star_where_one_variable_is_meant(tmp_path):
    (found,) = read_rake(written(tmp_path, "variable,level,population\nmark,*,3\nmark,**,4\n"))
    assert found.counts == {("*",): 3, ("**",): 4}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sex,people\ngirl,3\n", "no column “population”"),
        ("sex,population\ngirl,3\nboy,0\n", "row 2"),
        ("sex,population\ngirl,many\n", "row 1"),
        ("population\n3\n", "no group column"),
        ("sex,population\ngirl,3\ngirl,4\n", "girl is there twice"),
        ("sex,grade,population\n,8,3\ngirl,8,4\n", "row 1: “sex” is empty"),
    ],
)
def test_post_strata_that_make_no_sense_are_refused(tmp_path, text, words):
    with pytest.raises(InputError, match=words):
        read_poststrata(written(tmp_path, text))


@pytest.mark.parametrize("text", ["level,population\ngirl,3\n", "variable,population\nsex,3\n"])
def test_raking_needs_its_three_columns(tmp_path, text):
    with pytest.raises(InputError, match="variable, level, population"):
        read_rake(written(tmp_path, text))


def test_scales_are_one_number_per_line_or_a_column(tmp_path):
    plain = read_scales(written(tmp_path, "0.5\n\n1\n"))
    assert (plain.overall, plain.each.tolist()) == (None, [0.5, 1])
    table = read_scales(written(tmp_path, "rep,scale,rscale\n1,0.25,1\n2,0.25,2\n"))
    assert (table.overall, table.each.tolist()) == (0.25, [1, 2])
    assert read_scales(written(tmp_path, '"rscale"\n3\n')).overall is None


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "rscale\nmany\n", "rscale,scale\n1\n"])
def test_other_scales_are_refused(tmp_path, text):
    with pytest.raises(InputError, match="not the scales of replicates"):
        read_scales(written(tmp_path, text))


def test_scales_that_cannot_be_read_are_refused(tmp_path):
    with pytest.raises(InputError, match="could not be read"):
        read_scales(tmp_path / "absent.txt")
