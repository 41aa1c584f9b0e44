from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashar.assess.analysis.release import Key, ReleaseDraft
from hashar.assess.contracts.codebook import DisclosureSettings
from hashar.assess.contracts.published import Change, Published, Suppression
from hashar.assess.contracts.table import MissingKind
from hashar.errors import DisclosureError
from hashar.methods.survey.records import Estimate

SETTINGS = DisclosureSettings(minimum_n=30, minimum_count=5, minimum_clusters=2)


def row(n, share, weighted_n=None, reliability=0):
    one = np.ones(1)
    return Estimate(
        n=np.array([n]),
        weighted_n=np.array([float(n if weighted_n is None else weighted_n)]),
        estimate=np.array([share]),
        se=one * 0.0123456,
        ci_low=one * share * 0.9,
        ci_high=one * share * 1.1,
        df=one * 30,
        deff=one * 1.2345,
        n_effective=one * 123.4,
        reliability=np.array([reliability], dtype=np.int8),
    )


def put(draft, measure, cells, wave="2019", clusters=10):
    """Register (n, yes[, weighted_n, share]) by domain."""
    for domain, (n, yes, *weighted) in cells.items():
        weight, share = weighted or (n, yes / n if n else np.nan)
        draft.proportion(Key.of(measure, wave, dict(domain)), row(n, share, weight), 0, yes=yes, clusters=clusters)
    return draft


def sex(level):
    return (("sex", level),)


def hidden(released):
    return {key: figure.suppressed for key, figure in released.figures.items() if figure.suppressed}


BY_SEX = {(): (200, 23), sex("f"): (95, 3), sex("m"): (105, 20)}


def test_a_small_count_takes_its_sibling_along():
    released = put(ReleaseDraft(SETTINGS), "cannabis", BY_SEX).release()
    assert released.figure(Key.of("cannabis", "2019")).value.n == 200
    assert hidden(released) == {
        Key.of("cannabis", "2019", {"sex": "f"}): Suppression.SMALL_COUNT,
        Key.of("cannabis", "2019", {"sex": "m"}): Suppression.COMPLEMENTARY,
    }
    assert released.summary.suppressed == {"small_count": 1, "complementary": 1}
    assert (released.summary.cells, released.summary.attacked, released.summary.recovered) == (3, 2, 0)


def test_a_sibling_without_weight_gives_no_cover():
    """B's eight cover A's three by number, but all of B weighs half a pupil: A's weighted count would be plain."""
    cells = {
        (("town", "A"),): (60, 3, 100, 0.05),
        (("town", "B"),): (50, 8, 0.5, 0.16),
        (("town", "C"),): (90, 30, 99.5, 0.3),
    }
    total = sum(weight * share for _, _, weight, share in cells.values())
    released = put(ReleaseDraft(SETTINGS), "cannabis", {(): (200, 41, 200, total / 200), **cells}).release()
    assert released.figure(Key.of("cannabis", "2019", {"town": "C"})).suppressed is Suppression.COMPLEMENTARY


def test_pupils_whose_sex_is_unknown_are_no_place_to_hide_in():
    cells = {**BY_SEX, (): (230, 26)}
    assert len(hidden(put(ReleaseDraft(SETTINGS), "cannabis", cells).release())) == 2


def test_a_table_is_linked_to_the_total_where_its_margins_are_not_printed():
    crossed = {
        (("grade", g), ("sex", s)): (50, 3 if (g, s) == ("9", "f") else 20) for g, s in product(("9", "10"), "fm")
    }
    released = put(ReleaseDraft(SETTINGS), "cannabis", {(): (200, 63), **crossed}).release()
    assert len(hidden(released)) == 2


def test_a_level_that_its_own_table_lacks_still_adds_up_to_the_total():
    """Only the girls' margin is printed: the boys' grades are the total less the girls."""
    girls = {(("grade", g), ("sex", "f")): (50, 20) for g in ("9", "10")}
    boys = {(("grade", "9"), ("sex", "m")): (50, 3), (("grade", "10"), ("sex", "m")): (50, 20)}
    cells = {(): (200, 63), sex("f"): (100, 40), **girls, **boys}
    gone = hidden(put(ReleaseDraft(SETTINGS), "cannabis", cells).release())
    assert len(gone) == 2


def test_two_tables_share_a_margin_that_is_not_printed():
    by_sex = {
        (("grade", g), ("sex", s)): (50, 3 if (g, s) == ("9", "f") else 20) for g, s in product(("9", "10"), "fm")
    }
    by_town = {(("grade", g), ("town", t)): (50, 11 if g == "9" else 20) for g, t in product(("9", "10"), "AB")}
    by_town[("grade", "9"), ("town", "B")] = (50, 12)
    gone = hidden(put(ReleaseDraft(SETTINGS), "cannabis", by_sex | by_town).release())
    assert len(gone) == 2
    assert all(dict(key.domain)["grade"] == "9" for key in gone)


def test_places_add_up_to_their_region():
    places = {(("place", p),): (60, yes) for p, yes in (("a", 2), ("b", 20), ("c", 30), ("d", 25))}
    regions = {(("region", "N"),): (120, 22), (("region", "S"),): (120, 55)}
    draft = put(ReleaseDraft(SETTINGS), "cannabis", {(): (240, 77), **regions, **places})
    draft.nest(child="place", parent="region", of={"a": "N", "b": "N", "c": "S", "d": "S"})
    gone = hidden(draft.release())
    assert set(gone) == {Key.of("cannabis", "2019", {"place": place}) for place in "ab"}


def test_a_place_outside_every_region_is_left_out_of_their_sums():
    places = {(("place", p),): (60, yes) for p, yes in (("a", 2), ("b", 20), ("c", 30))}
    draft = put(ReleaseDraft(SETTINGS), "cannabis", {(("region", "N"),): (120, 22), **places})
    draft.nest(child="place", parent="region", of={"a": "N", "b": "N"})
    assert len(hidden(draft.release())) == 2


def test_waves_are_protected_apart_and_a_change_needs_both():
    draft = put(ReleaseDraft(SETTINGS), "cannabis", {(): (200, 3)}, wave="2017")
    put(draft, "cannabis", BY_SEX)
    put(draft, "alcohol", {(): (200, 53)}, wave="2017")
    put(draft, "alcohol", {(): (200, 63)})
    change = Change(
        "2017", "2019", 0.123456, 0.0123456, -0.1, 0.2, 30, 1.23456, 0.01234567, 0.02, 0.0567891, shown=False
    )
    released = draft.change(Key.of("cannabis"), change).change(Key.of("alcohol"), change).release()
    assert released.change(Key.of("cannabis")) == Published(None, Suppression.SMALL_COUNT)
    shown = released.change(Key.of("alcohol")).value
    assert (shown.difference, shown.se, shown.detectable, shown.p) == (0.1234, 0.01234, 0.0568, 0.01234)


def test_a_change_of_waves_that_are_not_released_is_refused():
    change = Change("2017", "2019", 0.1, 0.1, 0.0, 0.2, 30, 1.0, 0.3, 0.3, 0.1, shown=False)
    draft = put(ReleaseDraft(SETTINGS), "cannabis", BY_SEX).change(Key.of("cannabis"), change)
    with pytest.raises(DisclosureError, match="not in this release"):
        draft.release()


def test_an_answer_and_its_indicator_are_linked():
    draft = put(ReleaseDraft(SETTINGS), "smoking", {(): (200, 43)})
    for answer, count in {"never": 157, "1-2": 30, "3-9": 10, "10+": 3}.items():
        draft.proportion(Key.of("smoking", "2019", answer=answer), row(200, count / 200), 0, yes=count, clusters=9)
    released = draft.answers("smoking", yes=("1-2", "3-9", "10+")).release()
    assert set(hidden(released)) == {Key.of("smoking", "2019", answer=answer) for answer in ("10+", "3-9")}


def test_answers_without_an_indicator_still_add_up_to_everybody():
    draft = ReleaseDraft(SETTINGS)
    for answer, count in {"never": 187, "1-2": 10, "3-9": 3}.items():
        draft.proportion(Key.of("smoking", "2019", answer=answer), row(200, count / 200), 0, yes=count, clusters=9)
    assert len(hidden(draft.release())) == 2


def test_a_derived_indicator_and_its_parts_are_linked():
    draft = put(ReleaseDraft(SETTINGS), "any", {(): (200, 9)})
    put(draft, "cannabis", {(): (200, 9)})
    put(draft, "ecstasy", {(): (200, 2)})
    put(draft, "both", {(): (200, 2)})
    put(draft, "daily", {(): (200, 6)})
    draft.part_of("any", ["cannabis", "ecstasy"]).part_of("both", ["cannabis", "ecstasy"], at_least=2)
    draft.within("daily", "cannabis").part_of("any", ["cannabis", "ecstasy"]).part_of("any", ["not in this release"])
    assert draft.release().summary.recovered == 0


def test_counts_of_flags_are_protected_by_place():
    draft = ReleaseDraft(SETTINGS).pupils(Key.of("questionnaires", "w"), 260)
    draft.count(Key.of("flag", "w"), 24, of=260)
    for place, (flagged, of) in {"a": (3, 80), "b": (9, 80), "c": (12, 80), "d": (0, 20)}.items():
        draft.pupils(Key.of("questionnaires", "w", {"place": place}), of)
        draft.count(Key.of("flag", "w", {"place": place}), flagged, of=of, clusters=4)
    released = draft.release()
    assert released.count(Key.of("flag", "w")) == Published(24)
    assert released.share(Key.of("flag", "w")) == Published(0.0923)
    assert released.count(Key.of("flag", "w", {"place": "a"})).suppressed is Suppression.SMALL_COUNT
    assert released.share(Key.of("flag", "w", {"place": "a"})).suppressed is Suppression.SMALL_COUNT
    assert released.count(Key.of("questionnaires", "w", {"place": "d"})).suppressed is Suppression.SMALL_N
    shown = [released.count(Key.of("questionnaires", "w", {"place": place})).value for place in "abcd"]
    assert shown.count(None) == 2


def test_a_number_of_schools_is_about_no_pupil():
    assert ReleaseDraft(SETTINGS).units(Key.of("schools"), 3).release().count(Key.of("schools")) == Published(3)


def test_a_few_refusals_are_hidden_among_the_other_missing_answers():
    counts = {MissingKind.NO_ANSWER: 40, MissingKind.REFUSED: 2}
    released = put(ReleaseDraft(SETTINGS), "x", BY_SEX).missing("x", "2019", counts).release()
    assert released.missing("x", "2019", MissingKind.REFUSED).suppressed is Suppression.SMALL_COUNT
    assert released.missing("x", "2019", MissingKind.NO_ANSWER).suppressed is Suppression.COMPLEMENTARY
    assert released.missing("x", "2019", MissingKind.DONT_KNOW) == Published(0)


def test_a_mean_is_hidden_with_its_sibling():
    draft = ReleaseDraft(SETTINGS)
    for domain, n in (((), 200), (sex("f"), 180), (sex("m"), 20)):
        draft.mean(Key.of("age", "w", dict(domain)), row(n, 13.456789), 0, clusters=9)
    released = draft.release()
    assert set(hidden(released).values()) == {Suppression.SMALL_N, Suppression.COMPLEMENTARY}
    assert released.figure(Key.of("age", "w")).value.estimate == 13.457


def test_a_domain_that_nobody_was_asked_in_says_so():
    released = put(
        ReleaseDraft(SETTINGS), "x", {(): (200, 50, 210, 0.2), sex("f"): (200, 50, 210, 0.2), sex("m"): (0, 0)}
    ).release()
    assert hidden(released) == {Key.of("x", "2019", {"sex": "m"}): Suppression.NOT_ASKED}


def test_pupils_of_one_class_are_hidden():
    released = put(ReleaseDraft(SETTINGS), "x", {(): (100, 50)}, clusters=1).release()
    assert set(hidden(released).values()) == {Suppression.FEW_CLUSTERS}


def test_an_unreliable_figure_is_hidden_only_if_the_setting_says_so():
    for setting, reason in ((False, None), (True, Suppression.UNRELIABLE)):
        draft = ReleaseDraft(replace(SETTINGS, hide_unreliable=setting))
        draft.proportion(Key.of("x"), row(100, 0.5, reliability=2), 0, yes=50, clusters=9)
        draft.mean(Key.of("y"), row(100, 5.0, reliability=2), 0, clusters=9)
        released = draft.release()
        assert released.figure(Key.of("x")).suppressed is reason
        assert released.figure(Key.of("y")).suppressed is reason


def test_a_number_is_registered_once():
    draft = put(ReleaseDraft(SETTINGS), "x", {(): (100, 50)})
    with pytest.raises(DisclosureError, match="twice"):
        put(draft, "x", {(): (100, 50)})


def test_a_release_that_the_attacker_opens_is_refused():
    """A domain with a level missing from the draft: the small answer is all that its own total leaves unknown."""
    draft = ReleaseDraft(SETTINGS)
    draft.proportion(Key.of("x", answer="a"), row(200, 0.015), 0, yes=3, clusters=9)
    with pytest.raises(DisclosureError, match="Nothing is published: 1 hidden"):
        draft.release()


@pytest.mark.parametrize(
    ("value", "printed"),
    [(0.12346, 0.1234), (0.12352, 0.1236), (0.1235, 0.1235), (0.12341, 0.1234), (0.0, 0.0), (-0.12346, -0.1234)],
)
def test_a_published_share_rounds_on_to_the_right_decimal(value, printed):
    draft = ReleaseDraft(SETTINGS)
    draft.proportion(Key.of("x"), row(5000, value), 0, yes=617, clusters=9)
    shown = draft.release().figure(Key.of("x")).value.estimate
    assert shown == pytest.approx(printed, abs=1e-12)


def test_a_figure_is_published_with_few_digits():
    released = put(ReleaseDraft(SETTINGS), "x", {(): (200, 50, 1234.567, 0.251234)}).release()
    figure = released.figure(Key.of("x", "2019")).value
    assert (figure.weighted_n, figure.estimate, figure.se, figure.deff, figure.n_effective) == (
        1235,
        0.2512,
        0.01234,
        1.23,
        123,
    )
    small = put(ReleaseDraft(SETTINGS), "x", {(): (200, 50, 1.234567, 0.25)}).release()
    assert small.figure(Key.of("x", "2019")).value.weighted_n == 1.23


@st.composite
def survey(draw):
    """Counts and weights of a crossed table, with pupils of unknown sex."""
    generator = np.random.default_rng(draw(st.integers(0, 10_000)))
    n = generator.integers(0, draw(st.sampled_from([60, 200, 600])), size=(3, draw(st.integers(2, 4))))
    yes = generator.binomial(n, draw(st.sampled_from([0.01, 0.05, 0.2, 0.98])))
    weight = n * generator.uniform(0.5, 2.0, n.shape)
    share = np.clip(yes / np.maximum(n, 1) * generator.uniform(0.8, 1.2, n.shape), 0, 1)
    share = np.where(yes == n, 1.0, np.where(yes == 0, 0.0, share))
    return n, yes, weight, share


def drafted(n, yes, weight, share):
    """All margins of sex (the first two rows; the third is unknown) by grade."""
    cells = {}
    for rows, columns in product(
        [(0, 1, 2), (0,), (1,)], [tuple(range(n.shape[1])), *((j,) for j in range(n.shape[1]))]
    ):
        domain = [("sex", "fm"[rows[0]])] if len(rows) == 1 else []
        domain += [("grade", str(columns[0]))] if len(columns) == 1 else []
        part = np.ix_(rows, columns)
        total = weight[part].sum()
        cells[tuple(sorted(domain))] = (
            int(n[part].sum()),
            int(yes[part].sum()),
            total,
            float((weight * share)[part].sum() / total) if total else np.nan,
        )
    return cells


@settings(max_examples=30, deadline=None)
@given(survey())
def test_no_hidden_share_can_be_subtracted_from_what_is_published(counts):
    """An attacker of this test's own: he sees the published records only, and subtracts within every row of a table."""
    cells = drafted(*counts)
    released = put(ReleaseDraft(SETTINGS), "x", cells).release()
    for domain in cells:
        for group in {"sex", "grade"} - dict(domain).keys():
            parts = [
                Key.of("x", "2019", dict(d))
                for d in cells
                if dict(domain).items() < dict(d).items() and group in dict(d) and len(d) == len(domain) + 1
            ]
            row_ = [released.figure(key) for key in [Key.of("x", "2019", dict(domain)), *parts]]
            gone = [figure for figure in row_ if figure.suppressed not in (None, Suppression.NOT_ASKED)]
            unknown = cells[domain][0] - sum(cells[key.domain][0] for key in parts)
            assert len(gone) != 1 or (row_[0].value is None and unknown > 0)
    for key, figure in released.figures.items():
        n, yes, *_ = cells[key.domain]
        if figure.value is not None:
            assert n >= 30
            assert yes == 0 or 5 <= yes <= n - 5


def test_a_domain_of_pupils_who_all_left_another_question_blank_is_protected():
    """Grade 10 is hidden; that its girls and boys are none must not give away what the rest of it said."""
    cells = {
        (): (152, 2),
        sex("f"): (56, 0),
        sex("m"): (32, 0),
        (("grade", "9"),): (99, 0),
        (("grade", "10"),): (53, 2),
    }
    cells |= {(("grade", "9"), ("sex", "f")): (56, 0), (("grade", "9"), ("sex", "m")): (32, 0)}
    cells |= {(("grade", "10"), ("sex", level)): (0, 0) for level in "fm"}
    released = put(ReleaseDraft(SETTINGS), "x", cells).release()
    assert released.figure(Key.of("x", "2019", {"grade": "10"})).suppressed is Suppression.SMALL_COUNT
    assert released.summary.recovered == 0
