"""A plan whose only import is taken back while people already work with it: nothing breaks and nothing is lost."""

import datetime as dt

import pytest
from django.apps import apps
from django.urls import reverse

from hashar.evaluate.services import kept, reports
from hashar.implement.contracts.activities import State
from hashar.people.contracts import Role
from hashar.plan.contracts.commitments import Audience, Part, Promise, Step
from hashar.plan.models import PlanImport
from hashar.plan.queries.commitments import measure_page
from hashar.plan.services import commitments, plan_imports, threads
from tests.evaluate.conftest import FELL, SENTENCE, STATED, printed
from tests.implement.activities import log
from tests.implement.collecting import DONE, NOW, collecting, plan_file
from tests.plan.together import add_person

__all__ = ["collecting"]
pytestmark = pytest.mark.django_db


def rows():
    """Model → its rows, of everything that people wrote about the plan."""
    apart = {"plan", "section", "measurebody", "measuredeadline", "measurecost", "planimport"}
    return {
        model._meta.label: sorted(model.objects.values_list("pk", flat=True))
        for name in ("plan", "implement", "evaluate")
        for model in apps.get_app_config(name).get_models()
        if model._meta.model_name not in apart
    }


@pytest.fixture
def worked(collecting):
    """A promise, a post, answers, activities and a claim; then every import is undone."""
    cast, measure = collecting.cast, collecting.numbers["1"]
    add_person(cast, "youth", cast.neighbour, Role.COORDINATOR)
    about = {"plan": collecting.plan, "measure": measure, "now": NOW}
    promised = commitments.offer(
        actor=cast.actor("youth"), organisation=cast.neighbour, promise=Promise(Part.PARTNER, "Ten evenings"), **about
    )
    commitments.take(actor=cast.actor("official"), commitment=promised, step=Step.ACCEPT, now=NOW)
    threads.write(
        actor=cast.actor("youth"),
        organisation=cast.neighbour,
        audience=Audience.PUBLIC,
        text="We begin in May.",
        **about,
    )
    collecting.collection = collecting.open()
    collecting.say(collecting.collection, "МВД", "1", **DONE)
    collecting.activity = log(cast, now=NOW, measures=(measure,))
    log(cast, now=NOW, measures=(measure,), state=State.PLANNED, date=dt.date(2026, 5, 1), contacts=None)
    report = reports.open_report(
        actor=cast.actor("coordinator"), organisation=cast.centre, title="Year", now=NOW, plan=collecting.plan
    )
    kept.keep(
        actor=cast.actor("analyst"),
        report=report,
        sentence=SENTENCE,
        claim=FELL,
        source=STATED,
        typed=printed(),
        now=NOW,
    )
    collecting.report = report
    collecting.before = rows()
    for one in PlanImport.objects.filter(plan=collecting.plan).order_by("-pk"):
        plan_imports.undo(actor=collecting.official, import_id=one.pk, now=collecting.tick())
    return collecting


def pages(worked):
    plan, measure, collection = worked.plan, worked.numbers["1"], worked.collection
    form = worked.form(collection, "МВД")
    files = [(kind, edition) for kind in ("docx", "xlsx") for edition in ("ru", "en")]
    return [
        *((name, ()) for name in ("home", "plans", "deadlines", "deadlines_calendar", "fitting_measures")),
        *((name, ()) for name in ("implement", "implement_new", "activity_doubles", "evaluate")),
        *((name, (plan,)) for name in ("plan", "plan_upload", "progress", "progress_new")),
        *((name, (plan, measure)) for name in ("measure", "measure_fitting", "measure_offer", "measure_invite")),
        *(
            (name, (collection,))
            for name in ("progress_collection", "progress_state", "progress_anew", "progress_sent")
        ),
        *(("progress_report", (collection, edition, kind)) for kind, edition in files),
        *(("plan_document", (plan, edition, kind)) for kind, edition in files),
        *(("progress_file", (form, "ru", kind)) for kind in ("xlsx", "html")),
        *(("progress_archive", (collection, "ru", kind)) for kind in ("xlsx", "html")),
        ("progress_measure", (collection, measure)),
        ("progress_form", (form,)),
        ("progress_answer", (form, measure)),
        ("activity", (worked.activity,)),
        ("activity_change", (worked.activity,)),
        ("report", (worked.report,)),
        ("report_document", (worked.report, "ru", "docx")),
    ]


@pytest.mark.parametrize("who", ["official", "youth", "reader", "manager"])
def test_no_page_breaks(worked, client, who):
    client = worked.cast.sign_in(client, who)
    answers = {name: client.get(reverse(name, args=given)).status_code for name, given in pages(worked)}
    assert set(answers.values()) <= {200, 302, 303, 403, 404, 405, 409, 422}, answers
    if who == "official":
        readable = (
            "home",
            "plans",
            "plan",
            "measure",
            "progress",
            "progress_collection",
            "progress_report",
            "activity",
        )
        assert {name: answers[name] for name in readable} == dict.fromkeys(readable, 200)
    reach = client.get(reverse("reach"), {"of": f"plan-{worked.plan}"})
    assert reach.status_code == 200
    assert client.get(reverse("donor_form", args=("docx",)), {"of": f"plan-{worked.plan}"}).status_code == 200


def test_nothing_that_people_wrote_is_lost_and_the_plan_comes_back_with_it(worked):
    assert rows() == worked.before
    measure = worked.numbers["1"]
    page = measure_page(worked.official, worked.plan, measure, today=NOW.date())
    assert [one.promise.text for one in page.commitments] == ["Ten evenings"]
    worked.import_plan(plan_file(), worked.plan)
    assert {one.number: one.id for one in worked.measures()} == worked.numbers
    assert worked.standing(worked.collection, "МВД", "1")["evidence"] == "приказ № 5"
    assert rows() == worked.before
