"""Entries that wait in the browser, in every case that loses or doubles them elsewhere; with a form of one word."""

import threading

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from hashar.web.views import waiting
from tests.browser.checks import axe_faults, runs_over
from tests.browser.offline import (
    entries_kept,
    pages_kept,
    persons_with_keys,
    taken,
    wait_for_entries,
    wait_until,
    wait_until_kept,
    without_network,
)
from tests.web.offline import form
from tests.web.offline.form import AWAY, REFUSED

__all__ = ["taken"]
pytestmark = pytest.mark.urls("tests.web.offline.form")
FORM, LIST = "/en/implement/word/", "/en/implement/waiting/"
PHOTO = {"name": "hall.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8" + bytes(range(256)) * 400}
PHONE = {"width": 360, "height": 780}
KEPT = "Kept on this device. It is sent as soon as there is a connection."


@pytest.fixture
def phone(visit, taken):
    """The reader's phone with the form open, which from now on opens without a connection."""
    page = visit(FORM, "reader", **PHONE)
    wait_until_kept(page, FORM, LIST)
    yield page
    without_network(page)


def log(page, word, photo=None):
    page.locator("#word").fill(word)
    if photo:
        page.locator("#photo").set_input_files(photo)
    page.get_by_role("button", name="Store").click()


def log_away(page, word, photo=None):
    """Without a connection: the page says that the entry is kept."""
    before = len(entries_kept(page))
    log(page, word, photo)
    wait_for_entries(page, before + 1)
    page.get_by_role("status").get_by_text(KEPT).wait_for()


def states(page):
    return [entry["state"] for entry in entries_kept(page)]


def words(taken):
    """What arrived: each word and how often."""
    return sorted((lines[0][1], len(lines)) for lines in taken.values())


def no_posts(route):
    if route.request.method == "POST":
        route.abort()
    else:
        route.fallback()


def become(page, cast, server, who):
    """Another session in the same browser, as after signing in."""
    page.context.clear_cookies()
    session = cast.sign_in(Client(), who).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": server}])


def test_with_a_connection_the_entry_arrives_at_once_and_nothing_waits(phone, taken):
    log(phone, "football", PHOTO)
    phone.wait_for_url("**/en/")
    [[(who, word, size)]] = taken.values()
    assert (who, word, size) == ("Reader", "football", len(PHOTO["buffer"]))
    assert entries_kept(phone) == []


def test_without_a_connection_entries_wait_and_each_arrives_once(phone, taken):
    phone.context.set_offline(True)
    phone.goto(FORM)
    log_away(phone, "football", PHOTO)
    assert phone.locator("#word").input_value() == ""
    assert axe_faults(phone) + runs_over(phone) == []
    log_away(phone, "chess")
    phone.goto(LIST)
    items = phone.get_by_role("region", name="What waits on this device").get_by_role("listitem")
    items.nth(1).wait_for()
    assert [name in item.inner_text() for name, item in zip(["football", "chess"], items.all(), strict=True)] == [
        True
    ] * 2
    assert axe_faults(phone) + runs_over(phone) == []
    assert taken == {}
    phone.context.set_offline(False)
    phone.get_by_text("Nothing of yours waits here.").wait_for()
    assert words(taken) == [("chess", 1), ("football", 1)]
    assert {size for [(_, word, size)] in taken.values() if word == "football"} == {len(PHOTO["buffer"])}
    assert entries_kept(phone) == []


def test_any_page_of_the_site_tells_what_waits_and_sends_it(phone, taken):
    phone.context.set_offline(True)
    log_away(phone, "football")
    phone.context.set_offline(False)
    phone.goto("/en/places/")
    wait_for_entries(phone, 0)
    # The page that was left may have begun to send: then it comes twice, under the key that makes it one.
    assert [word for word, _ in words(taken)] == ["football"]


def test_a_kept_form_is_of_today_and_each_entry_has_a_key_of_its_own(phone):
    phone.context.set_offline(True)
    keys = set()
    for _ in range(2):
        phone.goto(FORM)
        keys.add(phone.locator("[name=key]").input_value())
        today = phone.evaluate("new Date().toLocaleDateString('sv')")
        assert phone.locator("#day").input_value() == phone.locator("#day").get_attribute("max") == today
    assert len(keys) == 2


def test_an_answer_that_is_lost_after_the_site_stored_the_entry_doubles_nothing(phone, taken):
    def store_and_be_silent(route):
        if route.request.method == "POST":
            route.fetch(max_redirects=0)
            route.abort()
        else:
            route.fallback()

    phone.context.route(f"**{FORM}", store_and_be_silent)
    log_away(phone, "football")
    [lines] = taken.values()
    assert len(lines) == 1
    assert len(entries_kept(phone)) == 1
    phone.context.unroute(f"**{FORM}")
    phone.reload()
    wait_for_entries(phone, 0)
    assert list(taken.values()) == [lines]
    assert len(lines) == 2  # it came again with the key that the site knows


def test_a_slow_site_does_not_hold_up_the_next_entry(phone, taken, monkeypatch):
    go_on = threading.Event()
    monkeypatch.setattr(form, "redirect", lambda *args, real=form.redirect: go_on.wait(20) and real(*args))
    log_away(phone, "football")  # said after some seconds, without an answer
    phone.locator("#word").fill("chess")
    go_on.set()
    wait_for_entries(phone, 0)
    assert phone.locator("#word").input_value() == "chess"
    assert words(taken) == [("football", 1)]


def test_an_entry_behind_one_that_cannot_be_sent_says_that_it_waits(phone, cast):
    phone.context.set_offline(True)
    log_away(phone, "football")
    phone.context.set_offline(False)
    phone.context.route(f"**{FORM}", no_posts)
    log_away(phone, "chess")
    Session.objects.all().delete()
    log(phone, "judo")
    phone.get_by_role("status").get_by_text("Sign in, then it is sent.").wait_for()
    assert len(entries_kept(phone)) == 3


def test_a_page_that_is_closed_while_it_sends_loses_nothing(phone, taken, monkeypatch):
    arrived, go_on = threading.Event(), threading.Event()
    real = form.redirect

    def slow(*args):
        arrived.set()
        go_on.wait(10)
        return real(*args)

    monkeypatch.setattr(form, "redirect", slow)
    log(phone, "football")
    assert arrived.wait(10)
    phone.close()
    other = phone.context.new_page()
    go_on.set()
    monkeypatch.setattr(form, "redirect", real)
    other.goto(LIST)
    wait_for_entries(other, 0)
    assert {key: lines[0][1] for key, lines in taken.items()}.values() == {"football"} or len(taken) == 1


def test_a_fault_of_the_site_keeps_the_entry_and_does_not_hold_up_the_others(phone, taken):
    log(phone, AWAY)
    phone.get_by_text("The site had a fault.").wait_for()
    log(phone, "chess")
    phone.wait_for_url("**/en/")
    assert words(taken) == [("chess", 1)]
    assert states(phone) == ["waiting"]


def test_a_refused_entry_is_kept_with_the_sentence_and_can_be_corrected(phone, taken):
    phone.context.set_offline(True)
    phone.locator("#sort").select_option("b")
    phone.locator("#sure").check()
    log_away(phone, REFUSED, PHOTO)
    phone.context.set_offline(False)
    phone.goto(LIST)
    phone.get_by_text("This word was taken by somebody else. Choose another one.").wait_for()
    assert axe_faults(phone) + runs_over(phone) == []
    phone.get_by_role("link", name="Open and correct").click()
    phone.get_by_role("status").get_by_text("Choose another one.").wait_for()
    assert phone.locator("#word").input_value() == REFUSED
    assert phone.locator("#sort").input_value() == "b"
    assert phone.locator("#sure").is_checked()
    assert phone.locator("#photo").evaluate("field => field.files[0].size") == len(PHOTO["buffer"])
    log(phone, "chess")
    phone.wait_for_url("**/en/")
    assert words(taken) == [("chess", 1)]
    assert entries_kept(phone) == []


def test_what_is_refused_at_once_stays_in_the_form_and_is_kept_once(phone, taken):
    for word in (REFUSED, f"{REFUSED} again"):
        log(phone, word)
        wait_until(phone, states, ["refused"])
        phone.get_by_role("status").get_by_text("Choose another one.").wait_for()
        assert phone.locator("#word").input_value() == word
    assert len(entries_kept(phone)) == 1
    assert taken == {}


def test_deleting_asks_first(phone, taken):
    log(phone, REFUSED)
    phone.get_by_role("status").get_by_text("Choose another one.").wait_for()
    phone.goto(LIST)
    phone.get_by_role("button", name="Delete").click()
    assert "exists nowhere else" in phone.locator("[data-sure]").inner_text()
    assert axe_faults(phone) + runs_over(phone) == []
    phone.get_by_role("button", name="Cancel").click()
    assert len(entries_kept(phone)) == 1
    phone.get_by_role("button", name="Delete").click()
    phone.get_by_role("button", name="Delete").click()
    phone.get_by_text("Nothing of yours waits here.").wait_for()
    assert entries_kept(phone) == []


def test_when_the_session_is_over_the_entry_waits_for_its_person_to_sign_in(phone, taken, cast, server):
    Session.objects.all().delete()
    log(phone, "football")
    phone.get_by_text("Sign in, then it is sent.").wait_for()
    assert axe_faults(phone) + runs_over(phone) == []
    phone.get_by_role("status").get_by_role("link", name="Sign in").click()
    phone.get_by_label("Login name").wait_for()
    wait_until(phone, pages_kept, [])
    become(phone, cast, server, "reader")
    phone.goto(LIST)
    wait_for_entries(phone, 0)
    assert words(taken) == [("football", 1)]


def test_somebody_else_on_the_device_neither_sees_nor_sends_nor_opens_it(phone, taken, cast, server):
    phone.context.set_offline(True)
    log_away(phone, "football")
    phone.context.set_offline(False)
    become(phone, cast, server, "analyst")
    phone.goto(LIST)
    phone.get_by_text("Entries of somebody else wait on this device too.").wait_for()
    wait_until(phone, pages_kept, [LIST])
    assert "football" not in phone.content()
    assert phone.get_by_role("listitem").filter(has_text="football").count() == 0
    assert "Analyst" in phone.evaluate("path => caches.match(path).then(kept => kept.text())", LIST)
    stored = phone.evaluate(ALL_BYTES)
    assert b"football" not in bytes(stored)
    assert persons_with_keys(phone) != [entries_kept(phone)[0]["person"]]
    assert taken == {}
    become(phone, cast, server, "reader")
    phone.goto("/en/")
    wait_for_entries(phone, 0)
    assert {who for [(who, _, _)] in taken.values()} == {"Reader"}


ALL_BYTES = """() => new Promise((done) => {
  indexedDB.open("hashar").onsuccess = ({ target }) => {
    target.result.transaction("entries").objectStore("entries").getAll().onsuccess = (got) => {
      target.result.close();
      const [entry] = got.target.result;
      done([...new Uint8Array(entry.body.bytes), ...new Uint8Array(entry.title.bytes)]);
    };
  };
})"""


def test_signing_out_warns_of_what_waits_and_forgets_the_kept_pages(phone, taken):
    phone.context.set_offline(True)
    log_away(phone, "football")
    phone.context.set_offline(False)
    phone.context.route(f"**{FORM}", lambda route: route.abort())
    phone.goto("/en/places/")
    phone.get_by_text("Waiting on this device to be sent: 1").wait_for()
    assert axe_faults(phone) + runs_over(phone) == []
    phone.locator("summary", has_text="Reader").click()
    phone.get_by_role("button", name="Sign out").click()
    phone.get_by_text("Entries on this device are not sent yet.").wait_for()
    assert axe_faults(phone) + runs_over(phone) == []
    phone.get_by_role("main").get_by_role("button", name="Sign out").click()
    phone.wait_for_url("**/account/login/")
    wait_until(phone, pages_kept, [])
    assert persons_with_keys(phone) == []
    assert len(entries_kept(phone)) == 1


def test_two_windows_send_each_entry_once(phone, taken):
    phone.context.set_offline(True)
    for word in ("football", "chess", "judo"):
        log_away(phone, word)
    other = phone.context.new_page()
    other.goto(LIST)
    phone.context.set_offline(False)
    other.get_by_text("Nothing of yours waits here.").wait_for()
    wait_for_entries(phone, 0)
    assert words(taken) == [("chess", 1), ("football", 1), ("judo", 1)]


FULL = """() => {
  IDBObjectStore.prototype.put = function () { this.transaction.abort(); }; // as a browser does where no room is left
}"""


def test_a_full_device_says_so_and_the_form_keeps_what_was_typed(phone, taken):
    phone.evaluate(FULL)
    phone.context.set_offline(True)
    log(phone, "football", PHOTO)
    phone.get_by_text("There is no room left on this device. Nothing is stored yet.").wait_for()
    assert axe_faults(phone) + runs_over(phone) == []
    assert phone.locator("#word").input_value() == "football"
    assert entries_kept(phone) == []
    phone.context.set_offline(False)
    phone.get_by_role("button", name="Store").click()
    phone.wait_for_url("**/en/")
    assert words(taken) == [("football", 1)]


FORMER = """key => new Promise((done) => {
  indexedDB.deleteDatabase("hashar").onsuccess = () => {
    const asked = indexedDB.open("hashar", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("entries", { keyPath: "key" });
    asked.onsuccess = async () => {
      const fields = new FormData();
      fields.set("key", key);
      fields.set("word", "football");
      const whole = new Response(fields);
      const type = whole.headers.get("Content-Type");
      const entry = {
        key, person: document.body.dataset.person, made: 1, state: "waiting", said: [], tries: 0, type, name: "Word",
        action: "/en/implement/word/", page: "/en/implement/word/", title: { bytes: new ArrayBuffer(0) },
        body: { bytes: await whole.arrayBuffer() },
      };
      const round = asked.result.transaction("entries", "readwrite");
      round.objectStore("entries").put(entry);
      round.oncomplete = () => { asked.result.close(); localStorage.setItem("hashar-queue", "1"); done(); };
    };
  };
})"""


def test_entries_of_a_former_version_of_the_store_stay_and_arrive(visit, taken):
    page = visit("/en/places/", "reader")
    page.evaluate(FORMER, "0b7e0a4e-9b1b-4ac0-8c67-0a4a5be0a8b1")
    page.goto("/en/places/")
    wait_for_entries(page, 0)
    assert words(taken) == [("football", 1)]
    assert page.evaluate("indexedDB.databases().then(all => all[0].version)") == 2


def test_a_new_release_renews_the_kept_pages_and_leaves_the_entries(phone, taken, monkeypatch):
    phone.context.set_offline(True)
    log_away(phone, "football")
    [before] = phone.evaluate("caches.keys()")
    former = waiting._source()
    monkeypatch.setattr(waiting, "_source", lambda: former + "// newer\n")
    phone.context.route(f"**{FORM}", no_posts)
    phone.context.set_offline(False)
    phone.goto(LIST)
    wait_until(phone, lambda page: [name != before for name in page.evaluate("caches.keys()")], [True])
    assert pages_kept(phone) == [LIST, FORM]
    assert len(entries_kept(phone)) == 1
    phone.context.set_offline(True)
    phone.goto(FORM)
    assert phone.get_by_role("heading", name="Log a word").is_visible()


def test_without_scripts_the_form_works_as_any_other(visit, taken):
    page = visit(FORM, "reader", java_script_enabled=False, **PHONE)
    log(page, "football")
    assert page.url.endswith("/en/")
    assert words(taken) == [("football", 1)]


INSECURE = """
Object.defineProperty(window, "isSecureContext", { value: false });
Object.defineProperty(Navigator.prototype, "serviceWorker", { value: undefined });
Object.defineProperty(Navigator.prototype, "locks", { value: undefined });
Object.defineProperty(Crypto.prototype, "subtle", { value: undefined });
"""


def test_at_an_address_without_https_the_open_form_keeps_entries_and_says_what_it_cannot_do(visit, taken):
    page = visit("about:blank", "reader", **PHONE)
    page.add_init_script(INSECURE)
    page.goto(FORM)
    page.get_by_text("The address of this site is not secure (https).").wait_for()
    page.context.set_offline(True)
    log_away(page, "football")
    page.context.set_offline(False)
    wait_for_entries(page, 0)
    assert words(taken) == [("football", 1)]
    without_network(page)
