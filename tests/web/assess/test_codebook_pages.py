"""The codebook in the browser: forms change what they say and nothing else, and nobody's work is lost."""

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hashar.assess.queries import surveys as queries
from hashar.assess.services.codebook_forms import read_settings
from hashar.places.models import SearchKey
from hashar.places.services.loading import load_shipped
from tests.assess import small_survey
from tests.people.cast import NOW, make_territory
from tests.web.assess.posting import Form

pytestmark = pytest.mark.django_db
SECTIONS = ("basics", "waves", "design", "missing", "disclosure", "priorities")
ENTRIES = [
    *(("groups", name) for name in ("place", "sex", "school", "spoken", "club")),
    *(("indicators", name) for name in ("alcohol", "smoking", "either", "vape", "dropped", "first_age")),
    *(("scales", code) for code in ("F-R1", "F-P1", "S-R1", "S-R3")),
    *(("quality", name) for name in ("relevin", "twisted", "too_young", "all_drugs", "lined", "any_line", "half")),
]


@pytest.fixture
def analyst(client, site):
    return site.sign_in(client, "analyst")


def version(site):
    return queries.survey(site.cast.actor("analyst"), site.survey).codebook


def item(site, section, name):
    return reverse("codebook_item", args=(site.survey, section, name))


def change(client, address, **changes):
    """Open a form, change some of it, send it."""
    page = client.get(address)
    assert page.status_code == 200, address
    return client.post(address, Form(page.content.decode()).sent(**changes))


def lines_changed(before, after):
    import difflib

    found = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in found if line[:1] in "+-"]


@pytest.mark.parametrize("section", SECTIONS)
def test_a_part_saved_unchanged_leaves_every_letter(analyst, site, section):
    answer = change(analyst, reverse("codebook_section", args=(site.survey, section)))
    assert answer.status_code == 302
    assert version(site).number == 1
    assert version(site).text == small_survey.CODEBOOK


@pytest.mark.parametrize(("section", "name"), ENTRIES)
def test_an_entry_saved_unchanged_leaves_every_letter(analyst, site, section, name):
    answer = change(analyst, item(site, section, name))
    assert answer.status_code == 302
    assert lines_changed(small_survey.CODEBOOK, version(site).text) == []


def test_one_setting_changes_one_line(analyst, site):
    change(analyst, reverse("codebook_section", args=(site.survey, "disclosure")), minimum_n="25")
    assert lines_changed(small_survey.CODEBOOK, version(site).text) == [
        "- disclosure: {minimum_n: 20, minimum_count: 3}",
        "+ disclosure: {minimum_n: 25, minimum_count: 3}",
    ]


def test_a_code_moves_from_no_to_yes(analyst, site):
    page = analyst.get(item(site, "indicators", "smoking")).content.decode()
    assert "never" in page
    change(analyst, item(site, "indicators", "smoking"), state_0="yes", answer_0="not once")
    text = version(site).text
    assert "yes: [1..3]" in text
    assert "not once" in text
    assert "no: [1]" not in text.split("smoking")[1].split("either")[0]


def test_a_code_can_be_said_to_be_missing(analyst, site):
    change(analyst, item(site, "indicators", "alcohol"), state_1="refused")
    found = Form(analyst.get(item(site, "indicators", "alcohol")).content.decode())
    assert dict(found.fields)["state_1"] == "refused"
    assert "counts_as" in version(site).text  # what it had besides


def test_comments_and_unknown_settings_stay(analyst, site):
    text = small_survey.CODEBOOK.replace("  - name: smoking\n", "  # asked of all\n  - name: smoking\n    our_own: 5\n")
    address = reverse("codebook_text", args=(site.survey,))
    analyst.post(address, {"text": text, "based_on": "1"})
    change(analyst, item(site, "indicators", "smoking"), label_en="Smoked")
    saved = version(site).text
    assert "# asked of all" in saved
    assert "our_own: 5" in saved
    assert "Smoked" in saved


def test_a_problem_stands_beside_its_field(analyst, site):
    wrong = small_survey.CODEBOOK.replace("df: design", "").replace("weight: w,", "weight: w, interval: logitt,")
    analyst.post(reverse("codebook_text", args=(site.survey,)), {"text": wrong, "based_on": "1"})
    page = analyst.get(reverse("codebook_section", args=(site.survey, "design"))).content.decode()
    assert 'id="id_interval_error"' in page
    assert "logitt" in page.split('id="id_interval_error"')[1].split("</p>")[0]
    overview = analyst.get(reverse("codebook", args=(site.survey,))).content.decode()
    assert "1 problem to mend" in overview


def test_a_text_that_is_no_yaml_is_kept_and_can_be_mended_as_text(analyst, site):
    analyst.post(reverse("codebook_text", args=(site.survey,)), {"text": "waves: [", "based_on": "1"})
    assert version(site).text == "waves: ["
    answer = analyst.get(reverse("codebook_section", args=(site.survey, "design")))
    assert answer.status_code == 302
    assert analyst.get(reverse("codebook", args=(site.survey,))).status_code == 200
    page = analyst.get(answer.headers["Location"]).content.decode()
    assert "line 1" in page


def test_a_group_is_added_from_its_column(analyst, site):
    address = reverse("codebook_add", args=(site.survey, "groups")) + "?column=age1"
    page = analyst.get(address).content.decode()
    assert 'value="15"' in page
    answer = analyst.post(address, Form(page).sent(name="age", label_en="Age"))
    assert answer.status_code == 302, answer.content.decode()
    assert "name: age" in version(site).text
    assert version(site).problems == 0


def test_an_indicator_is_added_and_taken_out_again(analyst, site):
    address = reverse("codebook_add", args=(site.survey, "indicators")) + "?column=fake"
    sent = Form(analyst.get(address).content.decode()).sent(
        name="unreal", label_en="Unreal", state_0="yes", state_1="no"
    )
    assert analyst.post(address, sent).status_code == 302
    assert version(site).problems == 0
    gone = reverse("codebook_remove", args=(site.survey, "indicators", "unreal"))
    assert analyst.post(gone, {"based_on": "2"}).status_code == 302
    assert version(site).text == small_survey.CODEBOOK


def test_a_wave_is_added_and_another_taken_out(analyst, site):
    address = reverse("codebook_section", args=(site.survey, "waves"))
    change(analyst, address, name_2="2024", files_2="*2024*")
    assert "2024" in version(site).text
    change(analyst, address, name_2="")
    assert "2024" not in version(site).text


def test_the_second_saver_sees_both_versions_and_loses_nothing(analyst, site):
    address = item(site, "indicators", "alcohol")
    mine = Form(analyst.get(address).content.decode()).sent(label_en="Drank alcohol")
    change(analyst, item(site, "indicators", "vape"), label_en="Vaped")  # somebody else, in between
    answer = analyst.post(address, mine)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Vaped" in page
    assert "Drank alcohol" in page
    form = Form(page)
    both = dict(form.fields)["text"]
    assert "Vaped" in both
    assert "Drank alcohol" in both
    assert analyst.post(reverse("codebook_text", args=(site.survey,)), form.sent()).status_code == 302
    assert version(site).number == 3
    assert version(site).problems == 0
    assert "Drank alcohol" in version(site).text


def test_where_both_changed_the_same_line_both_stand_there(analyst, site):
    address = item(site, "indicators", "alcohol")
    mine = Form(analyst.get(address).content.decode()).sent(label_en="Mine")
    change(analyst, address, label_en="Theirs")
    page = analyst.post(address, mine).content.decode()
    both = dict(Form(page).fields)["text"]
    assert both.index("# &gt;&gt;&gt; theirs" if "&gt;" in both else "# >>> theirs") < both.index("Mine")
    assert "Theirs" in both


def test_an_old_version_can_be_taken_again(analyst, site):
    change(analyst, item(site, "indicators", "alcohol"), label_en="Changed")
    page = analyst.get(reverse("codebook_version", args=(site.survey, 1))).content.decode()
    assert "Changed" in page
    analyst.post(reverse("codebook_text", args=(site.survey,)), Form(page).sent())
    assert version(site).text == small_survey.CODEBOOK
    assert version(site).number == 3


def test_the_codebook_is_checked_against_the_files_when_asked(analyst, site):
    change(analyst, item(site, "indicators", "alcohol"), column_1="nowhere", column_0="nowhere")
    assert version(site).problems == 0
    page = analyst.post(reverse("codebook", args=(site.survey,))).content.decode()
    assert "nowhere" in page
    beside = analyst.get(item(site, "indicators", "alcohol")).content.decode()
    assert "nowhere" in beside.split('class="problem"')[1]


def test_a_draft_is_made_from_a_file_and_its_guesses_are_counted(analyst, site):
    address = reverse("codebook_draft", args=(site.survey,))
    refused = analyst.post(address, {"file": site.files[1]})
    assert refused.status_code == 409
    assert analyst.post(address, {"file": site.files[1], "replace": "1"}).status_code == 302
    assert "# check:" in version(site).text
    before = version(site).text.count("# check:")
    page = analyst.get(item(site, "indicators", "alc")).content.decode()
    answer = analyst.post(item(site, "indicators", "alc"), Form(page).sent(settled="on"))
    assert answer.status_code == 302
    assert version(site).text.count("# check:") < before


def test_a_list_is_paged_and_searched(analyst, site):
    many = small_survey.CODEBOOK.replace(
        "scales:",
        "".join(f"  - {{name: q{n}, label: {{en: Item {n}}}, variable: alc, yes: [1], no: [2]}}\n" for n in range(60))
        + "scales:",
    )
    analyst.post(reverse("codebook_text", args=(site.survey,)), {"text": many, "based_on": "1"})
    address = reverse("codebook_section", args=(site.survey, "indicators"))
    first, last = analyst.get(address).content.decode(), analyst.get(address + "?page=3").content.decode()
    assert "Item 1" in first
    assert "Item 59" not in first
    assert "Item 59" in last
    found = analyst.get(address + "?q=item+59").content.decode()
    assert found.count('class="title"') == 1


def test_the_form_of_one_indicator_is_light(analyst, site):
    assert len(analyst.get(item(site, "indicators", "alcohol")).content) < 80_000


words = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
touches = st.lists(st.tuples(st.integers(0, 60), words), max_size=4)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entry=st.sampled_from(ENTRIES), touched=touches)
def test_no_form_of_the_codebook_breaks_whatever_is_typed(analyst, site, entry, touched):
    address = item(site, *entry)
    found = analyst.get(address)
    if found.status_code == 200:  # an earlier example may have renamed it
        form = Form(found.content.decode())
        fields = sorted({field for field, _ in form.fields} - {"csrfmiddlewaretoken", "based_on"})
        typed = {fields[at % len(fields)]: text for at, text in touched}
        answer = analyst.post(address, form.sent(**typed))
        assert answer.status_code in (302, 409, 422), (address, typed)
    else:
        assert found.status_code == 404


@pytest.fixture(scope="module")
def territories(site, django_db_blocker):
    """The shipped ones, inside the module's transaction."""
    with django_db_blocker.unblock():
        load_shipped(now=NOW)


def levels_of_place(site):
    found = read_settings(version(site).text).entries("groups")[0]["levels"]
    return {one["name"]: one.get("territory") for one in found}


def test_a_place_is_given_its_territory_by_name_former_code_or_code(analyst, site, territories):
    given = {"territory_0": "Карагандинская область", "territory_1": "KZ-ALA", "territory_2": "KZ-71"}
    assert change(analyst, item(site, "groups", "place"), **given).status_code == 302
    assert levels_of_place(site) == {"north": "KZ-35", "south": "KZ-75", "hamlet": "KZ-71", "nowhere": None}
    assert change(analyst, item(site, "groups", "place"), territory_2="").status_code == 302
    assert levels_of_place(site)["hamlet"] is None


def test_an_unknown_territory_is_told_beside_its_level_and_stays_typed(analyst, site, territories):
    answer = change(analyst, item(site, "groups", "place"), territory_1="Atlantis")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "“Atlantis” is no place of this site" in page
    assert 'value="Atlantis"' in page
    assert version(site).number == 1


def test_a_territory_that_the_text_names_wrongly_is_told_in_the_form(analyst, site, territories):
    text = small_survey.CODEBOOK.replace("codes: [2], label: {en: South}", "codes: [2], territory: Atlantis")
    analyst.post(reverse("codebook_text", args=(site.survey,)), {"text": text, "based_on": 1})
    page = analyst.get(item(site, "groups", "place")).content.decode()
    assert 'id="id_territory_1_error"' in page
    make_territory("KZ-98", None, "region", {"en": "Atlantis"})
    SearchKey.objects.create(
        territory=make_territory("KZ-98", None, "region", {}), folded="atlantis", languages="en", named=True, size=8
    )
    assert 'id="id_territory_1_error"' not in analyst.get(item(site, "groups", "place")).content.decode()


def test_what_fits_a_name_is_offered_while_no_territory_is_given(analyst, site, territories):
    text = small_survey.CODEBOOK.replace("label: {en: North}", "label: {en: Astana City}").replace(
        "South}", "Shymkent City}"
    )
    analyst.post(reverse("codebook_text", args=(site.survey,)), {"text": text, "based_on": 1})
    offered = dict(Form(analyst.get(item(site, "groups", "place")).content.decode()).fields)
    assert [offered[f"territory_{at}"] for at in range(4)] == ["KZ-71", "KZ-79", "", ""]


def test_only_places_are_asked_for_territories(analyst, site):
    assert "territory_0" not in analyst.get(item(site, "groups", "sex")).content.decode()
    assert change(analyst, item(site, "groups", "sex"), role="place").status_code == 302
    assert "territory_0" in analyst.get(item(site, "groups", "sex")).content.decode()
