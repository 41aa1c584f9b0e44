import numpy as np
import pytest

from hashar.assess.analysis.engines.cache import key_of, load, store
from hashar.errors import OutputError
from hashar.methods.survey.cells import cells
from hashar.methods.survey.prepare import prepare, rows
from tests.methods.survey.cell_surveys import assert_same


@pytest.fixture
def prepared():
    sample = rows(weights=[1.0, 2.0, 3.0], strata=["a", "a", "b"], clusters=[7, 8, 9])
    answers = {"q": np.array([0, 1, -1], np.int8)}
    return prepare(sample, answers=answers, numbers={"x": [1.0, np.nan, 3.0]}, groups={"sex": [0, 1, 1]})


def test_a_prepared_survey_is_kept_and_memory_mapped(tmp_path, prepared):
    store(tmp_path, "key", prepared)
    found = load(tmp_path, "key")
    assert isinstance(found.answers, np.memmap)
    assert_same(cells(found, found.groups["sex"], 2), cells(prepared, prepared.groups["sex"], 2))
    assert found.frame.cluster_names.tolist() == [7, 8, 9]
    assert found.frame.stratum_names.tolist() == ["a", "b"]


def test_what_is_kept_is_not_written_again(tmp_path, prepared):
    store(tmp_path, "key", prepared)
    before = (tmp_path / "key" / "answers.npy").stat().st_mtime_ns
    store(tmp_path, "key", prepared)
    assert (tmp_path / "key" / "answers.npy").stat().st_mtime_ns == before
    assert [p.name for p in tmp_path.iterdir()] == ["key"]


def test_nothing_is_found_under_another_key(tmp_path, prepared):
    store(tmp_path, "key", prepared)
    assert load(tmp_path, "other") is None


def test_a_damaged_folder_is_as_good_as_none(tmp_path, prepared):
    store(tmp_path, "key", prepared)
    (tmp_path / "key" / "answers.npy").write_bytes(b"")
    assert load(tmp_path, "key") is None
    (tmp_path / "key" / "about.json").write_text("{}")
    assert load(tmp_path, "key") is None


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path, prepared):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        store(tmp_path / "file", "key", prepared)


def test_the_key_changes_with_the_data_and_with_the_design():
    keys = {key_of("a", ["w"]), key_of("b", ["w"]), key_of("a", ["v"]), key_of("a", ["w", ""])}
    assert len(keys) == 4
