"""From numbers to a printed sentence, on the pages."""

import io
import zipfile

import pytest

from hashar.assess.services import releases
from hashar.evaluate import queries
from hashar.evaluate.contracts.claims import Verdict
from hashar.evaluate.services import kept
from tests.evaluate.conftest import LATER, from_release, level_of, printed

pytestmark = pytest.mark.django_db
TYPED = (
    "/en/evaluate/claims/trend/?direction=fell&earlier=10&later=8&n_earlier=600&n_later=600&clusters=60&deff=2"
    "&comparisons=1"
)
EVENTS = (
    "/en/evaluate/claims/coverage/?of=events&claimed=100&contacts=1200&events_done=25&events_planned=25&reporters=1"
)
SAID = "Fewer pupils drink, says Qyzylqum."
REASON = "The council asked for it; the numbers stand beside."


def sent(kit, **more):
    return {"report": str(kit.report), "title": "", "sentence": SAID, "stated": "Report 2026, page 4"} | more


def keep(kit, client, address, who="analyst", **more):
    return kit.cast.sign_in(client, who).post(address, sent(kit, **more))


def page_of(client, address):
    return client.get(address).content.decode()


def test_a_typed_claim_is_judged_kept_and_read(kit, client):
    shown = page_of(kit.cast.sign_in(client, "analyst"), TYPED)
    assert "Not shown" in shown
    assert 'name="stated"' in shown
    answer = keep(kit, client, TYPED)
    found = kit.detail().claims[0]
    assert answer.url == f"/en/evaluate/kept/{found.id}/"
    assert (found.judgement.verdict, found.sentence) == (Verdict.NOT_SHOWN, {"en": SAID})
    page = page_of(client, answer.url)
    assert SAID in page
    assert "Typed by hand. Source stated: Report 2026, page 4." in page
    assert "[T07]" in page_of(client, f"/en/evaluate/reports/{kit.report}/")


def test_25_events_of_25_are_kept_as_not_known_to_be_a_plan_executed(kit, client):
    keep(kit, client, EVENTS)
    found = kit.detail().claims[0]
    assert found.judgement.verdict is Verdict.CANNOT_BE_KNOWN
    assert "[C13]" in page_of(client, f"/en/evaluate/reports/{kit.report}/")


def test_a_change_of_a_profile_is_kept_without_typing_a_number(kit, client, two_waves):
    address = f"/en/evaluate/releases/{two_waves(60, 48)}/alcohol/?direction=fell"
    shown = page_of(kit.cast.sign_in(client, "analyst"), address)
    assert 'name="stated"' not in shown
    assert "“Alcohol” fell from 2020 to 2022." in shown
    keep(kit, client, address)
    found = kit.detail().claims[0]
    assert found.judgement.verdict is Verdict.NOT_SHOWN
    assert "From the profile" in page_of(client, f"/en/evaluate/kept/{found.id}/")


def test_a_change_that_is_noted_to_have_another_question_cannot_be_known(kit, client, two_waves):
    keep(
        kit, client, f"/en/evaluate/releases/{two_waves(60, 12)}/alcohol/?direction=fell&amount=1&changed=on&others=on"
    )
    found = kit.detail().claims[0]
    assert found.judgement.source.noted == ("same_definition", "same_population")
    assert found.claim.amount == 0.01
    assert "Other places, grades or ages were asked" in page_of(client, f"/en/evaluate/kept/{found.id}/")


def test_of_a_mean_only_the_direction_is_claimed(kit, client, two_waves):
    address = f"/en/evaluate/releases/{two_waves(60, 48)}/first_age/"
    page = page_of(kit.cast.sign_in(client, "analyst"), address)
    assert 'name="amount"' not in page
    assert "it stayed the same" not in page
    assert "Verdict" in page_of(client, f"{address}?direction=fell")


def test_a_level_is_kept_without_typing_a_number(kit, client, two_waves):
    release = two_waves(60, 48)
    address = f"/en/evaluate/releases/{release}/levels/alcohol/"
    page = page_of(kit.cast.sign_in(client, "analyst"), address)
    figure = page.split('name="figure"')[1].split('value="')[1].split('"')[0]
    asked = f"{address}?figure={figure}&relation=at_most&value=50"
    assert "Supported" in page_of(client, asked)
    assert keep(kit, client, asked).status_code == 302
    assert kit.detail().claims[0].claim.value == 0.5
    assert client.get(f"{address}?figure=x&value=3").status_code == 422
    assert client.get(f"/en/evaluate/releases/{release}/levels/first_age/").status_code == 404
    assert f"{release}/levels/alcohol/" in page_of(client, f"/en/evaluate/releases/{release}/")


def test_counts_of_a_register_are_kept_without_typing_a_number(kit, client, register):
    address = f"/en/evaluate/series/{register.id}/"
    kit.cast.sign_in(client, "official")
    assert "Judge the claim" in page_of(client, address)
    asked = f"{address}?territory=KZ-75&earlier=2022&later=2023&reading=use&direction=rose"
    page = page_of(client, asked)
    assert "Cannot be known" in page
    assert "More or fewer checks, raids or tests were made." in page
    assert keep(kit, client, asked, "official").status_code == 302
    backwards = client.get(f"{address}?territory=KZ-75&earlier=2023&later=2022&reading=use&direction=rose")
    assert backwards.status_code == 422
    noted = f"{asked}&rules_changed=on&territory_changed=on&part=on"
    keep(kit, client, noted, "official")
    assert kit.detail().claims[1].judgement.source.noted == ("same_rules", "same_territory", "whole_periods")


def test_a_register_of_one_period_compares_nothing(kit, client, cast, register):
    from hashar.assess.models import Observation  # beside its only use

    Observation.objects.exclude(period="2022").delete()
    page = page_of(kit.cast.sign_in(client, "official"), f"/en/evaluate/series/{register.id}/")
    assert "fewer than two periods" in page
    assert "Judge the claim" not in page


def test_a_new_report_is_opened_with_the_claim_and_is_about_its_profile(kit, client, two_waves):
    release = two_waves(60, 48)
    address = f"/en/evaluate/releases/{release}/alcohol/?direction=fell"
    new = f"new-{kit.cast.centre}"
    assert keep(kit, client, address, report=new).status_code == 422
    assert queries.reports(kit.actor()).total == 1
    assert keep(kit, client, address, report=new, title="For the mayor").status_code == 302
    found = queries.reports(kit.actor(), release=release).items[0]
    assert found.title == "For the mayor"
    page = page_of(client, f"/en/assess/releases/{release}/documents/")
    assert f"/en/evaluate/reports/{found.id}/" in page


@pytest.mark.parametrize("wrong", [{"sentence": ""}, {"stated": ""}, {"stated": "me"}, {"report": "999999"}])
def test_what_is_missing_is_said_and_nothing_is_kept(kit, client, wrong):
    assert keep(kit, client, TYPED, **wrong).status_code == 422
    assert kit.detail().claims == ()


def test_a_claim_that_was_not_judged_is_not_kept(kit, client):
    assert keep(kit, client, "/en/evaluate/claims/trend/").status_code == 422
    assert keep(kit, client, TYPED.replace("earlier=10", "earlier=no")).status_code == 422
    assert kit.detail().claims == ()


def test_who_only_reads_judges_and_keeps_nothing(kit, client):
    page = page_of(kit.cast.sign_in(client, "reader"), TYPED)
    assert "Not shown" in page
    assert "Keep the claim" not in page
    assert keep(kit, client, TYPED, "reader").status_code == 403


def test_somebody_of_another_organisation_keeps_nothing_in_this_report(kit, client):
    assert keep(kit, client, TYPED, "stranger").status_code == 422
    assert kit.detail().claims == ()


def test_an_override_is_asked_with_its_reason_and_printed(kit, client):
    claim = kit.keep()
    address = f"/en/evaluate/kept/{claim}/override/"
    kit.cast.sign_in(client, "coordinator")
    assert "at least 20 letters" in client.post(address, {"judgement": 1, "reason": "No."}).content.decode()
    answer = client.post(address, {"judgement": 1, "reason": REASON})
    assert answer.url == f"/en/evaluate/kept/{claim}/"
    assert REASON in page_of(client, answer.url)
    assert REASON in page_of(client, f"/en/evaluate/reports/{kit.report}/")
    assert client.post(address, {"judgement": 1, "reason": REASON}).status_code == 409


def test_judging_again_shows_what_was_judged_before(kit, client, two_waves):
    release = two_waves(60, 12)
    claim = kit.keep(source=from_release(release))
    kit.keep(typed=printed(comparisons=2_000_000))
    kit.cast.sign_in(client, "analyst")
    assert "1 claim was judged on earlier numbers." in page_of(client, f"/en/evaluate/reports/{kit.report}/")
    client.post(f"/en/evaluate/reports/{kit.report}/judge/")
    page = page_of(client, f"/en/evaluate/kept/{claim}/")
    assert "Judged before" in page
    assert "Judged on earlier numbers" not in page
    client.post(f"/en/evaluate/kept/{claim}/judge/")
    assert kit.read(claim).judgement.number == 2
    assert "Judged before" not in page_of(kit.cast.sign_in(client, "reader"), f"/en/evaluate/kept/{claim}/")


def test_sentences_move_get_words_and_are_withdrawn(kit, client):
    first, second = kit.keep(), kit.keep(sentence={"en": "More pupils say no."})
    kit.cast.sign_in(client, "analyst")
    client.post(f"/en/evaluate/kept/{second}/move/", {"to": "up"})
    assert [each.id for each in kit.detail().claims] == [second, first]
    words = f"/en/evaluate/kept/{first}/words/"
    assert client.post(words, {"language": "ru", "sentence": "Меньше пьют."}).status_code == 302
    assert "Меньше пьют." in page_of(client, f"/ru/evaluate/reports/{kit.report}/")
    assert client.post(words, {"language": "en", "sentence": "x"}).status_code == 422
    assert client.get(f"/en/evaluate/kept/{first}/withdraw/").status_code == 200
    client.post(f"/en/evaluate/kept/{first}/withdraw/")
    assert "Withdrawn" in page_of(client, f"/en/evaluate/kept/{first}/")
    assert [each.id for each in kit.detail().claims] == [second]


def test_a_report_is_opened_about_a_profile(kit, client, two_waves):
    release = two_waves(60, 48)
    kit.cast.sign_in(client, "analyst")
    assert "selected" in page_of(client, f"/en/evaluate/reports/new/?release={release}")
    said = {"organisation": kit.cast.centre, "title": "Year", "release": release, "plan": ""}
    answer = client.post("/en/evaluate/reports/new/", said)
    assert f"/en/assess/releases/{release}/" in page_of(client, answer.url)
    assert client.post("/en/evaluate/reports/new/", said | {"organisation": kit.cast.foreign}).status_code == 422
    assert "Year" in page_of(client, f"/en/evaluate/?release={release}")
    assert "Year" not in page_of(client, f"/en/evaluate/?release={release + 1}")
    assert client.get(f"/en/evaluate/?release={'9' * 30}&plan=x").status_code == 200


def test_a_withdrawn_profile_is_said_beside_the_sentence_in_print(kit, client, two_waves):
    release = two_waves(60, 48)
    kit.keep(source=from_release(release))
    kit.keep(source=level_of(release), claim=kit_level())
    releases.withdraw(actor=kit.actor(), release=release, now=LATER)
    kit.cast.sign_in(client, "analyst")
    page = client.get(f"/en/evaluate/reports/{kit.report}/files/en/html/").content.decode()
    assert page.count("The release that it comes from was withdrawn.") == 2


def kit_level():
    from hashar.evaluate.contracts.claims import PrevalenceClaim  # beside its only use

    return PrevalenceClaim(value=0.08, population="asked")


@pytest.mark.parametrize("kind", ["docx", "pdf", "html"])
def test_a_report_is_a_file_in_any_language(kit, client, kind):
    kit.override(kit.keep())
    kept.withdraw(actor=kit.actor(), claim=kit.keep(), now=LATER)
    kit.cast.sign_in(client, "reader")
    answer = client.get(f"/en/evaluate/reports/{kit.report}/files/kk/{kind}/")
    assert answer.status_code == 200
    assert f".kk.{kind}" in answer["Content-Disposition"]
    if kind == "docx":
        with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
            body = file.read("word/document.xml").decode()
        assert "The ministry asked for the sentence as it is." in body
    assert client.get(f"/en/evaluate/reports/{kit.report}/files/fr/{kind}/").status_code == 404
    assert client.get(f"/en/evaluate/reports/{kit.report}/files/en/exe/").status_code == 404
