"""Files that come back are merged field by field; nothing is lost or overwritten silently."""

import datetime as dt
import random

import pytest

from hashar.errors import Conflict, Forbidden, NotFound
from hashar.implement.contracts.collections import AnswerState, FileState
from hashar.implement.contracts.progress import Field, Status, TroubleKind
from hashar.implement.models import StoredAnswer
from hashar.implement.queries import forms as form_queries
from hashar.implement.queries.troubles import measure_history
from hashar.implement.services import answers, returned_files
from tests.implement.collecting import DONE, SECOND_QUARTER, Collecting, collecting, send_back, take_in
from tests.implement.forms import answer_file

__all__ = ["collecting"]
pytestmark = pytest.mark.django_db
TYPED = {"status": "исполнено", "done_on": dt.date(2026, 3, 10), "result": "Опрошено 600", "evidence": "приказ № 5"}


def test_a_returned_form_is_merged_with_its_provenance(collecting):
    made = collecting.open()
    (one,) = send_back(collecting, made, "МВД", {"1": TYPED}, returned_by="Асель")
    assert (one.body, one.answers, one.troubles, one.refused) == ("МВД", 4, 0, None)
    assert collecting.standing(made, "МВД", "1") == DONE
    said = collecting.detail(made).measures[0].bodies["МВД"][Field.RESULT]
    assert (said.source, said.by) == ("МВД.json", "Асель")
    assert said.where


def test_the_same_file_twice_changes_nothing(collecting):
    made = collecting.open()
    form = form_queries.form(collecting.official, collecting.form(made, "МВД"), "ru")
    send_back(collecting, made, "МВД", {"1": TYPED}, form=form)
    before = list(StoredAnswer.objects.values().order_by("pk"))
    (again,) = send_back(collecting, made, "МВД", {"1": TYPED}, form=form, name="копия.json")
    assert again.repeated
    assert list(StoredAnswer.objects.values().order_by("pk")) == before
    assert len(collecting.detail(made).files) == 1


def test_a_file_that_cannot_be_taken_in_refuses_only_itself(collecting):
    made = collecting.open()
    form = form_queries.form(collecting.official, collecting.form(made, "МВД"), "ru")
    good = answer_file(form, {collecting.numbers["1"]: {Field.STATUS: "исполнено", Field.EVIDENCE: "№ 1"}})
    strange = answer_file(form, {}, key="gone-ru")
    found = take_in(collecting, made, ("фото.jpg", b"\xff\xd8\xff\xe0"), ("ok.json", good), ("other.json", strange))
    assert [one.refused is None for one in found] == [False, True, False]
    assert "no form of this collection" in found[2].refused["message"]
    assert collecting.standing(made, "МВД", "1")["status"] is Status.DONE


def test_a_form_of_another_collection_is_refused(collecting):
    first = collecting.open()
    form = form_queries.form(collecting.official, collecting.form(first, "МЗ"), "ru")
    second = collecting.open(SECOND_QUARTER)
    (one,) = send_back(collecting, second, "МЗ", {"2": TYPED}, form=form)
    assert "no form of this collection" in one.refused["message"]


def test_what_the_body_saw_may_be_changed_by_its_form(collecting):
    made = collecting.open()
    collecting.say(made, "МВД", "1", status=Status.UNDER_WAY)
    # the forms know only what stood when they were made: this one is made anew by a new edition
    (one,) = send_back(collecting, made, "МВД", {"1": {"status": "исполнено", "evidence": "№ 3"}})
    assert one.troubles == 1
    (trouble,) = [each for each in collecting.detail(made).troubles if each.kind is TroubleKind.CONFLICT]
    assert [(each.value, each.state) for each in trouble.choices] == [
        (Status.UNDER_WAY, AnswerState.STANDS),
        (Status.DONE, AnswerState.WAITS),
    ]
    assert collecting.standing(made, "МВД", "1")["status"] is Status.UNDER_WAY


def test_a_person_decides_between_two_sources_and_both_are_kept(collecting):
    made = collecting.open()
    form = form_queries.form(collecting.official, collecting.form(made, "МВД"), "ru")
    send_back(collecting, made, "МВД", {"1": {"result": "Опрошено 600"}}, form=form, name="a.json")
    send_back(collecting, made, "МВД", {"1": {"result": "Опрошено 900"}}, form=form, name="b.json")
    (trouble,) = collecting.detail(made).troubles
    assert {each.file for each in trouble.choices} == {"a.json", "b.json"}
    assert "result" not in collecting.standing(made, "МВД", "1")
    chosen = next(each for each in trouble.choices if each.file == "b.json")
    answers.decide(
        actor=collecting.official, trouble=trouble.id, choice=chosen.id, reason="Проверено", now=collecting.tick()
    )
    assert collecting.standing(made, "МВД", "1")["result"] == "Опрошено 900"
    records = measure_history(collecting.official, made, collecting.numbers["1"]).records
    assert [(each.value, each.state) for each in records] == [
        ("Опрошено 900", AnswerState.STANDS),
        ("Опрошено 900", AnswerState.AGREES),
        ("Опрошено 600", AnswerState.DECLINED),
    ]
    assert collecting.detail(made).troubles == ()
    send_back(collecting, made, "МВД", {"1": {"result": "Опрошено 1000"}}, form=form, name="c.json")
    assert [each.kind for each in collecting.detail(made).troubles] == [TroubleKind.CONFLICT]


def test_a_wrong_date_is_no_answer_until_a_person_says_which(collecting):
    made = collecting.open()
    (one,) = send_back(collecting, made, "МВД", {"1": {**TYPED, "done_on": "32.13.2026"}})
    assert one.troubles == 1
    assert "done_on" not in collecting.standing(made, "МВД", "1")
    (trouble,) = collecting.detail(made).troubles
    assert (trouble.kind, trouble.written, trouble.field) == (TroubleKind.WRONG_DATE, "32.13.2026", Field.DONE_ON)
    answers.decide(
        actor=collecting.official,
        trouble=trouble.id,
        value=dt.date(2026, 3, 12),
        reason="По телефону",
        now=collecting.tick(),
    )
    assert collecting.standing(made, "МВД", "1")["done_on"] == dt.date(2026, 3, 12)


def test_a_later_answer_settles_a_wrong_date(collecting):
    made = collecting.open()
    send_back(collecting, made, "МВД", {"1": {**TYPED, "done_on": "вчера"}})
    collecting.say(made, "МВД", "1", done_on=dt.date(2026, 3, 12))
    assert collecting.detail(made).troubles == ()


def test_a_file_is_taken_back_as_a_whole(collecting):
    made = collecting.open()
    collecting.say(made, "МВД", "3", status=Status.UNDER_WAY)
    form = form_queries.form(collecting.official, collecting.form(made, "МВД"), "ru")
    send_back(collecting, made, "МВД", {"1": {**TYPED, "done_on": "вчера"}, "3": {"status": "исполнено"}}, form=form)
    file = collecting.detail(made).files[0]
    assert returned_files.undo(actor=collecting.official, file=file.id, now=collecting.tick()) == made
    detail = collecting.detail(made)
    assert detail.troubles == ()
    assert detail.files[0].state is FileState.UNDONE
    assert collecting.standing(made, "МВД", "1") == {}
    assert collecting.standing(made, "МВД", "3") == {"status": Status.UNDER_WAY}
    records = measure_history(collecting.official, made, collecting.numbers["1"]).records
    assert {each.state for each in records} == {AnswerState.UNDONE}
    with pytest.raises(Conflict, match="already"):
        returned_files.undo(actor=collecting.official, file=file.id, now=collecting.tick())
    (again,) = send_back(collecting, made, "МВД", {"1": TYPED}, form=form)
    assert not again.repeated


def test_taking_back_one_of_two_sources_ends_their_conflict(collecting):
    made = collecting.open()
    form = form_queries.form(collecting.official, collecting.form(made, "МВД"), "ru")
    send_back(collecting, made, "МВД", {"1": {"result": "600"}}, form=form, name="a.json")
    send_back(collecting, made, "МВД", {"1": {"result": "900"}}, form=form, name="b.json")
    first = next(each for each in collecting.detail(made).files if each.file == "a.json")
    returned_files.undo(actor=collecting.official, file=first.id, now=collecting.tick())
    assert collecting.detail(made).troubles == ()
    assert collecting.standing(made, "МВД", "1") == {"result": "900"}


@pytest.mark.parametrize("who", ["reader", "analyst", "colleague", "manager", "stranger", "operator"])
def test_only_who_collects_takes_files_in_decides_and_takes_back(collecting, who):
    made = collecting.open()
    send_back(collecting, made, "МВД", {"1": {"status": "исполнено"}})
    actor, detail = collecting.cast.actor(who), collecting.detail(made)
    refused = (Forbidden, NotFound)
    with pytest.raises(refused):
        returned_files.upload(actor=actor, collection=made, files=[], now=collecting.tick())
    with pytest.raises(refused):
        returned_files.undo(actor=actor, file=detail.files[0].id, now=collecting.tick())
    with pytest.raises(refused):
        answers.decide(actor=actor, trouble=detail.troubles[0].id, reason="так", now=collecting.tick())
    assert collecting.detail(made) == detail


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_no_answer_is_lost_and_one_stands(collecting, seed):
    """Answers, files, decisions, undone files in any order: every row stays, at most one stands."""
    chance = random.Random(seed)
    made = collecting.open()
    form = form_queries.form(collecting.official, collecting.form(made, "МВД"), "ru")
    said, seen = 0, {}

    def site():
        nonlocal said
        said += collecting.say(made, "МВД", "1", result=f"сайт {chance.randrange(3)}")

    def file():
        nonlocal said
        value = f"файл {chance.randrange(4)}"
        outcomes = send_back(collecting, made, "МВД", {"1": {"result": value}}, form=form, name=f"{value}.json")
        said += not outcomes[0].repeated

    def undo():
        merged = [each for each in collecting.detail(made).files if each.state is FileState.MERGED]
        if merged:
            returned_files.undo(actor=collecting.official, file=chance.choice(merged).id, now=collecting.tick())

    def decide():
        nonlocal said
        for one in collecting.detail(made).troubles:
            choice = chance.choice(one.choices).id
            answers.decide(
                actor=collecting.official, trouble=one.id, choice=choice, reason="так", now=collecting.tick()
            )
            said += 1

    for _ in range(12):
        chance.choice([site, file, file, undo, decide])()
        rows = StoredAnswer.objects.filter(collection=made)
        assert rows.count() == said
        values = dict(rows.values_list("pk", "value"))
        assert {pk: values[pk] for pk in seen} == seen
        seen = values
        states = list(rows.values_list("state", flat=True))
        assert states.count("stands") <= 1
        open_ones = [one.kind for one in collecting.detail(made).troubles]
        assert open_ones == ([TroubleKind.CONFLICT] if "waits" in states else [])
    assert isinstance(collecting, Collecting)
