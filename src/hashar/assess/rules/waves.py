"""Which wave of a survey a file belongs to: by its name, as the codebook's patterns say."""

from collections.abc import Iterable, Sequence
from fnmatch import fnmatch

from hashar.assess.contracts.codebook import Codebook
from hashar.errors import CodebookError
from hashar.i18n import N_

Patterns = Sequence[tuple[str, Sequence[str]]]
"""Name of each wave, with its patterns of file names."""


def patterns_of(codebook: Codebook) -> Patterns:
    """The waves of a codebook in the order of time."""
    return [(wave.name, list(wave.files)) for wave in codebook.waves]


def fitting(file: str, waves: Patterns) -> list[str]:
    """The waves whose pattern fits a file's name; a single wave without patterns takes any file."""
    if len(waves) == 1 and not waves[0][1]:
        return [waves[0][0]]
    return [name for name, patterns in waves if any(_fits(file, pattern) for pattern in patterns)]


def _fits(name: str, pattern: str) -> bool:
    """Whether a file name fits; a name written in full fits itself, also with brackets as in “survey[1].sav”."""
    return name == pattern or fnmatch(name, pattern)


def known(waves: Iterable[tuple[str, Sequence[str]]]) -> str:
    """The waves with their patterns, for a sentence."""
    return "; ".join(f"{name}: {', '.join(patterns)}" for name, patterns in waves)


def no_wave(file: str, waves: Patterns) -> CodebookError:
    """The sentence for a file that fits none."""
    return CodebookError(
        N_("{file} fits no wave of the codebook ({known}). Rename the file, or add a pattern under “waves”."),
        file=file,
        known=known(waves),
        path="waves",
    )
