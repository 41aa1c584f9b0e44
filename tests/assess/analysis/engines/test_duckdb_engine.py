import gzip

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hashar.assess.analysis.engines.database import gather
from hashar.assess.analysis.engines.duckdb_engine import connect
from hashar.assess.analysis.engines.plan import CellPlan, Item
from hashar.assess.rules.expressions import parse
from hashar.errors import DesignError, EngineError, InputError, UsageError

PLAN = CellPlan(weight="w", cluster="c", stratum="s", items=[Item("y", "y", 1.0)])


def survey(folder, **columns):
    table = {"w": [1.0, 2.0], "c": [1, 2], "s": [1, 1], "y": [0, 1]} | columns
    pq.write_table(pa.table(table), folder / "survey.parquet")
    return folder / "survey.parquet"


def cells(path, plan=PLAN, **options):
    with connect(path, **options) as database:
        return gather(database, plan)


@pytest.mark.parametrize("weight", [0.0, -1.0, None, float("nan"), float("inf")])
def test_a_weight_that_is_none_is_refused(tmp_path, weight):
    with pytest.raises(DesignError, match="1 rows have a weight that is missing, zero or negative"):
        cells(survey(tmp_path, w=[1.0, weight]))


def test_a_gap_in_the_design_is_refused(tmp_path):
    with pytest.raises(InputError, match='Column "c" of the design is empty in 1 rows'):
        cells(survey(tmp_path, c=[1, None]))


def test_a_cluster_in_two_strata_is_refused(tmp_path):
    with pytest.raises(DesignError, match="is in stratum"):
        cells(survey(tmp_path, c=[1, 1], s=[1, 2]))


def test_text_where_numbers_are_needed_is_refused(tmp_path):
    with pytest.raises(InputError, match='column "y" holds text where numbers are needed'):
        cells(survey(tmp_path, y=["yes", "no"]))


def test_a_column_that_is_not_there_is_refused_with_the_close_one(tmp_path):
    with pytest.raises(InputError, match='no column "Y"; did you mean "y"'):
        cells(survey(tmp_path), CellPlan(weight="w", items=[Item("y", "Y", 1.0)]))


def test_words_are_not_compared_with_numbers(tmp_path):
    plan = CellPlan(weight="w", cluster="c", items=[Item("y", "y", 1.0)], where=parse("y = 'one'"))
    with pytest.raises(UsageError, match="words are compared with numbers"):
        cells(survey(tmp_path), plan)


def test_a_file_without_rows_is_refused(tmp_path):
    empty = pa.table({"w": pa.array([], pa.float64()), "c": pa.array([], pa.int64())})
    pq.write_table(empty.append_column("y", pa.array([], pa.int8())), tmp_path / "survey.parquet")
    with pytest.raises(InputError, match=r"survey.parquet has no rows"):
        cells(tmp_path / "survey.parquet", CellPlan(weight="w", cluster="c", items=[Item("y", "y", 1.0)]))


def test_a_damaged_file_is_refused(tmp_path):
    path = survey(tmp_path)
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(EngineError, match=r"DuckDB could not read survey.parquet"):
        cells(path)


def test_a_file_larger_than_the_memory_limit_goes_to_the_scratch_folder(tmp_path):
    n = 300_000
    path = survey(tmp_path, w=[1.0] * n, c=list(range(n)), s=[1] * n, y=[0, 1] * (n // 2))
    found = cells(path, memory_limit="60MB", scratch=tmp_path / "scratch")
    assert found.rows == len(found.cells) == n


def test_too_little_memory_is_one_sentence(tmp_path):
    n = 300_000
    path = survey(tmp_path, w=[1.0] * n, c=list(range(n)), s=[1] * n, y=[0, 1] * (n // 2))
    with pytest.raises(EngineError, match=r"ran out of memory on survey.parquet"):
        cells(path, memory_limit="2MB", scratch=tmp_path / "scratch")


def test_a_packed_csv_file_is_read(tmp_path):
    with gzip.open(tmp_path / "survey.csv.gz", "wt") as file:
        file.write("w,c,s,y\n1,1,1,0\n2,2,1,1\n2,2,1,NA\n")
    found = cells(tmp_path / "survey.csv.gz")
    assert found.cells.n.tolist() == [[1], [1]]
    assert found.weight == 5


def test_more_items_than_one_statement_holds_are_asked_for_in_parts(tmp_path):
    columns = {f"y{j}": [0, j % 2] for j in range(501)}
    plan = CellPlan(weight="w", cluster="c", stratum="s", items=[Item(name, name, 1.0) for name in columns])
    found = cells(survey(tmp_path, **columns), plan)
    assert found.cells.wy.shape == (2, 501)
    assert found.cells.wy[:, 500].tolist() == [0, 0]
    assert found.cells.wy[:, 499].tolist() == [0, 2]
