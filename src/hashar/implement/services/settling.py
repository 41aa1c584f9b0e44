"""What stands is computed anew from everything that was said; nothing is overwritten, only states change."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hashar.i18n import N_
from hashar.implement.contracts.collections import AnswerState, FileState, TroubleState
from hashar.implement.contracts.merging import Claim, Merged, Slot, Verdict
from hashar.implement.contracts.progress import Field, Origin, Standing, Status, TroubleKind
from hashar.implement.models import Collection, StoredAnswer, StoredTrouble
from hashar.implement.queries.rows import standing_of, written_by
from hashar.implement.rules.merging import conflict_trouble, merge, same
from hashar.implement.rules.stored_values import from_text

ON_ANSWERS = (TroubleKind.WRONG_DATE, TroubleKind.WRONG_VALUE, TroubleKind.CONTRADICTION)
"""Troubles of a file that a later answer puts right."""
NO_EVIDENCE = N_("It is called carried out, and nothing shows it. Ask for the number and date of a document.")


@dataclass(frozen=True)
class _Base:
    """The last word of a person on a slot, without the files."""

    row: StoredAnswer
    standing: Standing | None
    """None: the answer was taken away."""


def settle(collection: Collection, body: str, now: dt.datetime) -> None:
    """Compute what stands for a body and what is to be decided; call it inside the transaction of every write."""
    rows = list(
        StoredAnswer.objects.filter(collection=collection, body=body).select_related("file", "by").order_by("at", "pk")
    )
    slots: dict[Slot, list[StoredAnswer]] = defaultdict(list)
    for row in rows:
        slots[Slot(body, row.measure_id, Field(row.field))].append(row)
    bases = {slot: base for slot, said in slots.items() if (base := _base(said)) is not None}
    claims = {row.pk: _claim(row) for row in rows if _counts(row, bases.get(_slot(row)))}
    merged = merge({slot: base.standing for slot, base in bases.items() if base.standing}, claims.values())
    states: dict[int, AnswerState] = {}
    for slot, said in slots.items():
        states |= _states(said, bases.get(slot), claims, merged, merged.standing.get(slot))
    _save(rows, states)
    _conflicts(collection, body, merged, now)
    _evidence(collection, body, merged.standing, now)
    _put_right(collection, body, rows)


def _slot(row: StoredAnswer) -> Slot:
    return Slot(row.body, row.measure_id, Field(row.field))


def _base(said: Sequence[StoredAnswer]) -> _Base | None:
    last = next((row for row in reversed(said) if row.origin != Origin.FILE), None)
    return None if last is None else _Base(last, standing_of(last))


def _counts(row: StoredAnswer, base: _Base | None) -> bool:
    """Whether an answer of a file still says something: not when its file was undone, or it was taken away since."""
    if row.file is None or row.file.state == FileState.UNDONE:
        return False
    return base is None or base.standing is not None or row.at > base.row.at


def _claim(row: StoredAnswer) -> Claim:
    field = Field(row.field)
    value = from_text(field, row.value)
    file = row.file
    return Claim(
        slot=_slot(row),
        value="" if value is None else value,
        known=from_text(field, row.known or ""),
        file=file.file if file else "",
        sha256=file.sha256 if file else "",
        where=row.where,
        by=written_by(row),
        at=row.at,
    )


def _states(
    said: Sequence[StoredAnswer],
    base: _Base | None,
    claims: Mapping[int, Claim],
    merged: Merged,
    stands: Standing | None,
) -> dict[int, AnswerState]:
    found: dict[int, AnswerState] = {}
    taken = False
    for row in said:
        if row.origin != Origin.FILE:
            continue
        if row.pk not in claims:
            gone = row.file is not None and row.file.state == FileState.UNDONE
            found[row.pk] = AnswerState.UNDONE if gone else AnswerState.REPLACED
            continue
        claim = claims[row.pk]
        verdict = merged.verdicts[claim]
        winner = verdict in (Verdict.NEW, Verdict.CHANGED) and not taken and stands is not None
        if (
            winner
            and stands is not None
            and (stands.source, stands.where, stands.at) == (claim.file, claim.where, claim.at)
        ):
            found[row.pk], taken = AnswerState.STANDS, True
        else:
            found[row.pk] = _verdict(verdict, claim, base)
    for row in said:
        if row.origin == Origin.FILE:
            continue
        last = base is not None and row.pk == base.row.pk and not taken
        found[row.pk] = AnswerState.STANDS if last else AnswerState.REPLACED
    return found


def _verdict(verdict: Verdict, claim: Claim, base: _Base | None) -> AnswerState:
    if verdict is Verdict.CONFLICT:
        return AnswerState.WAITS
    if verdict is not Verdict.SETTLED:
        return AnswerState.AGREES
    if base is not None and base.standing is not None and same(base.standing.value) == same(claim.value):
        return AnswerState.AGREES
    decided = base is not None and base.row.origin == Origin.DECISION
    return AnswerState.DECLINED if decided else AnswerState.REPLACED


def _save(rows: Iterable[StoredAnswer], states: Mapping[int, AnswerState]) -> None:
    """Those that stand no longer first: at most one answer stands at any moment, and the database sees to it."""
    changed = [row for row in rows if row.state != states[row.pk]]
    for row in changed:
        row.state = states[row.pk]
    leaving = [row for row in changed if row.state != AnswerState.STANDS]
    coming = [row for row in changed if row.state == AnswerState.STANDS]
    for part in (leaving, coming):
        StoredAnswer.objects.bulk_update(part, ["state"], batch_size=200)


def _open(collection: Collection, body: str) -> list[StoredTrouble]:
    return list(StoredTrouble.objects.filter(collection=collection, body=body, state=TroubleState.OPEN))


def _conflicts(collection: Collection, body: str, merged: Merged, now: dt.datetime) -> None:
    wanted = {(one.slot.measure, one.slot.field.value): one for one in merged.conflicts}
    for row in _open(collection, body):
        if row.kind == TroubleKind.CONFLICT and wanted.pop((row.measure_id or 0, Field(row.field)), None) is None:
            _close(row)
    for (measure, field), one in wanted.items():
        found = conflict_trouble(one)
        StoredTrouble.objects.create(
            collection=collection,
            body=body,
            measure_id=measure,
            field=field,
            kind=TroubleKind.CONFLICT,
            sentence=found.sentence,
            values=dict(found.values),
            written=found.written,
            state=TroubleState.OPEN,
            made_at=now,
        )


def _evidence(collection: Collection, body: str, standing: Mapping[Slot, Standing], now: dt.datetime) -> None:
    """Done, and nothing shows it: open until evidence comes, or until a person accepts it without."""
    done = {slot.measure for slot, one in standing.items() if one.value is Status.DONE}
    shown = {slot.measure for slot in standing if slot.field is Field.EVIDENCE}
    missing = done - shown
    rows = StoredTrouble.objects.filter(collection=collection, body=body, kind=TroubleKind.MISSING_EVIDENCE)
    for row in rows.exclude(state=TroubleState.SETTLED):
        if row.measure_id in missing:
            missing.discard(row.measure_id)
        elif row.state == TroubleState.OPEN:
            _close(row)
    StoredTrouble.objects.bulk_create(
        StoredTrouble(
            collection=collection,
            body=body,
            measure_id=measure,
            field=Field.EVIDENCE,
            kind=TroubleKind.MISSING_EVIDENCE,
            sentence=NO_EVIDENCE,
            state=TroubleState.OPEN,
            made_at=now,
        )
        for measure in sorted(missing)
    )


def _put_right(collection: Collection, body: str, rows: Iterable[StoredAnswer]) -> None:
    """Troubles of files that a later answer, or taking the file back, has done away with."""
    last: dict[tuple[int, str], dt.datetime] = {}
    for row in rows:
        if row.file is None or row.file.state == FileState.MERGED:
            for where in ((row.measure_id, row.field), (row.measure_id, "")):
                last[where] = max(row.at, last.get(where, row.at))
    undone = StoredTrouble.objects.filter(collection=collection, body=body, file__state=FileState.UNDONE)
    undone.filter(state=TroubleState.OPEN).update(state=TroubleState.SETTLED)
    for trouble in _open(collection, body):
        later = last.get((trouble.measure_id or 0, trouble.field))
        if trouble.kind in ON_ANSWERS and later is not None and later > trouble.made_at:
            _close(trouble)


def _close(row: StoredTrouble) -> None:
    row.state = TroubleState.SETTLED
    row.save(update_fields=["state"])
