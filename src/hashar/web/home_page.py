"""What the home page says: a sentence and an address for each thing that is due, and the first steps of each role."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localtime

from hashar.assess.contracts.surveys import HomeItem, HomeKind, HomePart
from hashar.i18n import N_, Translator
from hashar.people.contracts import Actor, Role

SENTENCES: Mapping[HomeKind, str] = {
    HomeKind.RUN_FAILED: N_("The profile of “{title}” could not be made."),
    HomeKind.RUN_WAITING: N_("The profile of “{title}” is being made."),
    HomeKind.DRAFT_TO_SHARE: N_("“{title}” is a draft: look it over, then share it."),
    HomeKind.NO_FILE: N_("“{title}” has no file yet: upload it."),
    HomeKind.NO_CODEBOOK: N_("“{title}” has no codebook yet: draft it from the file."),
    HomeKind.CODEBOOK_PROBLEMS: N_("The codebook of “{title}” has problems: mend them."),
    HomeKind.NO_PROFILE: N_("“{title}” is complete: make its profile."),
    HomeKind.NEW_RELEASE: N_("“{title}” was shared."),
    HomeKind.WITHDRAWN: N_("“{title}” was withdrawn."),
}


@dataclass(frozen=True)
class Line:
    """One thing on the home page."""

    sentence: str
    address: str
    about: str
    """Why, where the sentence does not say it."""
    at: dt.datetime
    organisation: str


@dataclass(frozen=True)
class Step:
    """Something that a role begins with."""

    title: str
    text: str
    page: str
    """Name of its address."""
    symbol: str = "arrow"


ORGANISATION = Step(
    N_("Enter an organisation"),
    N_("A state body, NGO, school or newsroom, with its sector and its territory. Then invite its coordinator."),
    "organisation_new",
    "plus",
)
INVITE = Step(
    N_("Invite the members"),
    N_("Each gets a link or a printed code and a role. No mail is needed."),
    "people",
    "person",
)
SURVEY = Step(
    N_("Enter a survey"),
    N_("Its title and territory. The analyst uploads the file; the profile is made here."),
    "survey_new",
    "plus",
)
UPLOAD = Step(
    N_("Upload a survey file"),
    N_("SPSS, Stata, Excel or CSV. A codebook is drafted from it; you check it and make the profile."),
    "surveys",
    "send",
)
SERIES = Step(
    N_("Import a register or another series"),
    N_("From Excel or CSV, with a preview before anything is stored. An import can be undone as a whole."),
    "all_series",
    "send",
)
READ = Step(
    N_("Read the shared profiles"),
    N_("Every number shows how sure it is and where it comes from."),
    "releases",
    "look",
)
PLACES = Step(
    N_("Find a place"),
    N_("Its people by year, sex and age, and what has been measured there."),
    "places",
    "find",
)
ACCOUNTS = Step(N_("Look after the accounts"), N_("Help those who forgot a password or left."), "accounts", "person")

STEPS: Mapping[Role, Sequence[Step]] = {
    Role.COORDINATOR: (SURVEY, INVITE, READ),
    Role.ANALYST: (UPLOAD, SERIES, READ),
    Role.OFFICIAL: (READ, SERIES, PLACES),
    Role.PROGRAMME_MANAGER: (READ, PLACES),
    Role.READER: (READ, PLACES),
}


def steps(actor: Actor) -> tuple[Step, ...]:
    """What the person can do here, for all their roles, the most responsible first, nothing twice."""
    held = {mandate.role for mandate in actor.mandates}
    own = [step for role, its in STEPS.items() if role in held for step in its]
    return tuple(dict.fromkeys([*((ORGANISATION, ACCOUNTS) if actor.operator else ()), *own]))


def parts(items: Iterable[HomeItem], translator: Translator) -> Mapping[HomePart, Sequence[Line]]:
    """The lines of each part of the page, in the order given."""
    lines: dict[HomePart, list[Line]] = {part: [] for part in HomePart}
    for item in items:
        lines[item.part].append(_line(item, translator))
    return lines


def _line(item: HomeItem, translator: Translator) -> Line:
    title = translator.pick(item.release_title) if item.release_title else item.title
    about = translator.gettext(item.message.message).format(**item.message.values) if item.message else ""
    if item.kind is HomeKind.CODEBOOK_PROBLEMS:
        about = translator.ngettext("{count} problem", "{count} problems", item.count)
    sentence = translator.gettext(SENTENCES[item.kind], title=title)
    return Line(sentence, _address(item), about, localtime(item.at), item.organisation_name)


def _address(item: HomeItem) -> str:
    if item.run is not None:
        return reverse("run", args=[item.run])
    if item.release is not None:
        return reverse("release", args=[item.release])
    name = "codebook" if item.kind is HomeKind.CODEBOOK_PROBLEMS else "survey"
    return reverse(name, args=[item.survey])
