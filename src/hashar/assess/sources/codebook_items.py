"""The parts of a codebook that name columns: groups, indicators, scales and quality rules."""

from collections.abc import Mapping, Sequence

from ruamel.yaml.nodes import MappingNode, Node

from hashar.assess.contracts.codebook import (
    Code,
    Group,
    Indicator,
    ItemType,
    Level,
    MissingRule,
    QualityRule,
    Recode,
    Scale,
    ScaleItem,
    Text,
)
from hashar.assess.contracts.table import MissingKind
from hashar.assess.sources.yaml_entries import Entry, Form, code_of, items_of, scalar
from hashar.i18n import LANGUAGES, N_
from hashar.reference import queries

KINDS = {kind.name.lower(): kind for kind in MissingKind if kind is not MissingKind.ANSWERED}
COUNTS_AS = ("missing", "yes", "no")
COLUMN_KEYS = ("variable", "variables", "recode")
MISSING_KEYS = ("codes", "counts_as")
GROUP_KEYS = (*COLUMN_KEYS, "name", "label", "levels", "role", "missing")
LEVEL_KEYS = ("name", "codes", "label", "territory")
INDICATOR_KEYS = (
    *COLUMN_KEYS,
    *("name", "label", "question", "type", "statistic", "yes", "no", "answers", "missing", "kind", "substance"),
    *("unit", "higher_is", "of", "at_least", "missing_as_no"),
)
SCALE_KEYS = (
    *("factor", "items", "minimum_answered", "cut", "cut_value", "cut_quantile", "cut_source", "reference"),
    *("reference_source", "changeability", "inferred"),
)
ITEM_KEYS = (*COLUMN_KEYS, "points", "missing")
QUALITY_KEYS = ("name", "kind", "label", "items", "action")
QUALITY_PARAMETERS = {
    "dummy_drug": ("used",),
    "inconsistent": ("never", "use"),
    "impossible": ("used", "at_least", "low", "high"),
    "straight_line": ("at", "minimum_items"),
    "half_empty": ("minimum_share",),
}
ALL_QUALITY_KEYS = (*QUALITY_KEYS, *dict.fromkeys(key for keys in QUALITY_PARAMETERS.values() for key in keys))


class Items:
    """Reads the parts that name columns, for the waves of one codebook."""

    def __init__(self, form: Form, waves: Sequence[str], missing: MissingRule) -> None:
        self.form = form
        self.waves = waves
        self.default_missing = missing

    def groups(self, root: Entry) -> tuple[Group, ...]:
        """All groups."""
        return tuple(self._group(entry) for entry in root.entries("groups", GROUP_KEYS))

    def _group(self, entry: Entry) -> Group:
        entry.require("name", "levels")
        name = self._named(entry, "groups")
        levels = tuple(self._level(level) for level in entry.entries("levels", LEVEL_KEYS))
        return Group(
            name=name,
            label=entry.text("label") or {"en": name},
            variables=self._columns(entry),
            levels=levels,
            role=entry.word("role", "", ("place", "language", "school", "class")),
            missing=self._missing(entry),
            recode=self._recode(entry),
        )

    def _level(self, entry: Entry) -> Level:
        entry.require("name", "codes")
        name = entry.word("name")
        return Level(
            name=name,
            codes=entry.codes("codes"),
            label=entry.text("label") or {"en": name},
            territory=entry.word("territory").strip(),
        )

    def indicators(self, root: Entry) -> tuple[Indicator, ...]:
        """All indicators, derived ones too."""
        return tuple(self._indicator(entry) for entry in root.entries("indicators", INDICATOR_KEYS))

    def _indicator(self, entry: Entry) -> Indicator:
        entry.require("name", "label")
        name = self._named(entry, "indicators")
        statistic = entry.word("statistic", "proportion", ("proportion", "mean"))
        derived = "of" in entry
        if not derived and statistic == "proportion":
            entry.require("yes", "no")
        return Indicator(
            name=name,
            label=entry.text("label"),
            item_type=ItemType(entry.word("type", "yes_no", tuple(ItemType))),
            variables={} if derived else self._columns(entry),
            question=entry.text("question"),
            statistic=statistic,
            yes=entry.codes("yes"),
            no=entry.codes("no"),
            answers=self._answers(entry),
            missing=self._missing(entry),
            kind=entry.word("kind", "prevalence", queries.INDICATOR_KINDS),
            substance=entry.word("substance", "", tuple(queries.substances())),
            unit=entry.text("unit"),
            higher_is=entry.word("higher_is", "worse", ("worse", "better", "neutral")),
            of=entry.words("of"),
            at_least=entry.whole("at_least", 1, 1, 1000),
            missing_as_no=entry.flag("missing_as_no"),
            recode=self._recode(entry),
        )

    def _answers(self, entry: Entry) -> tuple[tuple[Code, Text], ...]:
        found: list[tuple[Code, Text]] = []
        for code, node in entry.pairs("answers"):
            word = scalar(node)
            if word is not None:
                found.append((code, {self.form.language: str(word.value)}))
            else:
                texts = Entry(self.form, node, f"{entry.path}.answers.{code}", LANGUAGES)
                found.append((code, {language: texts.word(language) for language in texts.values}))
        return tuple(found)

    def scales(self, root: Entry) -> tuple[Scale, ...]:
        """All scales."""
        return tuple(self._scale(entry) for entry in root.entries("scales", SCALE_KEYS))

    def _scale(self, entry: Entry) -> Scale:
        entry.require("factor", "items", "cut")
        factor = entry.word("factor", "", tuple(queries.factors()))
        entry.rename(f"scales.{factor}")
        return Scale(
            factor=factor,
            items=tuple(self._item(item) for item in entry.entries("items", ITEM_KEYS)),
            minimum_answered=entry.number("minimum_answered", 0.5, 0, 1),
            cut=entry.word("cut", "codebook", ("codebook", "norm", "first_wave")),
            cut_value=entry.number("cut_value", 0, -1e6, 1e6) if "cut_value" in entry else None,
            cut_quantile=entry.number("cut_quantile", 0, 0, 1) if "cut_quantile" in entry else None,
            cut_source=entry.text("cut_source"),
            reference=entry.number("reference", 0, 0, 1) if "reference" in entry else None,
            reference_source=entry.text("reference_source"),
            changeability=entry.number("changeability", 0.5, 0, 1),
            inferred=entry.word("inferred", "true", ("true", "false")) == "true",
        )

    def _item(self, entry: Entry) -> ScaleItem:
        entry.require("points")
        return ScaleItem(
            variables=self._columns(entry),
            points=self._points(entry),
            missing=self._missing(entry),
            recode=self._recode(entry),
        )

    def _points(self, entry: Entry) -> Mapping[Code, float]:
        points: dict[Code, float] = {}
        for code, node in entry.pairs("points"):
            word = scalar(node)
            value = code_of(word) if word is not None else ""
            if isinstance(value, float):
                points[code] = value
            else:
                self.form.problem(node, N_("{file}, line {line}, column {column}: points are numbers, such as 1: 0."))
        return points

    def quality(self, root: Entry) -> tuple[QualityRule, ...]:
        """All data-quality rules."""
        return tuple(self._rule(entry) for entry in root.entries("quality", ALL_QUALITY_KEYS))

    def _rule(self, entry: Entry) -> QualityRule:
        entry.require("name", "kind", "items")
        name = self._named(entry, "quality")
        kind = entry.word("kind", "", tuple(QUALITY_PARAMETERS))
        for key in entry.values:
            if kind and key not in (*QUALITY_KEYS, *QUALITY_PARAMETERS[kind]):
                self.form.problem(
                    entry.values[key],
                    N_('{file}, line {line}, column {column}: "{key}" has no meaning for kind "{kind}"; remove it.'),
                    key=key,
                    kind=kind,
                )
        return QualityRule(
            name=name,
            kind=kind,
            label=entry.text("label") or {"en": name},
            variables=tuple(self._columns(item) for item in entry.entries("items", COLUMN_KEYS[:2])),
            parameters=self._parameters(entry, kind),
            action=entry.word("action", "report", ("report", "exclude")),
        )

    def _parameters(self, entry: Entry, kind: str) -> dict[str, object]:
        found: dict[str, object] = {}
        for key in QUALITY_PARAMETERS.get(kind, ()):
            if key in ("used", "never", "use", "at") and key in entry:
                found[key] = self._code_lists(entry, key)
            elif key in ("low", "high") and key in entry:
                found[key] = entry.number(key, 0, -1e9, 1e9)
        if kind == "impossible" and "used" in entry:
            found["at_least"] = entry.whole("at_least", 1, 1, 1000)
        if kind == "straight_line":
            found["minimum_items"] = entry.whole("minimum_items", 5, 2, 1000)
        if kind == "half_empty":
            found["minimum_share"] = entry.number("minimum_share", 0.5, 0, 1)
        return found

    def _code_lists(self, entry: Entry, key: str) -> tuple[object, ...]:
        """Codes for all items, or one list of codes for each item."""
        nodes = items_of(entry.values[key])
        if nodes and all(scalar(node) is None and not isinstance(node, MappingNode) for node in nodes):
            return tuple(self._plain_codes(entry, key, node) for node in nodes)
        return entry.codes(key)

    def _plain_codes(self, entry: Entry, key: str, node: Node) -> tuple[Code, ...]:
        part = Entry.__new__(Entry)
        part.form, part.node, part.path, part.values = self.form, node, entry.path, {key: node}
        return part.codes(key)

    def _named(self, entry: Entry, section: str) -> str:
        """The entry's name, by which its settings can be found again."""
        name = entry.word("name")
        entry.rename(f"{section}.{name}")
        return name

    def _columns(self, entry: Entry) -> Mapping[str, str]:
        if "variable" not in entry and "variables" not in entry:
            entry.require("variable")
        return entry.by_wave("variable", "variables", self.waves)

    def _recode(self, entry: Entry) -> Recode:
        part = entry.entry("recode", self.waves)
        if part is None:
            return {}
        found: dict[str, dict[Code, Code]] = {}
        for wave in part.values:
            words = {code: scalar(node) for code, node in part.pairs(wave)}
            found[wave] = {code: code_of(word) for code, word in words.items() if word is not None}
        return found

    def _missing(self, entry: Entry) -> MissingRule:
        """The item's own rule over the codebook's default."""
        part = entry.entry("missing", MISSING_KEYS)
        if part is None:
            return self.default_missing
        own = missing_rule(part)
        return MissingRule(
            codes={**self.default_missing.codes, **own.codes},
            counts_as={**self.default_missing.counts_as, **own.counts_as},
        )


def missing_rule(entry: Entry) -> MissingRule:
    """Codes by kind of missing, and what each kind counts as."""
    codes: dict[Code, MissingKind] = {}
    for code, node in entry.pairs("codes"):
        word = scalar(node)
        if word is not None and word.value in KINDS:
            codes[code] = KINDS[word.value]
        else:
            entry.form.problem(
                node,
                N_("{file}, line {line}, column {column}: a missing code is one of {choices}."),
                choices=", ".join(KINDS),
            )
    counts: dict[MissingKind, str] = {}
    part = entry.entry("counts_as", tuple(KINDS))
    for kind in part.values if part else ():
        counts[KINDS[kind]] = part.word(kind, "missing", COUNTS_AS) if part else "missing"
    return MissingRule(codes=codes, counts_as=counts)
