"""The real register that comes with the program, brought in as a person would: upload, columns, store, share."""

import datetime as dt
from pathlib import Path

from hashar.assess.contracts.series import Measure, PeriodKind
from hashar.assess.contracts.series_draft import SeriesDraft
from hashar.assess.services.series import create_series, share_series
from hashar.assess.services.series_imports import store, upload
from hashar.assess.services.series_preview import preview
from hashar.people.contracts import Actor

FOLDER = Path(__file__).parent / "data" / "registers"
OFFENCES = FOLDER / "kz_drug_offences_2022.csv"


def offences() -> SeriesDraft:
    """What the register of drug offences in Kazakhstan counts, with what has to be known of it."""
    return SeriesDraft(
        title="Registered drug offences, Kazakhstan",
        source="Committee on Legal Statistics and Special Accounts, Prosecutor General's Office of Kazakhstan",
        licence="PDDL 1.0",
        territory="KZ",
        measure=Measure.EVENTS,
        period_kind=PeriodKind.YEAR,
        level="region",
        definition="Offences under articles 296 to 303 of the Criminal Code, counted where they were registered.",
        caveats="\n".join(
            (
                "The year 2022 is inferred: the source does not name it.",
                "Abai, Jetisu and Ulytau regions were founded in June 2022 and count for a part of the year only.",
                "The regions from which they were split lost those districts at the same time.",
            )
        ),
    )


def bring_offences(*, actor: Actor, organisation: int, now: dt.datetime, shared_by: Actor | None = None) -> int:
    """Make the series of drug offences for an organisation and bring its file in; returns the series.

    Parameters
    ----------
    actor
        A coordinator, official or analyst of the organisation, for Kazakhstan.
    organisation
        Who owns it.
    now
        When.
    shared_by
        A coordinator who shares it at once; None: it stays with the organisation.

    Raises
    ------
    Forbidden
        One of them may not do that.
    Conflict
        The organisation has this series already.

    """
    series = create_series(actor=actor, organisation=organisation, draft=offences(), now=now, sample=True)
    with OFFENCES.open("rb") as content:
        made = upload(actor=actor, series=series, name=OFFENCES.name, content=content, now=now)
    shown = preview(actor, made, now=now)
    store(actor=actor, import_id=made, digest=shown.digest, good_only=False, now=now)
    if shared_by is not None:
        share_series(actor=shared_by, series=series, now=now)
    return series
