"""``hashar user``: accounts from the machine that runs the site."""

import csv
import io
import subprocess
import sys

import pytest
from django.contrib.auth import authenticate
from django.core.cache import cache

from hashar.people import queries
from hashar.people.contracts import CONSOLE
from hashar.people.models import AuditRow, Person
from hashar.people.services import accounts
from tests.people.cast import NOW, PASSWORD

GULNAR = ("user", "add", "gulnar", "--name", "Gulnar S.")


@pytest.fixture(autouse=True)
def site(db):
    cache.clear()


def called(*arguments, typed=""):
    """The command in this process, on the test's own database."""
    from click.testing import CliRunner

    from hashar.cli.app import application

    outcome = CliRunner().invoke(application, [*arguments, "--lang", "en"], input=typed)
    return outcome.exit_code, outcome.stdout, outcome.stderr


def test_the_first_account_runs_the_site():
    code, _, err = called(*GULNAR, "--operator", typed=PASSWORD + "\n")
    assert (code, err) == (0, "The account “gulnar” is made.\n")
    person = authenticate(None, username="gulnar", password=PASSWORD)
    assert queries.actor_of(person.pk).operator
    assert AuditRow.objects.get(action="account.make").person is None


def test_a_code_lets_the_owner_choose_the_password():
    code, out, _ = called(*GULNAR, "--code", "--language", "kk")
    assert code == 0
    accounts.reset_password(code=out.strip(), password=PASSWORD, now=queries_now())
    assert authenticate(None, username="gulnar", password=PASSWORD)
    assert Person.objects.get().language == "kk"


def queries_now():
    from django.utils import timezone

    return timezone.now()


@pytest.mark.parametrize(
    ("typed", "code", "sentence"),
    [
        ("", 2, "There is no password."),
        ("short\n", 2, "The password is too short"),
        ("12345\n", 2, "This password will not do."),
    ],
)
def test_a_password_that_will_not_do_makes_no_account(typed, code, sentence):
    outcome = called(*GULNAR, typed=typed)
    assert outcome[0] == code
    assert sentence in outcome[2]
    assert not Person.objects.exists()


def test_a_name_that_is_taken_is_a_conflict():
    called(*GULNAR, "--code")
    code, _, err = called("user", "add", "GULNAR", "--name", "x", "--code")
    assert code == 12
    assert "The login name “gulnar” is taken." in err


def test_a_password_is_set_and_a_lost_second_factor_forgotten(cast):
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(user_id=cast.people["analyst"], type=Authenticator.Type.TOTP, data={})
    code, _, err = called("user", "password", "Analyst", typed="four quiet mountains\n")
    assert (code, "all its sessions have ended" in err) == (0, True)
    assert authenticate(None, username="analyst", password="four quiet mountains")
    assert Authenticator.objects.exists()
    code, out, _ = called("user", "password", "analyst", "--code", "--forget-second-factor")
    assert code == 0
    accounts.reset_password(code=out.strip(), password=PASSWORD, now=queries_now())
    assert not Authenticator.objects.exists()


def test_running_the_site_is_given_and_ended(cast):
    assert called("user", "operator", "reader")[0] == 0
    assert cast.actor("reader").operator
    assert called("user", "operator", "reader", "--end")[0] == 0
    assert not cast.actor("reader").operator


def test_an_account_is_closed_and_opened_again(cast):
    assert called("user", "close", "reader") == (0, "", "The account “reader” is closed.\n")
    assert cast.actor("reader").person is None
    assert called("user", "close", "reader", "--reopen")[0] == 0
    assert cast.actor("reader").person == cast.people["reader"]


@pytest.mark.parametrize("command", ["password", "operator", "close"])
def test_an_unknown_account_is_said_plainly(command):
    code, out, err = called("user", command, "nobody", typed=PASSWORD + "\n")
    assert (code, out) == (11, "")
    assert "There is no account “nobody”." in err


def test_the_list_is_csv_and_no_name_is_a_formula(cast):
    accounts.make_account(actor=CONSOLE, login="evil", name="=1+1", password=None, now=NOW)
    accounts.close_account(actor=CONSOLE, person=cast.people["reader"], now=NOW)
    code, out, _ = called("user", "list")
    rows = {row["login"]: row for row in csv.DictReader(io.StringIO(out))}
    assert code == 0
    assert set(rows) == {*cast.people, "evil"}
    assert rows["evil"]["name"] == "'=1+1"
    assert (rows["reader"]["open"], rows["operator"]["operator"]) == ("0", "1")


def test_help_loads_nothing_of_the_site():
    look = "import sys; from hashar.cli.user import user; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", look], check=False, timeout=60).returncode == 0
