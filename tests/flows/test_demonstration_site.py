"""What ``hashar demo`` makes: people of every role, a shared profile, a register, and work for the worker."""

import datetime as dt

import pytest
from django.test import override_settings

from hashar.assess.contracts.surveys import ReleaseState
from hashar.assess.queries import releases, series, surveys
from hashar.evaluate import queries as kept
from hashar.evaluate.contracts.claims import Verdict
from hashar.flows import demonstration, demonstration_site
from hashar.implement.contracts.collections import CollectionState
from hashar.implement.contracts.progress import TroubleKind
from hashar.implement.queries import collections
from hashar.people.contracts import CONSOLE
from hashar.people.queries import account_named, actor_of
from hashar.places.queries import territory
from hashar.places.services.loading import load_shipped
from hashar.plan.contracts.commitments import CommitmentState
from hashar.plan.contracts.stored_models import ModelState
from hashar.plan.queries import commitments, logic_models, plans
from hashar.runs.queries import queue

NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


def clock():
    return dt.datetime.now(dt.UTC)


@pytest.mark.slow
@pytest.mark.django_db
def test_it_holds_everything_to_look_round_and_says_that_it_is_a_sample(tmp_path, django_capture_on_commit_callbacks):
    with override_settings(DATA=tmp_path):
        load_shipped(now=NOW)
        demonstration.begin(tmp_path)
        told = []
        with django_capture_on_commit_callbacks(execute=True):
            made = demonstration_site.make(data=tmp_path, clock=clock, tell=told.append)
        people = {account.login: actor_of(account_named(CONSOLE, account.login).id) for account in made}

        assert {a.role for a in made} == {
            *("operator", "coordinator", "official", "analyst", "programme_manager", "reader"),
        }
        assert all(account.organisation.startswith("Sample: ") for account in made if account.organisation)
        assert "sample" in territory("US").names["en"]

        (survey,) = surveys.surveys(people["aigul"]).items
        assert "sample" in survey.title
        assert survey.territory_path == "US/"
        (release,) = releases.releases(people["bek"]).items
        assert release.state is ReleaseState.SHARED
        assert not releases.releases(people["guli"]).items, (
            "a coalition in Almaty has no right to another country's survey"
        )
        assert [one.title for one in series.series_list(people["dina"]).items] == [
            "Registered drug offences, Kazakhstan"
        ]
        (plan,) = plans.plans(people["farida"]).items
        assert plan.languages == ("ru", "kk")
        assert "пример" in plan.titles["ru"]
        whole = plans.plan(people["timur"], plan.id, today=NOW.date())
        assert {body.organisation is not None for measure in whole.measures for body in measure.bodies} == {True, False}
        the_chain_is_alive(people, plan.id)
        assert queue(clock()).queued == 1, "one more profile is left for the worker, so that its progress can be seen"

        assert demonstration.accounts(tmp_path) == made
        assert demonstration_site.make(data=tmp_path, clock=clock, tell=told.append) == made
        assert len(told) == 5


def the_chain_is_alive(people, plan):
    """Progress asked, something promised, a model with findings, a report with verdicts, as the official sees it."""
    official, coordinator = people["timur"], people["farida"]
    (asked,) = collections.collections(official, plan)
    detail = collections.collection(official, asked.id, today=clock().date())
    assert detail.summary.state is CollectionState.OPEN
    assert sum(one.answered > 0 for one in detail.bodies) == 2
    assert len(detail.files) == 1
    assert TroubleKind.CONFLICT in {one.kind for one in detail.troubles}
    (model,) = logic_models.models(official).items
    assert (model.state, model.errors, model.warnings) == (ModelState.SHARED, 3, 0)
    (report,) = kept.reports(official).items
    claims = kept.report(official, report.id).claims
    assert [one.judgement.verdict for one in claims] == [*Verdict]
    assert [one.judgement.override is not None for one in claims] == [False, True, False]
    (of_profile,) = kept.reports(people["aigul"]).items
    assert kept.report(people["aigul"], of_profile.id).claims[0].judgement.verdict is Verdict.SUPPORTED
    measures = {one.number: one.id for one in plans.plan(coordinator, plan, today=clock().date()).measures}
    clubs, skills = (
        commitments.measure_page(coordinator, plan, measures[number], today=clock().date()) for number in ("12", "7")
    )
    assert [one.state for one in clubs.commitments] == [CommitmentState.ACCEPTED]
    assert len(clubs.posts) == 2
    assert [one.state for one in skills.commitments] == [CommitmentState.INVITED]
