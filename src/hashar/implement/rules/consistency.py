"""Whether the answers about one measure fit together, and whether what has to be said was said."""

from collections.abc import Collection, Iterator, Sequence

from hashar.i18n import N_
from hashar.implement.contracts.progress import (
    Answer,
    AskedMeasure,
    Field,
    Place,
    Status,
    Trouble,
    TroubleKind,
    Value,
)

CLOSED = frozenset({Status.DONE, Status.TAKEN_OFF})


def troubles_of(
    measure: AskedMeasure, answers: Sequence[Answer], *, tried: Collection[Field], touched: bool
) -> Iterator[Trouble]:
    """What a person has to look at in the answers about one measure.

    Parameters
    ----------
    measure
        As it was asked, with what stood then.
    answers
        Those that can be taken.
    tried
        Fields in which something stands that cannot be taken.
    touched
        Whether the body wrote anything about it.

    """
    if not touched:
        if measure.due and measure.known.get(Field.STATUS) not in CLOSED:
            sentence = N_("Something was due in the period, and nothing was said.")
            yield Trouble(TroubleKind.UNANSWERED, sentence, {}, measure.measure)
        return
    said = {answer.field: answer for answer in answers}
    status = said[Field.STATUS].value if Field.STATUS in said else measure.known.get(Field.STATUS)
    if Field.STATUS not in tried:
        yield from _against_status(measure.measure, status, said, tried)
    if status == Status.DONE and Field.EVIDENCE not in {*said, *measure.known, *tried}:
        place = said[Field.STATUS].place if Field.STATUS in said else None
        sentence = N_("It is called carried out, and nothing shows it. Ask for the number and date of a document.")
        yield _trouble(TroubleKind.MISSING_EVIDENCE, sentence, measure.measure, Field.EVIDENCE, place)


def _against_status(
    measure: int, status: Value | None, said: dict[Field, Answer], tried: Collection[Field]
) -> Iterator[Trouble]:
    if status != Status.DONE and (Field.DONE_ON in said or Field.DONE_ON in tried):
        answer = said.get(Field.DONE_ON)
        sentence = N_("There is a day on which it was carried out, but the status does not say so.")
        yield _trouble(TroubleKind.CONTRADICTION, sentence, measure, Field.STATUS, answer.place if answer else None)
    if status == Status.NOT_STARTED:
        for which in (Field.RESULT, Field.EVIDENCE, Field.SPENT):
            if which in said and said[which].value:
                sentence = N_("It is called not started, but something was done.")
                yield _trouble(
                    TroubleKind.CONTRADICTION, sentence, measure, which, said[which].place, said[which].value
                )


def _trouble(
    kind: TroubleKind, sentence: str, measure: int, which: Field, place: Place | None, written: Value | None = None
) -> Trouble:
    return Trouble(kind, sentence, {}, measure, which, place, "" if written is None else str(written))
