"""Two changes to one text, line by line."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

Lines = Sequence[str]


@dataclass(frozen=True)
class Chunk:
    """Lines between two places where all three texts agree."""

    base: Lines
    mine: Lines
    theirs: Lines
    after: Lines
    """The line on which all three agree again; nothing at the end."""

    @property
    def clash(self) -> bool:
        """Whether both changed it, and not alike."""
        return self.mine not in (self.base, self.theirs) and self.theirs != self.base


def chunks(base: str, mine: str, theirs: str) -> list[Chunk]:
    """The three texts cut where they agree."""
    one, two, three = (text.splitlines(keepends=True) for text in (base, mine, theirs))
    in_two, in_three = _matches(one, two), _matches(one, three)
    places = [(at, in_two[at], in_three[at]) for at in range(len(one)) if at in in_two and at in in_three]
    found = []
    a = b = c = 0
    for i, j, k in [*places, (len(one), len(two), len(three))]:
        found.append(Chunk(one[a:i], two[b:j], three[c:k], one[i : i + 1]))
        a, b, c = i + 1, j + 1, k + 1
    return found


def _matches(base: Lines, other: Lines) -> dict[int, int]:
    matcher = difflib.SequenceMatcher(None, base, other, autojunk=False)
    return {block.a + n: block.b + n for block in matcher.get_matching_blocks() for n in range(block.size)}


def merge(base: str, mine: str, theirs: str) -> tuple[str, int]:
    """Both changes to ``base`` in one text, and how many places both changed.

    Where only one changed something, that change is taken; where both did, both versions stand there one after the
    other, each under a comment (``# >>>``).
    """
    out: list[str] = []
    clashes = 0
    for chunk in chunks(base, mine, theirs):
        if chunk.clash:
            clashes += 1
            indent = _indent([*chunk.theirs, *chunk.mine])
            out += [f"{indent}# >>> theirs\n", *_ended(chunk.theirs), f"{indent}# >>> mine\n", *_ended(chunk.mine)]
        else:
            out += chunk.mine if chunk.theirs == chunk.base else chunk.theirs
        out += chunk.after
    return "".join(out), clashes


def transplant(base: str, changed: str, original: str) -> str:
    """The change from ``base`` to ``changed``, made in ``original``: the text of ``base`` in a layout of its own."""
    out: list[str] = []
    for chunk in chunks(base, original, changed):
        out += _in_layout(chunk)
        out += chunk.after
    return "".join(out)


def _in_layout(chunk: Chunk) -> list[str]:
    """The changed lines of a chunk, and the others as they were laid out, where lines answer to lines."""
    if chunk.theirs == chunk.base:
        return [*chunk.mine]
    if len(chunk.mine) != len(chunk.base):
        return [*chunk.theirs]
    out: list[str] = []
    matcher = difflib.SequenceMatcher(None, chunk.base, chunk.theirs, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        out += chunk.mine[i1:i2] if kind == "equal" else chunk.theirs[j1:j2]
    return out


def _ended(lines: Lines) -> list[str]:
    return [line if line.endswith("\n") else f"{line}\n" for line in lines]


def _indent(lines: Lines) -> str:
    first = next((line for line in lines if line.strip()), "")
    return first[: len(first) - len(first.lstrip())]
