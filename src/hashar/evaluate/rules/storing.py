"""Claims, evidence and judgements as JSON and back, exactly."""

import dataclasses
import math
import types
import typing
from collections.abc import Mapping
from enum import Enum

from hashar.evaluate.contracts import claims as contracts
from hashar.evaluate.contracts.claims import Claim, Evidence, Reason, Verdict
from hashar.evaluate.contracts.kept import ClaimKind, Source, SourceKind

Stored = dict[str, typing.Any]
RECORDS: Mapping[ClaimKind, tuple[type[Claim], type[Evidence]]] = {
    ClaimKind.PREVALENCE: (contracts.PrevalenceClaim, contracts.PrevalenceEvidence),
    ClaimKind.TREND: (contracts.TrendClaim, contracts.TrendEvidence),
    ClaimKind.COVERAGE: (contracts.CoverageClaim, contracts.CoverageEvidence),
    ClaimKind.EFFECT: (contracts.EffectClaim, contracts.EffectEvidence),
    ClaimKind.DETECTION: (contracts.DetectionClaim, contracts.DetectionEvidence),
}


def kind_of(claim: Claim) -> ClaimKind:
    """What a claim is about."""
    return next(kind for kind, (record, _) in RECORDS.items() if isinstance(claim, record))


def to_json(record: Claim | Evidence) -> Stored:
    """A record by field names; numbers that JSON lacks as words."""
    return {each.name: _plain(getattr(record, each.name)) for each in dataclasses.fields(record)}


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def claim_from(kind: str, stored: Stored) -> Claim:
    """The claim as it was kept."""
    record = RECORDS[ClaimKind(kind)][0]
    return record(**_values(record, stored))


def evidence_from(kind: str, stored: Stored) -> Evidence:
    """The evidence as it was kept."""
    record = RECORDS[ClaimKind(kind)][1]
    return record(**_values(record, stored))


def _values(record: type, stored: Stored) -> Stored:
    """Fields that a later version no longer has are left out; new ones have their defaults."""
    hints = typing.get_type_hints(record)
    return {name: _read(hints[name], value) for name, value in stored.items() if name in hints}


def _read(hint: object, value: object) -> object:
    options = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    if value is None:
        return None
    if isinstance(value, str) and float in options:
        return float(value)
    kind = options[0]
    return kind(value) if isinstance(kind, type) and issubclass(kind, Enum) else value


def reason_to_json(reason: Reason) -> Stored:
    """A reason with its sentence, as it was said."""
    return {
        "rule": reason.rule,
        "verdict": reason.verdict.value if reason.verdict else None,
        "sentence": reason.sentence,
        "needed": reason.needed,
        "values": {name: _plain(value) for name, value in reason.values.items()},
    }


def reason_from(stored: Stored) -> Reason:
    """The reason as it was kept."""
    verdict = Verdict(stored["verdict"]) if stored["verdict"] else None
    return Reason(stored["rule"], verdict, stored["sentence"], stored["needed"], stored["values"])


def source_to_json(source: Source) -> Stored:
    """Where evidence comes from."""
    found = {each.name: getattr(source, each.name) for each in dataclasses.fields(source)}
    lists = {"noted": list(source.noted), "periods": list(source.periods)}
    texts = {name: dict(found[name]) for name in ("place", "title", "label")}
    return {**found, **lists, **texts, "kind": source.kind.value}


def source_from(stored: Stored) -> Source:
    """Where evidence came from, as it was kept."""
    lists = {"noted": tuple(stored["noted"]), "periods": tuple(stored["periods"])}
    return Source(**{**stored, **lists, "kind": SourceKind(stored["kind"])})
