"""From a survey's files to a release: asked, made once, shared, withdrawn."""

import datetime as dt

import pytest

from hashar.assess.models import Finding, Release, SurveyFile
from hashar.assess.queries import releases as queries
from hashar.assess.queries.surveys import microdata_audit
from hashar.assess.services import profile_runs, releases, surveys
from hashar.errors import CodebookError, Conflict, Forbidden, NotFound, UsageError
from hashar.people.queries import audit_trail
from hashar.people.services import memberships
from hashar.reports.services import profile_json
from hashar.runs.models import Run
from hashar.runs.queries import run as run_of
from hashar.runs.services import claim, perform, work_once
from tests.assess import small_survey
from tests.assess.site import csv
from tests.people.cast import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def ready(survey):
    """Two waves and a codebook; returns the survey and the files' ids by wave."""
    survey.upload("survey_2020.csv", csv(2020))
    survey.upload()
    survey.save()
    return survey, {file.wave: file.id for file in survey.detail().files}


def failed(survey, run):
    assert work_once(clock=lambda: NOW)
    told = run_of(run.id)
    assert (told.state, Release.objects.count(), Finding.objects.count()) == ("failed", 0, 0)
    return told


def test_a_profile_becomes_a_draft_release_with_all_its_figures(ready, cast):
    survey, files = ready
    release = survey.release()
    told = queries.release(cast.actor("analyst"), release)
    assert (told.state, told.number, told.wave, told.codebook, told.made_by) == ("draft", 1, "2022", 1, "Analyst")
    assert (told.territory_path, told.title) == ("KZ/KZ-75/", {"en": "Oblast school survey"})
    row = Release.objects.get()
    assert [(source.file_id, source.wave) for source in row.sources.order_by("position")] == [
        (files["2020"], "2020"),
        (files["2022"], "2022"),
    ]


def test_every_figure_of_the_profile_is_a_finding_and_nothing_else_is(ready, cast):
    survey, _ = ready
    release = survey.release()
    profile = queries.profile(cast.actor("analyst"), release)
    printed = []
    for one in profile.indicators:
        printed += [point.figure for point in one.waves]
        printed += [row.figure for breakdown in one.breakdowns for row in breakdown.rows]
        printed += [row.figure for row in one.distribution]
    for one in profile.factors:
        printed += [point.figure for point in one.waves]
        printed += [row.figure for breakdown in one.breakdowns for row in breakdown.rows]
        printed.append(one.mean_score)
    stored = queries.findings(cast.actor("analyst"), release=release, size=1000).items
    assert [repr(one.figure) for one in stored] == [repr(figure) for figure in printed]
    assert {one.figure.suppressed for one in stored} > {None}


def test_a_hidden_figure_leaves_no_number_in_the_database(ready):
    survey, _ = ready
    survey.release()
    hidden = Finding.objects.exclude(suppressed="")
    assert hidden.exists()
    assert not hidden.exclude(
        n=None, estimate=None, weighted_n=None, se=None, ci_low=None, ci_high=None, df=None, deff=None, n_effective=None
    ).exists()
    assert set(hidden.values_list("reliability", flat=True)) == {""}


def test_the_release_is_the_profile_the_command_line_makes(ready, cast, tmp_path):
    import numpy as np

    from hashar.assess.services.profiles import make_profile

    survey, _ = ready
    stored = queries.profile(cast.actor("analyst"), survey.release())
    earlier, _ = small_survey.write(tmp_path, wave=2020)
    file, book = small_survey.write(tmp_path)
    seed = int(stored.provenance.parameters["priorities.seed"])
    made = make_profile(
        file=file,
        codebook=book,
        earlier=[earlier],
        now=stored.provenance.computed_at,
        rng=np.random.default_rng(seed),
        operator=stored.provenance.operator,
    )
    assert profile_json(stored) == profile_json(made)


def test_the_same_content_gives_the_same_numbers_again(ready, cast):
    survey, _ = ready
    first, second = survey.release(), survey.release(now=LATER)
    assert first != second
    one, two = (queries.profile(cast.actor("analyst"), release) for release in (first, second))
    assert repr(one.priorities) == repr(two.priorities)
    assert one.provenance.parameters == two.provenance.parameters
    assert [told.number for told in survey.detail().releases] == [2, 1]


def test_a_person_is_stored_by_number_alone_and_the_organisation_answers_for_the_profile(ready, cast):
    survey, _ = ready
    profile = queries.profile(cast.actor("analyst"), survey.release())
    assert profile.provenance.operator == survey.detail().summary.organisation_name
    stored = Release.objects.get().profile
    assert f"person:{cast.people['analyst']}" in stored
    assert "Analyst" not in stored


def test_making_a_profile_is_a_look_at_every_file(ready, cast):
    survey, files = ready
    survey.release()
    trail = microdata_audit(cast.actor("coordinator"), survey.id).items
    assert {(access.file, access.purpose) for access in trail} == {(file, "profile") for file in files.values()}
    actions = {entry.action for entry in audit_trail(cast.actor("coordinator"), organisation=cast.centre).items}
    assert {"profile.ask", "release.make", "microdata.read"} <= actions


@pytest.mark.parametrize("name", ["coordinator", "official", "reader", "colleague", "stranger", "manager"])
def test_only_an_analyst_of_the_owner_asks_for_a_profile(ready, name):
    survey, files = ready
    with pytest.raises((Forbidden, NotFound)):
        survey.ask(files["2022"], who=name)
    assert not Run.objects.exists()


def test_a_profile_needs_a_codebook_without_problems(survey):
    file = survey.upload()
    with pytest.raises(CodebookError, match="no codebook yet"):
        survey.ask(file.id)
    survey.save("title: x\n")
    with pytest.raises(CodebookError, match="problems"):
        survey.ask(file.id)


def test_files_are_of_different_waves_and_the_others_earlier(ready):
    survey, files = ready
    with pytest.raises(UsageError, match="different waves"):
        survey.ask(files["2020"], [files["2022"]])
    with pytest.raises(UsageError, match="once"):
        survey.ask(files["2020"], [files["2020"]])
    with pytest.raises(NotFound):
        survey.ask(files["2022"], [10**6])
    other = survey.upload("again_2022.csv", csv(columns=small_survey.rows(seed=5)))
    with pytest.raises(UsageError, match="different waves"):
        survey.ask(files["2022"], [other.id])


def test_a_file_of_another_survey_is_not_there(ready, cast, data):
    from tests.assess.site import make_survey

    survey, _ = ready
    other = make_survey(cast, data, title="Other")
    stranger = other.upload("survey_2022.csv", csv())
    with pytest.raises(NotFound):
        survey.ask(stranger.id)


def test_groups_asked_for_are_crossed(ready, cast):
    survey, files = ready
    run = survey.ask(files["2022"], by=["sex", "place"])
    assert work_once(clock=lambda: NOW)
    release = run_of(run.id).result["release"]
    groups = {one.group for one in queries.findings(cast.actor("analyst"), release=release, size=1000).items}
    assert groups == {"", "sex", "place", "sex*place"}


def test_a_wrong_group_fails_plainly(ready):
    survey, files = ready
    told = failed(survey, survey.ask(files["2022"], by=["moon"]))
    assert told.values["group"] == "moon"


def test_a_codebook_that_does_not_fit_its_file_fails_with_every_problem(ready):
    survey, files = ready
    survey.save(
        small_survey.CODEBOOK.replace("variable: alc,", "variable: alk,").replace("fake}], used", "fakt}], used"),
        based_on=1,
    )
    told = failed(survey, survey.ask(files["2022"]))
    assert {problem["values"]["name"] for problem in told.result["problems"]} == {"alk", "fakt"}


def test_a_file_removed_before_its_turn_fails_plainly(ready, cast):
    survey, files = ready
    run = survey.ask(files["2022"], [files["2020"]])
    surveys.remove_file(actor=cast.actor("analyst"), survey=survey.id, file=files["2020"], now=NOW)
    assert "removed" in failed(survey, run).message


def test_a_file_exchanged_on_the_disk_is_never_published(ready):
    survey, files = ready
    run = survey.ask(files["2022"])
    path = next(path for path in survey.kept() if path.name == "survey_2022.csv")
    path.write_bytes(csv(columns=small_survey.rows(seed=9)))
    assert "is not the file any more" in failed(survey, run).message


def test_an_analyst_who_left_publishes_nothing_any_more(ready, cast):
    survey, files = ready
    run = survey.ask(files["2022"])
    memberships.end(actor=cast.actor("coordinator"), membership=cast.memberships["analyst"], now=NOW)
    assert "analyst" in failed(survey, run).message


def test_asking_twice_while_it_waits_is_asking_once(ready):
    survey, files = ready
    assert survey.ask(files["2022"]).id == survey.ask(files["2022"]).id
    assert survey.ask(files["2022"]).id != survey.ask(files["2022"], by=["sex"]).id


def test_doing_a_run_again_makes_no_second_release(ready):
    """The worker died after storing, before noting that it was done."""
    survey, files = ready
    asked = survey.ask(files["2022"])
    claimed = claim(clock=lambda: NOW)
    perform(run=claimed, clock=lambda: NOW)
    release = run_of(asked.id).result["release"]
    Run.objects.filter(pk=asked.id).update(state="running", alive_at=NOW, result={})
    assert work_once(clock=lambda: LATER)
    told = run_of(asked.id)
    assert (told.state, told.attempt, told.result) == ("done", 2, {"release": release})
    assert Release.objects.count() == 1


def test_a_worker_that_was_given_up_stores_nothing(ready):
    """It was silent for too long, another took over, and then it comes back with its numbers."""
    survey, files = ready
    asked = survey.ask(files["2022"])
    slow = claim(clock=lambda: NOW)
    quick = claim(clock=lambda: LATER)
    assert (slow.id, quick.id, quick.attempt) == (asked.id, asked.id, 2)
    perform(run=slow, clock=lambda: LATER)
    assert (Release.objects.count(), run_of(asked.id).state) == (0, "running")
    perform(run=quick, clock=lambda: LATER)
    assert (Release.objects.count(), run_of(asked.id).state) == (1, "done")


def test_results_of_a_worker_that_was_given_up_at_the_last_moment_are_not_stored(ready, cast):
    survey, files = ready
    asked = survey.ask(files["2022"])
    slow = claim(clock=lambda: NOW)

    def taken_over(step, done, steps):
        if done == steps:
            claim(clock=lambda: LATER)

    with pytest.raises(Conflict):
        profile_runs.make_release(run=slow, actor=cast.actor("analyst"), progress=taken_over, now=NOW)
    assert (Release.objects.count(), run_of(asked.id).state) == (0, "running")


def test_a_shared_release_is_seen_by_those_whose_territory_holds_the_surveys(ready, cast):
    survey, _ = ready
    release = survey.release()
    survey.share(release, LATER)
    for name in ("reader", "manager", "colleague"):
        told = queries.release(cast.actor(name), release)
        assert (told.state, told.shared_at, told.may_share) == ("shared", LATER, False)
    with pytest.raises(NotFound):
        queries.release(cast.actor("stranger"), release)


def test_a_withdrawn_release_is_gone_for_all_but_its_makers(ready, cast):
    survey, _ = ready
    release = survey.release()
    survey.share(release)
    releases.withdraw(actor=cast.actor("coordinator"), release=release, now=LATER)
    for name in ("reader", "manager", "colleague", "stranger"):
        with pytest.raises(NotFound):
            queries.profile(cast.actor(name), release)
        assert queries.findings(cast.actor(name)).total == 0
    assert queries.release(cast.actor("official"), release).withdrawn_at == LATER


def test_a_withdrawn_release_can_be_shared_again(ready, cast):
    survey, _ = ready
    release = survey.release()
    survey.share(release)
    releases.withdraw(actor=cast.actor("coordinator"), release=release, now=NOW)
    survey.share(release, LATER)
    told = queries.release(cast.actor("reader"), release)
    assert (told.state, told.withdrawn_at) == ("shared", None)


def test_sharing_and_withdrawing_are_in_the_audit_trail_once_each(ready, cast):
    survey, _ = ready
    release = survey.release()
    for _ in range(2):
        survey.share(release)
    for _ in range(2):
        releases.withdraw(actor=cast.actor("coordinator"), release=release, now=NOW)
    trail = audit_trail(cast.actor("coordinator"), organisation=cast.centre, subject=f"release:{release}").items
    assert sorted(entry.action for entry in trail) == ["release.make", "release.share", "release.withdraw"]


@pytest.mark.parametrize("name", ["analyst", "official"])
def test_only_a_coordinator_of_the_owner_shares(ready, cast, name):
    survey, _ = ready
    release = survey.release()
    with pytest.raises(Forbidden):
        releases.share(actor=cast.actor(name), release=release, now=NOW)
    survey.share(release)
    with pytest.raises(Forbidden):
        releases.withdraw(actor=cast.actor(name), release=release, now=NOW)


@pytest.mark.parametrize("name", ["reader", "colleague", "stranger", "manager", "operator"])
def test_for_all_others_there_is_no_such_draft(ready, cast, name):
    survey, _ = ready
    release = survey.release()
    for do in (releases.share, releases.withdraw):
        with pytest.raises(NotFound):
            do(actor=cast.actor(name), release=release, now=NOW)


def test_a_draft_cannot_be_withdrawn(ready, cast):
    survey, _ = ready
    release = survey.release()
    with pytest.raises(Conflict, match="draft"):
        releases.withdraw(actor=cast.actor("coordinator"), release=release, now=NOW)


def test_figures_keep_telling_where_they_come_from_when_the_file_is_removed(
    ready, cast, django_capture_on_commit_callbacks
):
    survey, files = ready
    release = survey.release()
    with django_capture_on_commit_callbacks(execute=True):
        surveys.remove_file(actor=cast.actor("analyst"), survey=survey.id, file=files["2022"], now=LATER)
    one = queries.findings(cast.actor("analyst"), release=release, wave="2022").items[0]
    (source,) = queries.why(cast.actor("analyst"), one.id).sources
    assert source.sha256 == SurveyFile.objects.get(pk=files["2022"]).sha256
    assert source.removed_at == LATER
