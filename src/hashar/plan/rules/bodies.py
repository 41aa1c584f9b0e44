"""Responsible bodies: one cell into names, abbreviations explained, names matched to organisations of the site."""

import difflib
import re
from collections.abc import Mapping, Sequence

from hashar.plan.contracts.official import Body, Confidence, Known, Match
from hashar.plan.rules.texts import folded, tidy, words

OPENING, CLOSING = "«“„(", "»”)"
CLOSE = 0.78
"""Names more alike than this may be the same; a person says."""
SHORTEST_ABBREVIATION = 2
_HEADS = re.compile(
    r"(?:акимат|местн|государствен|заинтересован|неправительств|нпо\b|аппарат|областн|городск|районн|маслихат|орган"
    r"|правоохран|уполномоч|управлени|департамент|министерств|комитет|обществен|учреждени|субъект|школ|вуз|колледж"
    r"|облыс|жергілікті|мүдделі|қала|әкім|мемлекет|үкіметтік|аудан|басқарма|министрлік|өңір|ұйым|мектеп|білім"
    r"|ministr|local|regional|district|interested|state|national|akimat|schools|ngo)",
    re.IGNORECASE,
)
"""Small letters with which a new body may begin; other small letters continue the one before."""
_CITIES = re.compile(
    r"(?:г\.|города\s+)?(?:астан|алмат|шымкент)\w*(?:\s+и\s+(?:астан|алмат|шымкент)\w*)*", re.IGNORECASE
)
_AKIMATS = re.compile(r"акимат|област|город|мио\b", re.IGNORECASE)
_LEGAL_FORM = re.compile(r"АО|НАО|ТОО|ОО|ОФ|ОЮЛ|ГУ|КГУ|КГП|РГП|РГУ|ЧУ")
"""What stands before a name in quotation marks, also on a line of its own."""
_GENITIVE = re.compile(r"\w+(?:дың|дің|тың|тің|ның|нің)", re.IGNORECASE)
_KAZAKH_HEAD = re.compile(r"әкімдік|әкімд|органдар", re.IGNORECASE)
_TWO_SHORT = re.compile(r"([A-ZА-ЯЁӘІҢҒҮҰҚӨҺ]{2,10})\s+(?:и|және|and)\s+([A-ZА-ЯЁӘІҢҒҮҰҚӨҺ]{2,10})")
_CONVENES = re.compile(
    r"\b(?:созыв|свод|головной|жинақтау|жинақтаушы|шақыру|жиынтық|convenes?|lead|coordinat\w+)\b", re.IGNORECASE
)
_AGREED = re.compile(r"\b(?:по согласованию|келісім бойынша|by agreement)\b", re.IGNORECASE)
_MARK = re.compile(r"\s*(?:\(([^()]*)\)|[-–]\s*([\w,\s]+))\s*$")
"""What stands in brackets or after a dash at the end of a name."""
_EXPLAINED = re.compile(r"^\W*(?:[^\W\d_]+\s*:\s*)*([^\W\d_][\w.-]{1,14})\s*[–—-]\s*([^\W\d_].{4,}?)[\s.;,]*$")
_COUNTRY = re.compile(r"\b(?:республики казахстан|рк|қазақстан республикасының|қр|of the republic of kazakhstan)\b")
_LIGHT = frozenset(("и", "по", "в", "на", "с", "и/или", "және", "мен", "of", "and", "the", "for"))


def split_bodies(text: str) -> list[str]:
    """The names of a cell; commas inside quotation marks, brackets and names do not part them."""
    joined: list[str] = []
    pending = ""
    for separator, raw in _pieces(tidy(text)):
        piece = raw.strip().strip(";,").strip()
        if not piece:
            continue
        if pending:
            pending = f"{pending}, {piece}"
            if _KAZAKH_HEAD.search(piece):
                joined, pending = [*joined, pending], ""
        elif _GENITIVE.fullmatch(piece):
            pending = piece
        elif joined and _continues(joined[-1], piece):
            joined[-1] += (" " if separator == "\n" else f"{separator} ") + piece
        else:
            joined.append(piece)
    if pending:
        joined.append(pending)
    return [name for piece in joined for name in _parted(piece)]


def _pieces(text: str) -> list[tuple[str, str]]:
    """Separator before, and what stands between separators, outside of quotation marks and brackets."""
    pieces, begin, separator, depth, quoted = [], 0, "", 0, False
    for at, letter in enumerate(text):
        if letter == '"':
            quoted = not quoted
        elif letter in OPENING:
            depth += 1
        elif letter in CLOSING:
            depth = max(0, depth - 1)
        elif letter in ",;\n" and not quoted and (not depth or (letter == "\n" and not _closes(text[at:]))):
            pieces.append((separator, text[begin:at]))
            begin, separator, depth = at + 1, letter, 0
    return [*pieces, (separator, text[begin:])]


def _closes(rest: str) -> bool:
    """Whether something that was opened is closed further on: a forgotten bracket must not swallow the cell."""
    return any(letter in rest for letter in CLOSING)


def _continues(before: str, piece: str) -> bool:
    if _CITIES.fullmatch(piece):
        return bool(_AKIMATS.search(before))
    if _LEGAL_FORM.fullmatch(before) and piece[0] in OPENING + '"':
        return True
    return (piece[0].islower() and not _HEADS.match(piece)) or piece[0] in "(-–"


def _parted(piece: str) -> list[str]:
    both = _TWO_SHORT.fullmatch(piece)
    return [both[1], both[2]] if both else [piece]


def read_bodies(text: str, explained: Mapping[str, str]) -> tuple[Body, ...]:
    """The bodies of a cell; ``explained`` are abbreviations with what they stand for."""
    found = []
    for each in split_bodies(text):
        name, convenes = _without_marks(each)
        found.append(Body(each, name, explained.get(name, ""), convenes))
    return tuple(dict.fromkeys(found))


def _without_marks(text: str) -> tuple[str, bool]:
    """A name without «(созыв)» and «(по согласованию)», and whether it convenes."""
    name, convenes = text, False
    while mark := _MARK.search(name):
        inside = mark[1] or mark[2] or ""
        if not name[: mark.start()].strip() or words(_AGREED.sub("", _CONVENES.sub("", inside))):
            break
        convenes = convenes or bool(_CONVENES.search(inside))
        name = name[: mark.start()].strip()
    return name, convenes


def read_abbreviations(notes: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Abbreviations that the notes explain: «МВД – Министерство внутренних дел»."""
    found: dict[str, str] = {}
    for note in notes:
        for part in re.split(r"[;\n]", note):
            match = _EXPLAINED.match(part.strip())
            if match and sum(letter.isupper() for letter in match[1]) >= SHORTEST_ABBREVIATION:
                found.setdefault(match[1], match[2].strip())
    return tuple(found.items())


def plain(name: str) -> str:
    """A name for comparing: words alone, without the country."""
    return " ".join(_COUNTRY.sub(" ", words(name)).split())


def initials(name: str) -> str:
    """What a name would be shortened to."""
    return "".join(word[0] for word in plain(name).split() if word not in _LIGHT)


class Matcher:
    """Which organisation a body is; every name is looked up once."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._names = [(plain(name), one.id, one.name) for one in known for name in one.names if name]
        self._found: dict[tuple[str, str], Match] = {}

    def match(self, body: Body) -> Match:
        """Exact: the same name. Close: nearly, or the same first letters. Else unknown."""
        key = (body.name, body.full)
        if key not in self._found:
            self._found[key] = self._match(body)
        return self._found[key]

    def _match(self, body: Body) -> Match:
        wanted = {plain(body.name), plain(body.full)} - {""}
        same = {identity: name for each, identity, name in self._names if each in wanted}
        if same:
            identity, name = next(iter(same.items()))
            return Match(Confidence.EXACT if len(same) == 1 else Confidence.CLOSE, identity, name)
        short = folded(body.name)
        letters = [(identity, name) for each, identity, name in self._names if _stands_for(short, each)]
        if letters:
            return Match(Confidence.CLOSE, *letters[0])
        return self._alike(wanted)

    def _alike(self, wanted: set[str]) -> Match:
        best, found = CLOSE, Match(Confidence.UNKNOWN)
        for text in wanted:
            matcher = difflib.SequenceMatcher(None, "", text)
            for each, identity, name in self._names:
                matcher.set_seq1(each)
                if matcher.real_quick_ratio() >= best and matcher.quick_ratio() >= best and matcher.ratio() >= best:
                    best, found = matcher.ratio(), Match(Confidence.CLOSE, identity, name)
        return found


def _stands_for(short: str, name: str) -> bool:
    return len(short) >= SHORTEST_ABBREVIATION and " " not in short and short == initials(name)
