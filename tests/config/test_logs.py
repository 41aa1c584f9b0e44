"""A log line says what failed and where in the program, and nothing that somebody typed."""

import logging

import pytest
from django.db import OperationalError

from hashar.config.logs import Foreseen, Plain
from hashar.errors import UsageError
from hashar.people.rules import login_of

SECRET = "Aigul 7 Abay Street"


def line(error, name="hashar.test", message="it failed"):
    record = logging.LogRecord(name, logging.ERROR, __file__, 1, message, (), (type(error), error, error.__traceback__))
    passed = Foreseen().filter(record)
    return Plain("{levelname} {message}", style="{").format(record) if passed else None


def raised(error):
    try:
        raise error
    except type(error) as caught:
        return caught


def test_the_text_of_an_exception_is_left_out():
    shown = line(raised(ValueError(f"duplicate key ({SECRET})")))
    assert SECRET not in shown
    assert "builtins.ValueError at" in shown
    assert "test_logs.py" in shown
    assert "\n" not in shown


def test_places_of_our_own_program_are_named():
    with pytest.raises(TypeError) as caught:
        login_of(None)
    assert "hashar/people/rules.py" in line(caught.value)


def test_a_database_that_is_away_is_told_without_places():
    shown = line(raised(OperationalError("connection to 10.0.0.7 refused")))
    assert shown == "ERROR it failed (the database is away or refused)"


def test_what_strangers_cause_is_not_written():
    assert line(raised(UsageError("x")), name="django.security.DisallowedHost") is None


def test_a_record_without_an_exception_stays_as_it_is():
    record = logging.LogRecord("hashar", logging.WARNING, __file__, 1, "one %s", ("thing",), None)
    assert Foreseen().filter(record)
    assert Plain("{message}", style="{").format(record) == "one thing"


def test_lines_of_a_message_become_one():
    record = logging.LogRecord("hashar", logging.WARNING, __file__, 1, "one\ntwo", (), None)
    assert Plain("{message}", style="{").format(record) == "one | two"


def test_an_empty_exception_is_nothing():
    assert Plain("{message}", style="{").formatException((None, None, None)) == ""
