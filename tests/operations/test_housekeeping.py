"""What is done once a day is done once, by one worker, however the others end."""

import datetime as dt

import pytest
from django.test import override_settings

from hashar.operations.checkups import site
from hashar.operations.checkups.findings import Grade
from hashar.operations.housekeeping import PARTS, ROUND, keep_house
from hashar.runs.contracts import Round
from hashar.runs.queries import last_round
from hashar.runs.services import begin_round, end_round

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 1, 23, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def grade(now=NOW):
    [finding] = site.housekeeping(now)
    return finding.grade


def test_it_is_done_once_a_day():
    assert keep_house(now=NOW)
    assert not keep_house(now=NOW + dt.timedelta(minutes=59))
    assert keep_house(now=NOW + HOUR)  # the next day


def test_a_round_whose_worker_was_killed_is_begun_again_after_an_hour_and_not_before():
    assert begin_round(name=ROUND, now=NOW - 2 * HOUR)
    assert not begin_round(name=ROUND, now=NOW - HOUR)
    assert begin_round(name=ROUND, now=NOW)


def test_a_part_that_fails_does_not_keep_the_others_from_their_work_and_is_told():
    done = []
    assert keep_house(now=NOW, parts={"first": done.append, "broken": lambda now: 1 / 0, "last": done.append})
    assert done == [NOW, NOW]
    assert last_round(ROUND) == Round(NOW, NOW, ("broken",))
    assert grade() is Grade.WRONG


def test_the_doctor_knows_when_it_was_done_last():
    assert grade() is Grade.CAUTION
    keep_house(now=NOW)
    assert grade() is Grade.GOOD
    assert grade(NOW + 49 * HOUR) is Grade.GOOD
    assert grade(NOW + 50 * HOUR) is Grade.CAUTION


def test_faults_of_yesterday_are_forgotten_when_today_went_well():
    begin_round(name=ROUND, now=NOW)
    end_round(name=ROUND, faults=["imports"], now=NOW)
    assert keep_house(now=NOW + HOUR)
    assert last_round(ROUND).faults == ()


def test_microdata_that_no_survey_knows_go(tmp_path):
    stray = tmp_path / "microdata" / "999" / ("0" * 64)
    stray.mkdir(parents=True)
    with override_settings(DATA=tmp_path):
        PARTS["microdata"](dt.datetime.now(dt.UTC) + dt.timedelta(days=2))
    assert not stray.exists()
