"""Findings for other statistical systems, as files: SDMX-CSV 2.0 and DHIS2."""

import json
from collections.abc import Sequence

from hashar.reports.content.exchange import (
    DHIS2_COLUMNS,
    Observation,
    dhis2_values,
    sdmx_rows,
)
from hashar.reports.render.results import csv_text, defused

SDMX_MEDIA_TYPE = "application/vnd.sdmx.data+csv;version=2.0.0"


def sdmx_csv(observations: Sequence[Observation], *, period: str | None = None) -> str:
    """SDMX-CSV 2.0; what is not shown has a status and no value."""
    columns = sdmx_rows(observations, period)
    return csv_text({name: [defused(value) for value in values] for name, values in columns.items()})


def dhis2_json(observations: Sequence[Observation], *, period: str | None, org_unit: str | None) -> str:
    """A data value set for ``POST /api/dataValueSets`` of DHIS2, with codes as identifiers."""
    schemes = {"dataElementIdScheme": "CODE", "orgUnitIdScheme": "CODE", "categoryOptionComboIdScheme": "CODE"}
    values = dhis2_values(observations, period=period, org_unit=org_unit)
    return json.dumps({**schemes, "dataValues": values}, ensure_ascii=False)


def dhis2_csv(observations: Sequence[Observation], *, period: str | None, org_unit: str | None) -> str:
    """The same as CSV (import with ``dataElementIdScheme=CODE&orgUnitIdScheme=CODE&…``)."""
    values = dhis2_values(observations, period=period, org_unit=org_unit)
    lower = [{key.lower(): text if key == "value" else defused(text) for key, text in row.items()} for row in values]
    return csv_text({name: [row.get(name) for row in lower] for name in DHIS2_COLUMNS})
