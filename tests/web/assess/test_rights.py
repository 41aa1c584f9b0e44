"""Who may open which page; every refusal is plain, and nobody who may not know of a thing learns its title."""

import pytest
from django.urls import reverse
from django.urls.resolvers import URLPattern

from hashar.web.urls import assess

pytestmark = pytest.mark.django_db
PEOPLE = ("analyst", "coordinator", "official", "reader", "colleague", "manager", "stranger", "operator", "nobody")
ALL = (200,) * 8 + (302,)
OWN = (200, 200, 200, 404, 404, 404, 404, 404, 302)
"""Those who prepare the survey."""
ANALYSTS = (200, 403, 403, 404, 404, 404, 404, 404, 302)
COORDINATORS = (403, 200, 403, 404, 404, 404, 404, 404, 302)
SHARED = (200, 200, 200, 200, 200, 200, 404, 404, 302)
"""Also every member of the organisation, and whoever works for a territory that holds the survey's."""
FORWARD = tuple(302 if status == 200 else status for status in SHARED)


def pages(site):
    """Address → the status for each of :data:`PEOPLE`."""
    survey, release = (site.survey,), (site.shared,)
    codebook = {
        reverse("codebook_section", args=(*survey, section)): ANALYSTS
        for section in ("basics", "waves", "design", "missing", "disclosure", "priorities", "groups", "indicators")
    }
    return codebook | {
        reverse("assess"): ALL,
        reverse("surveys"): ALL,
        reverse("releases"): ALL,
        reverse("findings"): ALL,
        reverse("survey_new"): (403, 200, 403, 403, 403, 403, 200, 403, 302),
        reverse("survey", args=survey): OWN,
        reverse("survey_upload", args=survey): ANALYSTS,
        reverse("survey_file_remove", args=(*survey, site.files[0])): ANALYSTS,
        reverse("survey_microdata", args=survey): COORDINATORS,
        reverse("survey_profile", args=survey): ANALYSTS,
        reverse("codebook", args=survey): ANALYSTS,
        reverse("codebook_draft", args=survey): ANALYSTS,
        reverse("codebook_text", args=survey): ANALYSTS,
        reverse("codebook_file", args=survey): ANALYSTS,
        reverse("codebook_version", args=(*survey, 1)): ANALYSTS,
        reverse("codebook_add", args=(*survey, "indicators")): ANALYSTS,
        reverse("codebook_remove", args=(*survey, "groups", "sex")): ANALYSTS,
        reverse("codebook_item", args=(*survey, "indicators", "alcohol")): ANALYSTS,
        reverse("codebook_section", args=(*survey, "scales")): ANALYSTS,
        reverse("codebook_section", args=(*survey, "quality")): ANALYSTS,
        reverse("run", args=(site.run,)): OWN,
        reverse("release", args=release): SHARED,
        reverse("release", args=(site.draft,)): OWN,
        reverse("release", args=(site.withdrawn,)): OWN,
        reverse("release_part", args=(*release, "quality")): SHARED,
        reverse("release_indicator", args=(*release, "alcohol")): SHARED,
        reverse("release_indicator", args=(site.draft, "alcohol")): OWN,
        reverse("release_factor", args=(*release, "F-R1")): SHARED,
        reverse("release_documents", args=release): SHARED,
        reverse("release_documents", args=(site.draft,)): OWN,
        reverse("release_document", args=(*release, "ru", "csv")): SHARED,
        reverse("release_document", args=(site.draft, "ru", "csv")): OWN,
        reverse("release_why", args=release) + "?of=alcohol": FORWARD,
        reverse("release_share", args=(site.draft,)): COORDINATORS,
        reverse("release_withdraw", args=release): (403, 200, 403, 403, 403, 403, 404, 404, 302),
        reverse("finding", args=(site.finding,)): SHARED,
        reverse("finding", args=(site.draft_finding,)): OWN,
        reverse("source", args=(site.sha256,)): SHARED,
        reverse("chart_specification", args=(*release, "use", "-", 0, "any")): SHARED,
        reverse("chart", args=(*release, "use", "-", 0, "any", "wide-light")): SHARED,
        reverse("chart", args=(site.draft, "use", "-", 0, "any", "wide-light")): OWN,
    }


@pytest.mark.parametrize("person", PEOPLE)
def test_a_page_opens_only_for_those_it_is_for(client, site, person):
    site.sign_in(client, person)
    at = PEOPLE.index(person)
    wrong = {}
    for address, statuses in pages(site).items():
        answer = client.get(address)
        if answer.status_code != statuses[at]:
            wrong[address] = (answer.status_code, statuses[at])
    assert wrong == {}


def test_every_page_has_its_rule(site):
    named = {pattern.name for pattern in assess.urlpatterns if isinstance(pattern, URLPattern)}
    from django.urls import resolve

    tried = {resolve(address.split("?")[0]).url_name for address in pages(site)}
    assert named - tried == set()


@pytest.mark.parametrize("person", ["reader", "colleague", "manager", "stranger", "operator"])
def test_lists_name_nothing_that_one_may_not_see(client, site, person):
    site.sign_in(client, person)
    seen = "".join(client.get(reverse(name)).content.decode() for name in ("assess", "surveys", "releases", "findings"))
    assert "Schools of Almaty" not in seen
    assert reverse("release", args=(site.draft,)) not in seen
    assert (reverse("release", args=(site.shared,)) in seen) == (person in ("reader", "colleague", "manager"))


WRITES = [
    ("analyst", "release_share", "draft", 403),
    ("reader", "release_share", "draft", 404),
    ("stranger", "release_withdraw", "shared", 404),
    ("manager", "release_withdraw", "shared", 403),
    ("colleague", "release_withdraw", "shared", 403),
]


@pytest.mark.parametrize(("person", "name", "release", "status"), WRITES)
def test_only_coordinators_of_the_owner_change_who_sees_a_release(client, site, person, name, release, status):
    site.sign_in(client, person)
    answer = client.post(reverse(name, args=(getattr(site, release),)))
    assert answer.status_code == status


@pytest.mark.parametrize("person", ["coordinator", "official", "reader", "colleague", "stranger", "operator"])
def test_only_analysts_of_the_owner_write_to_a_survey(client, site, person):
    site.sign_in(client, person)
    survey = (site.survey,)
    sent = {"based_on": "1", "text": "codebook: 1", "file": str(site.files[0]), "name": "x"}
    expected = 403 if person in ("coordinator", "official") else 404
    for address in (
        reverse("codebook_text", args=survey),
        reverse("codebook_draft", args=survey),
        reverse("codebook_section", args=(*survey, "design")),
        reverse("codebook_item", args=(*survey, "groups", "sex")),
        reverse("codebook_add", args=(*survey, "groups")),
        reverse("codebook_remove", args=(*survey, "groups", "sex")),
        reverse("codebook", args=survey),
        reverse("survey_profile", args=survey),
        reverse("survey_file_remove", args=(*survey, site.files[0])),
        reverse("survey_upload", args=survey),
    ):
        assert client.post(address, sent).status_code == expected, address


def test_a_form_without_its_protection_is_refused(site):
    from django.test import Client

    careful = Client(enforce_csrf_checks=True)
    site.cast.sign_in(careful, "coordinator")
    assert careful.post(reverse("release_share", args=(site.draft,))).status_code == 403
