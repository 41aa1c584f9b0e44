"""The cast and the practices that come with the program, made once for a module.

Modules that use it are marked ``django_db``: each test is a savepoint inside this transaction.
"""

import pytest

from hashar.exchange.services.loading import load_shipped
from tests.people.cast import NOW, make_cast


@pytest.fixture(scope="module")
def registry(django_db_setup, django_db_blocker):
    from django.db import transaction

    whole = transaction.atomic()
    whole._from_testcase = True
    with django_db_blocker.unblock(), whole:
        cast = make_cast(NOW)
        load_shipped(now=NOW)
        yield cast
        transaction.set_rollback(True)
