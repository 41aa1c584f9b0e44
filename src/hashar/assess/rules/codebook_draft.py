"""A first codebook for a survey file: everything the file says, every guess with its reason and a mark to check it."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hashar.assess.contracts.codebook import Code, ItemType
from hashar.assess.contracts.table import Column, SurveyTable
from hashar.assess.rules.guesses import (
    MANY_ANSWERS,
    Answers,
    ItemGuess,
    Role,
    answers_of,
    could_weigh,
    item_of,
    language_of,
    looks_like_weights,
    repeats_across,
    role_of,
    stands_alone,
)
from hashar.assess.rules.levels import code_text
from hashar.i18n import N_, Translator

CHECK = "# check:"
MOST_LEVELS = 60
"""A group with more levels is left to the analyst."""
_GROUPS = (Role.SEX, Role.GRADE, Role.AGE, Role.PLACE, Role.LANGUAGE, Role.SCHOOL, Role.CLASS)
_ROLE_OF_GROUP = {Role.PLACE: "place", Role.LANGUAGE: "language", Role.SCHOOL: "school", Role.CLASS: "class"}
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NOT_PLAIN = frozenset({"true", "false", "null", "yes", "no", "on", "off"})


@dataclass(frozen=True)
class _Design:
    weight: str = ""
    weight_reason: str = ""
    stratum: str = ""
    cluster: str = ""
    nest: bool = False
    lonely: bool = False
    """Whether some stratum has a single cluster."""

    @property
    def names(self) -> set[str]:
        return {self.weight, self.stratum, self.cluster} - {""}


def draft_codebook(table: SurveyTable, translator: Translator | None = None) -> str:
    """The YAML text of a codebook for ``table``, commented in the translator's language (English without one).

    It can be loaded as it is, and fits the file that it was made from; every guess carries ``# check:``.
    """
    writer = _Writer(table, translator or Translator("en"))
    return "\n".join(writer.lines()) + "\n"


def quoted(text: str) -> str:
    """A text as YAML takes it for sure."""
    if _PLAIN.fullmatch(text) and text.lower() not in _NOT_PLAIN:
        return text
    return in_quotes(text)


def in_quotes(text: str) -> str:
    """A text in double quotes; what cannot be printed is escaped, since YAML refuses it as it is."""
    return "".join(
        letter if letter.isprintable() else f"\\U{ord(letter):08x}" for letter in json.dumps(text, ensure_ascii=False)
    )


def _code(code: Code) -> str:
    return in_quotes(code) if isinstance(code, str) else code_text(code)


def _codes(codes: Sequence[Code]) -> str:
    return "[" + ", ".join(_code(code) for code in codes) + "]"


def _one_line(text: str) -> str:
    """A text as a comment: printable, without line ends."""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())


class _Writer:
    """Writes one draft, section by section."""

    def __init__(self, table: SurveyTable, translator: Translator) -> None:
        self.table = table
        self.translator = translator
        self.roles = {name: role_of(column) for name, column in table.columns.items()}
        self.answers = {name: answers_of(column) for name, column in table.columns.items()}
        self.design = self._guess_design()

    def say(self, message: str, indent: str = "", **values: object) -> str:
        """A comment."""
        return f"{indent}# {_one_line(self.translator.gettext(message, **values))}"

    def check(self, message: str, indent: str = "", **values: object) -> str:
        """A comment that asks for a look."""
        return f"{indent}{CHECK} {self.translator.gettext(message, **values)}"

    def lines(self) -> Iterator[str]:
        """All lines."""
        yield from self._head()
        yield from self._design_lines()
        yield from self._group_lines()
        yield from self._item_lines()
        yield from self._tail()

    def _guess_design(self) -> _Design:
        found = {role: [name for name, claimed in self.roles.items() if claimed is role] for role in Role}
        weights = [name for name in found[Role.WEIGHT] if could_weigh(self.table.columns[name])]
        reason = N_("its name or label says so")
        if not weights:
            weights = [n for n, c in self.table.columns.items() if not self.roles[n] and looks_like_weights(c)]
            weights = weights if len(weights) == 1 else []
            reason = N_("positive, complete and not whole, as weights are")
        stratum = next(iter(found[Role.STRATUM]), "")
        cluster = next(iter([*found[Role.CLUSTER], *found[Role.CLASS], *found[Role.SCHOOL]]), "")
        nest = lonely = False
        if stratum and cluster:
            clusters, strata = self.table.columns[cluster], self.table.columns[stratum]
            nest, lonely = repeats_across(clusters, strata), stands_alone(clusters, strata)
        return _Design(next(iter(weights), ""), reason, stratum, cluster, nest, lonely)

    def _head(self) -> Iterator[str]:
        source = self.table.fingerprint.name
        year = re.search(r"(?:19|20)\d\d", source)
        yield self.say(
            N_("Draft of a codebook for {file}: {rows} rows, {columns} columns."),
            file=source,
            rows=self.table.rows,
            columns=len(self.table.columns),
        )
        yield self.say(N_("Every guess is marked with “# check:”. Correct it, remove the mark, and test with:"))
        yield f"#   hashar codebook check codebook.yaml {quoted(source)}"
        yield self.say(N_("docs/reference/codebook.md explains every setting."))
        yield "codebook: 1"
        yield f"language: {language_of(self.table)}  {self.check(N_('the language of the texts below'))}"
        title = self.table.file_label or source.rsplit(".", 1)[0]
        yield f"title: {in_quotes(title)}"
        yield f'source: ""  {self.check(N_("who made the survey, when, under which licence"))}'
        yield f'place: ""  {self.check(N_("where the pupils live"))}'
        yield ""
        yield "waves:"
        name = year.group() if year else "1"
        yield f'  - name: "{name}"  {self.check(N_("add a wave for each further file of this questionnaire"))}'
        yield f"    files: [{in_quotes(source)}]"

    def _design_lines(self) -> Iterator[str]:
        design = self.design
        yield ""
        yield "design:"
        if design.weight:
            yield f"  weight: {quoted(design.weight)}  {self.check(design.weight_reason)}"
        else:
            yield self.check(N_("no column of weights was found; without one every pupil counts once"), "  ")
            yield '  weight: ""'
        if design.stratum:
            yield f"  strata: [{quoted(design.stratum)}]  {self.check(N_('its name or label says so'))}"
        if design.cluster:
            yield f"  clusters: [{quoted(design.cluster)}]  {self.check(N_('its name or label says so'))}"
        else:
            yield self.check(N_("no cluster was found: name the column of schools or classes that were drawn"), "  ")
        if design.nest:
            yield f"  nest: true  {self.check(N_('the same cluster code occurs in several strata'))}"
        if design.lonely:
            yield f"  single_psu: centre  {self.check(N_('some strata have a single cluster; “fail” refuses them'))}"

    def _group_lines(self) -> Iterator[str]:
        yield ""
        groups = [name for name, role in self.roles.items() if role in _GROUPS and self._is_group(name)]
        yield "groups:" if groups else f"groups: []  {self.check(N_('columns to break down by: sex, grade, place'))}"
        for name in groups:
            yield from self._group(self.table.columns[name], self.roles[name])

    def _is_group(self, name: str) -> bool:
        return name not in self.design.names and 1 < len(self.answers[name].counts) <= MOST_LEVELS

    def _group(self, column: Column, role: Role | None) -> Iterator[str]:
        yield f"  - name: {quoted(column.name)}  {self.check(N_('its name or label says so'))}"
        yield f"    label: {in_quotes(column.label or column.name)}"
        yield f"    variable: {quoted(column.name)}"
        if role in _ROLE_OF_GROUP:
            yield f"    role: {_ROLE_OF_GROUP[role]}"
        yield "    levels:"
        answers = self.answers[column.name]
        for code in answers.counts:
            label = answers.labels.get(code, code_text(code))
            name = in_quotes(code_text(code))
            text = in_quotes(label)
            yield f"      - {{name: {name}, codes: [{_code(code)}], label: {text}}}"

    def _item_lines(self) -> Iterator[str]:
        yield ""
        items, others = self._items()
        yield "indicators:" if items else "indicators: []"
        for name, guess in items.items():
            yield from self._item(self.table.columns[name], self.answers[name], guess)
        if others:
            yield ""
            yield self.say(
                N_("Columns that are no question with listed answers, left out: {names}."), names=", ".join(others)
            )

    def _items(self) -> tuple[dict[str, ItemGuess], list[str]]:
        items: dict[str, ItemGuess] = {}
        others: list[str] = []
        for name, column in self.table.columns.items():
            if name in self.design.names or self.roles[name] in _GROUPS:
                continue
            guess = None if self.roles[name] else item_of(column, self.answers[name])
            if guess is None or self._is_identifier(name, guess):
                others.append(name)
            else:
                items[name] = guess
        return items, others

    def _is_identifier(self, name: str, guess: ItemGuess) -> bool:
        return guess.item_type is ItemType.NUMBER and len(self.answers[name].counts) == self.table.rows > MANY_ANSWERS

    def _item(self, column: Column, answers: Answers, guess: ItemGuess) -> Iterator[str]:
        yield f"  - name: {quoted(column.name)}"
        yield f"    label: {in_quotes(column.label or column.name)}"
        yield f"    variable: {quoted(column.name)}"
        yield f"    type: {guess.item_type}  {self.check(guess.reason)}"
        if guess.statistic == "mean":
            yield f"    statistic: mean  {self.check(N_('for a share instead, list the codes under “yes” and “no”'))}"
        else:
            yield f"    yes: {_codes(guess.yes)}  {self.check(N_('the answers that count'))}"
            yield f"    no: {_codes(guess.no)}"
        yield from self._labels(answers, guess)
        yield from self._missing(column, answers)

    def _labels(self, answers: Answers, guess: ItemGuess) -> Iterator[str]:
        if guess.item_type is ItemType.NUMBER or not answers.labels:
            return
        unlabelled = {code: code_text(code) for code in answers.counts if code not in answers.labels}
        yield "    answers:"
        for code, label in ({**answers.labels, **unlabelled}).items():
            yield f"      {_code(code)}: {in_quotes(label)}"

    def _missing(self, column: Column, answers: Answers) -> Iterator[str]:
        if not answers.missing:
            return
        yield "    missing:"
        yield "      codes:"
        for code, kind in answers.missing.items():
            yield f"        {_missing_code(column, code)}: {kind.name.lower()}{self._why(column, code)}"

    def _why(self, column: Column, code: Code) -> str:
        label = column.value_labels.get(code, "")
        if label:
            return f"  # {_one_line(label)}"
        return f"  {self.check(N_('why there is no answer: no_answer, not_asked, dont_know, refused or invalid'))}"

    def _tail(self) -> Iterator[str]:
        yield ""
        yield self.say(N_("Add the scales of risk and protective factors, and the data-quality rules, for example:"))
        for line in _EXAMPLE.splitlines():
            yield f"# {line}"
        yield ""
        yield "disclosure:"
        yield "  minimum_n: 30"
        yield "  minimum_count: 5"


def _missing_code(column: Column, code: Code) -> str:
    """Stata's letters with their dot."""
    tagged = column.tags is not None and isinstance(code, str)
    return in_quotes(f".{code}") if tagged else _code(code)


_EXAMPLE = """\
scales:
  - factor: F-R1
    items:
      - {variable: q50, points: {1: 0, 2: 1, 3: 2, 4: 3}}
    cut: first_wave
    cut_quantile: 0.75
    changeability: 0.5
quality:
  - {name: dummy, kind: dummy_drug, items: [{variable: q70}], used: [2..7]}"""
