"""Reads of releases and figures: paged, bounded, and every figure leads to its sources and back."""

import pytest

from hashar.assess.contracts.surveys import FindingKind, ReleaseState
from hashar.assess.models import SurveyFile
from hashar.assess.queries import releases as queries
from hashar.assess.queries.surveys import survey as survey_of
from hashar.assess.queries.surveys import surveys
from hashar.errors import NotFound
from tests.assess.site import make_survey
from tests.people.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def release(survey):
    return survey.release()


def sha(wave):
    return SurveyFile.objects.get(name=f"survey_{wave}.csv").sha256


def test_why_names_files_codebook_methods_settings_person_and_time(survey, release, cast):
    ids = queries.finding_ids(cast.actor("analyst"), release)
    why = queries.why(cast.actor("analyst"), ids["indicator", "alcohol", "2022", "sex", "girl"])
    assert [(one.name, one.sha256, one.wave, one.rows) for one in why.sources] == [
        ("survey_2022.csv", sha(2022), "2022", 610)
    ]
    assert why.columns == ("alc",)
    assert (why.codebook, why.codebook_sha256) == (1, survey.detail().codebook.sha256)
    assert (why.made_by, why.computed_at) == ("Analyst", NOW)
    assert "survey.estimation" in why.methods
    assert "scales" not in why.methods
    assert why.parameters["design.weight"] == "w"
    assert not [name for name in why.parameters if name.startswith(("cut.", "priorities."))]
    assert why.version


def test_a_factors_figure_leads_also_to_the_wave_its_cut_point_comes_from(cast, release):
    ids = queries.finding_ids(cast.actor("analyst"), release)
    why = queries.why(cast.actor("analyst"), ids["factor", "F-R1", "2022", "", ""])
    assert [one.wave for one in why.sources] == ["2022", "2020"]
    assert why.columns == ("r1", "r2", "r3")
    assert "scales" in why.methods
    assert [name for name in why.parameters if name.startswith("cut.")] == ["cut.F-R1"]
    earlier = queries.why(cast.actor("analyst"), ids["factor", "F-R1", "2020", "", ""])
    assert [one.wave for one in earlier.sources] == ["2020"]


def test_a_mean_has_no_logit_interval(cast, release):
    ids = queries.finding_ids(cast.actor("analyst"), release)
    why = queries.why(cast.actor("analyst"), ids["indicator", "first_age", "2022", "", ""])
    assert "survey.intervals" not in why.methods


def test_the_way_back_from_a_file_to_all_its_figures(cast, release):
    actor = cast.actor("analyst")
    everything = {one.id for one in queries.findings(actor, release=release, size=1000).items}
    later = {one.id for one in queries.figures_from_source(actor, sha(2022), size=1000).items}
    earlier = {one.id for one in queries.figures_from_source(actor, sha(2020), size=1000).items}
    assert later | earlier == everything
    both = later & earlier
    assert both
    for pk in everything:
        waves = {one.wave for one in queries.why(actor, pk).sources}
        assert waves == ({"2020", "2022"} if pk in both else {"2022"} if pk in later else {"2020"})
    assert queries.figures_from_source(actor, "0" * 64).total == 0
    assert [one.id for one in queries.releases_from_source(actor, sha(2020))] == [release]


def test_a_reader_is_told_the_source_but_not_who_made_it_elsewhere(survey, cast, release):
    survey.share(release)
    ids = queries.finding_ids(cast.actor("manager"), release)
    why = queries.why(cast.actor("manager"), ids["indicator", "alcohol", "2022", "", ""])
    assert (why.made_by, why.sources[0].file, why.sources[0].sha256) == ("", None, sha(2022))
    own = queries.why(cast.actor("reader"), ids["indicator", "alcohol", "2022", "", ""])
    assert (own.made_by, own.sources[0].file) == ("Analyst", None)


@pytest.mark.parametrize("name", ["reader", "colleague", "stranger", "manager", "operator"])
def test_a_draft_and_its_figures_do_not_exist_for_others(cast, release, name):
    one = queries.findings(cast.actor("analyst"), release=release).items[0]
    actor = cast.actor(name)
    for read in (
        lambda: queries.release(actor, release),
        lambda: queries.profile(actor, release),
        lambda: queries.finding(actor, one.id),
        lambda: queries.why(actor, one.id),
        lambda: queries.sources(actor, release),
        lambda: queries.finding_id(
            actor, release=release, about=one.about, indicator=one.indicator, wave=one.wave, group=one.group
        ),
    ):
        with pytest.raises(NotFound):
            read()
    assert queries.finding_ids(actor, release) == {}
    assert queries.findings(actor).total == 0
    assert queries.figures_from_source(actor, sha(2022)).total == 0
    assert queries.releases_from_source(actor, sha(2022)) == ()


def test_a_profile_read_before_it_was_withdrawn_is_not_read_after(survey, cast, release):
    from hashar.assess.services.releases import withdraw

    survey.share(release)
    assert queries.profile(cast.actor("manager"), release).wave == "2022"
    withdraw(actor=cast.actor("coordinator"), release=release, now=NOW)
    with pytest.raises(NotFound):
        queries.profile(cast.actor("manager"), release)


@pytest.mark.parametrize("number", [0, -1, 10**6, 2**70])
def test_what_is_not_there_is_not_found(cast, release, number):
    for read in (queries.release, queries.profile, queries.finding, queries.why, queries.sources):
        with pytest.raises(NotFound):
            read(cast.actor("analyst"), number)


def test_a_figure_is_found_by_its_place_in_the_profile(cast, release):
    actor = cast.actor("analyst")
    place = {"about": FindingKind.ANSWER, "indicator": "smoking", "wave": "2022", "level": "3"}
    one = queries.finding(actor, queries.finding_id(actor, release=release, **place))
    assert (one.level_label, one.release, one.organisation_name) == ({"en": "daily"}, release, "Almaty centre")


def test_figures_can_be_narrowed(survey, cast, release):
    actor = cast.actor("analyst")

    def total(**narrow):
        return queries.findings(actor, **narrow).total

    assert total(indicator="alcohol", wave="2020") == 1
    assert total(indicator="alcohol", group="sex") == 2
    assert total(about=FindingKind.SCORE) == 4
    assert total(territory="KZ/") == total() > total(territory="KG/") == 0
    assert total(release=release + 1) == 0


def test_long_lists_come_in_pages(cast, release):
    actor = cast.actor("analyst")
    whole = [one.id for one in queries.findings(actor, size=1000).items]
    pages = [queries.findings(actor, page=page, size=7) for page in range(1, 50)]
    assert [one.id for page in pages for one in page.items] == whole
    assert {page.total for page in pages} == {len(whole)}
    assert queries.findings(actor, page=10**30, size=10**9).items == ()
    assert len(queries.findings(actor, page=0, size=0).items) == 1


def test_releases_can_be_narrowed(survey, cast, release):
    actor = cast.actor("coordinator")
    assert [one.id for one in queries.releases(actor).items] == [release]
    assert queries.releases(actor, state=ReleaseState.SHARED).total == 0
    assert queries.releases(actor, organisation=cast.centre, survey=survey.id, territory="KZ/KZ-75/").total == 1
    assert queries.releases(actor, territory="KG/").total == 0


def test_reads_cost_the_same_however_much_there_is(survey, cast, data, release, django_assert_max_num_queries):
    for at in range(3):
        other = make_survey(cast, data, title=f"Survey {at}")
        other.release()
    actor = cast.actor("analyst")
    figure = queries.findings(actor, release=release).items[0].id
    queries.profile(actor, release)
    sha256 = queries.sources(actor, release)[0].sha256
    reads = {
        lambda: surveys(actor): 2,
        lambda: survey_of(actor, survey.id): 5,
        lambda: queries.releases(actor): 2,
        lambda: queries.findings(actor): 2,
        lambda: queries.finding_ids(actor, release): 1,
        lambda: queries.figures_from_source(actor, sha256): 2,
        lambda: queries.profile(actor, release): 1,
        lambda: queries.why(actor, figure): 2,
        lambda: queries.sources(actor, release): 2,
    }
    for read, most in reads.items():
        with django_assert_max_num_queries(most):
            read()


def test_the_lists_of_surveys_count_files_and_releases(survey, cast, release, data):
    empty = make_survey(cast, data, title="Empty")
    told = {one.title: (one.files, one.releases) for one in surveys(cast.actor("official")).items}
    assert told == {"Almaty 2022": (2, 1), "Empty": (0, 0)}
    assert surveys(cast.actor("official")).items[0].id == empty.id
    for name in ("reader", "colleague", "stranger", "manager", "operator"):
        assert surveys(cast.actor(name)).items == ()


def test_a_survey_says_who_may_do_what(survey):
    assert [
        (survey.detail(name).may_work, survey.detail(name).may_share) for name in ("analyst", "coordinator", "official")
    ] == [
        (True, False),
        (False, True),
        (False, False),
    ]


def test_a_codebook_of_one_wave_without_patterns_takes_any_file(survey):
    survey.upload("whatever.csv")
    assert survey.detail().files[0].wave == ""
    survey.save('waves: [{name: "2022", files: []}]\n')
    assert survey.detail().files[0].wave == "2022"
