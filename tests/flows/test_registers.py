"""The register that comes with the program is brought in as a person would."""

import datetime as dt

import pytest

from hashar.assess.models import Observation
from hashar.assess.services.series_pages import series_table
from hashar.errors import Conflict
from hashar.flows.registers import bring_offences
from tests.assess.series.conftest import NOW, world  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db


def test_it_is_stored_whole_labelled_and_shared(world):  # noqa: F811  (the fixture)
    series = bring_offences(
        actor=world.actor("official"), organisation=world.centre, now=NOW, shared_by=world.actor("coordinator")
    )
    table = series_table(world.actor("manager"), series)
    assert table.description.summary.kind == "detection"
    assert table.description.sample
    assert "inferred" in table.description.caveats
    assert len(table.combinations) == 9
    assert Observation.objects.count() == 180
    partial = {each.territory_code for each in table.observations if each.flag == "partial"}
    assert partial == {"KZ-10", "KZ-33", "KZ-62"}
    assert all(
        each.published.value is None or each.published.value in (0, *range(5, 10**6)) for each in table.observations
    )


def test_it_is_brought_in_once(world):  # noqa: F811  (the fixture)
    bring_offences(actor=world.actor("official"), organisation=world.centre, now=NOW)
    with pytest.raises(Conflict):
        bring_offences(actor=world.actor("official"), organisation=world.centre, now=NOW + dt.timedelta(hours=1))
