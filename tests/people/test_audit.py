"""The audit trail cannot be changed, by whatever way one comes at it."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from hashar.errors import Forbidden
from hashar.people import queries
from hashar.people.contracts import Scope
from hashar.people.models import AuditRow
from hashar.people.services import audit
from tests.people.cast import NOW


def refused(*statements):
    for statement in statements:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_row_cannot_be_changed_or_deleted_through_the_models(cast):
    before = list(AuditRow.objects.order_by("pk").values())
    for attempt in (
        lambda: AuditRow.objects.update(action="nothing.happened"),
        lambda: AuditRow.objects.all().delete(),
        lambda: AuditRow.objects.order_by("pk").first().delete(),
        lambda: AuditRow(pk=before[0]["id"], at=NOW, action="x.y", subject="z:1").save(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attempt()
    assert list(AuditRow.objects.order_by("pk").values()) == before
    assert before


def test_a_row_cannot_be_changed_or_deleted_in_sql(cast):
    refused("UPDATE people_auditrow SET person_id = NULL", "DELETE FROM people_auditrow")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's way to replace a row")
def test_a_row_cannot_be_replaced_on_sqlite(cast):
    refused(
        "INSERT OR REPLACE INTO people_auditrow (id, at, action, subject, details) "
        "SELECT min(id), at, 'x.y', 'z:1', '{}' FROM people_auditrow",
        "INSERT INTO people_auditrow (id, at, action, subject, details) SELECT min(id), at, 'x.y', 'z:1', '{}' "
        "FROM people_auditrow WHERE true ON CONFLICT (id) DO UPDATE SET action = 'x.y'",
    )


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's ways")
def test_the_table_cannot_be_emptied_on_postgresql(cast):
    connection.check_constraints()  # what waits for the end of the transaction would be refused for itself
    refused(
        "TRUNCATE people_auditrow",
        "INSERT INTO people_auditrow (id, at, action, subject, details) SELECT min(id), now(), 'x.y', 'z:1', '{}' "
        "FROM people_auditrow ON CONFLICT (id) DO UPDATE SET action = 'x.y'",
    )


def test_new_rows_are_always_welcome(cast):
    count = AuditRow.objects.count()
    audit.record(actor=cast.actor("analyst"), action="microdata.read", subject="survey:1", organisation=None, now=NOW)
    assert AuditRow.objects.count() == count + 1


def test_coordinators_read_the_trail_of_their_organisation_alone(cast):
    found = queries.audit_trail(cast.actor("coordinator"), organisation=cast.centre)
    assert found.total > 0
    assert {entry.organisation for entry in found.items} == {cast.centre}
    with pytest.raises(Forbidden):
        queries.audit_trail(cast.actor("coordinator"), organisation=cast.neighbour)


@pytest.mark.parametrize("name", ["official", "analyst", "reader", "colleague", "stranger", "manager"])
def test_others_do_not_read_the_trail(cast, name):
    with pytest.raises(Forbidden):
        queries.audit_trail(cast.actor(name), organisation=cast.centre)
    with pytest.raises(Forbidden):
        queries.audit_trail(cast.actor(name))
    with pytest.raises(Forbidden):
        queries.audit_actions(cast.actor(name), organisation=cast.centre)


def test_the_operator_reads_all_but_not_with_a_token(cast):
    operator = cast.actor("operator")
    assert queries.audit_trail(operator).total == AuditRow.objects.count()
    with pytest.raises(Forbidden):
        queries.audit_trail(type(operator)(person=operator.person, operator=True, scopes=frozenset({Scope.READ})))


def test_the_trail_is_filtered_and_paged(cast):
    operator, day = cast.actor("operator"), dt.timedelta(days=1)
    audit.record(actor=operator, action="survey.upload", subject="survey:7", organisation=cast.centre, now=NOW + day)
    trail = queries.audit_trail
    assert [e.action for e in trail(operator, action="survey.upload").items] == ["survey.upload"]
    assert {e.action.split(".")[0] for e in trail(operator, action="membership.").items} == {"membership"}
    assert [e.subject for e in trail(operator, since=NOW + day).items] == ["survey:7"]
    assert trail(operator, until=NOW).total == 0
    assert trail(operator, subject="survey:7", person=operator.person).total == 1
    assert trail(operator, subject="survey:7", person=cast.people["reader"]).total == 0
    first, second = trail(operator, page=1, size=3), trail(operator, page=2, size=3)
    assert len(first.items) == len(second.items) == 3
    assert not {e.id for e in first.items} & {e.id for e in second.items}
    assert first.pages == -(-first.total // 3)
    assert trail(operator, page=10_000, size=3).items == ()
    assert "survey.upload" in queries.audit_actions(operator, organisation=cast.centre)
    assert "survey.upload" not in queries.audit_actions(operator, organisation=cast.foreign)


def test_a_trail_takes_two_queries_however_long(cast, django_assert_num_queries):
    operator = cast.actor("operator")
    with django_assert_num_queries(2):
        list(queries.audit_trail(operator, size=200).items)


def test_a_guard_that_was_taken_away_is_noticed(db):
    from hashar.people.migrations._append_only import guard, unguard

    assert queries.trail_is_guarded()
    unguard(connection)
    assert not queries.trail_is_guarded()
    guard(connection)
    assert queries.trail_is_guarded()
