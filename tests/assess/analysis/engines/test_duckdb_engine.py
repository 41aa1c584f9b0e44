import gzip
import resource
from contextlib import contextmanager

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hashar.assess.analysis.engines.database import gather
from hashar.assess.analysis.engines.duckdb_engine import connect
from hashar.assess.analysis.engines.plan import CellPlan, Item
from hashar.assess.rules.expressions import parse
from hashar.errors import DesignError, EngineError, InputError, OutputError, UsageError

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
    found = cells(path, memory_limit="60MB", scratch=tmp_path)
    assert found.rows == len(found.cells) == n


def test_too_little_memory_is_one_sentence(tmp_path):
    n = 300_000
    path = survey(tmp_path, w=[1.0] * n, c=list(range(n)), s=[1] * n, y=[0, 1] * (n // 2))
    with pytest.raises(EngineError, match=r"ran out of memory on survey.parquet"):
        cells(path, memory_limit="2MB", scratch=tmp_path)


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


def written(folder, rows=2):
    path = folder / "survey.csv"
    path.write_text("w,c,s,y,other\n" + "".join(f"{1 + j / rows},{j},1,{j % 2},no\n" for j in range(rows)))
    return path


@contextmanager
def files_no_larger_than(size):
    """Writing more fails as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_csv_file_is_read_once(tmp_path):
    """What was copied stays to be asked for when the file is gone."""
    path = written(tmp_path)
    with connect(path, columns=[*PLAN.columns, "w", "absent"]) as database:
        path.unlink()
        assert gather(database, PLAN).weight == 2.5
        with pytest.raises(InputError, match='no column "absent"'):
            gather(database, CellPlan(weight="w", items=[Item("y", "absent", 1.0)]))


def test_only_the_columns_that_are_needed_are_copied(tmp_path):
    with connect(written(tmp_path), columns=["y", "w"]) as database:
        assert list(database.raw) == ["w", "c", "s", "y", "other"]
        assert list(database.ask("SELECT * FROM survey")) == ["y", "w"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, ValueError])
def test_the_copy_is_private_and_goes_whatever_happens(tmp_path, error):
    path, scratch = written(tmp_path), tmp_path / "scratch"
    scratch.mkdir()

    def fail_halfway():
        with connect(path, columns=PLAN.columns, scratch=scratch):
            (folder,) = scratch.iterdir()
            assert folder.stat().st_mode & 0o777 == 0o700
            assert (folder / "survey.duckdb").exists()
            raise error

    with pytest.raises(error):
        fail_halfway()
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("size", [100, 100_000], ids=["at once", "in the middle"])
def test_a_full_disk_is_one_sentence_and_leaves_nothing(tmp_path, size):
    path, scratch = written(tmp_path, 100_000), tmp_path / "scratch"
    scratch.mkdir()
    with files_no_larger_than(size), pytest.raises(OutputError, match=r"disk is full: .*scratch.hashar-"):
        cells(path, columns=PLAN.columns, scratch=scratch)
    assert list(scratch.iterdir()) == []


def test_a_scratch_folder_that_is_none_is_refused(tmp_path):
    path = written(tmp_path)
    with pytest.raises(OutputError, match=r"survey.csv” could not be written: Not a directory"):
        cells(path, columns=PLAN.columns, scratch=path)
