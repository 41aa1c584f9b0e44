"""What can be entered as a practice of one's own."""

import unicodedata
from collections.abc import Iterable, Sequence

from hashar.errors import InputError
from hashar.exchange.contracts import Draft
from hashar.exchange.rules import COSTS, LONGEST_NAME, LONGEST_TEXT, OLDEST, SETTINGS
from hashar.i18n import LANGUAGES, N_

MOST_FACTORS = 12


def checked(draft: Draft, factors: Iterable[str]) -> Draft:
    """The draft with its texts in one form.

    Raises
    ------
    InputError
        A text is missing or too long, ages cannot be, or a choice is not on its list.

    """
    name = _text(draft.name, LONGEST_NAME)
    summary = _text(draft.summary, LONGEST_TEXT)
    if not name or not summary:
        raise InputError(N_("Give the practice a name, and say in a few sentences what is done."))
    _in_lists(draft, frozenset(factors))
    first, last = draft.age_from, draft.age_to
    if (first is None) != (last is None) or (
        first is not None and last is not None and not 0 <= first <= last <= OLDEST
    ):
        raise InputError(N_("Give the first and the last age, from 0 to {oldest}, or neither."), oldest=OLDEST)
    return Draft(
        language=draft.language,
        name=name,
        summary=summary,
        settings=_once(draft.settings),
        age_from=first,
        age_to=last,
        cost=draft.cost,
        languages=_once(draft.languages),
        factors=_once(draft.factors),
        source=_text(draft.source, LONGEST_TEXT),
    )


def _in_lists(draft: Draft, factors: frozenset[str]) -> None:
    known = (
        draft.language in LANGUAGES
        and set(draft.settings) <= set(SETTINGS)
        and set(draft.languages) <= set(LANGUAGES)
        and draft.cost in ("", *COSTS)
        and set(draft.factors) <= factors
    )
    if not known:
        raise InputError(N_("Choose from the lists."))
    if not 1 <= len(_once(draft.factors)) <= MOST_FACTORS:
        raise InputError(N_("Choose the factors on which the practice works, at most {limit}."), limit=MOST_FACTORS)


def _text(text: str, longest: int) -> str:
    kept = "\n".join(" ".join(line.split()) for line in unicodedata.normalize("NFC", text).splitlines()).strip()
    if len(kept) > longest or any(
        unicodedata.category(letter) in ("Cc", "Cs", "Co") for letter in kept if letter != "\n"
    ):
        raise InputError(
            N_("A text is longer than {limit} characters, or holds characters that no text has."), limit=longest
        )
    return kept


def _once(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
