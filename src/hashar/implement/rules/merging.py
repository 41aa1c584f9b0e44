"""Returned forms become one standing, field by field: nothing is overwritten silently, and the order does not matter.

A slot is one field of one measure for one body. Its *base* is what stands without the files: a person's entry on the
site, a decision, or what an earlier collection left. All answers of all files of the collection are its *claims*; they
are kept, and the standing is computed from base and claims anew. So a file that comes earlier or later, or twice,
changes nothing, and a claim is never lost.

| the claims say | the base | verdict |
|---|---|---|
| one thing | nothing | new |
| one thing, the same | the same | agrees |
| one thing, another | what a form with this answer had shown | changed |
| one thing, another | something that no such form had shown | conflict |
| several things | any | conflict |
| anything | decided later by a person, or entered later on the site | settled |
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from hashar.i18n import N_
from hashar.implement.contracts.merging import Claim, Conflict, Merged, Slot, Verdict
from hashar.implement.contracts.progress import (
    Form,
    Origin,
    Place,
    ReturnedForm,
    Standing,
    Trouble,
    TroubleKind,
    Value,
)


def claims_of(form: Form, returned: ReturnedForm, *, at: dt.datetime) -> list[Claim]:
    """The answers of one file as claims; each knows what stood when its form was made."""
    known = {each.measure: each.known for each in form.measures}
    return [
        Claim(
            slot=Slot(form.body, answer.measure, answer.field),
            value=answer.value,
            known=known[answer.measure].get(answer.field),
            file=answer.place.file,
            sha256=returned.sha256,
            where=answer.place.where,
            by=returned.returned_by or form.body,
            at=at,
        )
        for answer in returned.answers
    ]


def merge(base: Mapping[Slot, Standing], claims: Iterable[Claim]) -> Merged:
    """What stands when all claims are taken together.

    Parameters
    ----------
    base
        What stands without the files.
    claims
        Every answer of every returned file of the collection, in any order. Slots do not touch each other: those of one
        body, or of one measure, may be merged alone.

    """
    slots: dict[Slot, dict[tuple[str, ...], Claim]] = defaultdict(dict)
    for claim in claims:
        first = slots[claim.slot].setdefault(identity(claim), claim)
        if _order(claim) < _order(first):
            slots[claim.slot][identity(claim)] = claim
    standing, verdicts, conflicts = dict(base), {}, []
    for slot in sorted(slots):
        said = sorted(slots[slot].values(), key=_order)
        verdict, winner, live = _resolve(base.get(slot), said)
        verdicts.update({claim: verdict if claim in live else Verdict.SETTLED for claim in said})
        if winner:
            standing[slot] = _stands(winner)
        if verdict is Verdict.CONFLICT:
            conflicts.append(Conflict(slot, base.get(slot), tuple(live)))
    return Merged(standing, verdicts, tuple(conflicts))


def _resolve(base: Standing | None, said: Sequence[Claim]) -> tuple[Verdict, Claim | None, Sequence[Claim]]:
    """The verdict on the claims that no person has answered yet, the claim that stands now, and those claims."""
    live = [claim for claim in said if not _settled(claim, base)]
    values = {same(claim.value) for claim in live}
    if not live:
        return Verdict.SETTLED, None, live
    if len(values) > 1:
        return Verdict.CONFLICT, None, live
    if base is None:
        return Verdict.NEW, live[0], live
    if same(base.value) in values:
        return Verdict.AGREES, None, live
    if any(claim.known is not None and same(claim.known) == same(base.value) for claim in live):
        return Verdict.CHANGED, live[0], live
    return Verdict.CONFLICT, None, live


def _settled(claim: Claim, base: Standing | None) -> bool:
    """Whether a person has had the last word: a decision is made in sight of the claims, an entry of what stood."""
    if base is None or base.origin is Origin.FILE:
        return False
    return claim.at < base.at or (base.origin is Origin.DECISION and claim.at == base.at)


def same(value: Value) -> str:
    """Two values with the same answer here say the same: letters' size and spaces are no difference, nor 5 and 5,00."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value else "0"
    return " ".join(str(value).split()).casefold()


def identity(claim: Claim) -> tuple[str, ...]:
    """What makes a claim of a slot the same one when its file comes again: the file's content, its place and value."""
    return claim.sha256, claim.where, str(claim.value)


def _order(claim: Claim) -> tuple[object, ...]:
    """The earliest first; the file's name and content decide between those of one moment."""
    return claim.at, claim.file, claim.sha256, claim.where, str(claim.value), str(claim.known), claim.by


def _stands(claim: Claim) -> Standing:
    return Standing(claim.value, Origin.FILE, claim.file, claim.where, claim.by, claim.at)


def conflict_trouble(conflict: Conflict) -> Trouble:
    """A conflict for the list of what a person has to look at."""
    first = conflict.claims[0]
    words = dict.fromkeys(str(claim.value) for claim in conflict.claims)
    stands = conflict.standing
    if stands is None or same(stands.value) in {same(claim.value) for claim in conflict.claims}:
        sentence = N_("Several answers differ. Choose one of them.")
    else:
        sentence = N_("It was changed here and in a file after the form was sent. Choose one of them.")
    return Trouble(
        TroubleKind.CONFLICT,
        sentence,
        {},
        measure=conflict.slot.measure,
        field=conflict.slot.field,
        place=Place(first.file, first.where),
        written=" | ".join(words),
    )
