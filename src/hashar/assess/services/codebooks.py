"""Draft a codebook from a survey file; check one, alone or against files."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hashar.assess.contracts.table import Note
from hashar.assess.rules import codebook_check
from hashar.assess.rules.codebook_draft import draft_codebook
from hashar.assess.services.profiles import wave_of
from hashar.assess.sources.codebook import load_codebook, raise_problems
from hashar.assess.sources.files import read_survey
from hashar.errors import CodebookError
from hashar.i18n import Translator


@dataclass(frozen=True)
class DraftedCodebook:
    """YAML text of a draft, for how many columns, and what the reader had to decide."""

    text: str
    columns: int
    notes: Sequence[Note]


def draft(
    *, file: Path, translator: Translator, encoding: str | None = None, sheet: str | None = None
) -> DraftedCodebook:
    """A commented draft of a codebook for ``file``, with comments in the translator's language.

    Raises
    ------
    InputError
        The file cannot be read.

    """
    table = read_survey(file, encoding=encoding, sheet=sheet)
    return DraftedCodebook(text=draft_codebook(table, translator), columns=len(table.columns), notes=table.notes)


def check(*, codebook: Path, files: Sequence[Path] = ()) -> list[Note]:
    """Check a codebook, and that it fits ``files``; the notes are what is odd but not wrong.

    Raises
    ------
    CodebookError
        With every problem found, each with line, column and remedy.
    InputError
        A file that cannot be read.

    """
    book = load_codebook(codebook)
    problems: list[CodebookError] = []
    remarks: list[CodebookError] = []
    for file in files:
        found = codebook_check.check(book, read_survey(file), wave_of(book, file).name)
        problems += found.problems
        remarks += found.remarks
    raise_problems(problems, codebook.name)
    return [Note(remark.message, remark.values) for remark in remarks]
