"""The database's filter and the pure rule are one decision: tried over the whole cast, every state and territory."""

import pytest

from hashar.assess.contracts.surveys import ReleaseState
from hashar.assess.models import CodebookVersion, Release, Survey
from hashar.assess.queries.visible import visible_findings, visible_releases, visible_surveys
from hashar.assess.rules.visibility import reach
from hashar.people.contracts import ANONYMOUS, CONSOLE, Actor, Mandate, Role
from hashar.runs.models import Run
from tests.people.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def everything(cast):
    """A release of every organisation about every territory (and about none), in every state."""
    from hashar.assess.models import Finding, ReleaseSource, SurveyFile

    person = cast.people["analyst"]
    for organisation in (cast.centre, cast.neighbour, cast.foreign, cast.ministry):
        for territory in (cast.country, cast.city, cast.elsewhere, None):
            survey = Survey.objects.create(
                organisation_id=organisation, territory_id=territory, title="x", made_by_id=person, made_at=NOW
            )
            book = CodebookVersion.objects.create(
                survey=survey, number=1, text="", sha256="", made_by_id=person, made_at=NOW
            )
            file = SurveyFile.objects.create(
                survey=survey, name="a", sha256="0" * 64, size=1, uploaded_by_id=person, uploaded_at=NOW
            )
            for number, state in enumerate(ReleaseState, start=1):
                run = Run.objects.create(
                    kind="x", organisation_id=organisation, subject="x", asked_by_id=person, asked_at=NOW
                )
                release = Release.objects.create(
                    survey=survey,
                    number=number,
                    run=run,
                    codebook=book,
                    territory_id=territory,
                    title={},
                    place={},
                    wave="1",
                    state=state,
                    profile="",
                    digest="",
                    made_by_id=person,
                    made_at=NOW,
                )
                source = ReleaseSource.objects.create(
                    release=release,
                    position=0,
                    wave="1",
                    file=file,
                    name="a",
                    sha256="0" * 64,
                    size=1,
                    rows=1,
                    columns=1,
                )
                Finding.objects.create(
                    release=release,
                    position=0,
                    source=source,
                    indicator="a",
                    about="indicator",
                    label={},
                    kind="prevalence",
                    statistic="mean",
                    higher_is="worse",
                    wave="1",
                    suppressed="small_n",
                )
    return cast


def actors(cast):
    people = [cast.actor(name) for name in cast.people]
    whole_site = Actor(person=1, mandates=(Mandate(cast.foreign, "", Role.READER, ""),))
    two = Actor(
        person=1,
        mandates=(
            Mandate(cast.neighbour, "", Role.READER, "KZ/KZ-75/"),
            Mandate(cast.foreign, "", Role.ANALYST, "KG/"),
        ),
    )
    return [*people, ANONYMOUS, CONSOLE, whole_site, two]


def test_the_filter_lets_through_what_the_rule_allows_and_nothing_else(everything):
    releases = list(Release.objects.select_related("survey", "territory"))
    assert len(releases) == 48
    for actor in actors(everything):
        far = reach(actor)
        allowed = {
            row.pk
            for row in releases
            if far.release(row.survey.organisation_id, row.territory.path if row.territory else "", row.state)
        }
        assert set(visible_releases(actor).values_list("pk", flat=True)) == allowed, actor
        assert sorted(visible_findings(actor).values_list("release_id", flat=True)) == sorted(allowed), actor
        surveys = {row.pk for row in Survey.objects.all() if far.survey(row.organisation_id)}
        assert set(visible_surveys(actor).values_list("pk", flat=True)) == surveys, actor


def test_the_cast_tells_the_rules_apart(everything):
    seen = {
        name: set(visible_releases(everything.actor(name)).values_list("pk", flat=True)) for name in everything.people
    }
    assert seen["operator"] == set()
    assert seen["reader"] < seen["analyst"] == seen["coordinator"] == seen["official"]
    assert seen["stranger"].isdisjoint(seen["reader"] - seen["manager"]) or seen["stranger"] != seen["colleague"]
    assert not seen["stranger"] >= seen["colleague"]
    assert visible_releases(ANONYMOUS).count() == 0
