"""Reports of the demonstration: what the guard says of claims, with numbers made up or out of the sample profile."""

import datetime as dt

from hashar.evaluate.contracts.claims import (
    Claim,
    DetectionClaim,
    DetectionEvidence,
    Direction,
    Evidence,
    Reading,
    TrendClaim,
)
from hashar.evaluate.contracts.kept import Source, SourceKind
from hashar.evaluate.queries import kept_claim
from hashar.evaluate.services.guard import trend_from_samples
from hashar.evaluate.services.kept import judge_report_again, keep, override
from hashar.evaluate.services.reports import keep_in_new, open_report
from hashar.i18n import Text
from hashar.people.contracts import Actor

TITLE = "Пример: что показал год работы"
MADE_UP = Source(kind=SourceKind.TYPED, stated="Числа придуманы для демонстрации")
HARM: Text = {
    "ru": "Школьников, которые считают вейпы вредными, стало больше (пример).",
    "kk": "Вейпті зиянды деп санайтын оқушылар көбейді (үлгі).",
}
ALCOHOL: Text = {
    "ru": "Школьники стали реже употреблять алкоголь (пример).",
    "kk": "Оқушылар алкогольді сирегірек тұтына бастады (үлгі).",
}
REGISTERED: Text = {
    "ru": "Зарегистрированных правонарушений стало больше, значит, подростки употребляют чаще (пример).",
    "kk": "Тіркелген құқық бұзушылық көбейді, демек, жасөспірімдер жиірек тұтынады (үлгі).",
}
REASON = "Совет попросил оставить предложение; рядом напечатано, что опрос этого не показал (пример)."
VAPING: Text = {
    "en": "More pupils vaped in the last 30 days than in the wave before (sample).",
    "ru": "Вейп за последние 30 дней курили больше школьников, чем в прошлой волне (пример).",
}
PROFILE_TITLE = "Sample: what the profile shows"


def bring_report(*, actor: Actor, organisation: int, plan: int, now: dt.datetime) -> int:
    """A report about a plan: one claim is supported, one printed against its verdict, one reads much into a register.

    Parameters
    ----------
    actor
        A coordinator or official of the organisation.
    organisation
        Whose report it is.
    plan
        What it is about.
    now
        When.

    Raises
    ------
    NotFound, Forbidden
        The actor may not see the plan, or does not act for the organisation.

    """
    report = open_report(actor=actor, organisation=organisation, title=TITLE, plan=plan, now=now)
    told: tuple[tuple[Text, Claim, Evidence], ...] = (
        (HARM, TrendClaim(direction=Direction.ROSE), _waves(0.41, 0.53, "attitude")),
        (ALCOHOL, TrendClaim(direction=Direction.FELL), _waves(0.10, 0.08)),
        (
            REGISTERED,
            DetectionClaim(direction=Direction.ROSE, reading=Reading.USE),
            DetectionEvidence(earlier=150, later=190),
        ),
    )
    kept = [
        keep(actor=actor, report=report, sentence=sentence, claim=claim, source=MADE_UP, typed=typed, now=now)
        for sentence, claim, typed in told
    ]
    judge_report_again(actor=actor, report=report, now=now)  # the first was judged alone
    seen = kept_claim(actor, kept[1]).judgement.number
    override(actor=actor, claim=kept[1], judgement=seen, reason=REASON, now=now)
    return report


def bring_profile_report(*, actor: Actor, organisation: int, release: int, now: dt.datetime) -> int:
    """A report about the sample profile, whose claim rests on its published change; the claim's id.

    Parameters
    ----------
    actor
        Who writes for the organisation.
    organisation
        Whose report it is.
    release
        The profile, with a wave before.
    now
        When.

    Raises
    ------
    NotFound, Forbidden
        The profile is not shared with the actor, or they do not write for the organisation.

    """
    return keep_in_new(
        actor=actor,
        organisation=organisation,
        title=PROFILE_TITLE,
        release=release,
        sentence=VAPING,
        claim=TrendClaim(direction=Direction.ROSE),
        source=Source(kind=SourceKind.RELEASE, release=release, place={"name": "cur_vape"}),
        now=now,
    )


def _waves(earlier: float, later: float, kind: str = "prevalence") -> Evidence:
    return trend_from_samples(
        earlier=earlier, later=later, n_earlier=1200, n_later=1200, clusters=60, deff=2.0, kind=kind
    )
