"""The words of findings: what each code of the contracts is called in a report."""

from collections.abc import Mapping

from hashar.assess.contracts.published import Reliability, Suppression
from hashar.assess.contracts.table import MissingKind
from hashar.i18n import N_, Translator
from hashar.reference.queries import substances
from hashar.reports.content.document import Mark, Span, Spans, Verdict, Words

RELIABILITY: Mapping[Reliability, tuple[Mark, str]] = {
    Reliability.RELIABLE: (Mark.RELIABLE, N_("reliable")),
    Reliability.REVIEW: (Mark.REVIEW, N_("use with care")),
    Reliability.UNRELIABLE: (Mark.UNRELIABLE, N_("unreliable")),
    Reliability.NOT_RATED: (Mark.NOT_RATED, N_("not rated")),
}

SUPPRESSION: Mapping[Suppression, str] = {
    Suppression.SMALL_N: N_("hidden: too few pupils answered"),
    Suppression.SMALL_COUNT: N_("hidden: too few pupils gave this answer"),
    Suppression.FEW_CLUSTERS: N_("hidden: too few schools or classes"),
    Suppression.COMPLEMENTARY: N_("hidden: would reveal another hidden number"),
    Suppression.UNRELIABLE: N_("hidden: too uncertain to show"),
    Suppression.NOT_ASKED: N_("not asked"),
}

SUPPRESSION_MEANING: Mapping[Suppression, str] = {
    Suppression.SMALL_N: N_("Fewer pupils answered than the minimum, so that one pupil could be recognised."),
    Suppression.SMALL_COUNT: N_("Fewer pupils than the minimum gave this answer, or all the other answers."),
    Suppression.FEW_CLUSTERS: N_("The answers come from too few schools or classes to hide in, or to judge the error."),
    Suppression.COMPLEMENTARY: N_("The number itself is large enough, but with it a hidden one could be worked out."),
    Suppression.UNRELIABLE: N_("The number is so uncertain that showing it would mislead."),
    Suppression.NOT_ASKED: N_("Nobody in this group was asked the question."),
}

MISSING: Mapping[MissingKind, str] = {
    MissingKind.ANSWERED: N_("answered"),
    MissingKind.NO_ANSWER: N_("no answer"),
    MissingKind.NOT_ASKED: N_("not asked"),
    MissingKind.DONT_KNOW: N_("don't know"),
    MissingKind.REFUSED: N_("refused"),
    MissingKind.INVALID: N_("unexplained code"),
}

COUNTED_AS: Mapping[str, str] = {
    "missing": N_("left out of this number"),
    "yes": N_("counted as yes"),
    "no": N_("counted as no"),
}

DOMAINS: Mapping[str, str] = {
    "community": N_("Community"),
    "family": N_("Family"),
    "school": N_("School"),
    "peer_individual": N_("Friends and the young person"),
}

FACTOR_TYPES: Mapping[str, str] = {"risk": N_("risk factor"), "protective": N_("protective factor")}

STAGES: Mapping[str, str] = {"schools": N_("Schools"), "classes": N_("Classes"), "pupils": N_("Pupils")}

ACTIONS: Mapping[str, str] = {
    "report": N_("reported, kept in all numbers"),
    "exclude": N_("left out of all numbers"),
}

CUT_SOURCES: Mapping[str, str] = {
    "norm": N_("a norm sample"),
    "first_wave": N_("the first wave of this survey"),
    "codebook": N_("the codebook"),
}

VERDICTS: Mapping[Verdict, str] = {
    Verdict.LEVEL: N_("How things are"),
    Verdict.SHOWN: N_("Shown"),
    Verdict.NOT_SHOWN: N_("Not shown"),
    Verdict.CAUTION: N_("Take care"),
}


def word(translator: Translator, table: Mapping[str, str], key: str) -> str:
    """The word for ``key``, or the key itself where a codebook uses one of its own."""
    return translator.gettext(table[key]) if key in table else key.replace("_", " ").capitalize()


def substance(translator: Translator, code: str) -> str:
    """The name of a substance group; empty for none."""
    known = substances().get(code)
    return translator.pick(known.name) if known is not None else code.replace("_", " ").capitalize()


def rich(template: str, /, **values: object) -> Spans:
    """Spans of a translated ``template`` in which ``**words**`` are strong; values are filled in after the split."""
    parts = template.split("**")
    spans = [Span(part.format(**values) if values else part, "strong" if i % 2 else "") for i, part in enumerate(parts)]
    return tuple(span for span in spans if span.text)


def plain(text: str) -> Spans:
    """One run of words."""
    return (Span(text),)


def words(translator: Translator) -> Words:
    """What renderers say by themselves."""
    return Words(
        contents=translator.gettext("Contents"),
        skip=translator.gettext("Skip to the content"),
        table=translator.gettext("Table"),
        figure=translator.gettext("Figure"),
        page=translator.gettext("Page"),
        show_table=translator.gettext("Show the table"),
        points=translator.gettext("points"),
        up_to=translator.gettext("up to {high}"),
        from_on=translator.gettext("from {low}"),
    )
