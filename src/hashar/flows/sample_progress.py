"""The progress of the demonstration's plan: one body answers on the site, one by a file, and once they differ."""

import datetime as dt
import io
import json
from collections.abc import Mapping

from hashar.implement.contracts.form_files import ANSWERS_MARK, facts_of
from hashar.implement.contracts.progress import Field, Form, Status, Value
from hashar.implement.contracts.quarters import quarter_on
from hashar.implement.queries import collections, forms
from hashar.implement.services.answers import answer
from hashar.implement.services.collections import mark_sent, open_collection
from hashar.implement.services.returned_files import upload
from hashar.people.contracts import Actor

LANGUAGE = "ru"
COUNCIL = "20"
"""Number of the measure that both bodies answer for: the council meets every quarter."""
Said = Mapping[str, Mapping[Field, Value]]
OF_COALITION: Said = {
    "2": {Field.STATUS: Status.UNDER_WAY, Field.RESULT: "Обучены 14 волонтёров (пример)"},
    "10": {
        Field.STATUS: Status.DONE,
        Field.RESULT: "Встречи с родителями в трёх школах (пример)",
        Field.EVIDENCE: "Листы регистрации № 5–7 (пример)",
    },
    COUNCIL: {Field.STATUS: Status.UNDER_WAY, Field.NOTE: "Наши предложения переданы в повестку (пример)"},
}
ON_THE_SITE: Said = {COUNCIL: {Field.STATUS: Status.UNDER_WAY}}
"""What somebody of the city wrote on the site, and the file of a colleague says otherwise."""
IN_THE_FILE: Said = {
    COUNCIL: {
        Field.STATUS: Status.DONE,
        Field.RESULT: "Совет собран, принято четыре решения (пример)",
        Field.EVIDENCE: "Протокол № 4 (пример)",
    },
    "24": {Field.STATUS: Status.UNDER_WAY, Field.RESULT: "Сводный отчёт готовится (пример)"},
}


def bring_progress(
    *, coalition: Actor, city: Actor, organisations: tuple[int, int], plan: int, now: dt.datetime
) -> int:
    """Ask about the quarter of now, and let two bodies answer; returns the collection, which stays open.

    Parameters
    ----------
    coalition, city
        A coordinator or official of each; the plan is the city's.
    organisations
        The coalition and the city.
    plan
        The plan.
    now
        When.

    Raises
    ------
    NotFound, Forbidden
        An actor may not see the plan, or does not act for their organisation.

    """
    period = quarter_on(now.date())
    made = open_collection(actor=city, plan=plan, period=period, return_by=period.end, now=now)
    mark_sent(actor=city, collection=made, now=now)
    asked = {
        each.organisation: each.form
        for each in collections.collection(city, made, today=now.date()).bodies
        if each.organisation in organisations
    }
    for actor, organisation, said in zip((coalition, city), organisations, (OF_COALITION, ON_THE_SITE), strict=True):
        form = forms.form(actor, asked[organisation], LANGUAGE)
        for one in form.measures:
            if one.number in said:
                answer(
                    actor=actor,
                    form=asked[organisation],
                    measure=one.measure,
                    values=said[one.number],
                    seen={},
                    now=now,
                )
    returned = _returned(forms.form(city, asked[organisations[1]], LANGUAGE), IN_THE_FILE)
    upload(actor=city, collection=made, files=[("answers-sample.json", io.BytesIO(returned))], now=now)
    return made


def _returned(form: Form, said: Said) -> bytes:
    """The file that the offline form of a body saves."""
    measures = [
        {
            "measure": one.measure,
            "number": one.number,
            "text": one.text,
            "answers": {str(field): str(value) for field, value in said.get(one.number, {}).items()},
        }
        for one in form.measures
    ]
    content: dict[str, object] = {
        "format": ANSWERS_MARK,
        **{str(fact): told for fact, told in facts_of(form).items()},
        "returned_by": "Отдел профилактики (пример)",
        "measures": measures,
    }
    return json.dumps(content, ensure_ascii=False).encode()
