"""The shipped territories, loaded once for a module: ``from tests.places.shipped import shipped``."""

import pytest

from hashar.places.services.loading import load_shipped
from tests.people.cast import NOW


@pytest.fixture(scope="module", autouse=True)
def shipped(django_db_setup, django_db_blocker):
    """All of them, in a transaction of the module; its tests are marked ``django_db`` and are savepoints in it."""
    from django.db import transaction

    whole = transaction.atomic()
    whole._from_testcase = True
    with django_db_blocker.unblock(), whole:
        load_shipped(now=NOW)
        yield
        transaction.set_rollback(True)
