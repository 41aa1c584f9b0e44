"""A small survey that the command-line tests share."""

import pytest

ROWS = """school,region,w,smoked,age,sex,grade,spent,note
1,1,10,1,13,girl,8,3.5,a
1,1,10,0,14,boy,8,0,b
2,1,12.5,0,13,girl,9,1,c
2,1,12.5,1,15,boy,9,,d
3,2,8,0,16,girl,8,2,e
3,2,8,0,15,boy,9,0,f
4,2,9,1,14,girl,9,7,g
4,2,9,,13,,8,1,h
"""


@pytest.fixture
def survey(tmp_path):
    """Eight pupils, four schools, two regions, one missing answer and one missing sex."""
    path = tmp_path / "survey.csv"
    path.write_text(ROWS)
    return path


@pytest.fixture
def design():
    """The options that describe the survey's sampling."""
    return ["--weight", "w", "--stratum", "region", "--cluster", "school"]
