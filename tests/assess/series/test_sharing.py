"""Who sees which numbers of a register."""

import pytest

from hashar.assess.contracts.published import Suppression
from hashar.assess.contracts.series import Measure, PeriodKind
from hashar.assess.contracts.series_draft import SeriesDraft
from hashar.assess.queries import series as queries
from hashar.assess.queries.series_sources import import_detail, observations_of_file, why
from hashar.assess.services.series import create_series, describe_series, share_series, unshare_series
from hashar.assess.services.series_pages import series_table
from hashar.errors import Conflict, Forbidden, NotFound, UsageError
from tests.assess.series.conftest import LATER, NOW

pytestmark = pytest.mark.django_db

REGIONS = ("KZ-10", "KZ-11", "KZ-15", "KZ-19")
COUNTS = (3, 40, 50, 60)
WITH_TOTAL = (
    "region,year,registered\n"
    + "".join(f"{code},2022,{count}\n" for code, count in zip(REGIONS, COUNTS, strict=True))
    + "Итого,2022,153\n"
)


@pytest.fixture
def shared(world):
    series = world.series()
    world.bring(series, WITH_TOTAL)
    share_series(actor=world.actor("coordinator"), series=series, now=NOW)
    return series


def seen(world, series, who):
    table = series_table(world.actor(who), series)
    return {each.territory_code: each for each in table.observations}


def test_before_sharing_only_those_who_prepare_it_know_of_it(world):
    series = world.series()
    world.bring(series, WITH_TOTAL)
    for who in ("coordinator", "official", "analyst"):
        assert queries.series(world.actor(who), series)
    for who in ("reader", "programme_manager", "manager", "stranger", "colleague", "operator"):
        with pytest.raises(NotFound):
            queries.series(world.actor(who), series)
        assert queries.series_list(world.actor(who)).items == ()


def test_a_shared_series_is_seen_by_members_and_by_those_whose_territory_holds_it(world, shared):
    for who in ("reader", "programme_manager", "manager"):
        assert queries.series(world.actor(who), shared).summary.shared
    for who in ("stranger", "colleague", "operator"):
        with pytest.raises(NotFound):
            queries.series(world.actor(who), shared)


def test_a_small_count_and_one_more_are_hidden_from_others(world, shared):
    found = seen(world, shared, "manager")
    assert found["KZ-10"].published.suppressed is Suppression.SMALL_COUNT
    hidden = [code for code, each in found.items() if each.published.value is None]
    assert len(hidden) == 2
    assert all(each.own is None for each in found.values())


def test_those_who_prepare_it_see_it_all_and_what_others_do_not(world, shared):
    found = seen(world, shared, "analyst")
    assert found["KZ-10"].own == 3.0
    assert found["KZ-10"].published.value is None


def test_a_member_who_only_reads_sees_what_is_published(world, shared):
    assert seen(world, shared, "reader")["KZ-10"].own is None


def test_no_rate_gives_a_hidden_number_away(world, shared):
    table = series_table(world.actor("manager"), shared)
    hidden = {each.id for each in table.observations if each.published.value is None}
    assert not hidden & set(table.rates)
    assert series_table(world.actor("official"), shared).rates.keys() >= hidden


def test_zero_is_shown_and_amounts_are_never_hidden(world):
    zero = world.series("Zero")
    world.bring(zero, "region,year,registered\nKZ-10,2022,0\nKZ-11,2022,50\n")
    assert seen(world, zero, "official")["KZ-10"].published.value == 0.0
    amount = world.series("Kilograms", measure=Measure.AMOUNT)
    world.bring(amount, "region,year,kilograms\nKZ-10,2022,0.5\n")
    assert seen(world, amount, "official")["KZ-10"].published.value == 0.5


def test_a_new_import_decides_anew_what_is_hidden(world, shared):
    world.bring(shared, "region,year,registered\nKZ-10,2022,30\n", now=LATER)
    assert all(each.published.value is not None for each in seen(world, shared, "manager").values())


def test_provenance_for_others_names_the_source_and_no_person(world, shared):
    each = seen(world, shared, "manager")["KZ-11"]
    found = why(world.actor("manager"), each.id)
    assert (found.edition.file, found.edition.row, found.edition.imported_by) == ("register.csv", 3, "")
    assert found.revisions == ()
    own = why(world.actor("official"), each.id)
    assert own.revisions[0].imported_by == "National-Official"
    for who in ("stranger", "colleague", "operator"):
        with pytest.raises(NotFound):
            why(world.actor(who), each.id)
    with pytest.raises(NotFound):
        why(world.actor("official"), 10**30)


def test_the_way_back_from_a_file(world, shared):
    each = seen(world, shared, "manager")["KZ-11"]
    sha256 = why(world.actor("manager"), each.id).edition.sha256
    assert observations_of_file(world.actor("manager"), sha256).total == 5
    assert observations_of_file(world.actor("stranger"), sha256).total == 0


def test_imports_are_for_those_who_prepare_it(world, shared):
    first = series_table(world.actor("official"), shared).imports[0].id
    assert series_table(world.actor("manager"), shared).imports == ()
    for who in ("manager", "reader", "stranger"):
        with pytest.raises(NotFound):
            import_detail(world.actor(who), first)


def test_only_coordinators_share(world):
    series = world.series()
    with pytest.raises(Conflict, match="no numbers yet"):
        share_series(actor=world.actor("coordinator"), series=series, now=NOW)
    world.bring(series, WITH_TOTAL)
    for who in ("official", "analyst"):
        with pytest.raises(Forbidden):
            share_series(actor=world.actor(who), series=series, now=NOW)
    share_series(actor=world.actor("coordinator"), series=series, now=NOW)
    with pytest.raises(Forbidden):
        unshare_series(actor=world.actor("official"), series=series, now=LATER)
    unshare_series(actor=world.actor("coordinator"), series=series, now=LATER)
    with pytest.raises(NotFound):
        queries.series(world.actor("manager"), series)


def test_rates_come_from_the_population_of_the_same_year(world, shared):
    table = series_table(world.actor("official"), shared)
    ids = {each.territory_code: each.id for each in table.observations}
    rate = table.rates[ids["KZ-11"]]
    assert rate.rate == pytest.approx(40 / rate.population * 100_000)
    assert rate.low < rate.rate < rate.high
    assert "population" in rate.source


def test_a_missing_population_gives_no_rate_but_a_reason(world):
    series = world.series()
    world.bring(series, "region,year,registered\nKZ-10,1999,71\n")
    (rate,) = series_table(world.actor("official"), series).rates.values()
    assert rate.rate is None
    assert "No population is known" in rate.no_rate


def test_a_population_that_counts_two_regions_together_gives_no_rate(world):
    series = world.series()
    world.bring(series, "region,year,registered\nKZ-10,2015,71\nKZ-63,2015,71\nKZ-11,2015,71\n")
    table = series_table(world.actor("official"), series)
    reasons = {each.territory_code: table.rates[each.id].no_rate for each in table.observations}
    assert "together with another" in reasons["KZ-63"]
    assert reasons["KZ-11"] == ""


def test_shares_have_no_rates(world):
    series = world.series(measure=Measure.SHARE)
    world.bring(series, "region,year,value\nKZ-10,2022,12.5\n")
    assert series_table(world.actor("official"), series).rates == {}


def test_a_breakdown_can_be_chosen(world):
    series = world.series()
    world.bring(series, "region,year,article,registered\nKZ-10,2022,296,71\nKZ-10,2022,297,23\n")
    actor = world.actor("official")
    chosen = queries.the_combination(actor, series, "article=297")
    assert series_table(actor, series, chosen).observations[0].own == 23.0
    assert queries.the_combination(actor, series, "article=999") is None
    assert queries.the_combination(actor, series, None) is None
    assert series_table(actor, series).levels == {"article": ("296", "297")}


def draft(**more):
    base = {"title": "T", "source": "S", "territory": "KZ", "measure": Measure.EVENTS, "period_kind": PeriodKind.YEAR}
    return SeriesDraft(**{**base, **more})


def test_who_may_begin_a_series(world):
    for who in ("reader", "programme_manager", "stranger", "operator"):
        with pytest.raises(Forbidden):
            create_series(actor=world.actor(who), organisation=world.centre, draft=draft(), now=NOW)
    with pytest.raises(NotFound):
        create_series(actor=world.actor("official"), organisation=world.centre, draft=draft(territory="XX"), now=NOW)
    with pytest.raises(UsageError):
        create_series(actor=world.actor("official"), organisation=world.centre, draft=draft(title=" "), now=NOW)


def test_a_title_is_taken_once(world):
    world.series("Offences")
    with pytest.raises(Conflict, match="Offences"):
        world.series("Offences")
    other = world.series("Seizures")
    with pytest.raises(Conflict, match="Offences"):
        describe_series(actor=world.actor("official"), series=other, draft=draft(title="Offences"), now=LATER)


def test_an_indicator_of_the_list_decides_what_is_measured(world):
    from hashar.reference.queries import shipped_indicators

    code = next(code for code, one in shipped_indicators().items() if one.kind == "detection")
    series = world.series(indicator=code, kind="prevalence")
    assert queries.series(world.actor("official"), series).summary.kind == "detection"


def test_what_is_counted_stays_once_numbers_are_stored(world):
    series = world.series()
    actor = world.actor("official")
    describe_series(actor=actor, series=series, draft=draft(measure=Measure.PEOPLE), now=LATER)
    world.bring(series, WITH_TOTAL)
    with pytest.raises(Conflict, match="holds numbers"):
        describe_series(actor=actor, series=series, draft=draft(), now=LATER)
    describe_series(actor=actor, series=series, draft=draft(measure=Measure.PEOPLE, caveats="New law"), now=LATER)
    assert queries.series(actor, series).caveats == "New law"


def test_all_numbers_are_paged(world, shared):
    page = queries.all_observations(world.actor("manager"), shared, page=2, size=2)
    assert (len(page.items), page.total) == (2, 5)
