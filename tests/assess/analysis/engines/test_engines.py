"""Every engine returns the same cells, from every format it reads."""

import numpy as np
import pytest

from hashar.assess.analysis.engines import cells_from_file, cells_from_table
from hashar.assess.analysis.engines.database import gather
from hashar.assess.analysis.engines.spark_engine import connect as spark
from hashar.assess.sources.files import read_survey
from hashar.errors import UsageError
from hashar.methods.survey.finish import finish
from tests.assess.analysis.engines.survey_file import EXTRA, PLANS, csv, parquet

SUMS = ("rows", "weight", "weight2", "n", "yes", "w", "wy", "wyy")


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("engines")
    return {"parquet": parquet(folder, **EXTRA), "csv": csv(folder, **EXTRA)}


@pytest.fixture(scope="module", params=PLANS)
def plan(request):
    return PLANS[request.param]


@pytest.fixture(scope="module")
def oracle(files, plan):
    """The numpy path on the columns as the usual reader gives them."""
    return cells_from_table(read_survey(files["parquet"], columns=plan.columns), plan)


def assert_same(found, expected):
    """Cells may be in another order where every row is a cluster: then they are compared as a multiset."""
    assert found.domains == expected.domains
    for name in ("rows", "inside", "placed"):
        assert getattr(found, name) == getattr(expected, name)
    assert found.weight == pytest.approx(expected.weight, rel=1e-12)
    ours, theirs = found.cells, expected.cells
    assert ours.items == theirs.items
    orders = [np.lexsort((c.weight, c.domain, c.frame.stratum[c.cluster])) for c in (ours, theirs)]
    np.testing.assert_array_equal(ours.domain[orders[0]], theirs.domain[orders[1]])
    for name in SUMS:
        pair = getattr(ours, name)[orders[0]], getattr(theirs, name)[orders[1]]
        np.testing.assert_allclose(*pair, rtol=1e-12, atol=1e-12, err_msg=name)
    assert ours.yes_no == theirs.yes_no
    np.testing.assert_array_equal(ours.frame.sampled, theirs.frame.sampled)
    np.testing.assert_array_equal(ours.frame.population, theirs.frame.population)


def assert_same_estimates(found, expected):
    statistic = "proportion" if expected.cells.yes_no else "mean"
    ours, theirs = (finish(g.cells, statistic=statistic, single_psu="centre") for g in (found, expected))
    for name in ("estimate", "se", "ci_low", "ci_high", "df"):
        np.testing.assert_allclose(getattr(ours, name), getattr(theirs, name), rtol=1e-9, atol=1e-12, err_msg=name)


def test_memory_reads_parquet_column_by_column(files, plan, oracle):
    assert_same(cells_from_file(files["parquet"], plan), oracle)


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_duckdb_reads_the_file_itself(files, plan, oracle, form):
    found = cells_from_file(files[form], plan, engine="duckdb")
    assert_same(found, oracle)
    assert_same_estimates(found, oracle)


@pytest.fixture(scope="module")
def session():
    pytest.importorskip("pyspark", reason='the extra "spark" is not installed')
    pytest.importorskip("ibis", reason='the extra "spark" is not installed')
    from hashar.assess.analysis.engines.spark_engine import java_is_there, local_session

    if not java_is_there():
        pytest.skip("Spark needs a Java, and this machine has none")
    started = local_session()
    yield started
    started.stop()


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_spark_reads_the_file_itself(files, plan, oracle, form, session):
    with spark(files[form], session=session) as database:
        found = gather(database, plan)
    assert_same(found, oracle)
    assert_same_estimates(found, oracle)


def test_an_engine_that_does_not_exist_is_refused(files):
    with pytest.raises(UsageError, match='There is no engine "abacus"; there are memory, duckdb and spark'):
        cells_from_file(files["parquet"], PLANS["whole survey"], engine="abacus")
