"""Entering activities: once, by whom, with which history."""

import datetime as dt
import io
import uuid
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hashar.errors import Conflict, Forbidden, InputError, NotFound, OutputError, TooLarge, UsageError
from hashar.implement.contracts.activities import Ages, Component, Draft, Fidelity, PeopleCount, Sex, State
from hashar.implement.models import Activity
from hashar.implement.queries import activities as queries
from hashar.implement.queries.doubles import doubles
from hashar.implement.queries.reach import reach_of
from hashar.implement.services import activities, photos
from hashar.operations.backups.folder import kept
from hashar.people.models import AuditRow
from hashar.people.services import memberships
from tests.implement.activities import NOW, PUPILS, draft, log
from tests.intake.test_pictures import chunk, png

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(hours=1)


def test_the_same_entry_sent_twice_is_stored_once(cast):
    key = uuid.uuid4()
    first = log(cast, key=key)
    assert log(cast, key=key, now=LATER) == first
    assert Activity.objects.count() == 1
    assert AuditRow.objects.filter(action="activity.log").count() == 1


def test_it_is_the_same_entry_after_it_was_changed(cast):
    key = uuid.uuid4()
    made = log(cast, key=key)
    activities.change(
        actor=cast.actor("official"), activity=made, draft=draft(cast, contacts=30), based_on=1, now=LATER
    )
    assert log(cast, key=key) == made
    assert queries.activity(cast.actor("coordinator"), made).draft.contacts == 30


def test_another_entry_under_the_same_key_is_refused(cast):
    key = uuid.uuid4()
    log(cast, key=key)
    with pytest.raises(Conflict):
        log(cast, key=key, contacts=26)
    with pytest.raises(Conflict):
        log(cast, who="official", key=key)
    assert Activity.objects.get().contacts == 25


@pytest.mark.parametrize("territory", ["city", None])
def test_a_resend_after_a_lost_answer_is_recognised_though_the_right_ended_in_between(cast, territory):
    key, place = uuid.uuid4(), cast.city if territory else None
    made = log(cast, who="official", key=key, territory=place)
    memberships.end(actor=cast.actor("coordinator"), membership=cast.memberships["official"], now=LATER)
    assert log(cast, who="official", key=key, territory=place, title=" Talk  on peer pressure", now=LATER) == made
    with pytest.raises(Forbidden):
        log(cast, who="official", key=key, territory=place, contacts=26, now=LATER)
    with pytest.raises(Forbidden):
        log(cast, who="official", now=LATER)
    with pytest.raises(Forbidden):
        log(cast, who="reader", key=key, territory=place, now=LATER)
    assert Activity.objects.get().contacts == 25


def test_a_resend_with_its_photo_is_recognised_and_one_with_another_is_not(cast, data):
    key = uuid.uuid4()

    def send(picture):
        return activities.log(actor=cast.actor("official"), key=key, draft=draft(cast), photo=picture, now=NOW)

    made = send(photo())
    memberships.end(actor=cast.actor("coordinator"), membership=cast.memberships["official"], now=LATER)
    assert send(photo()) == made
    with pytest.raises(Forbidden):
        send(None)


@pytest.mark.parametrize("who", ["analyst", "reader", "colleague", "stranger", "manager", "operator"])
def test_only_coordinators_and_officials_of_the_organisation_enter(cast, who):
    with pytest.raises(Forbidden):
        log(cast, who=who)
    assert not Activity.objects.exists()


def test_an_entry_is_made_in_the_own_territory(cast):
    with pytest.raises(Forbidden):
        log(cast, territory=cast.elsewhere)
    assert queries.activity(cast.actor("official"), log(cast, territory=None)).draft.territory == cast.city


def test_a_change_keeps_how_it_stood(cast):
    made = log(cast)
    told = draft(cast, contacts=27, place="School 14")
    activities.change(actor=cast.actor("official"), activity=made, draft=told, based_on=1, now=LATER)
    it = queries.activity(cast.actor("reader"), made)
    assert [(each.number, each.by, each.changed) for each in it.editions] == [
        (2, "Official", ("place", "contacts")),
        (1, "Coordinator", ()),
    ]
    activities.change(actor=cast.actor("official"), activity=made, draft=told, based_on=2, now=LATER)
    assert queries.activity(cast.actor("reader"), made).edition == 2
    with pytest.raises(Conflict):
        activities.change(actor=cast.actor("coordinator"), activity=made, draft=draft(cast), based_on=1, now=LATER)


def test_a_cancelled_activity_stays_with_its_history(cast):
    made = log(cast)
    with pytest.raises(Forbidden):
        activities.cancel(actor=cast.actor("analyst"), activity=made, now=LATER)
    activities.cancel(actor=cast.actor("official"), activity=made, now=LATER)
    it = queries.activity(cast.actor("reader"), made)
    assert it.summary.state is State.CANCELLED
    assert it.editions[0].changed == ("state",)
    with pytest.raises(Conflict):
        activities.cancel(actor=cast.actor("official"), activity=made, now=LATER)


def test_whoever_is_not_concerned_sees_no_notes_and_no_small_numbers(cast):
    made = log(cast, contacts=3, note="Two asked for help", components=(Component("Role play", Fidelity.PARTLY),))
    inside, outside = (queries.activity(cast.actor(who), made) for who in ("reader", "manager"))
    assert (inside.summary.contacts, inside.draft.note) == (3, "Two asked for help")
    assert (outside.summary.contacts, outside.summary.few, outside.draft.note) == (None, True, "")
    assert (outside.draft.components, outside.editions, outside.may_change) == ((), (), False)
    with pytest.raises(NotFound):
        queries.activity(cast.actor("stranger"), made)
    assert queries.activities(cast.actor("stranger")).total == 0
    with pytest.raises(NotFound):
        queries.own_draft(cast.actor("manager"), made)


def test_a_partner_is_concerned(cast):
    made = log(cast, partners=(cast.neighbour, cast.centre), contacts=2)
    it = queries.activity(cast.actor("colleague"), made)
    assert [each.name for each in it.partners] == ["Almaty youth"]
    assert it.summary.contacts == 2
    assert not it.may_change


def test_the_list_is_narrowed_by_day_and_organisation(cast):
    early = log(cast, date=dt.date(2026, 1, 5))
    late = log(cast, partners=(cast.neighbour,))
    reader = cast.actor("reader")

    def listed(**asked):
        return [each.id for each in queries.activities(reader, **asked).items]

    assert listed() == [late, early]
    assert listed(start=dt.date(2026, 2, 1)) == [late]
    assert listed(end=dt.date(2026, 1, 31)) == [early]
    assert listed(organisation=cast.neighbour) == [late]
    assert listed(organisation=2**70) == listed(measure=0) == []


WRONG = {
    "no title": {"title": "  "},
    "a long title": {"title": "a" * 201},
    "a control character": {"place": "a\x00b"},
    "a long place": {"place": "a" * 121},
    "a long note": {"note": "a" * 2001},
    "no such strategy": {"strategy": "luck"},
    "a day of another century": {"date": dt.date(1999, 12, 31)},
    "done tomorrow": {"date": dt.date(2026, 3, 3)},
    "too many people": {"contacts": 1_000_001},
    "fewer than none": {"people": -1},
    "no session": {"sessions": 0},
    "a session without end": {"minutes": 1441},
    "ages backwards": {"ages": Ages(17, 12)},
    "more people than contacts": {"people": 26},
    "age groups above the whole": {"people": 20, "by_age": (PeopleCount(PUPILS, Sex.ALL, 21),)},
    "sexes above their group": {
        "by_age": (
            PeopleCount(PUPILS, Sex.ALL, 10),
            PeopleCount(PUPILS, Sex.MALE, 6),
            PeopleCount(PUPILS, Sex.FEMALE, 5),
        )
    },
    "another age group": {"by_age": (PeopleCount(Ages(30), Sex.ALL, 5),)},
    "fewer contacts than sessions of a group": {"group": "7a", "sessions": 30},
    "too many measures": {"measures": tuple(range(1, 60))},
}


@pytest.mark.parametrize("changes", WRONG.values(), ids=WRONG)
def test_what_cannot_be_is_refused_with_a_sentence(cast, changes):
    with pytest.raises(UsageError) as refused:
        log(cast, **changes)
    assert refused.value.problems
    assert not Activity.objects.exists()


def test_an_organisation_measure_or_practice_that_is_not_there_is_refused(cast):
    for changes in ({"organisation": 2**70}, {"measures": (2**62,)}, {"practice": "NONE"}, {"partners": (2**70,)}):
        with pytest.raises(NotFound):
            log(cast, **changes)


def test_people_by_age_add_up_to_the_different_people(cast):
    counts = (PeopleCount(PUPILS, Sex.FEMALE, 12), PeopleCount(PUPILS, Sex.MALE, 11), PeopleCount(PUPILS, Sex.ALL, 0))
    made = log(cast, by_age=counts)
    told = queries.activity(cast.actor("reader"), made).draft
    assert told.people == 23
    assert told.by_age == tuple(sorted(counts[:2]))


def test_a_planned_activity_may_lie_ahead(cast):
    made = log(cast, state=State.PLANNED, date=dt.date(2026, 9, 1), contacts=None)
    assert queries.activity(cast.actor("reader"), made).summary.contacts is None


def test_a_new_entry_begins_with_the_last_ones(cast):
    log(cast, title="First")
    last = log(cast, title="Second", strategy="support", now=LATER)
    coordinator = cast.actor("coordinator")
    found = queries.defaults(coordinator, repeat=last)
    assert [each.title for each in found.recent] == ["Second", "First"]
    assert found.draft.strategy == queries.last_choices(coordinator).strategy == "support"
    assert queries.defaults(cast.actor("stranger"), repeat=last).draft is None
    assert isinstance(replace(found.draft, contacts=1), Draft)
    assert queries.last_choices(cast.actor("analyst")) is None


@pytest.fixture
def data(settings, tmp_path):
    settings.DATA = tmp_path
    return tmp_path


def photo(text=b"", **more):
    return io.BytesIO(png(chunk(b"tEXt", text), **more))


def test_a_photo_is_kept_without_what_the_camera_wrote(cast, data, django_capture_on_commit_callbacks):
    coordinator = cast.actor("coordinator")
    key = uuid.uuid4()
    made = activities.log(actor=coordinator, key=key, draft=draft(cast), photo=photo(b"GPS"), now=NOW)
    assert activities.log(actor=coordinator, key=key, draft=draft(cast), photo=photo(b"GPS"), now=NOW) == made
    with pytest.raises(Conflict):
        activities.log(actor=coordinator, key=key, draft=draft(cast), photo=photo(b"other"), now=NOW)
    assert photos.photo(cast.actor("reader"), made) == ("png", png())
    for who in ("manager", "colleague", "stranger", "operator"):
        with pytest.raises(NotFound):
            photos.photo(cast.actor(who), made)
    found = list((data / "photos").rglob("*.*"))
    assert [path.read_bytes() for path in found] == [png()]
    assert found[0].stat().st_mode & 0o077 == 0
    with django_capture_on_commit_callbacks(execute=True):
        changed = {"actor": coordinator, "activity": made, "draft": draft(cast), "now": LATER}
        activities.change(**changed, based_on=1, photo=photo(size=(1, 2)))
        activities.change(**changed, based_on=2, without_photo=True)
    assert not list((data / "photos").rglob("*.*"))
    assert queries.activity(coordinator, made).photo is None
    with pytest.raises(NotFound):
        photos.photo(coordinator, made)


def test_a_photo_that_cannot_be_kept_leaves_no_entry(cast, data):
    (data / "photos").write_text("in the way")
    for bad, error in ((photo(), OutputError), (io.BytesIO(b"GIF89a"), InputError)):
        with pytest.raises(error):
            activities.log(actor=cast.actor("official"), key=uuid.uuid4(), draft=draft(cast), photo=bad, now=NOW)
    with pytest.raises(TooLarge):
        photos.taken(io.BytesIO(bytes(photos.MOST_BYTES + 1)))
    assert not Activity.objects.exists()


def test_photos_are_in_backups(cast, data):
    activities.log(actor=cast.actor("official"), key=uuid.uuid4(), draft=draft(cast), photo=photo(), now=NOW)
    assert [path.suffix for path in kept(data)] == [".png"]


def test_a_list_and_a_report_ask_the_database_as_often_however_long_they_are(cast):
    reader = cast.actor("reader")

    def asked():
        with CaptureQueriesContext(connection) as told:
            queries.activities(reader)
            reach_of(
                reader, ages=PUPILS, start=dt.date(2026, 1, 1), end=dt.date(2026, 12, 31), organisation=cast.centre
            )
            doubles(reader, NOW.date())
        return len(told)

    counts = (PeopleCount(PUPILS, Sex.ALL, 20),)
    for at in range(2):
        log(cast, title=f"Talk {at}", partners=(cast.neighbour,), by_age=counts)
    few = asked()
    for at in range(10):
        log(cast, title=f"Lesson {at}", partners=(cast.neighbour,), by_age=counts)
    assert asked() == few <= 24
