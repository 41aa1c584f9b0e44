"""Names of territories as registers write them: in any language, with or without the kind of place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hashar.assess.contracts.series_import import Place
from hashar.assess.rules.series_words import fold

DEPTH: Mapping[str, int] = {"country": 1, "region": 2, "district": 3, "city": 9}
"""How deep in the path the territories of a level lie; cities may lie anywhere (some are on a par with regions)."""

REGION_WORDS = frozenset(
    (
        *("region", "oblast", "область", "обл", "облысы", "облыс", "облусу", "облус", "viloyati", "viloyat", "вилояти"),
        *("вилоят", "welaýaty", "welaýat", "велаят", "province", "oblasy"),
    )
)
CITY_WORDS = frozenset(
    (
        *(
            "city",
            "город",
            "г",
            "гор",
            "қаласы",
            "қала",
            "қ",
            "шаары",
            "шаар",
            "ш",
            "shahri",
            "shahar",
            "шаҳри",
            "шаҳр",
        ),
        *("şäheri", "şäher"),
    )
)
COUNTRY_WORDS = frozenset(
    ("republic", "of", "the", "республика", "республикасы", "respublikasi", "ҷумҳурии", "республики", "respublikasy")
)
ISO3: Mapping[str, str] = {"kaz": "KZ", "kgz": "KG", "tjk": "TJ", "tkm": "TM", "uzb": "UZ"}
"""ISO 3166-1: three letters to two, as international files write countries."""


@dataclass(frozen=True)
class Named:
    """A territory with everything by which a file may call it."""

    place: Place
    codes: tuple[str, ...]
    """Present, former and national codes."""
    names: tuple[str, ...]
    former: tuple[str, ...]
    """Former names and other spellings: they count only where no present name fits."""
    city: bool


class Gazetteer:
    """Finds territories by what a cell says."""

    def __init__(self, places: Iterable[Named]) -> None:
        self._codes: dict[str, Named] = {}
        self._names: list[dict[str, list[Named]]] = [{}, {}, {}, {}]
        self.by_code: dict[str, Place] = {}
        for named in places:
            self.by_code[named.place.code] = named.place
            for code in named.codes:
                self._codes.setdefault(fold(code), named)
            for start, names in ((0, named.names), (2, named.former)):
                for name in names:
                    _add(self._names[start], fold(name), named)
                    _add(self._names[start + 1], bare(fold(name)), named)

    def find(self, text: str) -> Sequence[Place]:
        """The territories that ``text`` can mean: none, one, or several that have to be told apart."""
        folded = fold(text)
        code = fold(ISO3.get(folded, text))
        if code in self._codes:
            return [self._codes[code].place]
        for at, index in enumerate(self._names):
            found = index.get(bare(folded) if at % 2 else folded, [])
            if len(found) > 1:
                found = _by_kind(found, folded)
            if found:
                return [named.place for named in found]
        return []

    def knows(self, text: str) -> bool:
        """Whether ``text`` names at least one territory."""
        return bool(self.find(text))


def bare(folded: str) -> str:
    """A folded name without the words that only say what kind of place it is; unchanged if it has no others."""
    kept = [word for word in folded.split(" ") if word not in REGION_WORDS | CITY_WORDS | COUNTRY_WORDS]
    return " ".join(kept) or folded


def _add(index: dict[str, list[Named]], key: str, named: Named) -> None:
    places = index.setdefault(key, [])
    if named not in places:
        places.append(named)


def _by_kind(found: Sequence[Named], folded: str) -> list[Named]:
    """Of a city and a region of one name, the one whose kind the text says; all of them if it says nothing."""
    words = set(folded.split(" "))
    if words & CITY_WORDS:
        return [named for named in found if named.city] or list(found)
    if words & REGION_WORDS:
        return [named for named in found if not named.city] or list(found)
    return list(found)
