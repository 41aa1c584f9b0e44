"""A database that is away, or a driver that is not installed, is one sentence with its remedy."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

from hashar.errors import EngineError
from hashar.operations.errors import database_away


def test_a_database_that_is_away():
    with pytest.raises(EngineError, match=r"does not answer \(connection refused\)"), database_away():
        raise OperationalError("connection refused\n\tIs the server running?")


def test_an_error_without_words_is_told_by_its_kind():
    with pytest.raises(EngineError, match="OperationalError"), database_away():
        raise OperationalError


def test_a_driver_that_is_not_installed():
    with pytest.raises(EngineError, match="pip install"), database_away():
        raise ImproperlyConfigured("Error loading psycopg2 or psycopg module")


def test_other_faults_of_the_settings_pass_through():
    with pytest.raises(ImproperlyConfigured), database_away():
        raise ImproperlyConfigured("something else")
