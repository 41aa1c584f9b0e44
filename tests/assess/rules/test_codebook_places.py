from hashar.assess.rules.codebook_places import path_at
from hashar.errors import CodebookError

POSITIONS = {
    "": (1, 1),
    "title": (1, 1),
    "indicators.0": (3, 5),
    "indicators.alcohol": (3, 5),
    "indicators.alcohol.yes": (3, 30),
}


def error(line, column):
    return CodebookError("{line} {column}", line=line, column=column)


def test_a_problem_stands_at_the_setting_that_begins_before_it():
    assert path_at(POSITIONS, error(3, 35)) == "indicators.alcohol.yes"
    assert path_at(POSITIONS, error(3, 30)) == "indicators.alcohol.yes"
    assert path_at(POSITIONS, error(2, 1)) == "title"


def test_the_name_tells_more_than_the_number():
    assert path_at(POSITIONS, error(3, 6)) == "indicators.alcohol"


def test_a_problem_without_a_place_has_no_setting():
    assert path_at(POSITIONS, CodebookError("no place")) == ""
    assert path_at(POSITIONS, CodebookError("half", line=3)) == ""
    assert path_at({"title": (2, 1)}, error(1, 1)) == ""
