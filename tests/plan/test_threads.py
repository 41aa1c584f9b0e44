"""The thread of a measure: public or for members, edited and removed with a trace, and no flood."""

import datetime as dt
from dataclasses import replace

import pytest

from hashar.errors import Conflict, Forbidden, NotFound, UsageError
from hashar.people.contracts import Scope
from hashar.plan.contracts.commitments import Audience, Step
from hashar.plan.models import MeasurePost
from hashar.plan.services import threads
from tests.plan.test_plans import NOW
from tests.plan.together import make_together, police

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def together(cast):
    return make_together(cast)


def write(together, who, organisation, text="Hello", audience=Audience.PUBLIC, now=NOW):
    return threads.write(
        actor=together.actor(who),
        plan=together.plan,
        measure=together.measures[0],
        organisation=organisation,
        audience=audience,
        text=text,
        now=now,
    )


def read(together, who):
    return [post.text for post in together.page(who).posts]


def test_public_posts_are_read_by_all_who_see_the_plan(together):
    write(together, "official", together.cast.centre, "Who comes?")
    write(together, "youth", together.cast.neighbour, "We do.\n\nOn Monday", now=LATER)
    for who in ("reader", "colleague", "manager"):
        assert read(together, who) == ["Who comes?", "We do.\nOn Monday"]
    with pytest.raises(NotFound):
        together.page("stranger")


def test_members_posts_are_read_by_members_of_the_measure_only(cast):
    police(cast)
    together = make_together(cast)
    write(together, "official", cast.centre, "Only us", Audience.MEMBERS)
    seen = {who: read(together, who) == ["Only us"] for who in ("reader", "police", "youth", "colleague", "manager")}
    assert seen == {"reader": True, "police": True, "youth": False, "colleague": False, "manager": False}
    with pytest.raises(Forbidden, match="responsible for this measure or committed"):
        write(together, "youth", cast.neighbour, "Me too", Audience.MEMBERS)
    made = together.offer()
    assert read(together, "youth") == []
    together.take("official", made, Step.ACCEPT)
    assert read(together, "youth") == ["Only us"]
    write(together, "youth", cast.neighbour, "Me too", Audience.MEMBERS)
    together.take("youth", made, Step.WITHDRAW, reason="No time")
    assert read(together, "youth") == []


def test_a_members_post_is_not_there_for_others_not_even_to_remove(together):
    made = write(together, "official", together.cast.centre, "Only us", Audience.MEMBERS)
    for who in ("youth", "manager", "stranger"):
        with pytest.raises(NotFound):
            threads.remove(actor=together.actor(who), post=made, reason="x", now=NOW)
        with pytest.raises(NotFound):
            threads.edit(actor=together.actor(who), post=made, text="x", now=NOW)


def test_a_program_with_a_token_removes_nothing_and_what_is_not_there_is_not_found(together):
    made = write(together, "youth", together.cast.neighbour)
    token = replace(together.actor("youth"), scopes=frozenset({Scope.READ}))
    with pytest.raises(Forbidden):
        threads.remove(actor=token, post=made, reason="x", now=NOW)
    with pytest.raises(NotFound):
        threads.remove(actor=together.actor("youth"), post=made + 1, reason="x", now=NOW)
    with pytest.raises(NotFound):
        threads.remove(actor=together.actor("stranger"), post=made, reason="x", now=NOW)


def test_readers_and_strangers_do_not_write(together):
    with pytest.raises(Forbidden):
        write(together, "reader", together.cast.centre)
    with pytest.raises(Forbidden):
        write(together, "youth", together.cast.centre)
    with pytest.raises(NotFound):
        write(together, "stranger", together.cast.foreign)


def test_only_the_author_edits_and_it_shows(together):
    made = write(together, "official", together.cast.centre, "Tuseday")
    with pytest.raises(Forbidden, match="Only who wrote"):
        threads.edit(actor=together.actor("coordinator"), post=made, text="x", now=LATER)
    threads.edit(actor=together.actor("official"), post=made, text="Tuesday", now=LATER)
    post = together.page("reader").posts[0]
    assert (post.text, post.edited_at) == ("Tuesday", LATER)


@pytest.mark.parametrize(
    ("who", "may"),
    [("youth", True), ("coordinator", True), ("official", False), ("colleague", False), ("reader", False)],
)
def test_the_author_or_a_coordinator_removes_and_the_trace_stays(together, who, may):
    made = write(together, "youth", together.cast.neighbour, "A name of a child")
    assert together.page(who).posts[0].may_remove == may
    if not may:
        with pytest.raises(Forbidden):
            threads.remove(actor=together.actor(who), post=made, reason="Names a child", now=LATER)
        return
    if who != "youth":
        with pytest.raises(UsageError, match="Say why"):
            threads.remove(actor=together.actor(who), post=made, reason="", now=LATER)
    threads.remove(actor=together.actor(who), post=made, reason="Names a child", now=LATER)
    post = together.page("reader").posts[0]
    assert (post.text, post.removed_by, post.reason) == ("", who.title(), "Names a child")
    assert (post.may_edit, post.may_remove) == (False, False)
    assert MeasurePost.objects.get().text == ""
    for again in (threads.edit, threads.remove):
        more = {"text": "x"} if again is threads.edit else {"reason": "x"}
        with pytest.raises(Conflict, match="removed already"):
            again(actor=together.actor("youth"), post=made, now=LATER, **more)


@pytest.mark.parametrize(("text", "sentence"), [(" \n ", "Write something"), ("x" * 2001, "too long")])
def test_no_post_without_words_or_without_end(together, text, sentence):
    with pytest.raises(UsageError, match=sentence):
        write(together, "official", together.cast.centre, text)
    made = write(together, "official", together.cast.centre)
    with pytest.raises(UsageError, match=sentence):
        threads.edit(actor=together.actor("official"), post=made, text=text, now=NOW)
    with pytest.raises(UsageError, match="too long"):
        threads.remove(actor=together.actor("official"), post=made, reason="x" * 401, now=NOW)


def test_nobody_floods_a_thread(together):
    for at in range(6):
        write(together, "official", together.cast.centre, str(at))
    with pytest.raises(UsageError, match="Wait a little"):
        write(together, "official", together.cast.centre)
    write(together, "youth", together.cast.neighbour, "Others may")
    write(together, "official", together.cast.centre, "Later", now=NOW + dt.timedelta(minutes=11))


def test_a_long_thread_shows_the_latest_and_how_many_came_before(together):
    MeasurePost.objects.bulk_create(
        MeasurePost(
            measure_id=together.measures[0],
            organisation_id=together.cast.centre,
            audience="public",
            text=str(at),
            written_by_id=together.cast.people["official"],
            written_at=NOW + dt.timedelta(minutes=at),
        )
        for at in range(40)
    )
    page = together.page("reader")
    assert ([page.posts[0].text, page.posts[-1].text], page.earlier_posts) == (["10", "39"], 10)
    assert len(together.page("reader", every_post=True).posts) == 40
