"""Forms of a collection on the 64-measure sample plan, and what a body writes into them."""

import dataclasses
import datetime as dt
import io
import json
import re
import zipfile
from decimal import Decimal

import python_calamine as calamine
import xlsxwriter

from hashar.implement.contracts.progress import AskedMeasure, Field, Form, Period, Status
from hashar.reports.progress_forms import form_file
from tests.plan.samples import BODIES, SECTIONS, TITLES, truths

PERIOD = Period(dt.date(2026, 10, 1), dt.date(2026, 12, 31))
RETURN_BY = dt.date(2026, 12, 25)
TODAY = dt.date(2026, 12, 28)
EDITION = "5f2c" * 16
MEASURES = truths(64, "ru", years=("",))
NAMES = [re.sub(r" \(.*\)$", "", ru) for ru, _ in BODIES]
"""The twelve bodies without «(созыв)» and «(по согласованию)»."""
CONVENING = NAMES[0]


def due_in(truth):
    """Days in the period on which something of a measure of the sample is due."""
    found = {
        "period 2026-10-01 2026-12-31": (dt.date(2026, 12, 31),),
        "repeated year 12-25": (dt.date(2026, 12, 25),),
        "repeated half_year": (dt.date(2026, 12, 31),),
        "repeated quarter": (dt.date(2026, 12, 31),),
    }
    return found.get(truth.due, ())


def asked(truth, body, known=None):
    names = [re.sub(r" \(.*\)$", "", each) for each in truth.bodies]
    return AskedMeasure(
        measure=1000 + int(truth.number),
        number=truth.number,
        section=SECTIONS[truth.section][0],
        text=truth.text,
        form=truth.form,
        deadline=truth.deadline,
        due=due_in(truth),
        partners=tuple(name for name in names if name != body),
        known=known or {},
    )


def form_of(body, measures=MEASURES[:60], *, known=None, language="ru", **changes):
    """The form of a body of the sample plan: its measures among the first sixty."""
    known = known or {}
    own = [one for one in measures if body in [re.sub(r" \(.*\)$", "", each) for each in one.bodies]]
    form = Form(
        key=f"k{NAMES.index(body) if body in NAMES else 99}-Zq_9",
        collection=7,
        plan=3,
        plan_title=TITLES["ru"],
        edition=EDITION,
        body=body,
        body_full="",
        period=PERIOD,
        return_by=RETURN_BY,
        language=language,
        cost_unit="тыс. тенге",
        measures=tuple(asked(one, body, known.get(1000 + int(one.number))) for one in own),
    )
    return dataclasses.replace(form, **changes)


def small_form(**changes):
    """Four measures of the ministry of health, one with something known."""
    known = {1002: {Field.STATUS: Status.UNDER_WAY, Field.SPENT: Decimal("120.5")}}
    form = form_of("МЗ", known=known)
    return dataclasses.replace(form, measures=form.measures[:4], **changes)
