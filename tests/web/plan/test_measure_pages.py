"""The page of a measure: words of the plan, lead and partners, commitments, the thread, without JavaScript."""

import pytest
from django.urls import reverse

from hashar.plan.contracts.commitments import Step
from tests.plan.together import make_together

pytestmark = pytest.mark.django_db


@pytest.fixture
def together(cast):
    return make_together(cast)


def address(name, *args):
    return reverse(name, args=args).replace("/ru/", "/en/").replace("/kk/", "/en/")


def text(response):
    return response.content.decode()


def of(together, name="measure", at=0):
    return address(name, together.plan, together.measures[at])


def test_the_page_tells_the_plans_words_and_who_takes_part(together, client):
    together.cast.sign_in(client, "reader")
    page = text(client.get(of(together)))
    assert "Провести тренинги для родителей школьников" in page
    assert "IV квартал 2026 года" in page
    assert "Nobody leads this measure." in page
    assert "Almaty centre" in page.split("State bodies</h3>")[1].split("</div>")[0]
    assert "Cost, тыс. тенге" in page
    assert "Promise something" not in page
    assert "Write in the thread" not in page


def test_a_promise_is_made_and_accepted_on_the_pages(together, client):
    together.cast.sign_in(client, "youth")
    form = text(client.get(of(together, "measure_offer")))
    assert "Ten evenings" not in form
    said = {"organisation": together.cast.neighbour, "part": "partner", "text": "Ten evenings", "until": "2030-05-01"}
    assert client.post(of(together, "measure_offer"), said | {"text": ""}).status_code == 422
    assert client.post(of(together, "measure_offer"), said | {"until": "2020-05-01"}).status_code == 422
    assert client.post(of(together, "measure_offer"), said).url == of(together)
    again = client.post(of(together, "measure_offer"), said)
    assert again.status_code == 409
    assert "open commitment" in text(again)
    assert "Ten evenings" in text(again)
    together.cast.sign_in(client, "official")
    page = text(client.get(of(together)))
    made = together.page("official").commitments[0].id
    accept = address("commitment_step", made, "accept")
    assert f'action="{accept}"' in page
    assert client.post(accept).url == of(together)
    page = text(client.get(of(together)))
    assert "Accepted" in page
    assert "Almaty youth" in page.split("Civil society</h3>")[1].split("</div>")[0]
    assert client.post(accept).status_code == 404


def test_declining_asks_for_a_reason_and_keeps_what_was_typed(together, client):
    made = together.offer()
    together.cast.sign_in(client, "official")
    decline = address("commitment_step", made, "decline")
    assert "stays in the history" in text(client.get(decline))
    assert client.post(decline, {"reason": ""}).status_code == 422
    assert client.post(decline, {"reason": "We have enough"}).status_code == 302
    assert "We have enough" in text(client.get(of(together)))
    assert client.get(address("commitment_step", made, "nonsense")).status_code == 404
    assert client.get(address("commitment_step", 10**30, "decline")).status_code == 404


def test_an_invitation_is_answered(together, client):
    together.cast.sign_in(client, "official")
    form = text(client.get(of(together, "measure_invite"), {"organisation": together.cast.neighbour}))
    assert f'<option value="{together.cast.neighbour}" selected>' in form
    said = {"organisation": together.cast.neighbour, "part": "lead", "text": "Lead it, please"}
    assert client.post(of(together, "measure_invite"), said).status_code == 302
    made = together.page("official").commitments[0].id
    together.cast.sign_in(client, "youth")
    answer = address("commitment_step", made, "answer")
    assert "Lead it, please" in text(client.get(answer))
    assert client.post(answer, {"text": "We lead it"}).status_code == 302
    page = text(client.get(of(together)))
    assert "We lead it" in page
    assert "Lead it, please" in page.split("<summary>History")[1]


def test_a_thread_is_written_edited_and_removed_on_the_pages(together, client):
    together.cast.sign_in(client, "youth")
    page = text(client.get(of(together)))
    assert "Write no personal data" in page
    assert "only organisations of this measure" not in page
    said = {"organisation": together.cast.neighbour, "text": "<b>Who</b> comes?", "audience": "public"}
    assert client.post(of(together, "post_write"), said | {"text": ""}).status_code == 422
    assert client.post(of(together, "post_write"), said | {"audience": "members"}).status_code == 403
    assert client.post(of(together, "post_write"), said).status_code == 302
    page = text(client.get(of(together)))
    assert "&lt;b&gt;Who&lt;/b&gt; comes?" in page
    post = together.page("youth").posts[0].id
    assert "comes?" in text(client.get(address("post_edit", post)))
    assert client.post(address("post_edit", post), {"text": " "}).status_code == 422
    assert client.post(address("post_edit", post), {"text": "We come"}).status_code == 302
    assert "edited on" in text(client.get(of(together)))
    together.cast.sign_in(client, "coordinator")
    assert client.get(address("post_edit", post)).status_code == 404
    assert client.get(address("post_remove", post)).status_code == 200
    assert client.post(address("post_remove", post), {"reason": ""}).status_code == 422
    assert client.post(address("post_remove", post), {"reason": "Twice"}).status_code == 302
    assert client.get(address("post_remove", post)).status_code == 404
    page = text(client.get(of(together)))
    assert "We come" not in page
    assert "Twice" in page


def test_a_member_chooses_who_reads(together, client):
    together.take("official", together.offer(), Step.ACCEPT)
    together.cast.sign_in(client, "youth")
    assert "only organisations of this measure" in text(client.get(of(together)))


@pytest.mark.parametrize("name", ["measure", "measure_offer", "measure_invite", "post_write"])
def test_strangers_get_nothing(together, client, name):
    together.cast.sign_in(client, "stranger")
    answer = client.get(of(together, name))
    assert answer.status_code == 404
    assert "тренинги" not in text(answer)


@pytest.mark.parametrize("name", ["measure_offer", "measure_invite", "post_write"])
def test_readers_are_told_who_may(together, client, name):
    together.cast.sign_in(client, "reader")
    assert client.get(of(together, name)).status_code == 403


def test_a_measure_of_another_plan_is_not_there(together, client):
    together.cast.sign_in(client, "official")
    assert client.get(address("measure", together.plan, 10**30)).status_code == 404
    assert client.get(address("measure", together.plan + 1, together.measures[0])).status_code == 404
