"""The first page: what a mayor should know, in typed sentences."""

from collections.abc import Sequence

from hashar.assess.contracts.profile import FactorFinding, IndicatorFinding, Priority
from hashar.assess.contracts.published import Change, Suppression
from hashar.reports.content.cells import value_cell, write_difference, write_grounds
from hashar.reports.content.document import (
    Block,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Reference,
    Statement,
    Statements,
    Verdict,
)
from hashar.reports.content.scope import Scope
from hashar.reports.content.wording import VERDICTS, plain, rich

KEY_FIGURES = 4
CHANGES = 5


def chapter(scope: Scope) -> list[Block]:
    """The chapter "In short"."""
    t = scope.translator
    lead = t.gettext(
        "This profile rests on the answers of **{pupils}** in the survey wave {wave}. It shows how common substance "
        "use is, which risk and protective factors stand out, and what has changed. Every number is an estimate: the "
        "interval beside it says how far off it may be. Where the data do not allow an answer, the profile says so."
    )
    pupils = t.ngettext("{count} pupil", "{count} pupils", scope.profile.quality.used)
    blocks: list[Block] = [
        Heading(t.gettext("In short"), 1, "summary"),
        Paragraph(rich(lead, pupils=pupils, wave=scope.profile.wave), lead=True),
    ]
    figures = key_figures(scope)
    if figures:
        blocks.append(KeyFigures(figures))
    blocks.append(Statements([*changes(scope), *priorities(scope), *cautions(scope)]))
    return blocks


def key_indicators(scope: Scope) -> list[IndicatorFinding]:
    """The first indicator of use of each substance whose number may be shown, in the codebook's order."""
    chosen: dict[str, IndicatorFinding] = {}
    for indicator in scope.use():
        if indicator.total.value is not None:
            chosen.setdefault(indicator.substance or indicator.name, indicator)
    return list(chosen.values())[:KEY_FIGURES]


def key_figures(scope: Scope) -> list[KeyFigure]:
    """Key figures of :func:`key_indicators`."""
    t = scope.translator
    found = []
    for indicator in key_indicators(scope):
        figure = indicator.total.value
        if figure is not None:
            unit = scope.unit(indicator)
            found.append(
                KeyFigure(
                    value_cell(figure.estimate, unit),
                    t.pick(indicator.label),
                    write_grounds(t, figure, unit, scope.level),
                    Reference("indicator", indicator.name),
                )
            )
    return found


def statement(scope: Scope, verdict: Verdict, template: str, grounds: str = "", **values: object) -> Statement:
    """A typed sentence from a translated template."""
    return Statement(verdict, scope.translator.gettext(VERDICTS[verdict]), rich(template, **values), grounds)


def changes(scope: Scope) -> list[Statement]:
    """Changes that are shown, one sentence each; all that are not shown, in one."""
    tested = [
        (item, item.change.value) for item in scope.profile.indicators if item.change is not None and item.change.value
    ]
    shown = [(item, change) for item, change in tested if change.shown]
    found = [shown_change(scope, item, change) for item, change in shown[:CHANGES]]
    t = scope.translator
    if len(shown) > CHANGES:
        more = t.ngettext("{count} more change is shown.", "{count} more changes are shown.", len(shown) - CHANGES)
        found.append(Statement(Verdict.SHOWN, t.gettext(VERDICTS[Verdict.SHOWN]), plain(more)))
    open_ = [item for item, change in tested if not change.shown]
    if open_:
        found.append(not_shown(scope, open_, len(tested)))
    return found


def not_shown(scope: Scope, items: Sequence[IndicatorFinding], tested: int) -> Statement:
    """The changes that are not shown: by name where they are few, else how many."""
    t = scope.translator
    grounds = t.gettext("Not shown does not mean that nothing changed: these surveys may be too small to see it.")
    if len(items) <= CHANGES:
        names = "; ".join(t.pick(item.label) for item in items)
        sentence = t.gettext("No change between the waves is shown for: **{names}**.")
        return statement(scope, Verdict.NOT_SHOWN, sentence, grounds, names=names)
    sentence = t.gettext("For **{count} of {all} indicators** no change between the waves is shown.")
    values = {"count": t.integer(len(items)), "all": t.integer(tested)}
    return statement(scope, Verdict.NOT_SHOWN, sentence, grounds, **values)


def shown_change(scope: Scope, item: IndicatorFinding, change: Change) -> Statement:
    """A change that is shown, with its size."""
    t = scope.translator
    unit = scope.unit(item)
    template = (
        t.gettext("**{label}**: lower than in {earlier}.")
        if change.difference < 0
        else t.gettext("**{label}**: higher than in {earlier}.")
    )
    values = [change.difference, change.ci_low, change.ci_high]
    difference, low, high = (write_difference(t, value, unit) for value in values)
    words = (
        t.gettext("Difference {difference} percentage points ({level} interval {low} to {high}).")
        if unit.share
        else t.gettext("Difference {difference} ({level} interval {low} to {high}).")
    )
    grounds = words.format(difference=difference, level=scope.level, low=low, high=high)
    return statement(scope, Verdict.SHOWN, template, grounds, label=t.pick(item.label), earlier=change.earlier)


def priorities(scope: Scope) -> list[Statement]:
    """Firm priorities and arguable ones, apart."""
    t = scope.translator
    ranking = scope.profile.priorities
    firm = [row for row in ranking.ranked if row.firm]
    arguable = arguable_rows(ranking.ranked, ranking.top)
    found = []
    if firm:
        found.append(
            statement(
                scope,
                Verdict.SHOWN,
                t.gettext("Firm priorities: **{names}**."),
                t.gettext(
                    "Each belongs to the first {top} with a probability of at least {share}.",
                    top=t.integer(ranking.top),
                    share=t.percent(ranking.firm_at, 0),
                ),
                names="; ".join(t.pick(row.name) for row in firm),
            )
        )
    if arguable:
        found.append(
            statement(
                scope,
                Verdict.NOT_SHOWN,
                t.gettext("Arguable priorities: **{names}**."),
                t.gettext("The data cannot tell these apart; the choice among them is the community's."),
                names="; ".join(t.pick(row.name) for row in arguable),
            )
        )
    return found


def arguable_rows(rows: Sequence[Priority], top: int) -> list[Priority]:
    """Factors that may belong to the top but not surely: in its range of ranks, and not firm."""
    return [row for row in rows if not row.firm and row.rank_low <= top and row.probability_top >= 0.05]


def cautions(scope: Scope) -> list[Statement]:
    """What to know before believing the numbers."""
    t = scope.translator
    profile = scope.profile
    found = []
    weak = [factor for factor in profile.factors if not trusted(factor)]
    if weak:
        sentence = t.ngettext(
            "{count} factor is measured too roughly in at least one language of the questionnaire.",
            "{count} factors are measured too roughly in at least one language of the questionnaire.",
            len(weak),
        )
        grounds = t.gettext("Their questions do not hang together well enough: alpha and omega are below 0.7.")
        found.append(Statement(Verdict.CAUTION, t.gettext(VERDICTS[Verdict.CAUTION]), plain(sentence), grounds))
    hidden = sum(count for reason, count in profile.release.suppressed.items() if reason != Suppression.NOT_ASKED)
    if hidden:
        sentence = t.ngettext(
            "{count} number is hidden to protect pupils.", "{count} numbers are hidden to protect pupils.", hidden
        )
        found.append(Statement(Verdict.CAUTION, t.gettext(VERDICTS[Verdict.CAUTION]), plain(sentence)))
    return found


def trusted(factor: FactorFinding) -> bool:
    """Whether the scale is acceptable in every language version that was checked."""
    return all(language.acceptable for language in factor.reliability)
