"""Reach out of the database: of a measure, a plan, an organisation; for whom asks; as evidence for the guard."""

import datetime as dt
import io

import pytest

from hashar.errors import NotFound
from hashar.evaluate.contracts.claims import CoverageClaim, Verdict
from hashar.evaluate.services.guard import judge_claim
from hashar.flows.reached import coverage_evidence
from hashar.i18n import Translator
from hashar.implement.contracts.activities import BANDS, EVERYBODY, Ages, PeopleCount, Sex, State
from hashar.implement.contracts.reach import Range
from hashar.implement.queries.reach import activities_of_measure, counted_activities, reach_of
from hashar.implement.services import activities
from hashar.places.services import imports
from hashar.plan.queries.measures import measures, measures_to_serve
from hashar.plan.services import plan_imports
from hashar.reports.content import activity_words
from tests.implement.activities import NOW, PUPILS, log
from tests.plan.word_file import paragraph, row, table, word_file

pytestmark = pytest.mark.django_db
YEAR = {"start": dt.date(2026, 1, 1), "end": dt.date(2026, 12, 31)}


def make_plan(cast, title, *lines):
    """A plan of the centre with these measures; returns its id and theirs."""
    head = row("№", "Мероприятие", "Срок", "Ответственные")
    rows = [row(str(at), line, "IV квартал 2026 года", "Almaty centre") for at, line in enumerate(lines, 1)]
    content = io.BytesIO(word_file(paragraph(f"{title} на 2026–2027 годы"), table([head, *rows])))
    official = cast.actor("official")
    made = plan_imports.upload(
        actor=official, organisation=cast.centre, plan=None, name="a.docx", content=content, now=NOW
    )
    plan = plan_imports.store(actor=official, import_id=made, now=NOW)
    found = measures_to_serve(official, cast.centre, NOW.date())
    return plan, [each.id for each in found if each.plan == plan]


def bring_in(cast, *lines):
    """People of age groups of the city."""
    text = "\n".join(["code,year,age_from,age_to,count", *lines])
    official = cast.actor("official")
    found = imports.check(
        actor=official,
        organisation=cast.centre,
        kind="population",
        name="a.csv",
        content=io.BytesIO(text.encode()),
        language="en",
        parent="",
        source="City office",
        licence="",
        now=NOW,
    )
    imports.confirm(actor=official, import_id=found.summary.id, now=NOW)


def whole(actor, ages=PUPILS, **asked):
    return reach_of(actor, ages=ages, **YEAR, **asked).whole


def test_one_entry_counts_in_two_plans_and_once_in_the_whole(cast):
    state, (first, second) = make_plan(cast, "Комплексный план", "Занятия", "Встречи")
    coalition, (third,) = make_plan(cast, "План коалиции", "Навыки")
    both = log(cast, measures=(first, second, third), contacts=40)
    log(cast, measures=(first,), contacts=25, title="Other", place="School 14")
    reader = cast.actor("reader")
    report = reach_of(reader, ages=PUPILS, plan=state, **YEAR)
    assert [(one.measure.number, one.reach.contacts) for one in report.measures] == [("1", 65), ("2", 40), ("1", 40)]
    assert (report.whole.contacts, report.whole.people) == (65, Range(40, 65))
    assert whole(reader, plan=coalition).contacts == whole(reader, measure=second).contacts == 40
    assert whole(reader, organisation=cast.centre).contacts == whole(reader).contacts == 65
    assert [one.id for one in activities_of_measure(reader, third).items] == [both]
    assert set(measures(cast.actor("stranger"), [first, third])) == set()


def test_what_is_planned_cancelled_or_of_another_time_does_not_count(cast):
    log(cast)
    log(cast, state=State.PLANNED, date=dt.date(2026, 5, 1), contacts=None)
    log(cast, date=dt.date(2025, 12, 31), title="Last year")
    gone = log(cast, title="Gone")
    activities.cancel(actor=cast.actor("official"), activity=gone, now=NOW)
    report = reach_of(cast.actor("reader"), ages=PUPILS, organisation=cast.centre, **YEAR)
    assert (report.whole.activities, report.whole.contacts, report.planned) == (1, 25, 2)


def test_the_share_is_of_those_who_live_in_the_territory(cast):
    bring_in(cast, "KZ-75,2025,12,14,60", "KZ-75,2025,15,17,40")
    log(cast, contacts=30)
    log(cast, contacts=20, title="Other")
    report = reach_of(cast.actor("reader"), ages=PUPILS, organisation=cast.centre, **YEAR)
    assert (report.denominator.count, report.denominator.year, report.denominator.source) == (100, 2025, "City office")
    assert (report.whole.low_share, report.whole.high_share) == (0.3, 0.5)
    t = Translator("en")
    assert activity_words.people_word(t, report.whole.people) == "between 30 and 50 different people"
    assert activity_words.share_word(t, report.whole) == "30% – 50%"
    assert activity_words.there_word(t, report) == "100 people aged 12–17 years live in Almaty (2025; City office)."
    nobody = reach_of(cast.actor("reader"), ages=Ages(11, 17), organisation=cast.centre, **YEAR)
    assert nobody.denominator is None
    assert "not known" in activity_words.there_word(t, nobody)
    assert activity_words.share_word(t, nobody.whole) == ""
    assert reach_of(cast.actor("reader"), ages=PUPILS, **YEAR).territory is None


def test_small_numbers_are_left_out_for_those_who_are_not_concerned(cast):
    log(cast, contacts=3)
    log(cast, contacts=40, title="Hall", people=38, by_age=(PeopleCount(PUPILS, Sex.FEMALE, 2),), ages=EVERYBODY)
    inside, outside = whole(cast.actor("reader")), whole(cast.actor("manager"))
    assert (inside.contacts, inside.hidden, inside.people) == (43, 0, Range(3, 41))
    assert (outside.contacts, outside.hidden, outside.people) == (40, 1, Range(0, 42))
    asked = {"ages": PUPILS, "organisation": cast.centre, **YEAR}
    told = counted_activities(cast.actor("reader"), **asked)
    assert [(one.contacts, one.few) for one in told] == [(None, True), (40, False)]
    assert reach_of(cast.actor("reader"), outside=True, **asked).whole == outside
    assert activity_words.cautions(Translator("en"), outside) == [
        "1 activity was for other ages too: perhaps nobody of these ages was there.",
        "1 activity with fewer than 5 people is not in the contacts.",
    ]


def test_what_could_be_worked_out_from_age_groups_is_not_told_either(cast):
    counts = (PeopleCount(PUPILS, Sex.ALL, 20), PeopleCount(PUPILS, Sex.FEMALE, 18))
    log(cast, contacts=40, people=38, by_age=counts, ages=EVERYBODY)
    assert whole(cast.actor("reader")).people == Range(20, 38)
    assert whole(cast.actor("manager")).people == Range(0, 38)
    fewer = (PeopleCount(BANDS[1], Sex.ALL, 20), PeopleCount(PUPILS, Sex.ALL, 20))
    log(cast, contacts=42, people=42, by_age=fewer, ages=EVERYBODY, title="Rest of two")
    assert whole(cast.actor("manager")).people.low == 0


def test_a_stranger_counts_nothing(cast):
    plan, _ = make_plan(cast, "План", "Занятия")
    log(cast)
    assert whole(cast.actor("stranger"), organisation=cast.centre).activities == 0
    with pytest.raises(NotFound):
        whole(cast.actor("stranger"), plan=plan)
    with pytest.raises(NotFound):
        whole(cast.actor("reader"), organisation=2**70)


def claimed(cast, share, **asked):
    evidence = coverage_evidence(cast.actor("reader"), ages=PUPILS, organisation=cast.centre, **YEAR, **asked)
    return evidence, judge_claim(claim=CoverageClaim(share=share), evidence=evidence).verdict


def test_the_guard_reads_the_same_range(cast):
    assert claimed(cast, 0.1)[1] is Verdict.CANNOT_BE_KNOWN
    bring_in(cast, "KZ-75,2026,12,17,1000")
    for number in range(25):
        log(cast, contacts=48, title=f"Event {number}", place=f"School {number}")
    evidence, verdict = claimed(cast, 1.0)
    assert (evidence.contacts, evidence.largest_event, evidence.population) == (1000, 48, 1000)
    assert verdict is Verdict.CANNOT_BE_KNOWN
    assert claimed(cast, 0.04)[1] is Verdict.SUPPORTED


def test_a_group_that_comes_again_is_no_proof_of_more_people(cast):
    bring_in(cast, "KZ-75,2026,12,17,1000")
    for day in range(1, 9):
        log(cast, contacts=25, group="School 12, 7a", school_class=True, date=dt.date(2026, 2, day))
    evidence, verdict = claimed(cast, 0.2)
    assert (evidence.unique, verdict) == (25, Verdict.NOT_SHOWN)
    assert claimed(cast, 0.025)[1] is Verdict.SUPPORTED
