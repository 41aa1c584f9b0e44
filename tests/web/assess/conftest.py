"""What the tests of these pages share: a survey with releases, made once for a module by the site's own services."""

import datetime as dt
from dataclasses import dataclass

import pytest

from hashar.assess.queries import releases as release_queries
from hashar.assess.services import releases as release_services
from hashar.web.profiles import shelf
from hashar.web.views import codebooks
from tests.assess.site import csv, make_survey
from tests.people.cast import Cast, make_cast


@dataclass
class Site:
    """The cast, a survey of two waves, and a release in each state."""

    cast: Cast
    survey: int
    files: list[int]
    sha256: str
    run: int
    draft: int
    shared: int
    withdrawn: int
    finding: int
    draft_finding: int

    def sign_in(self, client, person):
        """A signed-in client; nobody is signed in as ``nobody``."""
        return client if person == "nobody" else self.cast.sign_in(client, person)


def make_site():
    from hashar.runs.services import work_once

    now = dt.datetime.now(dt.UTC)
    cast = make_cast(now)
    survey = make_survey(cast, None, "Schools of Almaty", now=now)
    old = survey.upload("survey_2020.csv", csv(2020), now=now)
    new = survey.upload(now=now)
    survey.save(now=now)
    runs = []
    for _ in range(3):  # one after the other: what waits already is not asked for twice
        runs.append(survey.ask(new.id, [old.id], now=now))
        work_once(clock=lambda: dt.datetime.now(dt.UTC))
    analyst, coordinator = cast.actor("analyst"), cast.actor("coordinator")
    draft, shared, withdrawn = (one.id for one in release_queries.releases(analyst, survey=survey.id).items)
    for release in (shared, withdrawn):
        release_services.share(actor=coordinator, release=release, now=now)
    release_services.withdraw(actor=coordinator, release=withdrawn, now=now)
    return Site(
        cast=cast,
        survey=survey.id,
        files=[old.id, new.id],
        sha256=new.sha256,
        run=runs[0].id,
        draft=draft,
        shared=shared,
        withdrawn=withdrawn,
        finding=release_queries.findings(analyst, release=shared, wave="2022").items[0].id,
        draft_finding=release_queries.findings(analyst, release=draft).items[0].id,
    )


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """The site, made once for the module; what a test does to it is undone after the test.

    Modules that use it are marked ``django_db``: each test is a savepoint inside this transaction.
    """
    from django.db import transaction

    whole = transaction.atomic()
    whole._from_testcase = True
    with django_db_blocker.unblock(), whole:
        yield make_site()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def nothing_kept():
    """Pages and checks of one test are not another's."""
    shelf.clear()
    codebooks._checked.clear()
