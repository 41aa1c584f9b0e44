"""The profile of a made-up survey: what is estimated, compared, suppressed, flagged and ranked."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hashar.assess.contracts.codebook import Wave
from hashar.assess.contracts.published import Suppression
from hashar.assess.contracts.table import MissingKind
from hashar.assess.services.profiles import make_profile, wave_of
from hashar.assess.sources import load_codebook
from hashar.errors import CodebookError, DesignError, InputError, UsageError
from hashar.methods.survey.design import Design
from hashar.methods.survey.estimation import mean
from tests.assess.small_survey import CODEBOOK, rows, write

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def _profile(file, codebook, seed=5, **options):
    return make_profile(file=file, codebook=codebook, now=NOW, rng=np.random.default_rng(seed), **options)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("surveys")
    write(folder, 2020)
    write(folder, 2022)
    return folder


@pytest.fixture(scope="module")
def compared(folder):
    return _profile(folder / "survey_2022.csv", folder / "codebook.yaml", earlier=[folder / "survey_2020.csv"])


def _indicator(profile, name):
    return next(indicator for indicator in profile.indicators if indicator.name == name)


def _factor(profile, code):
    return next(factor for factor in profile.factors if factor.code == code)


def _rows(finding, group):
    return {
        row.level: row.figure for breakdown in finding.breakdowns if breakdown.group == group for row in breakdown.rows
    }


def test_a_share_is_the_weighted_share_of_the_pupils_who_answered_and_were_not_excluded(compared):
    data = rows(seed=2022)
    used = data["fake"] != 1
    said = np.select([data["alc"] == 1, np.isin(data["alc"], [2, 8])], [1.0, 0.0], np.nan)
    answered = used & ~np.isnan(said)
    total = _indicator(compared, "alcohol").total.value
    assert total.n == answered.sum()
    assert total.estimate == pytest.approx(np.average(said[answered], weights=data["w"][answered]), abs=1e-4)
    assert total.ci_low < total.estimate < total.ci_high
    assert total.df == 42 - 3


def test_a_derived_indicator_and_a_mean_are_estimated(compared):
    data = rows(seed=2022)
    either = _indicator(compared, "either")
    assert either.total.value.estimate > _indicator(compared, "alcohol").total.value.estimate
    assert either.columns == {"2020": "alc, smk", "2022": "alc, smk"}
    mean = _indicator(compared, "first_age")
    used = data["fake"] != 1
    assert mean.statistic == "mean"
    assert mean.total.value.estimate == pytest.approx(np.average(data["age1"][used], weights=data["w"][used]), abs=1e-3)


def test_kinds_of_missing_are_counted_apart_with_what_they_count_as(compared):
    data = rows(seed=2022)
    used = data["fake"] != 1
    found = {one.kind: (one.count.value, one.counted_as) for one in _indicator(compared, "alcohol").missing}
    assert found == {
        MissingKind.DONT_KNOW: ((data["alc"][used] == 8).sum(), "no"),
        MissingKind.REFUSED: ((data["alc"][used] == 9).sum(), "missing"),
    }


def test_the_answers_of_an_ordered_item_add_up(compared):
    answers = _indicator(compared, "smoking").distribution
    assert [row.level for row in answers] == ["1", "2", "3"]
    assert sum(row.figure.value.estimate for row in answers) == pytest.approx(1, abs=2e-4)
    yes = sum(row.figure.value.estimate for row in answers[1:])
    assert yes == pytest.approx(_indicator(compared, "smoking").total.value.estimate, abs=2e-4)
    assert _indicator(compared, "alcohol").distribution == []


def test_a_small_place_is_hidden_and_another_with_it(compared):
    for name in ("alcohol", "smoking", "either", "first_age"):
        places = _rows(_indicator(compared, name), "place")
        assert places["hamlet"].suppressed == Suppression.SMALL_N
        hidden = {level for level, figure in places.items() if figure.suppressed == Suppression.COMPLEMENTARY}
        assert hidden & {"north", "south"}
    assert compared.release.attacked > 0
    assert compared.release.recovered == 0


def test_a_level_with_nobody_is_not_asked(compared):
    assert _rows(_indicator(compared, "alcohol"), "place")["nowhere"].suppressed == Suppression.NOT_ASKED


def test_a_question_not_put_in_one_place_is_not_asked_there(compared):
    places = _rows(_indicator(compared, "vape"), "place")
    assert places["south"].suppressed == Suppression.NOT_ASKED
    assert places["hamlet"].suppressed == Suppression.SMALL_N


def test_a_question_of_earlier_years_is_not_asked_now_and_not_compared(compared):
    dropped = _indicator(compared, "dropped")
    assert dropped.total.suppressed == Suppression.NOT_ASKED
    assert dropped.waves[0].figure.value is not None
    assert dropped.change is None
    assert dropped.columns == {"2020": "old"}


def test_a_new_question_has_no_change(compared):
    assert _indicator(compared, "vape").change is None
    assert _indicator(compared, "vape").waves[0].figure.suppressed == Suppression.NOT_ASKED


def test_a_change_is_the_difference_of_the_waves_with_the_errors_added(compared):
    alcohol = _indicator(compared, "alcohol")
    before, now = (point.figure.value for point in alcohol.waves)
    change = alcohol.change.value
    assert (change.earlier, change.later) == ("2020", "2022")
    assert change.difference == pytest.approx(now.estimate - before.estimate, abs=2e-4)
    assert change.se == pytest.approx(np.hypot(now.se, before.se), abs=1e-4)
    assert change.df == now.df + before.df
    assert change.p <= change.p_adjusted
    assert change.detectable > 0


def test_flags_are_counted_for_the_survey_and_for_each_place(compared):
    quality = compared.quality
    flags = {flag.rule: flag for flag in quality.flags}
    data = rows(seed=2022)
    fake = (data["fake"] == 1).sum()
    assert flags["relevin"].count.value == fake
    assert flags["relevin"].share.value == pytest.approx(fake / 610, abs=1e-4)
    assert quality.questionnaires - quality.used == fake
    same = (data["r1"] == data["r2"]) & (data["r2"] == data["r3"])
    assert flags["any_line"].count.value == same.sum()
    assert flags["lined"].count.value == (same & (data["r1"] == 3)).sum()
    assert "new_only" not in flags
    places = {place.level: place for place in quality.by_place}
    assert set(places) == {"north", "south", "hamlet"}
    assert places["hamlet"].questionnaires.suppressed == Suppression.SMALL_N
    north = dict(zip(flags, places["north"].counts, strict=True))
    assert north["any_line"].value == (same & (data["place"] == 1)).sum()


def test_the_design_and_the_participation_are_reported(compared):
    quality = compared.quality
    assert (quality.strata, quality.clusters) == (3, 42)
    weights = rows(seed=2022)["w"]
    assert quality.weight_cv == pytest.approx(weights.std() / weights.mean())
    schools, classes = quality.participation
    assert (schools.stage, schools.sampled, schools.participating.value) == ("schools", 60, 50)
    assert schools.rate == pytest.approx(50 / 60)
    assert (classes.sampled, classes.rate) == (None, None)


def test_a_factor_or_group_of_earlier_years_is_not_there_now(compared):
    old = _factor(compared, "S-R3")
    assert old.elevated.suppressed == Suppression.NOT_ASKED
    assert old.reliability == []
    assert old.items == [""]
    assert compared.priorities.left_out == [("S-R3", old.name)]
    assert "club" not in [breakdown.group for breakdown in _indicator(compared, "alcohol").breakdowns]


def test_a_cut_point_from_the_first_wave_leaves_at_most_the_rest_above_it_there(compared):
    factor = _factor(compared, "F-R1")
    assert factor.cut_source == "first_wave"
    assert factor.cut_point == 1.0
    assert factor.waves[0].figure.value.estimate <= 0.4
    assert factor.items == ["r1", "r2", "r3"]


def test_reliability_is_told_for_each_language_with_enough_pupils(compared):
    found = {one.language: one for one in _factor(compared, "F-R1").reliability}
    assert set(found) == {"ru", "kk"}
    assert found["ru"].acceptable
    assert 0.7 < found["ru"].alpha < found["ru"].omega + 0.02
    assert _factor(compared, "F-P1").reliability == []
    assert compared.languages == ["ru", "kk"]


def test_factors_are_ranked_with_probabilities_that_add_up(compared):
    priorities = compared.priorities
    assert [one.rank for one in priorities.ranked] == [1, 2, 3]
    assert sum(one.probability_top for one in priorities.ranked) == pytest.approx(1)
    by_code = {one.code: one for one in priorities.ranked}
    risk, protective, new = by_code["F-R1"], by_code["F-P1"], by_code["S-R1"]
    assert risk.gap == pytest.approx(_factor(compared, "F-R1").elevated.value.estimate - 0.3)
    assert protective.level == pytest.approx(1 - _factor(compared, "F-P1").elevated.value.estimate)
    assert protective.gap is None
    change = _factor(compared, "F-P1").change.value.difference
    assert protective.trend == pytest.approx(-change, abs=2e-4)
    assert new.trend is None


def test_the_same_seed_gives_the_same_ranking(folder, compared):
    again = _profile(folder / "survey_2022.csv", folder / "codebook.yaml", earlier=[folder / "survey_2020.csv"])
    assert again == compared


def test_the_origin_of_every_number_is_told(compared):
    origin = compared.provenance
    assert [source.name for source in origin.sources] == ["survey_2020.csv", "survey_2022.csv"]
    assert origin.codebook.name == "codebook.yaml"
    assert origin.computed_at == NOW
    assert origin.parameters["priorities.seed"] == "5"
    assert origin.parameters["cut.F-R1"] == "first_wave, above 1"
    assert origin.parameters["interval"] == "logit"
    assert origin.parameters["quality.relevin"] == "dummy_drug, exclude"
    assert origin.version


def test_one_wave_alone_has_no_change(folder):
    alone = _profile(folder / "survey_2022.csv", folder / "codebook.yaml", operator="me")
    assert alone.waves == ["2022"]
    assert all(indicator.change is None for indicator in alone.indicators)
    assert all(one.trend is None for one in alone.priorities.ranked)
    assert alone.provenance.operator == "me"


def test_groups_asked_for_are_crossed_in_pairs(folder):
    crossed = _profile(folder / "survey_2022.csv", folder / "codebook.yaml", by=["sex", "spoken"])
    names = [breakdown.group for breakdown in _indicator(crossed, "alcohol").breakdowns]
    assert names == ["sex", "spoken", "sex*spoken"]
    found = _rows(_indicator(crossed, "alcohol"), "sex*spoken")
    assert set(found) == {"girl, ru", "girl, kk", "boy, ru", "boy, kk"}
    label = _indicator(crossed, "alcohol").breakdowns[2].label
    assert label["ru"] == "Пол × spoken"


def test_a_crossing_can_be_asked_for_alone(folder):
    crossed = _profile(folder / "survey_2022.csv", folder / "codebook.yaml", by=["sex*spoken"])
    assert [breakdown.group for breakdown in _indicator(crossed, "alcohol").breakdowns] == ["sex*spoken"]


def test_schools_are_broken_down_only_when_asked_for(folder, compared):
    assert [breakdown.group for breakdown in _indicator(compared, "alcohol").breakdowns] == ["place", "sex", "spoken"]
    asked = _profile(folder / "survey_2022.csv", folder / "codebook.yaml", by=["school"])
    school = _rows(_indicator(asked, "alcohol"), "school")["first"]
    assert school.suppressed in (Suppression.SMALL_N, Suppression.FEW_CLUSTERS)


def test_an_unknown_group_is_refused_with_the_known_ones(folder):
    with pytest.raises(CodebookError, match=r"no group “age”.*place, sex, school, spoken, club"):
        _profile(folder / "survey_2022.csv", folder / "codebook.yaml", by=["age"])


def test_a_file_of_no_wave_is_refused_with_the_patterns(folder):
    (folder / "other.csv").write_text("a,b\n1,2\n")
    with pytest.raises(CodebookError, match=r"other\.csv fits no wave.*2020: \*2020\*"):
        _profile(folder / "other.csv", folder / "codebook.yaml")


def test_a_file_that_fits_two_waves_is_refused(folder):
    with pytest.raises(CodebookError, match="several waves"):
        _profile(folder / "survey_2020_2022.csv", folder / "codebook.yaml")


def test_the_same_wave_twice_is_refused(folder):
    file = folder / "survey_2022.csv"
    with pytest.raises(UsageError, match="both of wave 2022"):
        _profile(file, folder / "codebook.yaml", earlier=[file])


def test_a_file_is_not_compared_with_its_copy(folder, tmp_path):
    file = folder / "survey_2022.csv"
    copy = tmp_path / "survey_2020.csv"
    copy.write_bytes(file.read_bytes())
    with pytest.raises(UsageError, match=r"survey_2022\.csv and survey_2020\.csv are the same file"):
        _profile(file, folder / "codebook.yaml", earlier=[copy])


def test_an_earlier_file_must_be_earlier(folder):
    with pytest.raises(UsageError, match="later than wave 2020"):
        _profile(folder / "survey_2020.csv", folder / "codebook.yaml", earlier=[folder / "survey_2022.csv"])


def test_a_codebook_with_one_wave_and_no_patterns_takes_any_file(tmp_path):
    one = CODEBOOK.replace('  - {name: "2020", files: ["*2020*"], language: ru}\n', "")
    one = one.replace('files: ["*2022*"]', "files: []").replace('variables: {"2020": old}', 'variables: {"2022": vape}')
    file, book = write(tmp_path, 2022, codebook=one)
    assert _profile(file.rename(tmp_path / "any.csv"), book).wave == "2022"


def test_another_engine_is_refused_with_the_way_out(folder):
    with pytest.raises(UsageError, match="hashar estimate"):
        _profile(folder / "survey_2022.csv", folder / "codebook.yaml", engine="duckdb")


def test_a_file_without_questionnaires_is_refused(tmp_path):
    file, book = write(tmp_path, 2022, columns={name: [] for name in rows()})
    with pytest.raises(InputError, match=r"survey_2022\.csv"):
        _profile(file, book)


MINIMAL = """
codebook: 1
title: {en: Small}
waves: [{name: "2022", files: ["*2022*"]}]
indicators:
  - {name: alcohol, label: {en: Alcohol}, variable: alc, yes: [1], no: [2, 8, 9]}
participation:
  - {stage: pupils, sampled: {}, participating: {}}
scales:
  - {factor: S-R1, cut: codebook, cut_value: 0, items: [{variable: empty, points: {1: 1}}]}
"""


def test_a_codebook_may_hold_no_more_than_one_indicator(tmp_path):
    columns = rows(wave=2022) | {"empty": np.full(610, 5)}
    profile = _profile(*write(tmp_path, 2022, columns=columns, codebook=MINIMAL))
    assert profile.factors == []
    assert profile.priorities.ranked == []
    assert profile.quality.flags == profile.quality.by_place == profile.quality.participation == []
    assert profile.languages == []
    assert _indicator(profile, "alcohol").breakdowns == []


def test_a_weight_of_zero_is_refused(tmp_path):
    columns = rows(wave=2022)
    columns["w"][3] = 0
    file, book = write(tmp_path, 2022, columns=columns)
    with pytest.raises(DesignError):
        _profile(file, book)


def test_progress_tells_every_step_in_order(folder):
    told = []
    _profile(folder / "survey_2022.csv", folder / "codebook.yaml", progress=lambda *step: told.append(step))
    assert told[0] == ("Reading files", 0, 1)
    assert [done for _, done, _ in told[1:]] == list(range(8))
    assert told[-1] == ("", 7, 7)


def test_a_survey_without_weights_counts_every_pupil_once(tmp_path):
    file, book = write(tmp_path, 2022, codebook=CODEBOOK.replace("weight: w, ", ""))
    total = _indicator(_profile(file, book), "smoking").total.value
    assert total.weighted_n == total.n


def test_two_stage_designs_with_population_sizes_are_estimated_by_rows(tmp_path):
    columns = rows(wave=2022) | {"n1": np.full(610, 100), "n2": np.full(610, 900), "pupil": np.arange(610)}
    design = "design: {weight: w, strata: [stratum], clusters: [school, pupil], fpc: [n1, n2]}"
    text = CODEBOOK.replace("design: {weight: w, strata: [stratum], clusters: [school]}", design)
    two_stage = _profile(*write(tmp_path, 2022, columns=columns, codebook=text))
    used = columns["fake"] != 1
    sampled = Design.build(
        weights=columns["w"],
        strata=columns["stratum"],
        clusters=np.column_stack([columns["school"], columns["pupil"]]),
        fpc=np.column_stack([columns["n1"], columns["n2"]]),
    )
    expected = mean(sampled, np.where(used, columns["age1"].astype(float), np.nan))
    found = _indicator(two_stage, "first_age").total.value
    assert found.se == pytest.approx(expected.se[0], abs=1e-4)
    assert found.n == expected.n[0]
    share = _indicator(two_stage, "smoking").total.value
    smoking = mean(sampled, np.where(used, columns["smk"] > 1, np.nan))
    assert share.se == pytest.approx(smoking.se[0], abs=1e-5)


def test_nothing_of_the_input_is_changed(folder):
    file = folder / "survey_2022.csv"
    before = Path(file).read_bytes()
    _profile(file, folder / "codebook.yaml")
    assert Path(file).read_bytes() == before


def test_a_survey_that_is_not_there_is_not_found_before_its_wave_is_looked_for(folder):
    with pytest.raises(InputError, match="was not found"):
        _profile(folder / "nowhere.csv", folder / "codebook.yaml")


def test_a_file_name_with_brackets_fits_itself(folder):
    codebook = replace(load_codebook(folder / "codebook.yaml"), waves=(Wave("1", {}, ("survey[1].csv",)),))
    assert wave_of(codebook, Path("survey[1].csv")).name == "1"


def test_a_group_crossed_with_itself_is_refused(folder):
    with pytest.raises(UsageError, match="with itself"):
        _profile(folder / "survey_2022.csv", folder / "codebook.yaml", by=["sex*sex"])
