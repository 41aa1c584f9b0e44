"""Commitments: who may promise, invite, accept and take back; everything stays in the history."""

from pathlib import Path

import pytest

from hashar.errors import Conflict, Forbidden, NotFound, UsageError
from hashar.people.contracts import CONSOLE
from hashar.people.queries import audit_trail
from hashar.people.services.organisations import close_organisation
from hashar.plan.contracts.commitments import CommitmentState, Part, Promise, Side, Step
from hashar.plan.models import Commitment
from hashar.plan.queries import plans as plan_queries
from hashar.plan.queries.commitments import participants_by_measure
from hashar.plan.queries.finding import place_of_commitment
from hashar.plan.rules.commitments import RULES, Rule, Who
from hashar.plan.services import commitments, plan_imports
from tests.plan.test_plans import NOW, file
from tests.plan.together import MEASURES, in_days, make_together, police

pytestmark = pytest.mark.django_db


@pytest.fixture
def together(cast):
    return make_together(cast)


def state(together, commitment):
    return next(one for one in together.page("coordinator").commitments if one.id == commitment).state


def test_an_offer_is_accepted_and_kept_and_every_step_stays(together):
    made = together.offer(until=in_days(60), means="Two trainers")
    together.take("official", made, Step.ACCEPT)
    together.take("coordinator", made, Step.KEEP)
    one = together.page("reader").commitments[0]
    assert one.state is CommitmentState.KEPT
    assert one.promise == Promise(Part.PARTNER, "Ten evenings", in_days(60), "Two trainers")
    assert [(line.step, line.organisation_name, line.by) for line in one.history] == [
        (Step.OFFER, "Almaty youth", "Youth"),
        (Step.ACCEPT, "Almaty centre", "Official"),
        (Step.KEEP, "Almaty centre", "Coordinator"),
    ]
    assert one.side is Side.CIVIL


def test_an_invitation_is_answered_with_a_promise_of_ones_own_and_keeps_its_part(together):
    made = together.invite(part=Part.LEAD)
    together.take("youth", made, Step.ANSWER, promise=Promise(Part.PARTNER, "We lead it", in_days(9)))
    one = together.page("youth").commitments[0]
    assert (one.state, one.promise) == (CommitmentState.PROPOSED, Promise(Part.LEAD, "We lead it", in_days(9)))
    assert [line.promise.text for line in one.history] == ["Please help", "We lead it"]


def test_an_organisation_withdraws_its_own_with_a_reason_that_stays(together):
    made = together.accepted()
    with pytest.raises(UsageError, match="Say why"):
        together.take("youth", made, Step.WITHDRAW, reason=" \n ")
    together.take("youth", made, Step.WITHDRAW, reason="Our trainer left")
    one = together.page("reader").commitments[0]
    assert (one.state, one.history[-1].reason) == (CommitmentState.WITHDRAWN, "Our trainer left")
    assert one.steps == ()
    assert Commitment.objects.count() == 1


TABLE = {
    # step: (before, who may, of official · coordinator · youth (promises) · police (leads by its promise) · reader)
    Step.ANSWER: (["invite"], "youth"),
    Step.REFUSE: (["invite"], "youth"),
    Step.CALL_BACK: (["invite"], "official coordinator"),
    Step.ACCEPT: (["offer"], "official coordinator police"),
    Step.DECLINE: (["offer"], "official coordinator police"),
    Step.WITHDRAW: (["offer", "accepted"], "youth"),
    Step.KEEP: (["accepted"], "official coordinator police"),
    Step.BREAK: (["accepted"], "official coordinator police"),
}


@pytest.mark.parametrize("step", TABLE)
def test_who_may_take_which_step(cast, step):
    leads = police(cast)
    together = make_together(cast)
    lead = together.offer("police", leads, Part.LEAD)
    together.take("official", lead, Step.ACCEPT)
    begins, allowed = TABLE[step]
    for begin in begins:
        made = getattr(together, begin)()
        for who in ("official", "coordinator", "youth", "police", "reader", "analyst", "colleague", "manager"):
            one = next(one for one in together.page(who).commitments if one.id == made)
            assert (step in one.steps) == (who in allowed.split()), who
            if who not in allowed.split():
                with pytest.raises(Forbidden):
                    together.take(who, made, step, reason="because")
        with pytest.raises(NotFound):
            together.take("stranger", made, step, reason="because")
        with pytest.raises(NotFound):
            place_of_commitment(together.actor("youth"), made + 10**6)
        Commitment.objects.filter(pk=made).update(state="declined")


def test_every_step_has_its_line_in_the_table():
    assert {rule.step for rule in RULES} == {Step.INVITE, Step.OFFER, *TABLE}


def test_the_lead_never_decides_on_its_own_promise(cast):
    leads = police(cast)
    together = make_together(cast)
    lead = together.offer("police", leads, Part.LEAD)
    together.take("official", lead, Step.ACCEPT)
    own = together.offer("police", leads)
    with pytest.raises(Forbidden, match="never on its own"):
        together.take("police", own, Step.ACCEPT)


def test_the_lead_accepts_a_partner_in_its_own_name(cast):
    leads = police(cast)
    together = make_together(cast)
    together.take("official", together.offer("police", leads, Part.LEAD), Step.ACCEPT)
    together.take("police", together.offer(), Step.ACCEPT)
    assert [one.history[-1].organisation_name for one in together.page("reader").commitments] == [
        "Almaty centre",
        "МВД",
    ]


def test_a_measure_has_one_lead_at_a_time(cast):
    leads = police(cast)
    together = make_together(cast)
    first, second = together.offer("police", leads, Part.LEAD), together.offer(part=Part.LEAD)
    together.take("official", first, Step.ACCEPT)
    with pytest.raises(Conflict, match="МВД leads this measure already"):
        together.take("official", second, Step.ACCEPT)
    together.take("police", first, Step.WITHDRAW, reason="No people")
    together.take("official", second, Step.ACCEPT)
    assert together.page("reader").participants.lead.name == "Almaty youth"


def test_a_step_that_somebody_took_in_between_is_a_conflict(together):
    made = together.offer()
    together.take("youth", made, Step.WITHDRAW, reason="Not now")
    with pytest.raises(Conflict, match="in the meantime"):
        together.take("official", made, Step.ACCEPT)
    assert state(together, made) is CommitmentState.WITHDRAWN


def test_who_does_not_see_the_plan_offers_nothing_and_learns_nothing(together):
    with pytest.raises(NotFound, match="no such plan"):
        together.offer("stranger", together.cast.foreign)
    with pytest.raises(NotFound):
        together.page("stranger")


def test_nobody_promises_in_the_name_of_others(together):
    for who in ("official", "colleague", "manager"):
        with pytest.raises(Forbidden, match="that promises"):
            together.offer(who, together.cast.neighbour)
    with pytest.raises(Forbidden, match="plan's organisation"):
        together.invite(name="youth")


def test_an_invitation_opens_the_plan_to_an_organisation_elsewhere_until_it_is_over(together):
    made = together.invite(together.cast.foreign)
    assert together.page("stranger").commitments[0].state is CommitmentState.INVITED
    assert plan_queries.plans(together.actor("stranger")).total == 1
    together.take("stranger", made, Step.REFUSE, reason="Too far away")
    with pytest.raises(NotFound):
        together.page("stranger")
    assert plan_queries.plans(together.actor("stranger")).total == 0


def test_a_body_that_the_plan_names_sees_it_wherever_it_works(cast):
    police(cast)
    together = make_together(cast)
    assert "МВД" in [one.name for one in together.page("police").participants.partners]


def test_lead_and_partners_by_the_plan_and_by_promise(cast):
    police(cast)
    together = make_together(cast)
    found = participants_by_measure(together.actor("reader"), together.plan)
    first, second, third = (found[one] for one in together.measures)
    assert first.lead is None
    assert [one.name for one in first.partners] == ["Almaty centre", "МВД"]
    assert (second.lead.name, second.by_plan, second.lead.organisation) == ("МЗ", True, None)
    assert (third.lead, third.has_civil) == (None, False)
    together.accepted()
    first = participants_by_measure(together.actor("reader"), together.plan)[together.measures[0]]
    assert first.has_civil
    assert [one.name for one in first.of(Side.CIVIL)] == ["Almaty youth"]
    assert [one.name for one in first.of(Side.STATE)] == ["Almaty centre", "МВД"]


def test_a_measure_that_a_new_edition_leaves_out_keeps_its_promises_and_takes_no_new_ones(together):
    made, waiting = together.accepted(), together.offer("coordinator", together.cast.centre)
    official = together.actor("official")
    upload = {"organisation": together.cast.centre, "plan": together.plan, "name": "b.docx", "now": NOW}
    edition = plan_imports.upload(actor=official, content=file(MEASURES[1:], notes=""), **upload)
    plan_imports.store(actor=official, import_id=edition, now=NOW)
    page = together.page("youth")
    assert (page.present, page.offering, page.may_invite) == (False, {}, False)
    assert page.commitments[0].id == made
    with pytest.raises(Conflict, match="does not hold this measure"):
        together.offer("coordinator", together.cast.centre)
    with pytest.raises(Conflict):
        together.take("official", waiting, Step.ACCEPT)
    together.take("youth", made, Step.WITHDRAW, reason="It is gone")


@pytest.mark.parametrize(
    ("promise", "sentence"),
    [
        (Promise(Part.PARTNER, " \u200b\n"), "Say what"),
        (Promise(Part.PARTNER, "x" * 1001), "too long"),
        (Promise(Part.PARTNER, "x", means="y" * 1001), "too long"),
        (Promise(Part.PARTNER, "x", until=in_days(-1)), "has passed"),
    ],
)
def test_a_promise_that_will_not_do_is_told(together, promise, sentence):
    with pytest.raises(UsageError, match=sentence):
        commitments.offer(
            actor=together.actor("youth"),
            plan=together.plan,
            measure=together.measures[0],
            organisation=together.cast.neighbour,
            promise=promise,
            now=NOW,
        )
    with pytest.raises(UsageError, match="too long"):
        together.take("youth", together.offer(), Step.WITHDRAW, reason="x" * 401)


def test_one_open_commitment_of_each_part_and_not_without_end(together):
    made = together.offer()
    with pytest.raises(Conflict, match="open commitment"):
        together.offer()
    together.take("youth", made, Step.WITHDRAW, reason="Later")
    Commitment.objects.bulk_create(
        Commitment(
            measure_id=together.measures[0],
            organisation_id=together.cast.neighbour,
            part="partner",
            state="withdrawn",
            text="x",
            made_by_id=together.cast.people["youth"],
            made_at=NOW,
            changed_at=NOW,
        )
        for _ in range(29)
    )
    with pytest.raises(Conflict, match="too often"):
        together.offer()


def test_a_closed_organisation_is_not_invited(together):
    close_organisation(actor=CONSOLE, organisation=together.cast.foreign, now=NOW)
    with pytest.raises(Conflict, match="is closed"):
        together.invite(together.cast.foreign)


def test_every_step_stands_in_the_trail_of_the_organisation_that_took_it(together):
    made = together.offer()
    together.take("official", made, Step.ACCEPT)

    def actions(who, organisation):
        return [row.action for row in audit_trail(together.actor(who), organisation=organisation).items]

    assert "commitment.offer" in actions("youth", together.cast.neighbour)
    assert "commitment.accept" in actions("coordinator", together.cast.centre)


def test_a_page_of_many_commitments_and_posts_asks_a_fixed_number_of_queries(together, django_assert_max_num_queries):
    together.accepted()
    with django_assert_max_num_queries(20):
        together.page("youth")


WHO = {
    "coordinator or official of the plan's organisation": Who.PLAN,
    "the plan's organisation": Who.PLAN,
    "coordinator or official of the organisation that promises": Who.OWN,
    "the organisation that was invited": Who.OWN,
    "the organisation that promised": Who.OWN,
    "the plan's organisation, or the lead for a partner": Who.ACCEPTING,
}
STEPS = {
    "answer an invitation": Step.ANSWER,
    "refuse an invitation": Step.REFUSE,
    "take an invitation back": Step.CALL_BACK,
    "kept": Step.KEEP,
    "not kept": Step.BREAK,
}


def told_rules():
    """The table of steps in the how-to, as rules."""
    text = (Path(__file__).parents[2] / "docs" / "how-to" / "work-side-by-side.md").read_text(encoding="utf-8")
    who = ""
    for line in text.partition("| Step | From → to | Who | Reason |")[2].splitlines()[2:]:
        if not line.startswith("|"):
            return
        step, way, named, reason = (cell.strip() for cell in line.strip("|").split("|"))
        who = who if named == "the same" else named
        before, after = (
            tuple(CommitmentState(each.strip().replace(" ", "_")) for each in part.split(",") if each.strip())
            for part in way.split("→")
        )
        yield Rule(STEPS.get(step) or Step(step), before, *after, WHO[who], reason={"": False, "needed": True}[reason])


def test_the_how_to_tells_the_rules_as_they_are():
    assert list(told_rules()) == list(RULES)
