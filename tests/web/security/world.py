"""A small world with one of everything that the addresses lead to, made once for a module by the site's own services.

Almaty centre owns a survey with a release of each state, a series, an invitation and tokens. Every title, note and
label in it carries ``MARK``: whoever may not see something must never meet that word.
"""

import datetime as dt
import hashlib
import io
import re
import uuid
from dataclasses import dataclass, field

import pytest
from django.test import Client

from hashar.assess.contracts.series import Measure, PeriodKind
from hashar.assess.contracts.series_draft import SeriesDraft
from hashar.assess.queries import releases as release_queries
from hashar.assess.queries import series as series_queries
from hashar.assess.services import (
    codebook_versions,
    releases,
    series,
    series_imports,
    series_preview,
    surveys,
)
from hashar.evaluate.contracts.claims import Direction, TrendClaim
from hashar.evaluate.contracts.kept import Source, SourceKind
from hashar.evaluate.services import guard, kept, reports
from hashar.exchange.contracts import Draft
from hashar.exchange.queries import practices
from hashar.exchange.services import confirmations, own
from hashar.implement.contracts.activities import Draft as ActivityDraft
from hashar.implement.contracts.progress import Period
from hashar.implement.queries import collections as progress_queries
from hashar.implement.queries import forms
from hashar.implement.services import activities, collections, returned_files
from hashar.people.contracts import Role, Scope
from hashar.people.services import invitations, tokens
from hashar.places.services import imports as place_imports
from hashar.plan.contracts.commitments import Audience, Part, Promise
from hashar.plan.queries import plans as plan_queries
from hashar.plan.services import commitments, plan_imports, stored_models, threads
from hashar.reference.services import own_indicators, slang
from hashar.runs import services as runs
from tests.assess import small_survey
from tests.implement.forms import answer_file
from tests.intake.test_pictures import png
from tests.people.cast import Cast, make_cast
from tests.plan.word_file import paragraph, row, table, word_file

MARK = "Qyzylqum"
CHART = re.compile(r"/charts/([^/]+)/([^/]+)/(\d+)/([^/]+)/")


@dataclass
class World:
    """Ids and codes by the names that the addresses use."""

    cast: Cast
    arguments: dict[str, object] = field(default_factory=dict)

    def __getitem__(self, name: str):
        return self.arguments[name]


def codebook():
    """The codebook of the small survey, its title and an indicator marked."""
    text = small_survey.CODEBOOK.replace("Oblast school survey", f"{MARK} school survey")
    return text.replace("{en: Alcohol}", f"{{en: {MARK} alcohol}}")


def survey_file(wave=2022):
    """A survey file as it is uploaded."""
    columns = small_survey.rows(seed=wave, wave=wave)
    lines = [",".join(columns), *(",".join(str(v) for v in row) for row in zip(*columns.values(), strict=True))]
    return io.BytesIO("\n".join(lines).encode())


def clock():
    return dt.datetime.now(dt.UTC)


def make_world():
    """Everything, as its owners would make it."""
    now = clock()
    cast = make_cast(now)
    world = World(cast)
    add_survey(world, now)
    add_people(world, now)
    add_series(world, now)
    add_place_imports(world, now)
    add_reference(world, now)
    add_practice(world, now)
    add_plan(world, now)
    add_logic_model(world, now)
    add_claims(world, now)
    add_progress(world, now)
    add_activity(world, now)
    find_chart(world)
    return world


def add_survey(world, now):
    """A survey with a file, a codebook, and a draft, a shared and a withdrawn release."""
    cast = world.cast
    coordinator, analyst = cast.actor("coordinator"), cast.actor("analyst")
    survey = surveys.create_survey(
        actor=coordinator, organisation=cast.centre, title=f"{MARK} pupils", territory=cast.city, now=now
    )
    file = surveys.add_file(actor=analyst, survey=survey, name=f"{MARK}_2022.csv", content=survey_file(), now=now)
    saved = codebook_versions.save_codebook(actor=analyst, survey=survey, text=codebook(), based_on=0, now=now)
    for _ in range(3):
        run = releases.ask_profile(actor=analyst, survey=survey, file=file.id, earlier=(), by=None, now=now)
        runs.work_once(clock=clock)
    made = [each.id for each in release_queries.releases(analyst, survey=survey).items]
    draft, shared, withdrawn = made
    for release in (shared, withdrawn):
        releases.share(actor=coordinator, release=release, now=now)
    releases.withdraw(actor=coordinator, release=withdrawn, now=now)
    finding = release_queries.findings(analyst, release=shared).items[0]
    hidden = release_queries.findings(analyst, release=draft).items[0]
    world.arguments |= {
        "survey": survey,
        "file": file.id,
        "sha256": file.sha256,
        "number": saved.number,
        "run": run.id,
        "draft": draft,
        "shared": shared,
        "withdrawn": withdrawn,
        "finding": finding.id,
        "draft_finding": hidden.id,
    }


def add_people(world, now):
    """An open invitation with a note, and a token."""
    cast = world.cast
    made = invitations.invite(
        actor=cast.actor("coordinator"), organisation=cast.centre, role=Role.READER, note=f"{MARK} note", now=now
    )
    token = tokens.make(actor=cast.actor("coordinator"), name=f"{MARK} token", scopes=[Scope.READ], days=30, now=now)
    world.arguments |= {
        "organisation": cast.centre,
        "invitation": made.id,
        "code": made.code,
        "token": token.id,
        "membership": cast.memberships["reader"],
        "person": cast.people["reader"],
    }


def add_series(world, now):
    """A register with one import stored and one waiting."""
    official = world.cast.actor("official")
    draft = SeriesDraft(
        title=f"{MARK} register",
        source="police",
        territory="KZ-75",
        measure=Measure.EVENTS,
        period_kind=PeriodKind.YEAR,
    )
    made = series.create_series(actor=official, organisation=world.cast.centre, draft=draft, now=now)
    stored = series_imports.upload(actor=official, series=made, name="old.csv", content=register(2019), now=now)
    digest = series_preview.preview(official, stored, now=now).digest
    series_imports.store(actor=official, import_id=stored, digest=digest, good_only=False, now=now)
    series.share_series(actor=world.cast.actor("coordinator"), series=made, now=now)
    waiting = series_imports.upload(actor=official, series=made, name=f"{MARK}.csv", content=register(2023), now=now)
    first = series_queries.all_observations(official, made).items[0]
    world.arguments |= {"series": made, "stored_import": stored, "waiting_import": waiting, "observation": first.id}
    world.arguments["series_sha256"] = hashlib.sha256(register(2019).read()).hexdigest()


def register(first):
    """A register's file: two years of numbers."""
    return io.BytesIO(f"territory,year,value\nKZ-75,{first},1200\nKZ-75,{first + 1},1300\n".encode())


def add_place_imports(world, now):
    """A checked import of population that waits."""
    preview = place_imports.check(
        actor=world.cast.actor("official"),
        organisation=world.cast.centre,
        kind="population",
        name=f"{MARK}.csv",
        content=io.BytesIO(b"code,year,count\nKZ-75,2024,2200000\n"),
        language="en",
        parent="",
        source=f"{MARK} yearbook",
        licence="open",
        now=now,
    )
    world.arguments["place_import"] = preview.summary.id


def add_reference(world, now):
    """A slang name, and an indicator of the organisation's own."""
    cast = world.cast
    world.arguments["slang"] = slang.add_slang(
        actor=cast.actor("reader"),
        organisation=cast.centre,
        substance="cannabis",
        language="ru",
        name="Слово",
        now=now,
    )
    world.arguments["own_indicator"] = own_indicators.define_indicator(
        actor=cast.actor("analyst"),
        organisation=cast.centre,
        code="own",
        kind="process",
        unit="count",
        direction="up",
        substance="",
        name={"en": f"{MARK} meetings"},
        definition={"en": f"{MARK} meetings held"},
        now=now,
    )


def add_practice(world, now):
    """A practice of the organisation that is not shared, with a confirmed link."""
    cast = world.cast
    draft = Draft(
        language="en",
        name=f"{MARK} evenings",
        summary=f"{MARK} families meet.",
        settings=("family",),
        age_from=10,
        age_to=14,
        cost="low",
        languages=(),
        factors=("F-R1",),
    )
    code = own.enter(actor=cast.actor("official"), organisation=cast.centre, draft=draft, now=now)
    analyst = cast.actor("analyst")
    link = practices.practice(analyst, code).links[0].id
    confirmations.confirm(actor=analyst, link=link, organisation=cast.centre, grounds=f"{MARK} manual", now=now)
    world.arguments |= {"own_practice": code, "own_link": link}


def add_plan(world, now):
    """An official plan with one edition stored and one waiting."""
    official = world.cast.actor("official")
    head = row("№", "Мероприятие", "Срок", "Ответственные")
    measure = row("1", f"Мероприятие {MARK}", "IV квартал", MARK)
    content = word_file(paragraph(f"План {MARK} на 2026 год"), table([head, measure]))

    def upload(plan):
        return plan_imports.upload(
            actor=official,
            organisation=world.cast.centre,
            plan=plan,
            name=f"{MARK}.docx",
            content=io.BytesIO(content),
            now=now,
        )

    stored = upload(None)
    plan = plan_imports.store(actor=official, import_id=stored, now=now)
    world.arguments |= {"plan": plan, "stored_plan_import": stored, "plan_import": upload(plan)}
    add_measure(world, plan, now)


def add_measure(world, plan, now):
    """A measure that the owner's own organisation promised something for, and a post for its members."""
    official = world.cast.actor("official")
    measure = plan_queries.plan(official, plan, today=now.date()).measures[0].id
    where = {"actor": official, "plan": plan, "measure": measure, "organisation": world.cast.centre, "now": now}
    promise = Promise(Part.PARTNER, f"{MARK} evenings")
    post = threads.write(audience=Audience.MEMBERS, text=f"{MARK} meets", **where)
    world.arguments |= {
        "measure": measure,
        "commitment": commitments.offer(promise=promise, **where),
        "commitment_step": "withdraw",
        "post": post,
    }


def add_logic_model(world, now):
    """A shared logic model with a problem and an indicator."""
    text = f"title: {MARK}\nproblems:\n  - code: p\n    text: {MARK}\nindicators:\n  - code: i\n    text: {MARK}\n"
    made = stored_models.create_model(
        actor=world.cast.actor("official"),
        organisation=world.cast.centre,
        territory=None,
        title=MARK,
        text=text,
        now=now,
    )
    stored_models.share(actor=world.cast.actor("coordinator"), model=made, shared=True, now=now)
    world.arguments["model"] = made


def add_claims(world, now):
    """A report about the plan, with a claim that the data do not show."""
    cast = world.cast
    report = reports.open_report(
        actor=cast.actor("coordinator"), organisation=cast.centre, title=f"{MARK} report", plan=world["plan"], now=now
    )
    claim = kept.keep(
        actor=cast.actor("analyst"),
        report=report,
        sentence={"en": f"{MARK} pupils drink less."},
        claim=TrendClaim(direction=Direction.FELL),
        source=Source(kind=SourceKind.TYPED, stated=f"{MARK} report of 2026"),
        typed=guard.trend_from_samples(earlier=0.1, later=0.08, n_earlier=600, n_later=600, clusters=60),
        now=now,
    )
    world.arguments |= {"report": report, "kept_claim": claim}


def add_progress(world, now):
    """A collection on the plan with a returned file, and something in it to decide."""
    official = world.cast.actor("official")
    days = Period(dt.date(2026, 10, 1), dt.date(2026, 12, 31))
    made = collections.open_collection(actor=official, plan=world["plan"], period=days, return_by=days.end, now=now)
    form = forms.forms(official, made, "ru")[0]
    measure = form.measures[0].measure
    content = answer_file(form, {measure: {"status": "исполнено", "result": MARK, "done_on": f"{MARK} day"}})
    sent = [(f"{MARK}.json", io.BytesIO(content))]
    returned_files.upload(actor=official, collection=made, files=sent, now=now)
    found = progress_queries.collection(official, made, today=now.date())
    world.arguments |= {
        "collection": made,
        "form": found.bodies[0].form,
        "trouble": found.troubles[0].id,
        "returned": found.files[0].id,
    }


def add_activity(world, now):
    """An activity of the organisation for the measure of its plan."""
    cast = world.cast
    draft = ActivityDraft(
        organisation=cast.centre,
        title=f"{MARK} talk",
        date=now.date(),
        strategy="information",
        territory=cast.city,
        place=f"School {MARK}",
        contacts=25,
        measures=(world["measure"],),
        practice=world["own_practice"],
        note=f"{MARK} note",
    )
    key = uuid.UUID(int=1)
    picture = io.BytesIO(png())
    world.arguments["activity"] = activities.log(
        actor=cast.actor("official"), key=key, draft=draft, photo=picture, now=now
    )
    again = activities.log(actor=cast.actor("official"), key=uuid.UUID(int=2), draft=draft, now=now)
    world.arguments["other"] = again


def find_chart(world):
    """The address of a chart holds the key of its content: it stands in the page."""
    page = world.cast.sign_in(Client(), "analyst").get(f"/en/assess/releases/{world['shared']}/indicators/alcohol/")
    found = CHART.search(page.content.decode())
    names = ("chart_part", "chart_subject", "chart_at", "chart_key")
    world.arguments |= dict(zip(names, found.groups(), strict=True))


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The world, made once for the module; what a test does in it is undone after the test.

    Modules that use it are marked ``django_db``: each test is a savepoint inside this transaction.
    """
    from django.db import transaction

    whole = transaction.atomic()
    whole._from_testcase = True
    with django_db_blocker.unblock(), whole:
        yield make_world()
        transaction.set_rollback(True)
