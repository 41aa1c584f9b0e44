"""Compile a logic model: everything that is wrong with it, with place and remedy, before anyone signs."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hashar.late import late
from hashar.plan.contracts.logic_model import Diagnostic, LogicModel, PracticeFacts
from hashar.plan.queries.shipped import shipped_facts
from hashar.plan.rules import doing, structure, targets
from hashar.plan.rules.compiler import run
from hashar.plan.rules.graph import Context
from hashar.plan.sources.logic_model import load_logic_model
from hashar.reference.queries import factors

if TYPE_CHECKING:
    from hashar.plan import analysis
else:  # numpy and scipy; most pages compile no model and ask no target
    analysis = late("hashar.plan.analysis")


def compile_model(*, model: LogicModel, practices: Mapping[str, PracticeFacts] | None = None) -> Sequence[Diagnostic]:
    """All findings of all rules, in the order of the file.

    Parameters
    ----------
    model
        The logic model; ``today`` decides which dates have passed.
    practices
        Practice code → what is known of it; None: practices are not looked up.

    Notes
    -----
    docs/reference/logic-model.md lists every rule with a case in which it fires and one in which it is silent. Time and
    memory are linear in the parts and links of the model.

    """
    context = Context(
        model,
        frozenset(factors()),
        practices or {},
        analysis.detectable_changes(model),
        looked_up=practices is not None,
    )
    found = [
        *run(structure.RULES, context),
        *run(targets.RULES, context),
        *run(doing.RULES, context),
    ]
    return sorted(found, key=lambda diagnostic: (diagnostic.place, diagnostic.rule))


def compile_file(
    *, file: Path, today: dt.date, practices: Mapping[str, PracticeFacts] | None = None
) -> Sequence[Diagnostic]:
    """The same for a file (YAML); without ``practices`` those that come with the program are looked up.

    Raises
    ------
    InputError
        The file cannot be read, or is no logic model.

    """
    model = load_logic_model(file, today=today)
    return compile_model(model=model, practices=shipped_facts(model) if practices is None else practices)
