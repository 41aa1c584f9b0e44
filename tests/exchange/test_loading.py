"""The practices that come with the program."""

import pytest

from hashar.exchange.contracts import Wanted
from hashar.exchange.models import FactorLink, Practice
from hashar.exchange.queries import practices as queries
from hashar.exchange.queries.matching import suggestions
from hashar.exchange.services.confirmations import confirm
from hashar.exchange.services.loading import load_shipped
from hashar.people.contracts import CONSOLE
from hashar.people.queries import audit_trail
from hashar.reference.queries import factors
from tests.people.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(registry):
    return registry


@pytest.fixture
def analyst(cast):
    return cast.actor("analyst")


def test_loading_again_writes_nothing(analyst):
    assert load_shipped(now=NOW) == 0
    assert [row.details for row in audit_trail(CONSOLE, organisation=None).items if row.action == "practices.load"] == [
        {"practices": 54}
    ]


def test_every_link_points_to_a_factor_and_every_fact_has_a_source(analyst):
    assert set(FactorLink.objects.values_list("factor", flat=True)) <= {*factors(), "ALL"}
    assert [str(row) for row in Practice.objects.all() if not row.sources] == []


def test_what_changed_is_written_anew_and_what_an_expert_confirmed_stays(analyst, cast):
    link = FactorLink.objects.get(practice__code="P02", factor="P-R5")
    confirm(actor=analyst, link=link.pk, organisation=cast.centre, grounds="The manual, unit 5.", now=NOW)
    Practice.objects.filter(code="P02").update(names={"en": "Old"}, digest="old")
    Practice.objects.create(
        code="P99", lane="tested", state="shared", evidence="none", made_at=NOW, changed_at=NOW, digest="old"
    )
    assert load_shipped(now=NOW) == 1
    found = queries.practice(analyst, "P02")
    assert found.about.names["en"].startswith("Unplugged")
    assert [one.confirmation.grounds for one in found.links if one.confirmation] == ["The manual, unit 5."]
    assert Practice.objects.get(code="P99").state == "withdrawn"


def test_ratings_stand_apart_and_contradictions_are_told(analyst):
    found = queries.practice(analyst, "P17")
    told = {(one.registry, one.rating, one.year) for one in found.ratings}
    assert ("crimesolutions", "Effective (Athena Forum)", None) in told
    assert ("wsipp", "Youth cannabis inventory 2019: Null", 2019) in told
    assert {(one.registry, other.registry) for one, other in found.contradictions} == {("blueprints", "wsipp")}
    assert found.about.evidence == "mixed"
    assert found.not_rated == ("Xchange (EUDA)",)


@pytest.mark.parametrize(
    ("code", "evidence"),
    [
        ("P01", "shown"),
        ("P02", "some"),
        ("P03", "mixed"),
        ("P13", "against"),
        ("P24", "none"),
        ("P40", "none"),
        ("P52", "against"),
    ],
)
def test_the_evidence_of_a_shipped_practice(analyst, code, evidence):
    assert queries.practice(analyst, code).about.evidence == evidence


BASES = [
    ("P01", "P-R1", "source"),
    ("P02", "P-R5", "inferred"),
    ("P03", "S-R3", "source"),
    ("P03", "P-R1", "inferred"),
    ("P09", "C-R4", "source"),
    ("P09", "P-R8", "inferred"),
    ("P19", "F-R1", "inferred"),
    ("P38", "ALL", "source"),
]


@pytest.mark.parametrize(("code", "factor", "basis"), BASES)
def test_the_basis_of_a_shipped_link(analyst, code, factor, basis):
    links = {one.factor: one.basis for one in queries.practice(analyst, code).links}
    assert links[factor] == basis


def test_practices_too_thin_to_publish_are_not_there(analyst):
    assert not Practice.objects.filter(code__in=["P07", "P28"]).exists()


def test_filters_narrow_the_list(analyst):
    def codes(text="", **asked):
        return {one.code for one in queries.practices(analyst, text, size=500, **asked).items}

    assert codes(setting="workplace") == {"P37", "P54"}
    assert codes(factor="P-R10") == {"P01", "P04"}
    assert "P29" in codes(age=1)
    assert "P01" not in codes(age=1)
    assert codes(lane="community") == set()
    assert len(codes(lane="tested")) == 54
    assert codes("school lessons", setting="workplace") <= {"P37", "P54"}


def test_a_long_list_comes_in_pages(analyst):
    first, second = (queries.practices(analyst, page=page, size=10) for page in (1, 2))
    assert (first.total, len(first.items), len(second.items)) == (54, 10, 10)
    assert not {one.code for one in first.items} & {one.code for one in second.items}


def test_a_page_of_the_list_and_a_practice_take_few_queries(analyst, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        queries.practices(analyst)
    with django_assert_max_num_queries(4):
        queries.practice(analyst, "P17")
    with django_assert_max_num_queries(3):
        suggestions(analyst, list(factors()), Wanted())


def test_matching_says_why_and_names_factors_for_which_nothing_is_known(analyst):
    known, unknown = suggestions(analyst, ["C-R5", "P-P1"], Wanted(setting="policy", cost="low"))
    first = known.suggestions[0]
    assert first.practice.evidence == "shown"
    assert {reason.key for reason in first.reasons} >= {"evidence_shown", "link_inferred", "setting_fits", "cost_fits"}
    assert known.left_out > 0
    assert [one.code for one in known.against] == ["P52"]
    assert unknown.suggestions == ()
