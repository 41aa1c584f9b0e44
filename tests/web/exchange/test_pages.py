"""Pages of practices: the list with search, a practice, one's own, a confirmation."""

import pytest

from hashar.exchange.models import FactorLink, Practice
from hashar.i18n import LANGUAGES

pytestmark = pytest.mark.django_db
FORM = {
    "language": "en",
    "name": "Evenings of fathers",
    "summary": "Fathers and sons mend the school yard.",
    "factors": ["F-R1"],
    "settings": ["community"],
    "age_from": "12",
    "age_to": "16",
}


@pytest.fixture
def cast(registry):
    return registry


def text(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def as_(cast, client, name):
    return cast.sign_in(client, name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_opens_in_every_language(cast, client, language):
    page = text(as_(cast, client, "reader").get(f"/{language}/exchange/"))
    assert f'href="/{language}/exchange/P01/"' in page


def test_search_works_without_javascript_and_as_one_types(cast, client):
    reader = as_(cast, client, "reader")
    page = text(reader.get("/kk/exchange/", {"q": "talimger"}))
    assert "<!doctype html>" in page
    assert "/exchange/P44/" in page
    answer = reader.get("/kk/exchange/", {"q": "talimger"}, headers={"HX-Request": "true", "HX-Target": "results"})
    assert "<html" not in text(answer)
    assert "/exchange/P44/" in text(answer)
    assert "HX-Request" in answer["Vary"]


def test_what_fits_nothing_says_so_and_keeps_the_words_escaped(cast, client):
    reader = as_(cast, client, "reader")
    assert "No practice fits “&lt;qwrtplk&gt;”" in text(reader.get("/en/exchange/", {"q": "<qwrtplk>"}))
    assert "Take out a filter" in text(reader.get("/en/exchange/", {"lane": "community"}))
    text(reader.get("/en/exchange/", {"age": "-5", "setting": "moon", "page": "x"}))


def test_a_practice_shows_its_ratings_side_by_side_and_says_that_they_contradict(cast, client):
    page = text(as_(cast, client, "reader").get("/en/exchange/P17/"))
    assert "Registries contradict each other" in page
    assert (
        "“Children&#39;s services 2020: Null (as listed by the Athena Forum)” by WSIPP (Washington State) (2020)"
        in page
    )
    assert page.count("WSIPP (Washington State)") >= 3
    assert "never merged" in page


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("P24", "nobody may call this practice proven"),
        ("P13", "found no effect, or harm"),
        ("P02", "inferred"),
        ("P38", "any factor, chosen from local data"),
        ("P46", "all ages"),
        ("P42", "from age 15"),
        ("P34", "no date seen"),
        ("P20", "No rating was seen in any registry"),
        ("P25", "English"),
    ],
)
def test_a_practice_says_what_is_not_known(cast, client, code, words):
    assert words in text(as_(cast, client, "reader").get(f"/en/exchange/{code}/"))


def test_a_practice_that_is_not_there_is_a_plain_page(cast, client):
    assert "There is no practice “P99”" in text(as_(cast, client, "reader").get("/en/exchange/P99/"), 404)


def test_a_practice_is_entered_changed_shared_and_withdrawn(cast, client):
    coordinator = as_(cast, client, "coordinator")
    assert "Factors on which it works" in text(coordinator.get("/en/exchange/new/"))
    answer = coordinator.post("/en/exchange/new/", {**FORM, "organisation": cast.centre})
    address = answer["Location"]
    page = text(coordinator.get(address))
    assert "Evenings of fathers" in page
    assert "It was not tested: nobody may call it proven." in page
    assert "Fathers and sons" in text(coordinator.get(f"{address}change/"))
    changed = {
        **FORM,
        "organisation": cast.centre,
        "name": "Days of fathers",
        "languages": ["kk"],
        "source": "The plan",
    }
    assert coordinator.post(f"{address}change/", changed)["Location"] == address
    page = text(coordinator.get(address))
    assert "Days of fathers" in page
    assert "Қазақ" in page
    for step in ("share", "withdraw"):
        assert coordinator.post(f"{address}{step}/")["Location"] == address
    assert "Withdrawn" in text(coordinator.get(address))
    assert "Only the organisation that entered this practice changes it." in text(
        coordinator.get(f"{address}change/"), 403
    )


@pytest.mark.parametrize(
    ("changes", "words"), [({"name": ""}, "This field is required"), ({"age_to": ""}, "or neither")]
)
def test_a_practice_that_cannot_be_is_shown_again_as_typed(cast, client, changes, words):
    official = as_(cast, client, "official")
    told = {**FORM, "organisation": cast.centre}
    page = text(official.post("/en/exchange/new/", {**told, **changes}), 422)
    assert words in page
    assert "mend the school yard" in page
    made = official.post("/en/exchange/new/", told)["Location"]
    assert words in text(official.post(f"{made}change/", {**told, **changes}), 422)


def test_a_reader_enters_and_confirms_nothing(cast, client):
    reader = as_(cast, client, "reader")
    assert "Enter a practice" not in text(reader.get("/en/exchange/"))
    text(reader.get("/en/exchange/new/"), 403)
    link = FactorLink.objects.get(practice__code="P02", factor="P-R5").pk
    text(reader.get(f"/en/exchange/P02/confirm/{link}/"), 403)


def test_an_expert_confirms_and_takes_back(cast, client):
    analyst = as_(cast, client, "analyst")
    link = FactorLink.objects.get(practice__code="P02", factor="P-R5").pk
    address = f"/en/exchange/P02/confirm/{link}/"
    assert "Unplugged" in text(analyst.get(address))
    text(analyst.post(address, {"organisation": cast.centre, "grounds": ""}), 422)
    answer = analyst.post(address, {"organisation": cast.centre, "grounds": "Unit 5 of the manual."})
    page = text(analyst.get(answer["Location"]))
    assert "Unit 5 of the manual." in page
    assert "confirmed by an expert" in page
    text(analyst.post(address, {"organisation": cast.centre, "grounds": "Again."}), 409)
    text(analyst.get("/en/exchange/P01/confirm/999999/"), 404)
    assert analyst.post(f"/en/exchange/links/{link}/take-back/")["Location"] == "/en/exchange/P02/"
    assert "Unit 5" not in text(analyst.get("/en/exchange/P02/"))


def test_names_of_own_practices_are_escaped(cast, client):
    coordinator = as_(cast, client, "coordinator")
    told = {**FORM, "organisation": cast.centre, "name": "<script>x</script>", "source": "javascript:alert(1)"}
    page = text(coordinator.get(coordinator.post("/en/exchange/new/", told)["Location"]))
    assert "<script>x" not in page
    assert 'href="javascript:' not in page
    assert Practice.objects.filter(lane="community").count() == 1


def test_without_a_profile_matching_says_what_to_do(cast, client):
    assert "No profile yet" in text(as_(cast, client, "stranger").get("/en/exchange/match/"))
