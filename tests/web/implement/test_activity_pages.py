"""Activities on the pages, without JavaScript."""

import csv
import io
import re
import uuid

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from hashar.implement.models import Activity
from hashar.people.services import memberships
from hashar.plan.models import PlanImport
from hashar.plan.services import plan_imports
from tests.implement.activities import NOW
from tests.implement.test_reach import bring_in, make_plan
from tests.intake.test_pictures import png
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


@pytest.mark.parametrize("ended", ["right", "measure"])
def test_a_form_sent_again_after_something_ended_leads_to_its_activity(cast, coordinator, client, ended):
    plan, (measure, _) = make_plan(cast, "Plan", "Talks", "Lessons")
    client = cast.sign_in(client, "official")
    told = entry(client, f"?measure={measure}") | {"title": "Talk", "contacts": "25", "measures": [str(measure)]}
    first = client.post(address("implement_new"), told)
    assert list(Activity.objects.get().served.values_list("measure", flat=True)) == [measure]
    if ended == "right":
        memberships.end(actor=cast.actor("coordinator"), membership=cast.memberships["official"], now=NOW)
    else:
        done = PlanImport.objects.get(plan=plan)
        plan_imports.undo(actor=cast.actor("official"), import_id=done.pk, now=NOW)
    assert client.post(address("implement_new"), told).url == first.url
    changed = client.post(address("implement_new"), told | {"contacts": "26"})
    assert changed.status_code == {"right": 403, "measure": 422}[ended]
    assert Activity.objects.get().contacts == 25


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


def logged(client, **told):
    answer = client.post(address("implement_new"), entry(client) | {"title": "Talk", "contacts": "25"} | told)
    assert answer.status_code == 302, answer.content.decode()
    return int(answer.url.strip("/").rsplit("/", 1)[1])


def text(client, name, *args, query=""):
    return client.get(address(name, *args) + query).content.decode()


FULL = {
    "people": "24",
    "sessions": "2",
    "minutes": "45",
    "group": "School 12, 7a",
    "school_class": "on",
    "time": "10:30",
    "age-12-17-female": "13",
    "age-12-17-male": "11",
    "part-0": "Role play",
    "kept-0": "partly",
    "fidelity_note": "No time.",
    "note": "Hall is taken.",
}


def test_all_that_was_told_is_shown_and_stands_in_the_form_again(cast, coordinator):
    made = logged(coordinator, **FULL, photo=SimpleUploadedFile("a.png", png()))
    page = text(coordinator, "activity", made)
    for told in ("School 12, 7a", "Role play", "partly", "No time.", "Hall is taken.", "13", "10:30", "<img"):
        assert told in page
    form = next(f for f in forms_of("", text(coordinator, "activity_change", made)) if "contacts" in f.values).values
    form["school_class"] = "on" if "school_class" in form else ""  # as a browser sends a ticked box
    assert {name: form[name].strip() for name in FULL} == FULL
    answer = coordinator.post(address("activity_change", made), form | {"contacts": "26", "without_photo": "on"})
    assert answer.url == address("activity", made)
    page = text(coordinator, "activity", made)
    assert "26" in page
    assert "<img" not in page
    assert "How many came" in page
    assert coordinator.post(address("activity_change", made), form).status_code == 409
    assert coordinator.post(address("activity_change", made), form | {"contacts": "1"}).status_code == 422
    assert coordinator.post(address("activity_change", made), form | {"contacts": "many"}).status_code == 422


def test_the_photo_is_for_the_organisations_concerned(cast, coordinator, client):
    made = logged(coordinator, photo=SimpleUploadedFile("a.png", png()))
    answer = coordinator.get(address("activity_photo", made))
    assert (answer["Content-Type"], answer["X-Content-Type-Options"], answer.content) == ("image/png", "nosniff", png())
    bad = coordinator.post(
        address("implement_new"), entry(coordinator) | {"title": "a", "photo": SimpleUploadedFile("a.gif", b"GIF89a")}
    )
    assert bad.status_code == 422
    assert "JPEG or PNG" in bad.content.decode()
    cast.sign_in(client, "manager")
    assert client.get(address("activity_photo", made)).status_code == 404
    assert "<img" not in text(client, "activity", made)


def test_a_cancelled_activity_is_asked_about_once_more(coordinator):
    made = logged(coordinator)
    assert "Cancel this activity?" in text(coordinator, "activity_cancel", made)
    coordinator.post(address("activity_cancel", made))
    assert "cancelled" in text(coordinator, "activity", made)
    assert coordinator.post(address("activity_cancel", made)).status_code == 409


def test_the_list_is_narrowed_by_an_address_that_can_be_sent_on(cast, coordinator):
    logged(coordinator, title="In March", date="2026-03-01")
    logged(coordinator, title="In April", date="2026-04-01")
    page = text(coordinator, "implement", query="?start=2026-03-15")
    assert "In April" in page
    assert "In March" not in page
    assert "No activities here" in text(coordinator, "implement", query="?end=2020-01-01")
    assert "In March" in text(coordinator, "implement", query="?start=nonsense&measure=99999999999999999999")


def test_an_activity_begins_with_the_measure_it_is_for(cast, coordinator):
    plan, (first, second) = make_plan(cast, "План", "Занятия", "Встречи")
    page = text(coordinator, "implement_new", query=f"?measure={second}")
    ticked = re.findall(r'name="measures" value="(\d+)"[^>]*checked', page)
    assert ticked == [str(second)]
    made = logged(coordinator, measures=[str(second)])
    assert "Встречи" in text(coordinator, "activity", made)
    again = text(coordinator, "implement_new")
    assert re.findall(r'name="measures" value="(\d+)"[^>]*checked', again) == [str(second)]
    assert "Talk" in text(coordinator, "implement", query=f"?measure={second}")
    assert "Talk" not in text(coordinator, "implement", query=f"?measure={first}")
    assert f"?of=plan-{plan}" in text(coordinator, "plan", plan)


@pytest.fixture
def two(cast, coordinator):
    first = logged(coordinator, date="2026-02-10", place="School 12")
    second = logged(coordinator, date="2026-02-10", place="School 12")
    return first, second


def test_a_pair_is_decided_on_the_page(coordinator, two):
    first, second = two
    assert "1 pair of entries may be of one event" in text(coordinator, "implement")
    page = text(coordinator, "activity_doubles")
    assert address("activity_decide", first, second) in page
    coordinator.post(address("activity_decide", second, first), {"same": "yes"})
    assert "Nothing to decide" in text(coordinator, "activity_doubles")
    assert "Another entry of this event counts" in text(coordinator, "activity", first)
    coordinator.post(address("activity_part", first))
    assert "Another entry" not in text(coordinator, "activity", first)
    coordinator.post(address("activity_decide", first, second), {"same": "no"})
    assert "pair of entries" not in text(coordinator, "implement")


def test_reach_is_said_as_a_range_with_its_grounds(cast, coordinator):
    bring_in(cast, "KZ-75,2026,12,17,1000")
    logged(coordinator, contacts="30", date="2026-02-10")
    logged(coordinator, contacts="20", title="Other", date="2026-02-11")
    asked = f"?of=organisation-{cast.centre}&start=2026-01-01&end=2026-03-31"
    page = text(coordinator, "reach", query=asked)
    for told in ("50 contacts", "between 30 and 50 different people", "3.0% – 5.0%", "1,000 people", "City office"):
        assert told in page
    assert "not known" in text(coordinator, "reach", query=f"{asked}&first=11")
    for wrong in ("of=plan-999", "start=2027-01-01", "first=40", "end=never"):
        assert coordinator.get(address("reach") + f"{asked}&{wrong}").status_code == 422
    assert coordinator.get(address("donor_form", "csv") + f"{asked}&first=40").status_code == 404
    assert coordinator.get(address("donor_form", "pdf") + asked).status_code == 404


def test_the_donor_form_adds_up(cast, coordinator):
    _, (measure,) = make_plan(cast, "План", "Занятия")
    logged(coordinator, contacts="30", date="2026-02-10", measures=[str(measure)])
    logged(coordinator, contacts="3", title="=Few", date="2026-02-11")
    logged(coordinator, contacts="20", title="Other", date="2026-02-12")
    asked = f"?of=organisation-{cast.centre}&start=2026-01-01&end=2026-03-31"
    lines = coordinator.get(address("donor_form", "csv") + asked).content.decode("utf-8-sig").splitlines()
    rows = list(csv.DictReader(lines))
    assert [(row["activity"], row["contacts"]) for row in rows] == [("Talk", "30"), ("'=Few", "<5"), ("Other", "20")]
    book = coordinator.get(address("donor_form", "xlsx") + asked).content
    sheets = {name: load(book, name) for name in ("Activities", "By measure", "Counted once")}
    assert sheets["Activities"][-1][-1] == 50
    assert [row[1:] for row in sheets["By measure"] if row[0] == "All, counted once"] == [[3, 50, 30, 54]]
    assert ["Contacts", 50] in [row[:2] for row in sheets["Counted once"]]
    letter = docx.Document(io.BytesIO(coordinator.get(address("donor_form", "docx") + asked).content))
    said = "\n".join(paragraph.text for paragraph in letter.paragraphs)
    assert "between 30 and 54 different people" in said
    assert "1 activity with fewer than 5 people is not in the contacts." in said


def load(book, sheet):
    found = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name(sheet).to_python()
    return [row for row in found if any(row)]
