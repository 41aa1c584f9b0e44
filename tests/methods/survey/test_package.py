"""The names that a notebook imports from the package itself."""

import pytest

from hashar.methods import survey


@pytest.mark.parametrize("name", survey.__all__)
def test_every_announced_name_is_there_and_documented(name):
    assert getattr(survey, name).__doc__


def test_other_names_are_not():
    with pytest.raises(AttributeError, match="median"):
        survey.median  # noqa: B018  (looking it up is the test)
