import numpy as np
import pytest
from hypothesis import given, settings

from hashar.errors import DesignError, EstimationError
from hashar.methods.survey.cells import cells, domain_codes, index_cells, merge
from hashar.methods.survey.prepare import prepare, rows
from tests.methods.survey.cell_surveys import DOMAINS, assert_same, cell_surveys


def brute_force(survey, prepared, found):
    """Every sum of every cell, row by row."""
    domain, weight = prepared.arrange(survey.domain), prepared.weights
    cluster = np.repeat(np.arange(prepared.frame.clusters), np.diff(prepared.start))
    for cell, (c, k) in enumerate(zip(found.cluster, found.domain, strict=True)):
        here = (cluster == c) & (domain == k)
        yield cell, "rows", here.sum()
        yield cell, "weight", weight[here].sum()
        yield cell, "weight2", (weight[here] ** 2).sum()
        for j, column in enumerate(survey.columns().values()):
            y = prepared.arrange(column)
            known = here & ~np.isnan(y)
            yield (cell, j), "n", known.sum()
            yield (cell, j), "yes", (y[known] != 0).sum()
            yield (cell, j), "w", weight[known].sum()
            yield (cell, j), "wy", (weight[known] * y[known]).sum()
            yield (cell, j), "wyy", (weight[known] * y[known] ** 2).sum()


@pytest.mark.parametrize("top", [1, 3, 20])
def test_a_cell_holds_the_sums_of_its_rows(top):
    @given(cell_surveys(top=top))
    @settings(max_examples=15, deadline=None)
    def check(survey):
        prepared = survey.prepared()
        found = cells(prepared, prepared.arrange(survey.domain), DOMAINS)
        for at, name, expected in brute_force(survey, prepared, found):
            np.testing.assert_allclose(getattr(found, name)[at], expected, rtol=1e-12, atol=1e-12)
        occupied = {(c, k) for c, k in zip(found.cluster, found.domain, strict=True)}
        assert len(occupied) == len(found)
        assert found.rows.sum() == (survey.domain >= 0).sum()

    check()


@given(cell_surveys(numbers=False))
@settings(max_examples=20, deadline=None)
def test_the_squares_of_yes_no_items_are_their_sums(survey):
    found = cells(survey.prepared())
    assert found.yes_no
    assert found.wyy is found.wy


@given(cell_surveys(top=2))
@settings(max_examples=20, deadline=None)
def test_files_of_one_survey_add_up(survey):
    prepared = survey.prepared()
    whole = cells(prepared, prepared.arrange(survey.domain), DOMAINS)
    half = np.arange(survey.n) % 2 == 0
    parts = []
    for part in (half, ~half):
        if not part.any():
            continue
        sample = rows(**{k: v[part] for k, v in survey.design.items() if k != "fpc"})
        pack = prepare(
            sample,
            answers={k: v[part] for k, v in survey.answers.items()},
            numbers={k: v[part] for k, v in survey.numbers.items()},
        )
        parts.append(cells(pack, pack.arrange(survey.domain[part]), DOMAINS))
    assert_same(merge(parts), whole)


def test_population_sizes_survive_adding_up():
    survey = {"weights": np.ones(4), "strata": [1, 1, 2, 2], "clusters": [1, 2, 3, 4], "fpc": [5, 5, 9, 9]}
    pack = prepare(rows(**survey), answers={"q": np.array([0, 1, 1, 0], np.int8)})
    np.testing.assert_array_equal(merge([cells(pack), cells(pack)]).frame.population, [5, 9])


def test_a_part_without_a_population_size_adds_up_with_its_like():
    first = {"weights": np.ones(2), "strata": [1, 1], "clusters": [1, 2], "fpc": [5, 5]}
    other = {"weights": np.ones(2), "strata": [2, 2], "clusters": [1, 2]}
    packs = [prepare(rows(**s), answers={"q": np.array([0, 1], np.int8)}) for s in (first, other)]
    np.testing.assert_array_equal(merge([cells(p) for p in packs]).frame.population, [5, np.inf])


def test_parts_that_disagree_on_the_population_are_refused():
    survey = {"weights": np.ones(2), "strata": [1, 1], "clusters": [1, 2]}
    packs = [prepare(rows(**survey, fpc=[n, n]), answers={"q": np.array([0, 1], np.int8)}) for n in (5, 6)]
    with pytest.raises(DesignError, match="varies inside a stratum"):
        merge([cells(p) for p in packs])


@given(cell_surveys(top=2))
@settings(max_examples=20, deadline=None)
def test_rolling_up_is_breaking_down_by_the_larger_domains(survey):
    prepared = survey.prepared()
    parent = np.array([1, 0, 1, -1])
    domain = prepared.arrange(survey.domain)
    direct = cells(prepared, np.where(domain >= 0, parent[domain], -1), 2)
    assert_same(cells(prepared, domain, DOMAINS).roll_up(parent, 2), direct)


def test_rolling_up_counts_the_new_domains_itself():
    prepared = prepare(rows(weights=np.ones(2), clusters=[1, 2]), answers={"q": np.array([0, 1], np.int8)})
    assert cells(prepared, [0, 1], 2).roll_up([0, 0]).domains == 1
    assert len(cells(prepared, [0, 1], 2).roll_up([-1, -1])) == 0


def test_every_domain_needs_a_parent():
    prepared = prepare(rows(weights=np.ones(2), clusters=[1, 2]), answers={"q": np.array([0, 1], np.int8)})
    with pytest.raises(EstimationError, match="1 parents were given for 2 domains"):
        cells(prepared, [0, 1], 2).roll_up([0])


def test_items_are_selected_by_name():
    prepared = prepare(
        rows(weights=np.ones(2), clusters=[1, 2]),
        answers={"a": np.array([0, 1], np.int8), "b": np.array([1, 1], np.int8)},
    )
    found = cells(prepared).select(["b"])
    assert found.items == ("b",)
    assert found.yes_no
    np.testing.assert_array_equal(found.wy, [[1], [1]])
    with pytest.raises(EstimationError, match="no cells for c; there are some for: a, b"):
        cells(prepared).select(["c"])


def test_selected_numbers_keep_their_squares():
    prepared = prepare(rows(weights=np.ones(2), clusters=[1, 2]), numbers={"x": [2.0, 3.0]})
    np.testing.assert_array_equal(cells(prepared).select(["x"]).wyy, [[4], [9]])


@pytest.mark.parametrize(
    ("by", "domains"),
    [([0, 5], 2), ([-2, 0], 2), ([0], 2)],
    ids=["too large", "below −1", "too few"],
)
def test_domain_codes_that_do_not_fit_are_refused(by, domains):
    with pytest.raises(EstimationError, match="2 rows and 2 domains"):
        domain_codes(by, 2, domains)


def test_without_domains_there_is_one():
    codes, count = domain_codes(None, 3, None)
    assert count == 1
    assert codes.tolist() == [0, 0, 0]


def test_cells_of_different_items_do_not_add_up():
    packs = [
        prepare(rows(weights=np.ones(2), clusters=[1, 2]), answers={name: np.array([0, 1], np.int8)}) for name in "ab"
    ]
    with pytest.raises(EstimationError, match="same items and domains"):
        merge([cells(p) for p in packs])


def test_many_domains_of_few_rows_are_numbered_by_sorting():
    cluster = np.array([0, 1, 1, 0])
    codes = np.array([70_000, 3, -1, 5], np.int32)
    found = index_cells(cluster, codes, 2, 80_000)
    assert list(zip(found.cluster, found.domain, strict=True)) == [(0, 5), (0, 70_000), (1, 3)]
    assert found.cell.tolist() == [1, 2, 3, 0]
