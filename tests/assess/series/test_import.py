"""From a file to stored numbers, and back."""

import datetime as dt
from dataclasses import replace

import pytest

from hashar.assess.contracts.series import Flag, ImportState, Measure, PeriodKind
from hashar.assess.contracts.series_import import Use
from hashar.assess.models import Observation, RejectedRow, SeriesImport
from hashar.assess.queries.series_sources import import_detail, why
from hashar.assess.services import series_imports as services
from hashar.assess.services import series_mappings
from hashar.assess.services.series_pages import series_table
from hashar.assess.services.series_preview import rejections, waiting
from hashar.errors import Conflict, Forbidden, InputError, NotFound, TooLarge, UsageError
from hashar.people.models import AuditRow
from tests.assess.series.conftest import LATER, NOW

pytestmark = pytest.mark.django_db

FILE = "region,year,registered\nKZ-10,2022,71\nАкмолинская область,2022,167\nг. Алматы,2022,1005\n"


def values(world, series, who="official"):
    table = series_table(world.actor(who), series)
    return {(each.territory_code, each.period): each.own for each in table.observations}


def test_a_file_becomes_numbers(world):
    series = world.series()
    world.bring(series, FILE)
    assert values(world, series) == {("KZ-10", "2022"): 71.0, ("KZ-11", "2022"): 167.0, ("KZ-75", "2022"): 1005.0}


def test_nothing_is_stored_before_it_is_confirmed(world):
    series = world.series()
    made = world.upload(series, FILE)
    found = world.preview(made)
    assert (found.new, found.changed, found.same, found.rejected) == (3, 0, 0, 0)
    assert not Observation.objects.exists()


def test_the_same_file_again_changes_nothing(world):
    series = world.series()
    world.bring(series, FILE)
    again = world.upload(series, FILE, "again.csv", now=LATER)
    found = world.preview(again)
    assert (found.new, found.changed, found.same, found.repeats) == (0, 0, 3, "register.csv")
    world.store(again, now=LATER)
    assert len(values(world, series)) == 3
    assert Observation.objects.filter(current=True).count() == 3
    assert set(Observation.objects.values_list("revision", flat=True)) == {1}


def test_an_overlapping_edition_revises_and_keeps_the_old(world):
    series = world.series()
    world.bring(series, FILE)
    made = world.upload(series, "region,year,registered\nKZ-10,2022,80\nKZ-10,2023,90\nKZ-11,2022,167\n", now=LATER)
    found = world.preview(made, now=LATER)
    assert (found.new, found.changed, found.same) == (1, 1, 1)
    assert found.sample[0].before == 71.0
    world.store(made, now=LATER)
    assert values(world, series)[("KZ-10", "2022")] == 80.0
    current = Observation.objects.get(territory__code="KZ-10", period="2022", current=True)
    assert current.revision == 2
    revisions = why(world.actor("official"), current.pk).revisions
    assert [(each.value, each.current) for each in revisions] == [(80.0, True), (71.0, False)]


def test_undo_brings_back_what_stood_before(world):
    series = world.series()
    world.bring(series, FILE)
    before = values(world, series)
    second = world.bring(series, "region,year,registered\nKZ-10,2022,80\nKZ-10,2023,90\n", now=LATER)
    services.undo(actor=world.actor("official"), import_id=second, now=LATER)
    assert values(world, series) == before
    with pytest.raises(Conflict):
        services.undo(actor=world.actor("official"), import_id=second, now=LATER)
    detail = import_detail(world.actor("analyst"), second)
    assert detail.summary.state is ImportState.UNDONE
    assert not detail.standing


def test_undoing_an_older_import_leaves_what_later_files_say(world):
    series = world.series()
    first = world.bring(series, FILE)
    world.bring(series, "region,year,registered\nKZ-10,2022,71\nKZ-11,2022,200\n", now=LATER)
    services.undo(actor=world.actor("official"), import_id=first, now=LATER)
    assert values(world, series) == {("KZ-10", "2022"): 71.0, ("KZ-11", "2022"): 200.0}
    assert set(Observation.objects.filter(current=True).values_list("revision", flat=True)) == {1}


def test_an_address_of_a_revised_number_leads_to_the_one_that_stands(world):
    series = world.series()
    world.bring(series, FILE)
    old = Observation.objects.get(territory__code="KZ-10")
    world.bring(series, "region,year,registered\nKZ-10,2022,80\n", now=LATER)
    assert why(world.actor("official"), old.pk).observation.own == 80.0


BAD = "region,year,registered\nKZ-10,2022,71\nАтлантида,2022,5\nKZ-11,2022,=1+1\nKZ-15,2022,-4\n"


def test_all_or_only_the_good_rows_is_a_choice(world):
    series = world.series()
    made = world.upload(series, BAD)
    found = world.preview(made)
    assert (found.new, found.problem_count, found.rejected) == (1, 3, 3)
    assert [each.row for each in found.problems] == [3, 4, 5]
    with pytest.raises(UsageError, match="cannot be taken"):
        world.store(made)
    assert not Observation.objects.exists()
    world.store(made, good_only=True)
    assert values(world, series) == {("KZ-10", "2022"): 71.0}
    assert RejectedRow.objects.count() == 3
    kept = rejections(world.actor("official"), made, now=NOW)
    assert [cells[0] for _, cells in kept.problems] == ["Атлантида", "KZ-11", "KZ-15"]


def test_an_unknown_territory_is_named_once_and_remembered(world):
    series = world.series()
    text = "region,year,registered\nJambyl reg.,2022,12\nАтлантида,2022,5\n"
    made = world.upload(series, text)
    unknown = {each.name: each for each in world.preview(made).unknown}
    assert "KZ-31" in [each.code for each in unknown["Jambyl reg."].suggestions]
    series_mappings.name_territories(
        actor=world.actor("official"), import_id=made, names={"Jambyl reg.": "KZ-31", "Атлантида": "-"}
    )
    world.store(made)
    assert values(world, series) == {("KZ-31", "2022"): 12.0}
    assert world.preview(world.upload(series, text, now=LATER), now=LATER).problem_count == 0
    with pytest.raises(UsageError, match="no territory with the code"):
        series_mappings.name_territories(
            actor=world.actor("official"), import_id=world.upload(series, text), names={"x": "XX"}
        )


def test_a_corrected_mapping_is_remembered_for_the_next_file(world):
    series = world.series()
    made = world.upload(series, "region,year,found,registered\nKZ-10,2022,7,71\n")
    actor = world.actor("official")
    mapping = waiting(actor, made).mapping
    columns = [replace(each, use=Use.IGNORE) if each.header == "registered" else each for each in mapping.columns]
    columns = [replace(each, use=Use.VALUE) if each.header == "found" else each for each in columns]
    series_mappings.set_mapping(actor=actor, import_id=made, mapping=replace(mapping, columns=tuple(columns)))
    world.store(made)
    assert values(world, series) == {("KZ-10", "2022"): 7.0}
    again = waiting(actor, world.upload(series, "registered,region,found,year\n80,KZ-10,8,2022\n", now=LATER))
    assert again.remembered
    assert [each.use.value for each in again.mapping.columns] == ["ignore", "territory", "value", "period"]
    fresh = waiting(actor, world.upload(series, "region,year,n\nKZ-10,2022,8\n", now=LATER))
    assert not fresh.remembered


def test_an_incomplete_mapping_says_what_is_missing(world):
    made = world.upload(world.series(), FILE)
    actor = world.actor("official")
    mapping = waiting(actor, made).mapping
    columns = tuple(replace(each, use=Use.IGNORE) for each in mapping.columns)
    series_mappings.set_mapping(actor=actor, import_id=made, mapping=replace(mapping, columns=columns))
    with pytest.raises(UsageError) as caught:
        world.preview(made)
    assert len(caught.value.problems) == 2
    with pytest.raises(UsageError, match="not those of this mapping"):
        series_mappings.set_mapping(actor=actor, import_id=made, mapping=replace(mapping, columns=columns[:1]))


def test_another_header_row_is_guessed_again(world):
    made = world.upload(world.series(), "a,b,c\nregion,year,registered\nKZ-10,2022,71\n")
    actor = world.actor("official")
    series_mappings.guess_again(actor=actor, import_id=made, header_row=2, header_rows=1, first_row=3)
    assert [each.header for each in waiting(actor, made).mapping.columns] == ["region", "year", "registered"]
    with pytest.raises(UsageError):
        series_mappings.guess_again(actor=actor, import_id=made, header_row=2, header_rows=1, first_row=9)


def test_a_stale_preview_is_not_stored(world):
    series = world.series()
    made = world.upload(series, FILE)
    digest = world.preview(made).digest
    world.bring(series, "region,year,registered\nKZ-10,2022,1\n", "other.csv", now=LATER)
    with pytest.raises(Conflict, match="changed since this preview"):
        services.store(actor=world.actor("official"), import_id=made, digest=digest, good_only=False, now=LATER)


def test_a_file_without_a_number_cannot_be_stored(world):
    made = world.upload(world.series(), "region,year,registered\nKZ-10,2022,…\n")
    with pytest.raises(UsageError, match="no number to store"):
        world.store(made)


def test_part_years_and_the_unfinished_year_are_flagged(world):
    series = world.series()
    world.bring(series, "region,year,registered\nKZ-10,январь-ноябрь 2022,71\nKZ-11,2026,9\n")
    flags = dict(Observation.objects.values_list("territory__code", "flag"))
    assert flags == {"KZ-10": Flag.PARTIAL, "KZ-11": Flag.PARTIAL}


def test_more_people_than_live_there_is_refused(world):
    series = world.series(measure=Measure.PEOPLE)
    found = world.preview(world.upload(series, "region,year,people\nKZ-10,2022,99999999\n"))
    assert "people who lived there" in found.problems[0].message


def test_one_s_own_waiting_file_is_seen_by_nobody_else(world):
    made = world.upload(world.series(), FILE)
    for who in ("analyst", "coordinator", "reader", "stranger", "manager"):
        with pytest.raises(NotFound):
            world.preview(made, who)


def test_who_may_bring_files_in(world):
    series = world.series()
    for who in ("coordinator", "official", "analyst"):
        assert world.upload(series, FILE, who=who)
    for who in ("reader", "programme_manager", "stranger", "manager", "operator"):
        with pytest.raises((Forbidden, NotFound)):
            world.upload(series, FILE, who=who)


def test_who_may_undo(world):
    made = world.bring(world.series(), FILE)
    for who in ("reader", "stranger", "operator"):
        with pytest.raises((Forbidden, NotFound)):
            services.undo(actor=world.actor(who), import_id=made, now=LATER)


def test_waiting_files_are_thrown_away_after_a_day(world, settings):
    made = world.upload(world.series(), FILE)
    folder = settings.DATA / "imports" / SeriesImport.objects.get(pk=made).folder
    assert folder.exists()
    assert services.clean_up(now=NOW + dt.timedelta(hours=23)) == 0
    assert services.clean_up(now=NOW + dt.timedelta(hours=25)) == 1
    assert not folder.exists()
    with pytest.raises(NotFound):
        world.preview(made)


def test_a_folder_that_no_import_knows_is_thrown_away(world, settings):
    stranger = settings.DATA / "imports" / "left-by-a-power-cut"
    stranger.mkdir(parents=True)
    assert services.clean_up(now=dt.datetime.now(dt.UTC)) == 0
    assert services.clean_up(now=dt.datetime.now(dt.UTC) + dt.timedelta(days=2)) == 1
    assert not stranger.exists()


def test_a_file_can_be_thrown_away_at_once(world, settings, django_capture_on_commit_callbacks):
    made = world.upload(world.series(), FILE)
    with django_capture_on_commit_callbacks(execute=True):
        services.discard(actor=world.actor("official"), import_id=made, now=NOW)
    assert list((settings.DATA / "imports").iterdir()) == []


def test_a_stored_file_is_gone_from_the_disk(world, settings, django_capture_on_commit_callbacks):
    series = world.series()
    with django_capture_on_commit_callbacks(execute=True):
        made = world.bring(series, FILE)
    assert list((settings.DATA / "imports").iterdir()) == []
    with pytest.raises(Conflict, match="decided on already"):
        world.preview(made)


def test_every_step_is_in_the_audit_trail(world):
    made = world.bring(world.series(), FILE)
    services.undo(actor=world.actor("official"), import_id=made, now=LATER)
    actions = set(AuditRow.objects.filter(subject=f"series_import:{made}").values_list("action", flat=True))
    assert actions == {"series.upload", "series.import", "series.undo"}


def test_a_quarterly_series_with_groups_side_by_side(world):
    series = world.series(period_kind=PeriodKind.QUARTER, measure=Measure.PEOPLE, title="Treatment")
    text = "Область;I квартал 2022;II квартал 2022\nАкмолинская;1 001;1 002\nИтого;20 000;…\n"
    world.bring(series, text.encode("cp1251"), "treatment.csv")
    found = values(world, series)
    assert found == {("KZ-11", "2022-Q1"): 1001.0, ("KZ-11", "2022-Q2"): 1002.0, ("KZ", "2022-Q1"): 20000.0}


def test_an_unreadable_file_leaves_nothing_behind(world, settings):
    series = world.series()
    for content, error in ((b"", InputError), (b"\x00\x01\x02" * 50, InputError), (b"PK\x03\x04rubbish", InputError)):
        with pytest.raises(error):
            world.upload(series, content)
    with pytest.raises(InputError, match="holds no data"):
        world.upload(series, b",,,\n,,\n")
    assert not SeriesImport.objects.exists()
    assert not any((settings.DATA / "imports").glob("*"))


def test_a_file_with_too_many_rows_is_refused_plainly(world):
    with pytest.raises(TooLarge, match="more than 100000 rows"):
        world.upload(world.series(), "region,year,n\n" + "KZ-10,2022,1\n" * 100_500)
