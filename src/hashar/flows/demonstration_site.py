"""The site of ``hashar demo``: sample organisations, people and findings, all made through the services."""

import datetime as dt
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hashar.assess.services import codebook_versions, releases, surveys
from hashar.errors import EstimationError
from hashar.flows.demonstration import Account, accounts, finish, survey
from hashar.flows.official_plan import bring_plan
from hashar.flows.registers import bring_offences
from hashar.flows.sample_activities import bring_activities
from hashar.flows.sample_model import bring_model
from hashar.flows.sample_progress import bring_progress
from hashar.flows.sample_reports import bring_profile_report, bring_report
from hashar.flows.sample_together import bring_commitments
from hashar.i18n import N_
from hashar.people.contracts import CONSOLE, Actor, Role
from hashar.people.queries import actor_of
from hashar.people.services.accounts import make_account
from hashar.people.services.memberships import add_member
from hashar.people.services.organisations import create_organisation
from hashar.places.queries import territory
from hashar.places.services.countries import add_country
from hashar.runs.contracts import RunState
from hashar.runs.queries import run as run_of
from hashar.runs.services import work_once

SOURCE = "ISO 3166-1"
UNITED_STATES = {
    "en": "United States of America (sample)",
    "ru": "Соединённые Штаты Америки (пример)",
}

Tell = Callable[[str], None]
Clock = Callable[[], dt.datetime]


@dataclass(frozen=True)
class _Organisation:
    """A sample organisation: its name says that it is one."""

    names: Mapping[str, str]
    kind: str
    sector: str
    level: str
    territory: str | None


OFFICE = _Organisation(
    {
        "en": "Sample: National Survey Office",
        "ru": "Пример: Национальное бюро исследований",
        "kk": "Үлгі: Ұлттық зерттеу бюросы",
    },
    *("state_body", "health", "country", "US"),
)
COMMITTEE = _Organisation(
    {"en": "Sample: Prevention Committee", "ru": "Пример: Комитет по профилактике", "kk": "Үлгі: Алдын алу комитеті"},
    *("state_body", "government", "country", "KZ"),
)
COALITION = _Organisation(
    {
        "en": "Sample: Asar Youth Coalition",
        "ru": "Пример: Молодёжная коалиция «Асар»",
        "kk": "Үлгі: «Асар» жастар коалициясы",
    },
    *("ngo", "youth_serving", "community", "KZ-75"),
)
CITY = _Organisation(
    {
        "en": "Sample: City Administration",
        "ru": "Пример: Городская администрация",
        "kk": "Үлгі: Қала әкімдігі",
    },
    *("state_body", "government", "region", "KZ-75"),
)
PROGRAMME = _Organisation(
    {"en": "Sample: Regional Programme", "ru": "Пример: Региональная программа", "kk": "Үлгі: Аймақтық бағдарлама"},
    *("ngo", "civic", "country", None),
)

MEMBERS = (
    ("aigul", "Aigul (sample)", Role.COORDINATOR, OFFICE),
    ("bek", "Bek (sample)", Role.ANALYST, OFFICE),
    ("dina", "Dina (sample)", Role.OFFICIAL, COMMITTEE),
    ("erlan", "Erlan (sample)", Role.COORDINATOR, COMMITTEE),
    ("timur", "Timur (sample)", Role.OFFICIAL, CITY),
    ("farida", "Farida (sample)", Role.COORDINATOR, COALITION),
    ("guli", "Guli (sample)", Role.READER, COALITION),
    ("jamila", "Jamila (sample)", Role.PROGRAMME_MANAGER, PROGRAMME),
)
BODIES_OF_THE_CITY = ("Городская администрация", "Қала әкімдігі")
BODIES_OF_THE_COALITION = ("Молодёжная коалиция «Асар»", "«Асар» жастар коалициясы")
OPERATOR = ("operator", "Operator (sample)")


def make(*, data: Path, clock: Clock, tell: Tell) -> tuple[Account, ...]:
    """Fill the empty site with sample data, once; the accounts.

    Parameters
    ----------
    data
        The data folder, after :func:`begin`.
    clock
        What time it is.
    tell
        Told what is being made (a msgid).

    """
    there = accounts(data)
    if there:
        return there
    tell(N_("Making sample organisations and people …"))
    password = f"sample-{secrets.randbelow(900_000) + 100_000}"
    people = _people(password, clock())
    tell(N_("Taking in a real survey of another country as the sample …"))
    _survey(people, clock, tell)
    tell(N_("Bringing in a real register …"))
    bring_offences(
        actor=people.actor("dina"),
        organisation=people.organisations[COMMITTEE.names["en"]],
        now=clock(),
        shared_by=people.actor("erlan"),
    )
    tell(N_("Bringing in an official plan that was made up for the demonstration …"))
    _plan(people, clock())
    made = people.accounts
    finish(data, made)
    return made


@dataclass(frozen=True)
class _People:
    """Who was made."""

    accounts: tuple[Account, ...]
    ids: Mapping[str, int]
    organisations: Mapping[str, int]

    def actor(self, login: str) -> Actor:
        """Somebody with their mandates."""
        return actor_of(self.ids[login])


def _people(password: str, now: dt.datetime) -> _People:
    login, name = OPERATOR
    ids = {login: make_account(actor=CONSOLE, login=login, name=name, password=password, operator=True, now=now)}
    made = [Account(login, password, "operator", "")]
    add_country(actor=CONSOLE, code="US", names=UNITED_STATES, source=SOURCE, now=now)
    known: dict[str, int] = {}
    for login, name, role, organisation in MEMBERS:
        title = organisation.names["en"]
        if title not in known:
            known[title] = _organisation(organisation, now)
        ids[login] = make_account(actor=CONSOLE, login=login, name=name, password=password, now=now)
        add_member(actor=CONSOLE, organisation=known[title], person=ids[login], role=role, now=now)
        made.append(Account(login, password, role.value, title))
    return _People(tuple(made), ids, known)


def _organisation(wanted: _Organisation, now: dt.datetime) -> int:
    return create_organisation(
        actor=CONSOLE,
        name=wanted.names["en"],
        names=wanted.names,
        kind=wanted.kind,
        sector=wanted.sector,
        level=wanted.level,
        territory=territory(wanted.territory).id if wanted.territory else None,
        now=now,
    )


def _survey(people: _People, clock: Clock, tell: Tell) -> None:
    """Upload, codebook, one shared profile, and one that the worker is still asked for."""
    shipped = survey()
    coordinator, analyst = people.actor("aigul"), people.actor("bek")
    made = surveys.create_survey(
        actor=coordinator,
        organisation=people.organisations[OFFICE.names["en"]],
        title="Youth Risk Behavior Survey (sample, United States)",
        territory=None,
        sample=True,
        now=clock(),
    )
    files = []
    for path in (shipped.file, *shipped.earlier):
        with path.open("rb") as content:
            files.append(surveys.add_file(actor=analyst, survey=made, name=path.name, content=content, now=clock()).id)
    text = shipped.codebook.read_text(encoding="utf-8")
    codebook_versions.save_codebook(actor=analyst, survey=made, text=text, based_on=0, now=clock())
    tell(N_("Computing its profile: three waves, 44,000 pupils …"))
    run = releases.ask_profile(actor=analyst, survey=made, file=files[0], earlier=files[1:], now=clock())
    while work_once(clock=clock):
        pass
    release = _release_of(run.id)
    releases.share(actor=coordinator, release=release, now=clock())
    office = people.organisations[OFFICE.names["en"]]
    bring_profile_report(actor=analyst, organisation=office, release=release, now=clock())
    releases.ask_profile(actor=analyst, survey=made, file=files[1], earlier=files[2:], now=clock())


def _plan(people: _People, now: dt.datetime) -> None:
    """The plan of a city, whose bodies are in part organisations of the site, and what was done for it so far."""
    city, coalition = (people.organisations[one.names["en"]] for one in (CITY, COALITION))
    known = dict.fromkeys(BODIES_OF_THE_CITY, city) | dict.fromkeys(BODIES_OF_THE_COALITION, coalition)
    timur, farida = people.actor("timur"), people.actor("farida")
    plan = bring_plan(actor=timur, organisation=city, bodies=known, now=now)
    both = (coalition, city)
    bring_activities(coalition=farida, city=timur, organisations=both, now=now)
    bring_commitments(coalition=farida, city=timur, organisations=both, plan=plan, now=now)
    bring_progress(coalition=farida, city=timur, organisations=both, plan=plan, now=now)
    bring_model(actor=farida, organisation=coalition, now=now)
    bring_report(actor=timur, organisation=city, plan=plan, now=now)


def _release_of(run: int) -> int:
    done = run_of(run)
    if done.state is not RunState.DONE:
        raise EstimationError(N_("The sample profile could not be made: {reason}"), reason=done.message)
    return int(str(done.result["release"]))
