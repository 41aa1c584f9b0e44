"""Disclosure control of one release: the only place where ``Published`` is made.

How to call it: put *everything* that the profile will print into one :class:`ReleaseDraft` (all waves, all breakdowns,
all counts), call :meth:`ReleaseDraft.release` once, and read the results by :class:`Key`::

    draft = ReleaseDraft(codebook.disclosure)
    draft.nest(child="place", parent="region", of={"Semey": "Abai"})           # only where places roll up
    for at, (domain, yes, clusters) in enumerate(cells):                        # rows of one Estimate
        draft.proportion(Key.of("cannabis", "2019", domain), estimate, at, yes=yes, clusters=clusters)
    draft.mean(Key.of("score:C1", "2019"), means, 0, clusters=40)
    draft.answers("cannabis", yes=("1", "2"))                                   # if Key(answer="1") … are registered
    draft.part_of("any_drug", ["cannabis", "ecstasy"])                          # derived indicators
    draft.count(Key.of("flag:dummy", "2019", {"place": "Semey"}), 3, of=120)    # flags of 120 questionnaires
    draft.pupils(Key.of("questionnaires", "2019", {"place": "Semey"}), 120)     # sizes of places
    draft.units(Key.of("taking_part:schools", "2019"), 38)                      # schools and classes: always shown
    draft.missing("cannabis", "2019", {MissingKind.NO_ANSWER: 12})              # by kind, for everybody
    draft.change(Key.of("cannabis"), change)                                    # shown only if both waves are
    released = draft.release()                                                  # DisclosureError if it cannot be safe
    released.figure(Key.of("cannabis", "2019", {"sex": "f"}))                   # -> Published[Figure]
    released.count(key), released.share(key), released.missing("cannabis", "2019", kind), released.change(key)
    released.summary                                                            # -> contracts.profile.Release

What is protected and what is not: docs/explanation/disclosure.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import floor, isfinite, log10
from typing import Self, TypeVar

import numpy as np
import numpy.typing as npt

from hashar.assess.analysis.release_system import Cell, System, build
from hashar.assess.analysis.release_tables import Key, Nesting, relations
from hashar.assess.contracts.codebook import DisclosureSettings
from hashar.assess.contracts.profile import Release
from hashar.assess.contracts.published import Change, Figure, Published, Reliability, Suppression
from hashar.assess.contracts.table import MissingKind
from hashar.errors import DisclosureError
from hashar.i18n import N_
from hashar.methods.disclosure import Attack, Harmless, Thresholds, attack, complementary, primary
from hashar.methods.survey.records import Estimate

__all__ = ["Key", "ReleaseDraft", "Released"]

BoolArray = npt.NDArray[np.bool_]
T = TypeVar("T")

SHARE_DIGITS = 4
"""Decimals of a published share: a tenth of what a report prints as a percentage with one decimal."""
MEAN_DIGITS = 3
ATTEMPTS = 5
"""How often suppression is strengthened after the attacker test found something."""

_RELIABILITY = (Reliability.RELIABLE, Reliability.REVIEW, Reliability.UNRELIABLE, Reliability.NOT_RATED)
_REASONS = (None, Suppression.SMALL_N, Suppression.FEW_CLUSTERS, Suppression.SMALL_COUNT, Suppression.UNRELIABLE)


@dataclass(frozen=True, eq=False)
class Released:
    """Everything of one release as it may be printed."""

    figures: Mapping[Key, Published[Figure]]
    counts: Mapping[Key, Published[int]]
    shares: Mapping[Key, Published[float]]
    changes: Mapping[Key, Published[Change]]
    summary: Release

    def figure(self, key: Key) -> Published[Figure]:
        """The estimate registered as ``key`` by ``proportion`` or ``mean``."""
        return self.figures[key]

    def count(self, key: Key) -> Published[int]:
        """The count registered by ``count``, ``pupils`` or ``units``."""
        return self.counts[key]

    def share(self, key: Key) -> Published[float]:
        """A count as a share (0-1) of what it was registered to be ``of``."""
        return self.shares[key]

    def missing(self, measure: str, wave: str, kind: MissingKind) -> Published[int]:
        """How many pupils have no usable answer of this kind."""
        return self.counts[_missing_key(measure, wave, kind)]

    def change(self, key: Key) -> Published[Change]:
        """The change registered as ``key``."""
        return self.changes[key]


class ReleaseDraft:
    """All numbers of one release before disclosure control; see the module's docstring for how to call it.

    Numbers that are released apart are not checked against each other: one profile is one draft.
    """

    def __init__(self, settings: DisclosureSettings) -> None:
        self._settings = settings
        self._cells: dict[Key, Cell] = {}
        self._changes: dict[Key, Change] = {}
        self._nestings: list[Nesting] = []
        self._yes: dict[str, Sequence[str]] = {}
        self._bounds: list[tuple[Mapping[str, float], Mapping[str, float]]] = []

    def proportion(
        self, key: Key, estimate: Estimate, at: int, *, yes: int, clusters: int, harmless: Harmless = "none"
    ) -> Self:
        """Row ``at`` of ``estimate``: a share of pupils.

        ``yes`` is the unweighted number of pupils who count as "yes", ``clusters`` how many sampled clusters (schools
        or classes; the number of pupils where the design has none) they and the others come from. ``harmless`` says
        which unanimous result may be shown: "none" (nobody uses), "all" (for an answer that is good) or "neither".
        A row with n = 0 comes back as not asked.
        """
        n = int(estimate.n[at])
        pupils = np.nan if key.answer else float(n)
        figure = _figure(estimate, at)
        unreliable = self._settings.hide_unreliable and figure.reliability is Reliability.UNRELIABLE
        return self._add(Cell(key, n, float(yes), n, pupils, clusters, harmless, unreliable, figure))

    def mean(self, key: Key, estimate: Estimate, at: int, *, clusters: int) -> Self:
        """Row ``at`` of ``estimate``: a mean (or ratio, or quantile) of at least ``minimum_n`` pupils."""
        n = int(estimate.n[at])
        figure = _figure(estimate, at)
        unreliable = self._settings.hide_unreliable and figure.reliability is Reliability.UNRELIABLE
        return self._add(Cell(key, n, np.nan, n, float(n), clusters, "none", unreliable, figure))

    def count(self, key: Key, value: int, *, of: int, clusters: int | None = None, harmless: Harmless = "none") -> Self:
        """``value`` of ``of`` pupils or questionnaires (a quality flag in a place, say)."""
        known = np.nan if clusters is None else float(clusters)
        return self._add(Cell(key, of, float(value), of, np.nan, known, harmless))

    def pupils(self, key: Key, value: int) -> Self:
        """A number of pupils (questionnaires of a place, pupils taking part): hidden below ``minimum_n``."""
        return self._add(Cell(key, value, np.nan, value, float(value)))

    def units(self, key: Key, value: int) -> Self:
        """A number of schools or classes, which is about no pupil: always shown."""
        return self._add(Cell(key, np.inf, np.nan, value, np.nan))

    def missing(self, measure: str, wave: str, counts: Mapping[MissingKind, int]) -> Self:
        """How many pupils of the whole wave have no usable answer, by kind; their sum is known (questionnaires − n)."""
        kinds = [kind for kind in MissingKind if kind is not MissingKind.ANSWERED]
        total = sum(counts.get(kind, 0) for kind in kinds)
        for kind in kinds:
            value = float(counts.get(kind, 0))
            self._add(Cell(_missing_key(measure, wave, kind), np.inf, value, total, np.nan))
        return self

    def change(self, key: Key, change: Change) -> Self:
        """A change of ``key.measure`` in ``key.domain``: shown only if the figures of both its waves are."""
        self._changes[key] = change
        return self

    def answers(self, measure: str, *, yes: Sequence[str]) -> Self:
        """Which answers (``Key.answer``) of an ordered item are counted as "yes" by its indicator of the same name."""
        self._yes[measure] = tuple(yes)
        return self

    def part_of(self, whole: str, parts: Sequence[str], at_least: int = 1) -> Self:
        """``whole`` is derived: "yes" to at least ``at_least`` of the indicators ``parts``."""
        self._bound(dict.fromkeys(parts, 1.0), {whole: float(at_least)})
        for part in parts if at_least == 1 else ():
            self._bound({whole: 1.0}, {part: 1.0})
        return self

    def within(self, smaller: str, larger: str) -> Self:
        """Whoever counts for ``smaller`` (use in the last 30 days) counts for ``larger`` (use ever) too."""
        self._bound({larger: 1.0}, {smaller: 1.0})
        return self

    def nest(self, *, child: str, parent: str, of: Mapping[str, str]) -> Self:
        """Levels of group ``child`` make up those of group ``parent``: level → level (places → regions)."""
        self._nestings.append(Nesting(child, parent, dict(of)))
        return self

    def release(self) -> Released:
        """Hide what must not be shown, then attack the result.

        Raises
        ------
        DisclosureError
            If the attacker test recovers a hidden number, or a count is impossible.

        """
        cells = list(self._cells.values())
        reasons = self._primary(cells)
        found = relations(
            [cell.key for cell in cells], nestings=self._nestings, yes_answers=self._yes, bounds=self._bounds
        )
        system = build(cells, found)
        hidden, attacked = self._hide(system, reasons > 0)
        why = [
            Suppression.COMPLEMENTARY if gone and not reason else _REASONS[reason]
            for gone, reason in zip(hidden, reasons, strict=True)
        ]
        return self._published(cells, why, attacked)

    def _bound(self, larger: Mapping[str, float], smaller: Mapping[str, float]) -> None:
        if (larger, smaller) not in self._bounds:
            self._bounds.append((larger, smaller))

    def _add(self, cell: Cell) -> Self:
        if cell.key in self._cells:
            raise DisclosureError(
                N_("“{measure}” is in this release twice for the same domain; register each number once."),
                measure=cell.key.measure,
            )
        self._cells[cell.key] = cell
        return self

    def _primary(self, cells: Sequence[Cell]) -> npt.NDArray[np.int8]:
        settings = self._settings
        return primary(
            Thresholds(settings.minimum_n, settings.minimum_count, settings.minimum_clusters),
            n=[cell.n for cell in cells],
            count=[cell.count for cell in cells],
            clusters=[cell.clusters for cell in cells],
            harmless_none=[cell.harmless == "none" for cell in cells],
            harmless_all=[cell.harmless == "all" for cell in cells],
            unreliable=[cell.unreliable for cell in cells],
        )

    def _hide(self, system: System, first: BoolArray) -> tuple[BoolArray, Attack]:
        """Suppress and attack, and suppress more strongly what was recovered."""
        width = system.width(first, self._settings.minimum_count)
        wanted, hidden = width.copy(), first
        for _ in range(ATTEMPTS):
            hidden = complementary(system.tables(wanted), hidden).hidden
            result = attack(system.knowledge(hidden), hidden[system.cell] & (width > 0), width)
            if not result.recovered.any():
                return hidden, result
            wanted[result.target[result.recovered]] *= 2
        found = np.unique(system.cell[result.target[result.recovered]])
        raise DisclosureError(
            N_(
                "Nothing is published: {count} hidden numbers could be worked out (“{measure}” is one of them); "
                "publish fewer breakdowns, or hide this indicator."
            ),
            count=found.size,
            measure=system.cells[found[0]].key.measure,
        )

    def _published(self, cells: Sequence[Cell], why: Sequence[Suppression | None], attacked: Attack) -> Released:
        reasons = dict(zip((cell.key for cell in cells), why, strict=True))
        figures: dict[Key, Published[Figure]] = {}
        counts: dict[Key, Published[int]] = {}
        shares: dict[Key, Published[float]] = {}
        for cell in cells:
            reason = reasons[cell.key]
            if cell.figure is not None:
                digits = MEAN_DIGITS if np.isnan(cell.count) else SHARE_DIGITS
                figures[cell.key] = _publish(
                    _rounded(cell.figure, digits), Suppression.NOT_ASKED if cell.n == 0 and reason is None else reason
                )
            else:
                number = cell.upper if np.isnan(cell.count) else cell.count
                counts[cell.key] = _publish(int(number), reason)
                whole = cell.upper if cell.upper > 0 else 1.0
                shares[cell.key] = _publish(_round(number / whole, SHARE_DIGITS), reason)
        changes = {key: self._change(key, change, figures) for key, change in self._changes.items()}
        everything = [item.suppressed for part in (figures, counts, changes) for item in part.values()]
        suppressed = [reason for reason in everything if reason is not None]
        summary = Release(
            cells=len(everything),
            suppressed={str(reason): suppressed.count(reason) for reason in Suppression if reason in suppressed},
            minimum_n=self._settings.minimum_n,
            minimum_count=self._settings.minimum_count,
            attacked=sum(reason is not None for reason in why),
            recovered=int(attacked.recovered.sum()),
        )
        return Released(figures, counts, shares, changes, summary)

    def _change(self, key: Key, change: Change, figures: Mapping[Key, Published[Figure]]) -> Published[Change]:
        waves = [Key(key.measure, wave, key.domain, key.answer) for wave in (change.earlier, change.later)]
        if any(wave not in figures for wave in waves):
            raise DisclosureError(
                N_("The change of “{measure}” compares waves whose figures are not in this release; add them to it."),
                measure=key.measure,
            )
        hidden = [reason for wave in waves if (reason := figures[wave].suppressed) is not None]
        digits = MEAN_DIGITS if np.isnan(self._cells[waves[0]].count) else SHARE_DIGITS
        shown = replace(
            change,
            difference=_round(change.difference, digits),
            se=_round(change.se, digits + 1),
            ci_low=_round(change.ci_low, digits),
            ci_high=_round(change.ci_high, digits),
            statistic=_round(change.statistic, 3),
            p=_round(change.p, 5),
            p_adjusted=_round(change.p_adjusted, 5),
            detectable=_round(change.detectable, digits),
        )
        return _publish(shown, hidden[0] if hidden else None)


def _publish(value: T, reason: Suppression | None) -> Published[T]:
    return Published(value) if reason is None else Published(None, reason)


def _missing_key(measure: str, wave: str, kind: MissingKind) -> Key:
    return Key.of(f"missing:{measure}", wave, answer=kind.name)


def _figure(estimate: Estimate, at: int) -> Figure:
    return Figure(
        n=int(estimate.n[at]),
        weighted_n=float(estimate.weighted_n[at]),
        estimate=float(estimate.estimate[at]),
        se=float(estimate.se[at]),
        ci_low=float(estimate.ci_low[at]),
        ci_high=float(estimate.ci_high[at]),
        df=float(estimate.df[at]),
        deff=float(estimate.deff[at]),
        n_effective=float(estimate.n_effective[at]),
        reliability=_RELIABILITY[int(estimate.reliability[at])],
    )


def _rounded(figure: Figure, digits: int) -> Figure:
    """The estimate with as many digits as are published."""
    return replace(
        figure,
        weighted_n=round(figure.weighted_n, _weight_digits(figure.weighted_n)),
        estimate=_round(figure.estimate, digits),
        se=_round(figure.se, digits + 1),
        ci_low=_round(figure.ci_low, digits),
        ci_high=_round(figure.ci_high, digits),
        deff=_round(figure.deff, 2),
        n_effective=_round(figure.n_effective, 0),
    )


def _weight_digits(weighted_n: float) -> int:
    """Decimals of a published weighted_n: whole pupils, but never fewer than three significant digits."""
    return max(0, 2 - floor(log10(weighted_n))) if weighted_n > 0 else 0


def _round(value: float, digits: int) -> float:
    """``value`` with ``digits`` decimals, such that rounding it once more to one decimal less gives the right digit.

    12.346 % would be kept as 12.35 %, which a report with one decimal prints as 12.4 %; it is kept as 12.34 %.
    """
    if not isfinite(value):
        return value
    short = round(value, digits)
    step = 10.0**-digits
    if digits and round(abs(short) / step) % 10 == 5 and abs(value - short) > step * 1e-6:
        short += step if value > short else -step
    return round(short, digits)
