import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hashar.assess.analysis.engines import memory
from hashar.assess.analysis.engines.plan import CellPlan, Item, cross
from hashar.errors import DesignError, InputError
from hashar.methods.survey import cells as plain
from hashar.methods.survey.finish import finish
from hashar.methods.survey.prepare import prepare, rows
from tests.methods.survey.cell_surveys import assert_same

PLAN = CellPlan(weight="w", cluster="c", items=[Item("y", "y", 1.0)])


def survey(folder, **columns):
    pq.write_table(
        pa.table({"w": [1.0, 2.0, 4.0], "c": [1, 2, 2], "y": [0, 1, 1]} | columns), folder / "survey.parquet"
    )
    return folder / "survey.parquet"


@pytest.mark.parametrize(
    "answers",
    [
        pa.array([0, 1, None], pa.int8()),
        pa.array([0, 1, None], pa.int64()),
        pa.array([-5, 1, None], pa.int16()),
        pa.array([0, 1, None], pa.float32()),
        pa.array([0, 1, float("nan")]),
        pa.array([False, True, None]),
        pa.array([300, 1, None]),
    ],
    ids=["bytes", "whole numbers", "negative", "floats", "NaN", "truth", "large"],
)
def test_answers_of_every_type_are_read(tmp_path, answers):
    found = memory.gather(survey(tmp_path, y=answers), PLAN).cells
    assert found.n.tolist() == [[1], [1]]
    assert found.wy.tolist() == [[0], [2]]


def test_a_gap_in_the_design_is_refused(tmp_path):
    with pytest.raises(DesignError, match="1 rows have no cluster"):
        memory.gather(survey(tmp_path, c=pa.array([1, None, 2], pa.int8())), PLAN)


def test_a_column_that_is_not_there_is_refused_with_the_close_one(tmp_path):
    with pytest.raises(InputError, match='no column "Y"; did you mean "y"'):
        memory.gather(survey(tmp_path), CellPlan(weight="w", items=[Item("y", "Y", 1.0)]))


def test_a_damaged_file_is_refused(tmp_path):
    path = survey(tmp_path)
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(InputError, match="damaged or cut short"):
        memory.gather(path, PLAN)


def test_a_file_damaged_in_the_middle_is_refused(tmp_path):
    path = survey(tmp_path)
    content = bytearray(path.read_bytes())
    content[4:60] = b"\xff" * 56
    path.write_bytes(content)
    with pytest.raises(InputError, match="damaged or cut short"):
        memory.gather(path, PLAN)


@pytest.fixture
def prepared():
    sample = rows(weights=[1.0, 2.0, 4.0], clusters=[1, 2, 2])
    return prepare(sample, answers={"q": np.array([0, 1, -1], np.int8)})


def test_the_cells_and_estimates_are_the_same_whether_the_kernel_pays_or_not(prepared):
    expected = plain.cells(prepared)
    assert_same(memory.add_up(prepared, worth=10**18), expected)
    assert_same(memory.add_up(prepared, worth=0), expected)
    for worth in (0, 10**18):
        found = finish(expected, fast=memory.fast(expected, worth=worth))
        np.testing.assert_allclose(found.se, finish(expected).se)


def test_levels_that_occur_are_sorted_and_crossed():
    words = np.array(["b", None, "a", "b"], dtype=object)
    codes = np.array([2, 1, -1, 0], np.int8)
    names, found = cross([words, codes], np.array([True, True, True, True]))
    assert names == (("b", "0"), ("b", "2"))
    assert found.tolist() == [1, -1, -1, 0]


def test_levels_of_excluded_rows_do_not_count():
    names, found = cross([np.array([5.0, 6.5, np.nan])], np.array([False, True, True]))
    assert names == (("6.5",),)
    assert found.tolist() == [-1, 0, -1]


def test_far_apart_codes_are_levels_too():
    names, found = cross([np.array([10**9, 3, 10**9])], np.ones(3, bool))
    assert names == (("3",), ("1000000000",))
    assert found.tolist() == [1, 0, 1]
