"""Two people use one invitation at the same moment; run by test_race.py, on SQLite as a program of its own.

A test's SQLite database is in memory and knows no two connections; here it is a file, as in service.
"""

import sys
import threading

from tests.people.cast import NOW, PASSWORD, make_cast


def race():
    """What became of both, and how many of them have an account."""
    from django.contrib.auth import get_user_model
    from django.db import connections

    from hashar.errors import HasharError
    from hashar.people.contracts import CONSOLE, Role
    from hashar.people.services import invitations

    cast = make_cast()
    code = invitations.invite(actor=CONSOLE, organisation=cast.centre, role=Role.ANALYST, now=NOW).code
    gate, outcomes = threading.Barrier(2), []

    def run(login):
        gate.wait(10)
        try:
            invitations.accept(code=code, login=login, name=login, password=PASSWORD, language="en", now=NOW)
            outcomes.append("joined")
        except HasharError as error:
            outcomes.append(type(error).__name__)
        except Exception as error:  # noqa: BLE001  (whatever happens in a thread is told by its name)
            outcomes.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(login,)) for login in ("first", "second")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    joined = get_user_model().objects.filter(username__in=["first", "second"]).count()
    return [*sorted(outcomes), str(joined)]


if __name__ == "__main__":
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, skip_checks=True)
    sys.stdout.write(" ".join(race()))
