"""Findings for other statistical systems, as data: SDMX-CSV 2.0 and the data value sets of DHIS2.

Formats: SDMX-CSV 2.0.0 (SDMX technical working group, field guide of the data message; the CSV of SDMX 3.0) with the
cross-domain code lists CL_FREQ, CL_OBS_STATUS and CL_CONF_STATUS; DHIS2 Web API, “Data values”, import of data value
sets. A value that is not shown stays visible as such in SDMX (a row with its status and no value) and is left out of
DHIS2, which has no place for the reason.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hashar.assess.contracts.published import Figure, Published, Reliability, Suppression
from hashar.errors import UsageError
from hashar.i18n import N_

SDMX_STRUCTURE = "HASHAR:FINDINGS(1.0.0)"
SDMX_TOTAL = "_T"
SDMX_UNKNOWN_AREA = "_X"
SDMX_COLUMNS = (
    *("STRUCTURE", "STRUCTURE_ID", "ACTION"),
    *("FREQ", "REF_AREA", "RELEASE", "INDICATOR", "STATISTIC", "BREAKDOWN", "LEVEL", "TIME_PERIOD"),
    *("OBS_VALUE", "CI_LOW", "CI_HIGH", "STD_ERROR", "SAMPLE_SIZE", "KIND", "OBS_STATUS", "CONF_STATUS"),
)
DHIS2_COLUMNS = (
    *("dataelement", "period", "orgunit", "categoryoptioncombo", "attributeoptioncombo", "value"),
    *("storedby", "lastupdated", "comment", "followup", "deleted"),
)
DHIS2_PARTS = {"": "estimate", "_CI_LOW": "ci_low", "_CI_HIGH": "ci_high", "_N": "n"}
"""Ending of a data element's code → the part of the figure it holds."""

_HIDDEN = {
    Suppression.SMALL_N: ("Q", "A"),
    Suppression.SMALL_COUNT: ("Q", "A"),
    Suppression.FEW_CLUSTERS: ("Q", "A"),
    Suppression.COMPLEMENTARY: ("Q", "D"),
    Suppression.UNRELIABLE: ("Q", "F"),
    Suppression.NOT_ASKED: ("L", "F"),
}
"""Why a value is not shown → OBS_STATUS (Q suppressed, L not collected) and CONF_STATUS (A primary confidentiality
because of small counts, D secondary, F free)."""

_PERIOD = re.compile(r"(?P<year>\d{4})(?:-?(?P<kind>[QSW])(?P<part>\d{1,2})|-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")
_PARTS = {"Q": 4, "S": 2, "W": 53}


@dataclass(frozen=True)
class Period:
    """A wave as a period: a year, or a half, quarter, month, week or day of it."""

    frequency: str
    """Code of CL_FREQ: A, S, Q, M, W, D."""
    sdmx: str
    dhis2: str


@dataclass(frozen=True)
class Observation:
    """One published figure with the codes that other systems know it by."""

    release: int
    place: str
    """Code of the territory; empty when the release is of no territory of this site."""
    indicator: str
    kind: str
    statistic: str
    wave: str
    group: str
    """Name of the breakdown; empty for the whole."""
    level: str
    figure: Published[Figure]


def period_of(wave: str) -> Period:
    """The period that a wave's name says.

    ``2019``, ``2019-S1``, ``2019-Q3``, ``2019-04``, ``2019-W07``, ``2019-04-30``.

    Raises
    ------
    UsageError
        The name is no period.

    """
    found = _PERIOD.fullmatch(wave.strip())
    year, kind, part, month, day = found.group("year", "kind", "part", "month", "day") if found else (None,) * 5
    if year is None or not _within(kind, part, month, day):
        raise UsageError(
            N_(
                "The wave “{wave}” is no period that other systems know. Name it like 2019, 2019-Q3 or 2019-04 in the "
                "codebook, or send the parameter “period”."
            ),
            wave=wave,
        )
    if kind and part:
        number = int(part)
        padded = f"{number:02d}" if kind == "W" else str(number)
        return Period(kind, f"{year}-{kind}{padded}", f"{year}{kind}{number}")
    if month:
        return Period("D" if day else "M", wave.strip(), f"{year}{month}{day or ''}")
    return Period("A", year, year)


def _within(kind: str | None, part: str | None, month: str | None, day: str | None) -> bool:
    if kind and part:
        return 1 <= int(part) <= _PARTS[kind]
    return (month is None or 1 <= int(month) <= 12) and (day is None or 1 <= int(day) <= 31)


def sdmx_rows(observations: Iterable[Observation], period: str | None = None) -> Mapping[str, Sequence[object]]:
    """Columns of SDMX-CSV 2.0: one row for each observation, also for those that are not shown.

    Parameters
    ----------
    observations
        What to hand over.
    period
        Instead of the waves' names, where those are no periods.

    """
    rows = [_sdmx_row(each, period_of(period or each.wave)) for each in observations]
    return {name: [row[position] for row in rows] for position, name in enumerate(SDMX_COLUMNS)}


def _sdmx_row(each: Observation, period: Period) -> tuple[object, ...]:
    key = (
        *(period.frequency, each.place or SDMX_UNKNOWN_AREA, each.release, each.indicator, each.statistic.upper()),
        *(each.group or SDMX_TOTAL, each.level or SDMX_TOTAL, period.sdmx),
    )
    figure = each.figure.value
    if figure is None:
        status, confidentiality = _HIDDEN[each.figure.suppressed or Suppression.SMALL_N]
        values: tuple[object, ...] = (None,) * 5
    else:
        status = "U" if figure.reliability is Reliability.UNRELIABLE else "A"
        confidentiality = "F"
        values = (figure.estimate, figure.ci_low, figure.ci_high, figure.se, figure.n)
    return ("dataflow", SDMX_STRUCTURE, "I", *key, *values, each.kind, status, confidentiality)


def dhis2_values(
    observations: Iterable[Observation], *, period: str | None = None, org_unit: str | None = None
) -> list[dict[str, str]]:
    """Data values of DHIS2 with codes as identifiers; what is not shown is left out.

    The data element is the indicator's code, with ``_CI_LOW``, ``_CI_HIGH`` and ``_N`` for the limits and the number of
    pupils; the organisation unit is the territory's code; a breakdown's row names the category option combination
    ``group:level``.

    Parameters
    ----------
    observations
        What to hand over.
    period
        Instead of the waves' names, where those are no periods.
    org_unit
        Instead of the territory's code.

    Raises
    ------
    UsageError
        There is neither a territory nor ``org_unit``, or a wave is no period.

    """
    values = []
    for each in observations:
        unit = org_unit or each.place
        if not unit:
            raise UsageError(N_("This release is of no territory. Send the parameter “org_unit” with the code to use."))
        figure = each.figure.value
        if figure is None:
            continue
        place = {"period": period_of(period or each.wave).dhis2, "orgUnit": unit}
        split = {"categoryOptionCombo": f"{each.group}:{each.level}"} if each.group else {}
        parts = {ending: getattr(figure, part) for ending, part in DHIS2_PARTS.items()}
        values += [
            {"dataElement": each.indicator + ending, **place, **split, "value": repr(number)}
            for ending, number in parts.items()
            if math.isfinite(number)
        ]
    return values
