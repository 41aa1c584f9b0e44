"""Read a progress form that came back as a file."""

import datetime as dt

from hashar.implement.contracts.form_files import Fact
from hashar.implement.contracts.progress import Form, ReturnedForm
from hashar.implement.rules.returned import read_answers
from hashar.implement.sources.returned_files import read_returned_file


def read_key(*, content: bytes, name: str) -> str:
    """The key of the form that a file is, to find what was sent.

    Parameters
    ----------
    content
        The file's bytes; nothing in them is run.
    name
        What it is called in sentences.

    Raises
    ------
    InputError
        It is no form, or cannot be read; the sentence says what to do.
    TooLarge
        It is far larger than a form.

    """
    return read_returned_file(content, name).facts[Fact.KEY]


def read_returned(*, content: bytes, name: str, form: Form, today: dt.date) -> ReturnedForm:
    """A returned form: its answers, and everything that a person has to look at.

    Parameters
    ----------
    content
        The file's bytes: the workbook, the answer file, or the offline form saved with its answers.
    name
        What it is called in sentences and in the provenance of each answer.
    form
        The form that was sent.
    today
        The day on which it came back; no day in it can be later.

    Raises
    ------
    InputError
        As :func:`read_key`, or it belongs to another form, or holds no answers.

    """
    return read_answers(read_returned_file(content, name), form, today)
