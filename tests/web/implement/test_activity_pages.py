"""Activities on the pages, without JavaScript."""

import uuid

import pytest
from django.urls import reverse
from django.utils.translation import override

from hashar.implement.models import Activity
from tests.web.security.forms import forms_of

pytestmark = pytest.mark.django_db


def address(name, *args):
    with override("en"):
        return reverse(name, args=args)


def entry(client, query=""):
    """The form as a browser would send it untouched."""
    page = address("implement_new") + query
    found = forms_of(page, client.get(page).content.decode())
    return next(form for form in found if "contacts" in form.values).values


@pytest.fixture
def coordinator(cast, client):
    return cast.sign_in(client, "coordinator")


def test_two_fields_are_enough(cast, coordinator):
    told = entry(coordinator) | {"title": "Talk at school", "contacts": "25"}
    answer = coordinator.post(address("implement_new"), told)
    made = Activity.objects.get()
    assert answer.url == address("activity", made.pk)
    assert (made.contacts, made.organisation_id, made.territory_id) == (25, cast.centre, cast.city)
    assert "Talk at school" in coordinator.get(answer.url).content.decode()
    assert "Talk at school" in coordinator.get(address("implement")).content.decode()


def test_the_same_form_sent_twice_leads_to_the_same_activity(coordinator):
    told = entry(coordinator) | {"title": "Talk", "contacts": "25"}
    answers = [coordinator.post(address("implement_new"), told) for _ in range(2)]
    assert answers[0].url == answers[1].url
    refused = coordinator.post(address("implement_new"), told | {"contacts": "26"})
    assert refused.status_code == 409
    assert "Another entry was sent with this key" in refused.content.decode()
    assert Activity.objects.count() == 1


def test_the_last_entry_is_repeated_with_one_field(coordinator):
    told = entry(coordinator) | {"title": "Talk", "place": "School 12", "contacts": "25", "strategy": "skills"}
    coordinator.post(address("implement_new"), told)
    again = entry(coordinator, f"?repeat={Activity.objects.get().pk}")
    assert (again["title"], again["place"], again["strategy"], again["contacts"]) == ("Talk", "School 12", "skills", "")
    assert again["key"] != told["key"]
    coordinator.post(address("implement_new"), again | {"contacts": "24"})
    assert sorted(Activity.objects.values_list("contacts", flat=True)) == [24, 25]


def test_what_was_typed_stays_beside_the_sentence(coordinator):
    told = entry(coordinator) | {"title": "Talk", "contacts": "5", "people": "9", "key": str(uuid.uuid4())}
    answer = coordinator.post(address("implement_new"), told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "More different people than contacts" in page
    assert told["key"] in page
