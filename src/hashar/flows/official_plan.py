"""The official plan that comes with the program, brought in as a person would: upload, say who is who, store."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from hashar.people.contracts import Actor
from hashar.plan.queries.previews import preview
from hashar.plan.services.plan_imports import answer, store, upload

FOLDER = Path(__file__).parent / "data" / "plan"
LANGUAGES = ("ru", "kk")


def bring_plan(*, actor: Actor, organisation: int, bodies: Mapping[str, int], now: dt.datetime) -> int:
    """Bring in both files of the plan for an organisation; returns the plan.

    Parameters
    ----------
    actor
        A coordinator or official of the organisation.
    organisation
        Whose plan it is.
    bodies
        Name in the files → organisation of the site; the other bodies are on no site.
    now
        When.

    Raises
    ------
    Forbidden
        The actor may not bring in plans there.

    """
    plan: int | None = None
    for language in LANGUAGES:
        with (FOLDER / f"plan-{language}.docx").open("rb") as content:
            made = upload(
                actor=actor,
                organisation=organisation,
                plan=plan,
                name=f"plan-{language}.docx",
                content=content,
                now=now,
            )
        names = [question.name for question in preview(actor, made).bodies]
        said = {name: bodies.get(name, 0) for name in names}
        answer(actor=actor, import_id=made, bodies=said, deadlines={}, same={}, now=now)
        plan = store(actor=actor, import_id=made, now=now)
    if plan is None:
        raise ValueError("no language")
    return plan
