"""How often a caller may call."""

import datetime as dt

import pytest

from hashar.api.limits import counted, used_up

NOON = dt.datetime(2026, 3, 2, 12, 0, 20, tzinfo=dt.UTC)


@pytest.mark.django_db
def test_calls_within_the_limit_pass_and_the_next_waits_for_the_minute():
    assert [counted("a caller", 2, NOON) for _ in range(3)] == [0, 0, 40]


@pytest.mark.django_db
def test_callers_are_counted_apart_and_every_minute_anew():
    counted("one", 1, NOON)
    assert counted("other", 1, NOON) == 0
    assert counted("one", 1, NOON + dt.timedelta(minutes=1)) == 0


@pytest.mark.django_db
def test_asking_whether_it_is_used_up_counts_nothing():
    assert [used_up("a caller", 1, NOON) for _ in range(3)] == [0, 0, 0]
    counted("a caller", 1, NOON)
    assert used_up("a caller", 1, NOON) == 40


@pytest.mark.django_db
def test_the_cache_holds_no_caller_in_plain_words():
    from django.db import connection

    counted("token hashar_secret", 5, NOON)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM web_cache")
        keys = " ".join(row[0] for row in cursor.fetchall())
    assert "api:" in keys
    assert "secret" not in keys


def test_too_many_calls_say_when_to_come_back(api, settings):
    settings.API_REQUESTS_A_MINUTE = 0
    answer = api.get("places", lang="ru")
    assert answer.status_code == 429
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert answer["Content-Language"] == "ru"


def test_guessing_tokens_is_cut_short(api, settings):
    settings.API_REFUSALS_A_MINUTE = 0
    answer = api.get("places", None, headers={"Authorization": "Bearer hashar_guess"})
    assert answer.status_code == 429
    assert answer["Retry-After"]
