"""Evidence is read from where it stands, and a judgement on earlier numbers says so."""

import pytest

from hashar.assess.services import releases
from hashar.errors import Conflict, NotFound, UsageError
from hashar.evaluate import queries
from hashar.evaluate.contracts.claims import (
    DetectionClaim,
    Direction,
    PrevalenceClaim,
    Reading,
    Relation,
    TrendClaim,
    Verdict,
)
from hashar.evaluate.services import kept
from tests.assess.site import csv
from tests.evaluate.conftest import FELL, LATER, STATED, drinkers, from_release, level_of, printed
from tests.people.cast import NOW
from tests.web.security import world as worlds

pytestmark = pytest.mark.django_db
ROSE = DetectionClaim(direction=Direction.ROSE)


def test_a_survey_of_600_with_ten_and_eight_percent_is_not_called_a_fall(kit, two_waves):
    release = two_waves(60, 48)
    found = kit.read(kit.keep(source=from_release(release)))
    evidence = found.judgement.evidence
    assert (round(evidence.earlier, 2), round(evidence.later, 2)) == (0.10, 0.08)
    assert found.judgement.verdict is Verdict.NOT_SHOWN
    assert found.judgement.reasons[0].rule == "T07"
    assert found.judgement.source.title["en"]
    assert (found.judgement.source.periods, found.judgement.source.number) == (("2020", "2022"), 1)
    assert found.outdated == ()


def test_a_survey_that_shows_a_fall_is_called_one_until_too_much_is_looked_at(kit, two_waves):
    release = two_waves(60, 12)
    claim = kit.keep(source=from_release(release))
    assert kit.read(claim).judgement.verdict is Verdict.SUPPORTED
    kit.keep(typed=printed(comparisons=2_000_000))
    found = kit.read(claim)
    assert found.outdated == ("The report looks at another number of changes together now than when it was judged.",)
    assert found.judgement.verdict is Verdict.SUPPORTED
    assert kept.judge_report_again(actor=kit.actor(), report=kit.report, now=LATER) == 1
    found = kit.read(claim)
    assert (found.judgement.verdict, found.judgement.number, found.outdated) == (Verdict.NOT_SHOWN, 2, ())
    assert found.judgement.reasons[0].rule == "T08"
    assert [each.verdict for each in found.earlier] == [Verdict.SUPPORTED]
    assert kept.judge_again(actor=kit.actor(), claim=claim, now=LATER) is False


def test_numbers_that_are_sent_with_a_picked_source_are_not_believed(kit, two_waves):
    release = two_waves(60, 48)
    found = kit.read(kit.keep(source=from_release(release), typed=printed(0.5, 0.01)))
    assert round(found.judgement.evidence.earlier, 2) == 0.10


def test_levels_are_picked_with_what_the_profile_says_of_its_survey(kit, two_waves):
    release = two_waves(60, 48)
    about = PrevalenceClaim(value=0.5, relation=Relation.AT_MOST, population="asked")
    evidence = kit.read(kit.keep(about, level_of(release))).judgement.evidence
    assert round(evidence.estimate, 2) == 0.08
    assert evidence.ci_low < 0.08 < evidence.ci_high
    assert round(evidence.participation, 3) == round(50 / 60, 3)
    assert evidence.weighted
    group = kit.read(kit.keep(about, level_of(release, group="sex", level="girl"))).judgement
    assert group.source.label["en"].startswith("Alcohol, ")
    factor = kit.read(kit.keep(about, level_of(release, name="F-R1", about="factor"))).judgement
    assert factor.evidence.estimate is not None
    hidden = kit.read(kit.keep(about, level_of(release, group="place", level="hamlet"))).judgement
    assert hidden.verdict is Verdict.CANNOT_BE_KNOWN
    assert "L02" in {each.rule for each in hidden.reasons}
    with pytest.raises(NotFound):
        kit.keep(about, level_of(release, wave="1999"))
    with pytest.raises(NotFound):
        kit.keep(FELL, from_release(release, "first_love"))


def test_what_a_person_knows_against_the_numbers_counts(kit, two_waves):
    release = two_waves(60, 12)
    source = from_release(release)
    noted = type(source)(kind=source.kind, release=release, place=source.place, noted=("same_definition", "reliable"))
    found = kit.read(kit.keep(source=noted)).judgement
    assert found.source.noted == ("same_definition",)
    assert (found.verdict, found.reasons[0].rule) == (Verdict.CANNOT_BE_KNOWN, "T03")


def test_readers_see_no_claim_on_a_draft(kit, survey):
    release = survey.release()
    claim = kit.keep(source=from_release(release))
    kit.keep()
    assert len(kit.detail("analyst").claims) == 2
    found = kit.detail("reader")
    assert (len(found.claims), found.hidden) == (1, 1)
    with pytest.raises(NotFound):
        kit.read(claim, "reader")
    survey.share(release)
    assert kit.read(claim, "reader").id == claim


def test_a_withdrawn_release_is_said_and_never_judged_on_again(kit, survey, two_waves):
    release = two_waves(60, 48)
    claim = kit.keep(source=from_release(release))
    releases.withdraw(actor=kit.actor(), release=release, now=LATER)
    found = kit.read(claim)
    assert found.outdated == ("The release that it comes from was withdrawn.",)
    assert found.judgement.verdict is Verdict.NOT_SHOWN
    with pytest.raises(Conflict, match="withdrawn"):
        kept.judge_again(actor=kit.actor(), claim=claim, now=LATER)
    assert kept.judge_report_again(actor=kit.actor(), report=kit.report, now=LATER) == 0
    with pytest.raises(Conflict, match="withdrawn"):
        kit.keep(source=from_release(release))
    assert kit.detail("reader").hidden == 1


def test_a_newer_release_with_other_numbers_is_said_and_judged_on(kit, survey, two_waves):
    release = two_waves(60, 48)
    claim = kit.keep(source=from_release(release))
    kit.override(claim)
    same = survey.release()
    survey.share(same)
    assert kit.read(claim).outdated == ()
    file = next(each for each in survey.detail().files if each.wave == "2022")
    from hashar.assess.services.surveys import remove_file  # beside its only use

    remove_file(actor=kit.actor("analyst"), survey=survey.id, file=file.id, now=LATER)
    survey.upload("survey_2022.csv", csv(columns=drinkers(2022, 12)))
    newer = survey.release(now=LATER)
    assert kit.read(claim).outdated == ()
    survey.share(newer)
    assert kit.read(claim).outdated == ("A newer release of the profile has other numbers.",)
    assert kept.judge_again(actor=kit.actor(), claim=claim, now=LATER) is True
    found = kit.read(claim)
    assert found.judgement.source.release == newer
    assert (found.judgement.verdict, found.judgement.override) == (Verdict.SUPPORTED, None)
    assert found.earlier[0].override.by == "Coordinator"
    assert found.earlier[0].source.release == release


def test_counts_of_a_register_are_picked_as_published(kit, register):
    found = kit.read(kit.keep(ROSE, register.counts()))
    assert (found.judgement.evidence.earlier, found.judgement.evidence.later) == (1000, 1200)
    assert found.judgement.verdict is Verdict.SUPPORTED
    use = DetectionClaim(direction=Direction.ROSE, reading=Reading.USE)
    judged = kit.read(kit.keep(use, register.counts())).judgement
    assert judged.verdict is Verdict.CANNOT_BE_KNOWN
    assert "More or fewer checks, raids or tests were made." in judged.explanations
    small = kit.read(kit.keep(ROSE, register.counts("2023", "2024"))).judgement
    assert small.evidence.later is None
    assert small.verdict is Verdict.CANNOT_BE_KNOWN
    with pytest.raises(NotFound):
        kit.keep(ROSE, register.counts("2022", "2031"))


def test_a_revised_register_is_said_and_judged_on(kit, register):
    claim = kit.keep(ROSE, register.counts())
    register.bring("territory,year,value\nKZ-75,2023,900\n", name="revised.csv", now=LATER)
    assert kit.read(claim).outdated == ("The numbers of its source have changed since.",)
    assert kept.judge_again(actor=kit.actor(), claim=claim, now=LATER) is True
    found = kit.read(claim)
    assert (found.judgement.verdict, found.judgement.evidence.later) == (Verdict.NOT_SHOWN, 900)


def test_a_register_that_is_not_shared_hides_its_claims_from_readers(kit, register):
    kit.keep(ROSE, register.counts())
    assert kit.detail("reader").hidden == 1


def test_a_series_of_amounts_is_no_register(kit, register, monkeypatch):
    from hashar.evaluate.queries import registers  # beside its only use

    monkeypatch.setattr(registers, "COUNTED", ())
    with pytest.raises(UsageError, match="neither people nor events"):
        kit.keep(ROSE, register.counts())


def test_a_source_that_is_gone_is_said(kit, two_waves):
    release = two_waves(60, 48)
    claim = kit.keep(source=from_release(release))
    from hashar.evaluate.models import Judging  # beside its only use

    row = Judging.objects.get(claim_id=claim)
    row.source["place"] = {"name": "no_more"}
    row.save()
    assert kit.read(claim).outdated == ("Its source cannot be read any more.",)
    with pytest.raises(Conflict, match="cannot be read"):
        kept.judge_again(actor=kit.actor(), claim=claim, now=LATER)


def test_typed_numbers_are_never_outdated(kit):
    claim = kit.keep(source=STATED)
    assert kit.read(claim).outdated == ()
    assert kept.judge_again(actor=kit.actor(), claim=claim, now=LATER) is False


def test_claims_of_a_profile_are_found_by_it(kit, two_waves):
    release = two_waves(60, 48)
    about = kit.open("About the profile", release=release)
    claim = kit.keep(source=from_release(release), report=about)
    gone = kit.keep(TrendClaim(direction=Direction.ROSE), from_release(release), report=about)
    kept.withdraw(actor=kit.actor(), claim=gone, now=LATER)
    kit.keep()
    assert [each.id for each in queries.claims_of_release(kit.actor("reader"), release)] == [claim]
    assert queries.claims_of_release(kit.actor("stranger"), release) == ()
    assert [each.id for each in queries.reports(kit.actor(), release=release).items] == [about]
    with pytest.raises(NotFound):
        kit.open("About nothing", release=release + 100)
    with pytest.raises(NotFound):
        kit.open("About nothing", plan=10**6)


def test_a_report_is_read_with_as_many_queries_whatever_it_holds(kit, two_waves, django_assert_max_num_queries):
    release = two_waves(60, 48)
    level = PrevalenceClaim(value=0.5, relation=Relation.AT_MOST, population="asked")
    analyst = kit.actor("analyst")
    kit.keep(source=from_release(release))
    with django_assert_max_num_queries(8):
        assert len(queries.report(analyst, kit.report).claims) == 1
    for name in ("alcohol", "smoking", "either"):
        kit.keep(source=from_release(release, name))
        kit.keep(level, level_of(release, name))
    with django_assert_max_num_queries(8):
        assert len(queries.report(analyst, kit.report).claims) == 7


def test_claims_of_a_plan_are_found_by_it(kit, cast):
    made = worlds.World(cast)
    worlds.add_plan(made, NOW)
    about = kit.open("Third quarter", plan=made["plan"])
    first, second = kit.keep(report=about), kit.keep(report=about)
    kit.keep()
    found = queries.claims_of_plan(kit.actor("reader"), made["plan"])
    assert [each.id for each in found] == [first, second]
    assert queries.claims_of_plan(kit.actor("manager"), made["plan"]) == ()
    assert [each.id for each in queries.reports(kit.actor(), plan=made["plan"]).items] == [about]
