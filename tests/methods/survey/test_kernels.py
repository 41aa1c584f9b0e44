"""The compiled kernel gives the cells and moments of numpy; once compiled, once as the plain Python that it is."""

import importlib.util
import sys

import numpy as np
import pytest
from hypothesis import given, settings

from hashar.methods.survey.cells import cells
from hashar.methods.survey.finish import finish
from hashar.methods.survey.prepare import prepare, rows
from tests.methods.survey.cell_surveys import DOMAINS, assert_same, cell_surveys

numba = pytest.importorskip("numba", reason='the extra "fast" is not installed')
from hashar.methods.survey import kernels  # noqa: E402  (needs numba)


@pytest.fixture(scope="module")
def uncompiled():
    """The module loaded again with the compiler off: the same lines, step by step."""
    name = "hashar.methods.survey.kernels_uncompiled"
    spec = importlib.util.spec_from_file_location(name, kernels.__file__)
    module = importlib.util.module_from_spec(spec)
    before = numba.config.DISABLE_JIT
    numba.config.DISABLE_JIT = True
    try:
        spec.loader.exec_module(module)
    finally:
        numba.config.DISABLE_JIT = before  # before any test: what is compiled later must not see the compiler off
        sys.modules.pop(name, None)
    return module


@pytest.fixture(params=["compiled", "uncompiled"])
def kernel(request):
    return kernels if request.param == "compiled" else request.getfixturevalue("uncompiled")


@pytest.mark.parametrize(("top", "numbers"), [(1, False), (1, True), (3, True)], ids=["yes/no", "both", "codes"])
def test_cells_are_those_of_numpy(kernel, top, numbers):
    @given(cell_surveys(top=top))
    @settings(max_examples=15, deadline=None)
    def check(survey):
        prepared = survey.prepared(numbers=numbers)
        domain = prepared.arrange(survey.domain)
        assert_same(kernel.cells(prepared, domain, DOMAINS), cells(prepared, domain, DOMAINS))

    check()


@pytest.mark.parametrize("statistic", ["proportion", "mean", "total"])
def test_estimates_are_those_of_numpy(kernel, statistic):
    @given(cell_surveys(top=1 if statistic == "proportion" else 3))
    @settings(max_examples=15, deadline=None)
    def check(survey):
        prepared = survey.prepared(numbers=statistic != "proportion")
        found = cells(prepared, prepared.arrange(survey.domain), DOMAINS)
        fast, plain = (finish(found, statistic=statistic, fast=f) for f in (kernel.moments, None))
        for name in ("n", "weighted_n", "estimate", "se", "ci_low", "ci_high", "df"):
            expected = getattr(plain, name)
            scale = 1e-13 * np.nanmax(np.abs(expected), initial=1.0, where=np.isfinite(expected))
            np.testing.assert_allclose(getattr(fast, name), expected, rtol=1e-10, atol=scale, err_msg=name)
        varies = (plain.n > 1) & (plain.se > 1e-9) & (plain.deff > 1e-9) & (plain.deff < 1e9)
        np.testing.assert_allclose(fast.deff[varies], plain.deff[varies], rtol=1e-9)

    check()


def test_without_a_breakdown_there_is_one_domain(kernel):
    prepared = prepare(rows(weights=np.ones(6), clusters=[1, 1, 1, 1, 1, 2]), answers={"q": [0, 1, 1, -1, 1, 0]})
    found = kernel.cells(prepared)
    assert found.n.tolist() == [[4], [1]]
    assert found.yes.tolist() == [[3], [0]]


def test_a_constant_has_no_variance_of_its_own(kernel):
    prepared = prepare(rows(weights=[1.3, 2.7, 3.1], clusters=[1, 2, 3]), numbers={"x": [0.1, 0.1, 0.1]})
    found = finish(cells(prepared), statistic="mean", fast=kernel.moments)
    assert found.se[0] < 1e-15
    assert np.isnan(found.deff[0])


def test_kernels_compile_where_nothing_can_be_kept():
    without_file = {}
    exec("def twice(x):\n    return 2 * x", without_file)
    assert kernels._inline(without_file["twice"])(21) == 42
