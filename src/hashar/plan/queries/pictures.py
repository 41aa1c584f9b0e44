"""A logic model as a picture."""

from collections.abc import Callable
from dataclasses import dataclass

from hashar.plan.contracts.drawing import Drawing
from hashar.plan.contracts.logic_model import AnyElement, LogicModel
from hashar.plan.contracts.stored_models import MOST_DRAWN
from hashar.plan.rules.layout import Sizes, draw


@dataclass(frozen=True)
class Words:
    """What stands in boxes and on tags, in the reader's language."""

    box: Callable[[AnyElement], str]
    tag: Callable[[AnyElement], str]


def drawn(model: LogicModel, words: Words, *, narrow: bool = False) -> Drawing | None:
    """The picture of a model; None where it is empty or has more parts than a picture can show."""
    count = sum(1 for _ in model.elements())
    if not 0 < count <= MOST_DRAWN:
        return None
    return draw(model, words.box, words.tag, Sizes(width=122, gap=22, apart=8, letters=17) if narrow else Sizes())
