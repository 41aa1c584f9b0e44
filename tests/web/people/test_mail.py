"""Mail goes after the answer: no server keeps a request waiting, and no answer tells who has an account."""

import threading

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hashar.people.models import Person
from hashar.web import later as later_module
from hashar.web.later import later

pytestmark = pytest.mark.django_db(transaction=True)
ANSWERING = threading.Event()
READING_AND_WRITING = ("SELECT", "INSERT", "UPDATE", "DELETE")


class Hanging(EmailBackend):
    """A mail server that takes a message when it is told to, and no sooner."""

    def send_messages(self, messages):
        assert ANSWERING.wait(30)
        return super().send_messages(messages)


class Refusing(EmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("reader@example.org")


@pytest.fixture
def known(cast, settings):
    cache.clear()
    ANSWERING.clear()
    settings.EMAIL_BACKEND = f"{__name__}.Hanging"
    Person.objects.filter(pk=cast.people["reader"]).update(email="reader@example.org")
    yield
    ANSWERING.set()
    all_sent()


def all_sent():
    done = later(lambda: None)
    assert done is not None
    done.result(timeout=60)


def ask(client, login):
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(reverse("password_reset_mail"), {"login": login})
    looked = [query["sql"] for query in queries if "web_cache" not in query["sql"]]  # counts of attempts come and go
    return answer.status_code, answer["Location"], [sql for sql in looked if sql.startswith(READING_AND_WRITING)]


def test_a_mail_server_that_hangs_holds_no_answer_up(client, known):
    assert "by mail" in client.get(reverse("account_reset_password")).content.decode()
    assert ask(client, "reader")[0] == 302
    assert mail.outbox == []
    ANSWERING.set()
    all_sent()
    assert [message.to for message in mail.outbox] == [["reader@example.org"]]


def test_the_answer_and_what_it_takes_are_the_same_for_known_and_unknown_names(client, known):
    assert ask(client, "reader") == ask(client, "nobody")
    ANSWERING.set()
    all_sent()
    assert len(mail.outbox) == 1
    assert "a code is on its way" in client.get(reverse("account_reset_password")).content.decode()


def test_a_mail_server_that_refuses_is_in_the_log_without_the_address(client, known, settings, caplog):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    assert ask(client, "reader")[0] == 302
    all_sent()
    assert "mail was not sent (ConnectionRefusedError)" in caplog.text
    assert "example.org" not in caplog.text


def test_so_much_waits_and_no_more(known, monkeypatch):
    monkeypatch.setattr(later_module, "_room", threading.BoundedSemaphore(1))
    working = later(lambda: ANSWERING.wait(30))
    assert later(lambda: None) is None
    ANSWERING.set()
    working.result(timeout=60)
