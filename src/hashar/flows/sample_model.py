"""A logic model made up for the demonstration, with a few findings of the compiler left to mend."""

import datetime as dt
from pathlib import Path
from string import Template

from hashar.people.contracts import Actor
from hashar.plan.services.stored_models import create_model, share

TEXT = Path(__file__).parent / "data" / "model" / "model.yaml"
AHEAD = 4
"""Years that its dates name, from that of the demonstration on."""


def bring_model(*, actor: Actor, organisation: int, now: dt.datetime) -> int:
    """Store the model for an organisation and share it; returns it.

    Parameters
    ----------
    actor
        A coordinator of the organisation.
    organisation
        Whose model it is.
    now
        When; its dates lie round this day.

    Raises
    ------
    Forbidden
        The actor does not coordinate the organisation.

    """
    years = {f"y{at}": now.year + at for at in range(AHEAD)}
    text = Template(TEXT.read_text(encoding="utf-8")).substitute(years)
    made = create_model(actor=actor, organisation=organisation, territory=None, title="", text=text, now=now)
    share(actor=actor, model=made, shared=True, now=now)
    return made
