"""Codebooks of surveys: draft, check, save. Every version is kept, and nobody overwrites another's unseen."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from functools import lru_cache

from django.db import transaction

from hashar.assess.contracts import surveys as contracts
from hashar.assess.contracts.codebook import Codebook
from hashar.assess.contracts.surveys import NewerCodebook
from hashar.assess.contracts.table import SurveyTable
from hashar.assess.models import CodebookVersion, Survey, SurveyFile
from hashar.assess.queries.surveys import latest_codebook, version_of
from hashar.assess.rules.codebook_places import path_at
from hashar.assess.rules.waves import fitting, no_wave, patterns_of
from hashar.assess.services.codebook_territories import territory_problems
from hashar.assess.services.surveys import read_file, takes_long, the_file, workable
from hashar.assess.sources.codebook import examine
from hashar.errors import CodebookError, Conflict, HasharError, TooLarge, UsageError
from hashar.i18n import N_, Translator
from hashar.people.contracts import Actor
from hashar.people.permissions import require_signed_in
from hashar.people.services.audit import record

FILE = "codebook.yaml"
"""What a survey's codebook is called in messages."""
MOST_LETTERS = 600_000
MOST_PROBLEMS = 500
"""So many problems are told of at once."""


def draft_codebook(
    *, actor: Actor, survey: int, file: int, now: dt.datetime, language: str = "en", replace: bool = False
) -> contracts.CodebookVersion:
    """Guess a codebook from a file and keep it as the next version, commented in ``language``.

    Parameters
    ----------
    actor
        An analyst of the owning organisation.
    survey, file
        The survey, and which of its files to draft from.
    now
        When.
    language
        Of the comments.
    replace
        Draft although there is a codebook; the one before stays among the versions.

    Raises
    ------
    NotFound
        There is no such survey or file for this actor.
    Forbidden
        The actor is no analyst of the organisation that owns it.
    Conflict
        There is a codebook, and ``replace`` does not say to put it aside.
    TooLarge
        The file is too large to wait for.
    InputError
        The file cannot be read.

    """
    row = the_file(actor, survey, file)
    before = latest_codebook(row.survey)
    latest = before.number if before else 0
    if latest and not replace:
        raise Conflict(
            N_("The survey has a codebook already (version {number}). Edit it, or ask to replace it by a draft."),
            number=latest,
        )
    from hashar.assess.rules.codebook_draft import draft_codebook as drafted  # noqa: PLC0415  (numbers: not at start)

    text = drafted(_table(actor, row, now, "draft"), Translator(language))
    understood = _understood(text)
    with transaction.atomic():
        version = _save(actor, row.survey, text, latest, understood, now)
        _record(actor, "codebook.draft", row.survey, version, now, file=row.pk)
    return version_of(version)


def _table(actor: Actor, row: SurveyFile, now: dt.datetime, purpose: str) -> SurveyTable:
    """A file that is small enough to wait for."""
    if takes_long(row):
        raise TooLarge(
            N_("{file} is too large to be read while you wait; draft its codebook with “hashar codebook draft”."),
            file=row.name,
        )
    return read_file(actor=actor, file=row, purpose=purpose, now=now)


def save_codebook(
    *, actor: Actor, survey: int, text: str, based_on: int, now: dt.datetime
) -> contracts.CodebookVersion:
    """Keep a codebook as the next version, also one with problems: work in progress is not lost.

    Saving what is the latest version already makes no new one.

    Parameters
    ----------
    actor
        An analyst of the owning organisation.
    survey
        The survey.
    text
        YAML.
    based_on
        Number of the version that was edited; 0 for the first.
    now
        When.

    Raises
    ------
    NotFound
        There is no such survey for this actor.
    Forbidden
        The actor is no analyst of the organisation that owns it.
    NewerCodebook
        Somebody saved in between; nothing is stored, and ``newer`` holds their version.
    CodebookError
        The text cannot be kept: too long, or not text.

    """
    row = workable(actor, survey)
    text = _clean(text)
    latest = latest_codebook(row)
    if latest is not None and latest.text == text:
        return version_of(latest)
    understood = _understood(text)  # before the lock: reading YAML takes a moment
    with transaction.atomic():
        version = _save(actor, row, text, based_on, understood, now)
        _record(actor, "codebook.save", row, version, now)
    return version_of(version)


def _newer(latest: CodebookVersion | None) -> HasharError:
    if latest is None:
        return UsageError(N_("This survey has no codebook yet; open its page again and start from there."))
    return NewerCodebook(
        N_("{by} saved version {number} of this codebook in the meantime. Yours is not stored: compare, save again."),
        newer=version_of(latest),
    )


def _clean(text: str) -> str:
    text = text.replace("\r\n", "\n").removeprefix("\ufeff")
    if len(text) > MOST_LETTERS:
        raise CodebookError(
            N_("The codebook has {count} letters; this site takes {most}. Did you mean the survey file?"),
            count=len(text),
            most=MOST_LETTERS,
        )
    if "\0" in text or any(0xD800 <= ord(letter) <= 0xDFFF for letter in text):
        raise CodebookError(N_("{file} is not plain text; save it in UTF-8."), file=FILE)
    return text


Understood = tuple[Codebook | None, list[CodebookError]]


def _save(
    actor: Actor, survey: Survey, text: str, based_on: int, understood: Understood, now: dt.datetime
) -> CodebookVersion:
    """The next version, inside the caller's transaction, which holds the survey's row against others meanwhile."""
    codebook, problems = understood
    Survey.objects.select_for_update().get(pk=survey.pk)
    latest = latest_codebook(survey)
    if (latest.number if latest else 0) != based_on:
        raise _newer(latest)
    return CodebookVersion.objects.create(
        survey=survey,
        number=based_on + 1,
        based_on=based_on,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        problems=len(problems),
        waves=patterns_of(codebook) if codebook else [],
        made_by_id=require_signed_in(actor),
        made_at=now,
    )


def _understood(text: str) -> Understood:
    codebook, problems = _read(text)
    return codebook, [*problems, *(territory_problems(codebook) if codebook else ())]


@lru_cache(maxsize=4)  # one save checks the same text as it is typed, before it is kept, and as it is shown
def _read(text: str) -> tuple[Codebook | None, tuple[CodebookError, ...]]:
    try:
        codebook, problems = examine(text, FILE)
    except CodebookError as error:
        return None, (error,)
    return codebook, tuple(problems)


def still_wrong(version: CodebookVersion) -> bool:
    """Whether a version has problems now: what it lacked may be on the site by now, and that is noted."""
    if version.problems:
        left = len(_understood(version.text)[1])
        if left != version.problems:
            version.problems = left
            version.save(update_fields=["problems"])
    return version.problems > 0


def _record(
    actor: Actor, action: str, survey: Survey, version: CodebookVersion, now: dt.datetime, **details: object
) -> None:
    record(
        actor=actor,
        action=action,
        subject=f"survey:{survey.pk}",
        organisation=survey.organisation_id,
        now=now,
        details={"number": version.number, "problems": version.problems, **details},
    )


def check_codebook(*, actor: Actor, survey: int, text: str) -> list[HasharError]:
    """Everything that is wrong with a codebook in itself; nothing is stored and no microdata are read.

    Each error has ``line``, ``column`` and ``path`` (``indicators.alcohol.yes``; empty where unknown) in its
    ``values``, and they come in the order of the text.

    Raises
    ------
    NotFound
        There is no such survey for this actor.
    Forbidden
        The actor is no analyst of the organisation that owns it.

    """
    workable(actor, survey)
    return _checked(text)[1]


def _checked(text: str) -> tuple[Codebook | None, list[HasharError]]:
    """What could be understood of a codebook, and all that is wrong with it in itself."""
    try:
        codebook, problems = _understood(_clean(text))
    except CodebookError as error:
        return None, [error]
    return codebook, _placed(codebook, problems)


def check_against_files(*, actor: Actor, survey: int, text: str, now: dt.datetime) -> contracts.CodebookCheck:
    """As :func:`check_codebook`, and whether it fits every file of the survey that is small enough to wait for.

    Reading the files is noted in the audit trail.

    Raises
    ------
    NotFound
        There is no such survey for this actor.
    Forbidden
        The actor is no analyst of the organisation that owns it.

    """
    row = workable(actor, survey)
    codebook, problems = _checked(text)
    if codebook is None or problems:
        return contracts.CodebookCheck(tuple(problems))
    return _against(actor, row, codebook, now)


def _against(actor: Actor, survey: Survey, codebook: Codebook, now: dt.datetime) -> contracts.CodebookCheck:
    from hashar.assess.rules.codebook_check import check  # noqa: PLC0415  (numbers: not at start)

    waves = patterns_of(codebook)
    problems: list[HasharError] = []
    remarks: list[HasharError] = []
    for row in survey.files.filter(removed_at__isnull=True).select_related("survey").order_by("pk"):
        fits = fitting(row.name, waves)
        if len(fits) != 1:
            problems.append(no_wave(row.name, waves))
            continue
        try:
            found = check(codebook, _table(actor, row, now, "check"), fits[0])
        except HasharError as error:
            remarks.append(error)
            continue
        problems += _placed(codebook, found.problems)
        remarks += _placed(codebook, found.remarks)
    return contracts.CodebookCheck(tuple(problems[:MOST_PROBLEMS]), tuple(remarks[:MOST_PROBLEMS]))


def _placed(codebook: Codebook | None, problems: Iterable[HasharError]) -> list[HasharError]:
    """The problems with the path of the setting that each stands at."""
    found = list(problems)[:MOST_PROBLEMS]
    for one in found:
        one.values.setdefault("path", path_at(codebook.positions, one) if codebook else "")
    return found
