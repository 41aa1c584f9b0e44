"""Claims that are kept: the sentence, its evidence with where it comes from, the judgement, and who overrode it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hashar.evaluate.contracts.claims import Claim, Evidence, Reason, Verdict
from hashar.i18n import Text


class ClaimKind(StrEnum):
    """What a sentence is about."""

    PREVALENCE = "prevalence"
    TREND = "trend"
    COVERAGE = "coverage"
    EFFECT = "effect"
    DETECTION = "detection"


class SourceKind(StrEnum):
    """Where evidence comes from. A new kind is one more reader in ``queries.sources``."""

    RELEASE = "release"
    """A figure or a change of a released profile."""
    SERIES = "series"
    """Two counts of a register."""
    TYPED = "typed"
    """Typed by hand, with the source that the person states."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where evidence comes from, precisely enough to be read again."""

    kind: SourceKind
    stated: str = ""
    """Of typed evidence: what the person says it was taken from."""
    release: int | None = None
    series: int | None = None
    place: Mapping[str, str] = field(default_factory=dict)
    """Which numbers of the release or series."""
    noted: tuple[str, ...] = ()
    """What the person knows against the numbers: fields of the evidence that they set to “no”."""
    title: Text = field(default_factory=dict)
    """Of the profile or series, for print."""
    label: Text = field(default_factory=dict)
    """Of the indicator or territory, for print."""
    periods: tuple[str, ...] = ()
    """Waves or periods that are spoken of."""
    number: int | None = None
    """Of the release."""


@dataclass(frozen=True)
class Offer:
    """Evidence as it is published now, and where it stands."""

    source: Source
    evidence: Evidence


@dataclass(frozen=True)
class StoredOverride:
    """Why a claim is printed against its verdict, who decided so and when."""

    reason: str
    by: str
    at: dt.datetime


@dataclass(frozen=True)
class StoredJudgement:
    """The guard's answer as it was made, with the numbers that it was made on."""

    number: int
    verdict: Verdict
    reasons: tuple[Reason, ...]
    explanations: tuple[str, ...]
    evidence: Evidence
    """As read from its source, before the other changes of the report were counted."""
    source: Source
    together: int
    """Changes that the report looked at together."""
    guard: str
    """Version of the program whose rules judged."""
    by: str
    at: dt.datetime
    override: StoredOverride | None


@dataclass(frozen=True)
class KeptClaim:
    """A claim of a report."""

    id: int
    report: int
    organisation: int
    sentence: Text
    """As the person wrote it, in the languages in which it was written."""
    kind: ClaimKind
    claim: Claim
    judgement: StoredJudgement
    """The latest."""
    earlier: tuple[StoredJudgement, ...]
    """Judgements before it, the newest first; only where one claim is read."""
    outdated: tuple[str, ...]
    """Why the judgement was made on earlier numbers (msgids); empty: it stands."""
    made_by: str
    made_at: dt.datetime
    withdrawn_by: str = ""
    withdrawn_at: dt.datetime | None = None


@dataclass(frozen=True)
class ReportSummary:
    """A report in a list."""

    id: int
    title: str
    organisation: int
    organisation_name: str
    release: int | None
    """The profile it is about."""
    plan: int | None
    """The plan it is about."""
    claims: int
    """Those that are not withdrawn."""
    changed_at: dt.datetime


@dataclass(frozen=True)
class ReportDetail:
    """A report with its claims."""

    summary: ReportSummary
    claims: tuple[KeptClaim, ...]
    withdrawn: tuple[KeptClaim, ...]
    hidden: int
    """Claims whose source is not shared with this person."""
    together: int
    """Changes that it looks at together; withdrawn claims count too, because they were looked at."""
    may_write: bool
    may_override: bool
