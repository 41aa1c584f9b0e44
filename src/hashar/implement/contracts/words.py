"""The words of progress in forms, pages and reports, as msgids."""

from collections.abc import Mapping

from hashar.i18n import N_
from hashar.implement.contracts.form_files import Printed
from hashar.implement.contracts.progress import Field, Status, TroubleKind

STATUS_WORDS: Mapping[Status, str] = {
    Status.NOT_STARTED: N_("Not started"),
    Status.UNDER_WAY: N_("Under way"),
    Status.DONE: N_("Carried out"),
    Status.NOT_DONE: N_("Not carried out"),
    Status.TAKEN_OFF: N_("Taken off control"),
}
FIELD_WORDS: Mapping[Field, str] = {
    Field.STATUS: N_("How far"),
    Field.DONE_ON: N_("Carried out on"),
    Field.RESULT: N_("What was done"),
    Field.EVIDENCE: N_("Evidence: number and date"),
    Field.SPENT: N_("Spent"),
    Field.NOTE: N_("Note"),
}
PRINTED_WORDS: Mapping[Printed, str] = {
    Printed.NUMBER: N_("No."),
    Printed.TEXT: N_("Measure"),
    Printed.FORM: N_("Form of completion"),
    Printed.DEADLINE: N_("Deadline"),
    Printed.KNOWN: N_("What is known"),
}
TROUBLE_WORDS: Mapping[TroubleKind, str] = {
    TroubleKind.CONFLICT: N_("Conflict"),
    TroubleKind.WRONG_DATE: N_("Wrong date"),
    TroubleKind.MISSING_EVIDENCE: N_("Evidence is missing"),
    TroubleKind.WRONG_VALUE: N_("Not understood"),
    TroubleKind.CONTRADICTION: N_("Contradiction"),
    TroubleKind.UNKNOWN_MEASURE: N_("Unknown row"),
    TroubleKind.CHANGED_TEXT: N_("Changed text"),
    TroubleKind.UNANSWERED: N_("No answer"),
}
