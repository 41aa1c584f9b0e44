"""The site: database, workers, microdata, settings."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.checks import run_checks
from django.db import connection
from django.db.backends.utils import CursorWrapper

from hashar.assess.services.storage import damaged_files
from hashar.errors import Conflict
from hashar.i18n import N_
from hashar.operations.checkups.findings import Finding, Grade, caution, good, wrong
from hashar.operations.housekeeping import ROUND
from hashar.operations.migrations import pending
from hashar.people.queries import due_for_retention, waiting_setup
from hashar.people.services.sealing import unreadable_factors
from hashar.runs.queries import last_round, queue

WAIT = dt.timedelta(minutes=10)
"""Work that waits longer than this with a worker there is unusual."""
LATE = dt.timedelta(hours=49)
"""Housekeeping is done once a day; so long after the last time a day was left out."""
DRIFT = dt.timedelta(minutes=1)
"""Clocks of database and web server may differ by so much."""
LOCAL = {"localhost", "127.0.0.1", "[::1]"}


def database(now: dt.datetime) -> Iterator[Finding]:
    """Whether it answers, and is set as it should be."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            yield from _sqlite(cursor)
        else:
            yield from _postgresql(cursor, now)


def _sqlite(cursor: CursorWrapper) -> Iterator[Finding]:
    path = settings.DATABASES["default"]["NAME"]
    cursor.execute("PRAGMA journal_mode")
    mode = cursor.fetchone()[0]
    cursor.execute("PRAGMA quick_check(1)")
    state = cursor.fetchone()[0]
    if state != "ok":
        yield wrong(
            N_("The database {path} is damaged ({reason})."),
            N_("Stop Hashar, keep this folder, and restore the last backup into another one."),
            path=path,
            reason=state,
        )
    elif mode.lower() not in ("wal", "memory"):
        yield wrong(
            N_("The database {path} is on a disk that cannot share it (journal mode {mode})."),
            N_("Move the data folder to a disk of this computer; a network folder loses data. Or use PostgreSQL."),
            path=path,
            mode=mode,
        )
    else:
        yield good(N_("Database: SQLite, {path}"), path=path)


def _postgresql(cursor: CursorWrapper, now: dt.datetime) -> Iterator[Finding]:
    cursor.execute("SELECT clock_timestamp(), current_setting('server_version'), current_setting('server_encoding')")
    there, version, encoding = cursor.fetchone()
    if encoding != "UTF8":
        yield wrong(
            N_("The database is encoded in {encoding}: names in seven languages do not fit."),
            N_("Make a database with ENCODING 'UTF8' and restore a backup into it."),
            encoding=encoding,
        )
    elif abs(there - now) > DRIFT:
        yield wrong(
            N_("The clocks of the database server ({there}) and of this computer ({here}) differ."),
            N_("Set both by a time server."),
            there=f"{there:%Y-%m-%d %H:%M:%S}",
            here=f"{now:%Y-%m-%d %H:%M:%S}",
        )
    else:
        yield good(N_("Database: PostgreSQL {version}"), version=version)


def migrations() -> Iterator[Finding]:
    """Whether the database is at this version."""
    try:
        steps = pending()
    except Conflict as error:
        yield Finding(Grade.WRONG, error.message, N_("Install the newer version again."), error.values)
        return
    if steps:
        yield wrong(
            N_("The database is not at this version yet: {count} steps are missing."),
            N_("Start “hashar serve”; it brings the database to this version. Make a backup before."),
            count=len(steps),
        )
    else:
        yield good(N_("Database: at this version"))


def operator() -> Iterator[Finding]:
    """Whether anybody can run the site."""
    if waiting_setup():
        yield wrong(N_("Nobody can sign in to run this site."), N_("hashar user add LOGIN --name NAME --operator"))
    else:
        yield good(N_("Operator: there is one"))


def static_files() -> Iterator[Finding]:
    """Whether styles and scripts are where they are served from."""
    if (Path(settings.STATIC_ROOT) / ".gathered").is_file():
        yield good(N_("Styles and scripts: in place"))
    else:
        yield caution(N_("Styles and scripts were not gathered yet."), N_("“hashar serve” does it when it starts."))


def workers(now: dt.datetime) -> Iterator[Finding]:
    """Whether long work is being done."""
    state = queue(now)
    if state.queued and not state.workers:
        yield wrong(
            N_("{count} pieces of work wait, and no worker is alive."),
            N_("Start “hashar worker”, or “hashar serve” without --no-worker."),
            count=state.queued,
        )
    elif not state.workers:
        yield caution(N_("No worker is alive; nothing waits."), N_("“hashar serve” starts one."))
    elif state.oldest is not None and now - state.oldest > WAIT:
        yield caution(
            N_("Work waits since {since} (UTC), {count} pieces."),
            N_("Start more workers: “hashar serve --background 2”, or “hashar worker” on another machine."),
            since=f"{state.oldest:%Y-%m-%d %H:%M}",
            count=state.queued,
        )
    else:
        yield good(N_("Workers: {names}"), names=", ".join(state.workers))
    if state.silent:
        yield caution(
            N_("{count} runs lost their worker."),
            N_("A worker takes them over by itself; if it does not, start one."),
            count=state.silent,
        )


def microdata(*, thorough: bool) -> Iterator[Finding]:
    """Whether every file that the database knows is there, and what it was."""
    damaged = damaged_files(thorough=thorough)
    for file in damaged:
        yield wrong(
            N_("The microdata file {file} of survey {survey} is missing or changed."),
            N_("Restore it from a backup to {path}, or let its analyst remove it and upload it again."),
            file=file.name,
            survey=file.survey,
            path=Path(settings.DATA) / "microdata" / str(file.survey),
        )
    if not damaged:
        yield good(N_("Microdata: all there"))


def retention(now: dt.datetime) -> Iterator[Finding]:
    """Whether something is kept longer than the rules say."""
    due = due_for_retention(now)
    accounts = len(due.accounts_to_close) + len(due.accounts_to_erase)
    if accounts:
        yield caution(
            N_("{count} accounts are due to be closed or erased by the rules of retention."),
            N_("A worker does it every night; start one."),
            count=accounts,
        )
    else:
        yield good(N_("Retention: nothing is due"))


def second_factors() -> Iterator[Finding]:
    """Whether the site's key is the one that sealed their secrets."""
    count = unreadable_factors()
    if count:
        yield wrong(
            N_("{count} second factors do not work: their secrets were sealed with another secret key."),
            N_("Add the former key to HASHAR_SECRET_KEY_FALLBACKS, or: {command}"),
            count=count,
            command="hashar user password LOGIN --code --forget-second-factor",
        )


def housekeeping(now: dt.datetime) -> Iterator[Finding]:
    """Whether what is done once a day was done."""
    last = last_round(ROUND)
    if last is None:
        yield caution(N_("Housekeeping was never done."), N_("A worker does it every night; start one."))
    elif now - last.begun_at > LATE:
        yield caution(
            N_("Housekeeping was last done on {day}."),
            N_("A worker does it every night; start one."),
            day=f"{last.begun_at:%Y-%m-%d}",
        )
    elif last.faults:
        yield wrong(
            N_("Housekeeping failed in part: {names}."),
            N_("The log of the worker says why; it is tried again every night."),
            names=", ".join(last.faults),
        )
    else:
        yield good(N_("Housekeeping: done on {day}"), day=f"{last.begun_at:%Y-%m-%d}")


def reach() -> Iterator[Finding]:
    """Who can reach the site, and whether the way there is protected."""
    hosts = set(settings.ALLOWED_HOSTS)
    if "*" in hosts:
        yield wrong(
            N_("The site answers to any name (HASHAR_HOSTS=*): links in it can be made to lead elsewhere."),
            N_("Set HASHAR_HOSTS to the names of the site, separated by commas."),
        )
    elif hosts <= LOCAL and settings.TLS:
        yield caution(
            N_("HASHAR_TLS is set, but the site answers to this computer alone."),
            N_("Set HASHAR_HOSTS to the name of the site."),
        )
    elif not hosts <= LOCAL and not settings.TLS:
        yield wrong(
            N_("Passwords travel unprotected: {hosts} is reached without TLS."),
            N_("Put a proxy in front that speaks TLS and set HASHAR_TLS=1; the how-to has examples."),
            hosts=", ".join(sorted(hosts - LOCAL)),
        )
    else:
        yield good(N_("Reached at: {hosts}"), hosts=", ".join(sorted(hosts)))
    if settings.TLS:
        for message in run_checks(include_deployment_checks=True):
            yield wrong(
                N_("Django: {text}"),
                N_("Report this: the settings of the program should be complete."),
                text=message.msg,
            )


def unanswered(error: Exception) -> Finding:
    """The database is away; the rest cannot be looked at."""
    return wrong(
        N_("The database does not answer ({reason})."),
        N_("Start it, or correct DATABASE_URL (user, password, host, name)."),
        reason=(str(error).strip().splitlines() or [type(error).__name__])[0],
    )


def unreadable(error: Exception) -> Finding:
    """Tables of another version."""
    return caution(
        N_("The tables could not be read ({reason}); accounts, workers and microdata were not looked at."),
        N_("Start “hashar serve”; it brings the database to this version."),
        reason=type(error).__name__,
    )
