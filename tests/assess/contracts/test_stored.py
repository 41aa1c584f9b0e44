import dataclasses
import datetime as dt
import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashar.assess.contracts.profile import Profile
from hashar.assess.contracts.published import Figure, Published, Reliability, Suppression
from hashar.assess.contracts.stored import figure_from, figure_numbers, profile_from, profile_text
from hashar.assess.contracts.table import Note
from hashar.assess.services.profiles import make_profile
from hashar.reports.services import profile_json
from tests.assess import small_survey

NOW = dt.datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=dt.timezone(dt.timedelta(hours=5)))


@pytest.fixture(scope="module")
def profile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("survey")
    earlier, _ = small_survey.write(folder, wave=2020)
    file, book = small_survey.write(folder)
    return make_profile(
        file=file, codebook=book, earlier=[earlier], now=NOW, rng=np.random.default_rng(1), operator="Айгүл"
    )


def test_a_restored_profile_is_the_profile(profile):
    assert repr(profile_from(profile_text(profile))) == repr(profile)


def test_a_restored_profile_makes_the_same_document_byte_for_byte(profile):
    assert profile_json(profile_from(profile_text(profile))) == profile_json(profile)


def test_storing_again_what_was_restored_changes_no_byte(profile):
    text = profile_text(profile)
    assert profile_text(profile_from(text)) == text


def test_the_profile_tested_has_every_sort_of_content(profile):
    text = profile_text(profile)
    for part in ('"suppressed":"small_n"', '"suppressed":"complementary"', '"value":', '"DONT_KNOW"', "Айгүл"):
        assert part in text, part


def test_numbers_that_json_lacks_survive(profile):
    odd = dataclasses.replace(profile.quality, weight_cv=math.nan)
    changed = dataclasses.replace(profile, quality=odd, notes=[Note("read", {"n": 3, "name": "a", "size": 2.5})])
    restored = profile_from(profile_text(changed))
    assert math.isnan(restored.quality.weight_cv)
    assert restored.notes == changed.notes
    assert json.loads(profile_text(changed))["profile"]["quality"]["weight_cv"] == "nan"


def test_a_text_of_another_form_is_refused(profile):
    other = json.loads(profile_text(profile)) | {"form": "hashar.stored-profile/0"}
    with pytest.raises(ValueError, match="form"):
        profile_from(json.dumps(other))


@pytest.mark.parametrize("broken", [[], "x", {"title": {}}])
def test_a_text_that_holds_no_profile_is_refused(broken):
    with pytest.raises(TypeError):
        profile_from(json.dumps({"form": "hashar.stored-profile/1", "profile": broken}))


def test_a_published_value_that_is_no_object_is_refused(profile):
    content = json.loads(profile_text(profile))
    content["profile"]["quality"]["flags"][0]["count"] = 3
    with pytest.raises(TypeError):
        profile_from(json.dumps(content))


def test_every_field_of_a_profile_is_stored(profile):
    stored = json.loads(profile_text(profile))["profile"]
    assert list(stored) == [field.name for field in dataclasses.fields(Profile)]


NUMBERS = st.floats(allow_nan=True, allow_infinity=True)
FIGURES = st.builds(
    Figure,
    n=st.integers(0, 10**6),
    **dict.fromkeys(("weighted_n", "estimate", "se", "ci_low", "ci_high", "df", "deff", "n_effective"), NUMBERS),
    reliability=st.sampled_from(Reliability),
)


@settings(max_examples=50, deadline=None)
@given(figure=FIGURES)
def test_a_figure_survives_its_row(figure):
    row = figure_numbers(Published(figure))
    restored = restored_from(row)
    assert repr(restored) == repr(Published(figure))


@pytest.mark.parametrize("reason", Suppression)
def test_a_hidden_figure_stays_hidden_and_leaves_no_number(reason):
    row = figure_numbers(Published(None, reason))
    assert row == {"suppressed": reason.value}
    assert figure_from({}, {}, "", str(row["suppressed"])) == Published(None, reason)


def restored_from(row):
    numbers = {name: row[name] for name in row if name not in ("suppressed", "reliability", "undefined")}
    return figure_from(numbers, row["undefined"], row["reliability"], row["suppressed"])
