"""Concepts of the field: what is one thing in seven languages, whichever word is used for it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from hashar.exchange.rules.words import soft
from hashar.i18n.spelling import prefix_distance, typos_allowed

LONGEST_ENDING = 7
Form = tuple[str, ...]


class Thesaurus:
    """The concepts by their forms: single words and expressions of several words."""

    def __init__(self, concepts: Mapping[str, Iterable[str]]) -> None:
        """``concepts``: the forms of each concept in any language."""
        self._starting: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        self._expressions: defaultdict[str, list[tuple[Form, str]]] = defaultdict(list)
        for concept, forms in concepts.items():
            for form in dict.fromkeys(spelt for written in forms for spelt in _spellings(written)):
                if len(form) == 1:
                    self._starting[form[0][:1]].append((form[0], concept))
                else:
                    self._expressions[form[0][:1]].append((form, concept))
        self._of_word = lru_cache(maxsize=20_000)(self._look_up)
        self._beginning = lru_cache(maxsize=20_000)(self._expressions_of)

    def named_in(self, words: Sequence[str], *, forgiving: bool = False) -> list[dict[str, float]]:
        """For each word of a text, the concepts it names (alone or as a part of an expression), and how surely."""
        found = [dict(self._of_word(word, forgiving)) for word in words]
        for at, word in enumerate(words):
            for form, concept in self._beginning(word):
                following = words[at : at + len(form)]
                sure = min(map(form_fit, following, form)) if len(following) == len(form) else 0.0
                for place in range(at, at + len(form)) if sure else ():
                    found[place][concept] = max(found[place].get(concept, 0.0), sure)
        return found

    def _expressions_of(self, word: str) -> tuple[tuple[Form, str], ...]:
        return tuple(one for one in self._expressions.get(word[:1], ()) if form_fit(word, one[0][0]))

    def _look_up(self, word: str, forgiving: bool) -> tuple[tuple[str, float], ...]:  # noqa: FBT001  (a key of the cache)
        found: dict[str, float] = {}
        for form, concept in self._starting.get(word[:1], ()):
            found[concept] = max(found.get(concept, 0.0), form_fit(word, form))
        if forgiving and not any(found.values()):
            for form, concept in self._starting.get(word[:1], ()):
                found[concept] = max(found.get(concept, 0.0), misspelt_fit(word, form))
        best = max(found.values(), default=0.0)
        return tuple((concept, fit) for concept, fit in found.items() if fit and fit >= best - 0.1)


def _spellings(form: str) -> list[Form]:
    """A form as one word or several; one with a hyphen both ways, because people leave the hyphen out."""
    spelt = [tuple(soft(form)), tuple(soft(form.replace("-", " ")))]
    return [words for words in spelt if words]


def form_fit(word: str, form: str) -> float:
    """How surely a word is this form, with an ending or with another; 0 when it is not.

    Forms of one or two letters stand for themselves alone, those of three take a short ending.
    """
    if word == form:
        return 1.0
    ending = len(word) - len(form)
    if word.startswith(form):
        longest = 0 if len(form) < 3 else 3 if len(form) == 3 else LONGEST_ENDING
        return 0.9 if ending <= longest else 0.0
    stem = max(4, len(form) - 2)
    if len(form) > 4 and word[:stem] == form[:stem] and ending <= LONGEST_ENDING - 1:
        return 0.8
    return 0.7 if len(word) > 3 and form.startswith(word) else 0.0


def misspelt_fit(word: str, form: str) -> float:
    """The same with slips of the pen."""
    allowed = min(typos_allowed(form), typos_allowed(word), 2 if len(form) > 7 else 1)
    if len(form) < 5 or not allowed or len(word) - len(form) > LONGEST_ENDING - 1:
        return 0.0
    slips = prefix_distance(form, word, allowed)
    return 0.0 if slips is None else 0.8 - 0.15 * slips
