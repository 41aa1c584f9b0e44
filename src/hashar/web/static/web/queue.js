/* Entries that wait: kept in this browser first, then sent, until the site has them. The forms work without this file.

   The site does nothing twice for the same key, so that sending again is always safe. Entries belong to the person who
   made them: locked with a key that the site gives to that person alone, sent only while that person is signed in. */
"use strict";

(() => {
  const said = document.querySelector("[data-queue-said]");
  const words = said?.dataset ?? {};
  const bar = document.querySelector("[data-waiting-here]");
  const list = document.querySelector("[data-waiting]");
  const persons = (document.body.dataset.person ?? "").split(" ").filter(Boolean);
  const FLAG = "hashar-queue";
  const SECOND = 1000;
  const PATIENCE = 4;
  const LOCK = "AES-GCM";

  /* The store. A step is never changed once it was released: a new one is added, and entries stay. */
  const STEPS = [
    (db) => db.createObjectStore("entries", { keyPath: "key" }),
    (db) => db.createObjectStore("keys", { keyPath: "person" }),
  ];
  let opened = null;

  function store() {
    opened ??= new Promise((done, failed) => {
      const asked = indexedDB.open("hashar", STEPS.length);
      asked.onupgradeneeded = ({ oldVersion }) => STEPS.slice(oldVersion).forEach((step) => step(asked.result));
      asked.onerror = () => failed(asked.error);
      asked.onsuccess = () => {
        asked.result.onversionchange = () => {
          asked.result.close();
          opened = null;
        };
        done(asked.result);
      };
    });
    opened.catch(() => { opened = null; });
    return opened;
  }

  async function inTable(name, mode, work) {
    const db = await store();
    return new Promise((done, failed) => {
      const round = db.transaction(name, mode, { durability: "strict" });
      const answer = work(round.objectStore(name));
      round.oncomplete = () => done(answer?.result);
      round.onabort = () => failed(round.error);
    });
  }

  const all = () => inTable("entries", "readonly", (table) => table.getAll());
  const read = (key) => inTable("entries", "readonly", (table) => table.get(key));
  const write = (entry) => inTable("entries", "readwrite", (table) => table.put(entry));
  const remove = (key) => inTable("entries", "readwrite", (table) => table.delete(key));
  const change = (key, news) => inTable("entries", "readwrite", (table) => {
    const asked = table.get(key); // what was deleted meanwhile stays so
    asked.onsuccess = () => asked.result && table.put({ ...asked.result, ...news });
  });
  const isMine = (entry) => persons.includes(entry.person);
  const mine = async () => (await all()).filter(isMine).sort((one, other) => one.made - other.made);

  /* Keys: given by the site, never to be read out of the browser, forgotten when somebody signs out. */
  const keys = new Map();

  async function keyOf(person) {
    if (!keys.has(person)) {
      const kept = await inTable("keys", "readonly", (table) => table.get(person));
      if (kept) keys.set(person, kept.lock);
    }
    return keys.get(person);
  }

  async function learn(given) {
    if (!crypto.subtle) return;
    for (const [person, text] of Object.entries(given)) {
      if (await keyOf(person)) continue;
      const raw = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
      const lock = await crypto.subtle.importKey("raw", raw, LOCK, false, ["encrypt", "decrypt"]);
      keys.set(person, lock);
      await inTable("keys", "readwrite", (table) => table.put({ person, lock }));
    }
  }

  async function seal(person, bytes) {
    if (!crypto.subtle) return { bytes };
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { iv, bytes: await crypto.subtle.encrypt({ name: LOCK, iv }, await keyOf(person), bytes) };
  }

  async function unseal(person, { iv, bytes }) {
    return iv ? crypto.subtle.decrypt({ name: LOCK, iv }, await keyOf(person), bytes) : bytes;
  }

  async function forget() {
    keys.clear();
    if (window.caches) for (const name of await caches.keys()) if (name.startsWith("hashar-")) await caches.delete(name);
    await inTable("keys", "readwrite", (table) => table.clear());
  }

  /* Sending. */
  const rest = (seconds) => new Promise((done) => setTimeout(done, seconds * SECOND));
  const limit = (seconds) => AbortSignal.timeout(seconds * SECOND);

  async function ask() {
    const asked = { headers: { "X-Requested-With": "queue" }, redirect: "manual", cache: "no-store", signal: limit(15) };
    const answer = await fetch(bar.dataset.state, asked);
    if (answer.status === 401) return null;
    if (answer.status !== 200) throw new Error(`status ${answer.status}`);
    const who = await answer.json();
    if (persons.some((person) => person in who.keys)) await learn(who.keys);
    return who;
  }

  function sentences(text) {
    const page = new DOMParser().parseFromString(text, "text/html");
    const found = ["main .problems li", "main .refusal .lead, main .refusal .bullets li", "main .notice.stop p"]
      .map((where) => [...page.querySelectorAll(where)]).find((each) => each.length);
    return (found ?? []).map((each) => each.textContent.trim().replace(/\s+/g, " ").slice(0, 400));
  }

  async function post(entry) {
    const who = await ask();
    if (!who?.keys[entry.person]) return { state: "signin" };
    const headers = {
      "Content-Type": entry.type, "X-CSRFToken": who.token, "X-Requested-With": "queue", "Hashar-Person": entry.person,
    };
    const body = await unseal(entry.person, entry.body);
    const answer = await fetch(entry.action, { method: "POST", headers, body, redirect: "manual", signal: limit(300) });
    const { status } = answer;
    if (status === 201) return { state: "arrived", at: answer.headers.get("Location") };
    if (status === 401) return { state: "signin" };
    if (status >= 400 && status < 500 && ![408, 425, 429].includes(status)) {
      return { state: "refused", said: sentences(await answer.text()) };
    }
    return { state: "waiting", fault: true };
  }

  async function sendOne(entry) {
    const result = await post(entry).catch(() => ({ state: "waiting", away: true }));
    if (result.state === "arrived") await remove(entry.key);
    else await change(entry.key, { state: result.state, said: result.said ?? [], tries: entry.tries + 1 });
    return result;
  }

  async function sendAll() {
    const results = new Map();
    for (const entry of await mine()) {
      if (entry.state === "refused") continue;
      const result = await sendOne(entry);
      results.set(entry.key, result);
      if (result.away || result.state === "signin") break;
    }
    return results;
  }

  let line = Promise.resolve();
  let timer = 0;
  let pause = 5;

  /* One sender at a time: in this page by the line, over all pages by a lock where the browser has locks. */
  function send() {
    clearTimeout(timer);
    const work = navigator.locks ? () => navigator.locks.request("hashar-queue", sendAll) : sendAll;
    const done = line.then(work).then(async (results) => {
      const { waiting } = await show();
      pause = [...results.values()].some((each) => each.state === "arrived") ? 5 : Math.min(pause * 2, 300);
      if (waiting) timer = setTimeout(send, pause * SECOND * (1 + Math.random() / 4));
      return results;
    });
    line = done.catch(() => {});
    return done;
  }

  function again() {
    if (!persons.length) return;
    pause = 5;
    send().catch(() => {});
  }

  /* What the page says. */
  function say(word, tone, more = {}) {
    const notice = document.querySelector(`[data-queue-notice="${tone}"]`).content.cloneNode(true);
    notice.querySelector("[data-text]").textContent = words[word];
    fillSentences(notice, more.sentences ?? []);
    notice.querySelector("[data-sign-in]").hidden = word !== "signin";
    notice.querySelector("[data-list]").hidden = !more.list || Boolean(list);
    said.replaceChildren(notice);
    said.scrollIntoView({ block: "nearest" });
  }

  function fillSentences(where, texts) {
    const bullets = where.querySelector("[data-sentences]");
    bullets.hidden = texts.length === 0;
    bullets.replaceChildren(...texts.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  }

  const SAYS = { refused: "refused", signin: "signin" };
  const TONES = { refused: "stop", signin: "caution", fault: "caution", kept: "good" };
  const wordOf = (result) => SAYS[result?.state] ?? (result?.fault ? "fault" : "kept");

  let unsent = 0;

  async function show() {
    const entries = await all();
    const own = entries.filter(isMine).sort((one, other) => one.made - other.made);
    unsent = own.length;
    localStorage.setItem(FLAG, entries.length);
    if (bar) {
      bar.hidden = unsent === 0 || Boolean(list);
      bar.querySelector("strong").textContent = unsent.toLocaleString(document.documentElement.lang);
    }
    for (const warning of document.querySelectorAll("[data-unsent]")) warning.hidden = unsent === 0;
    if (list) await fillList(own, entries.length > own.length);
    return { waiting: own.some((entry) => entry.state !== "refused") };
  }

  const nameOf = async (entry) => {
    try {
      return new TextDecoder().decode(await unseal(entry.person, entry.title));
    } catch {
      return "";
    }
  };

  async function fillList(own, others) {
    const items = await Promise.all(own.map(item));
    list.hidden = false;
    list.querySelector("[data-entries]").replaceChildren(...items);
    list.querySelector("[data-entries]").hidden = own.length === 0;
    if (own.length === 0) say("sent", "good");
    list.querySelector("[data-send]").hidden = own.every((entry) => entry.state === "refused");
    list.querySelector("[data-others]").hidden = !others;
  }

  async function item(entry) {
    const made = document.querySelector("[data-entry]").content.cloneNode(true).firstElementChild;
    const find = (name) => made.querySelector(`[data-${name}]`);
    const time = new Date(entry.made);
    find("title").textContent = (await nameOf(entry)) || entry.name;
    find("made").textContent = time.toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
    find("made").dateTime = time.toISOString();
    fillSentences(made, entry.said);
    const badges = document.querySelector("[data-badges]").content.children;
    find("badge").append(badges[{ refused: 1, signin: 2 }[entry.state] ?? 0].cloneNode(true));
    find("mend").hidden = entry.state !== "refused";
    find("mend").href = `${entry.page}#${entry.key}`;
    const sure = (open) => {
      find("sure").hidden = !open;
      find("actions").hidden = open;
      find(open ? "no" : "delete").focus();
    };
    find("delete").addEventListener("click", () => sure(true));
    find("no").addEventListener("click", () => sure(false));
    find("yes").addEventListener("click", () => remove(entry.key).then(show).then(() => list.focus()));
    return made;
  }

  function tell(results) {
    const [stopped] = [...results.values()].filter((each) => each.state !== "arrived");
    if (stopped) say(wordOf(stopped), TONES[wordOf(stopped)]);
  }

  /* The form. */
  function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("").replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  async function entryOf(form, button) {
    const fields = new FormData(form, button);
    fields.delete("csrfmiddlewaretoken"); // a fresh one goes with each sending
    const whole = new Response(fields);
    const type = whole.headers.get("Content-Type");
    const person = persons[0];
    const named = (form.dataset.title ?? "").split(" ").map((name) => fields.get(name)).filter((each) => typeof each === "string" && each);
    const action = new URL(form.action || location.href);
    return {
      key: fields.get("key"), person, made: Date.now(), state: "waiting", said: [], tries: 0, type,
      action: action.pathname + action.search, page: location.pathname, name: form.dataset.name ?? document.title,
      title: await seal(person, new TextEncoder().encode(named.join(" · "))),
      body: await seal(person, await whole.arrayBuffer()),
    };
  }

  async function fillIn(form, entry) {
    const headers = { "Content-Type": entry.type };
    const fields = await new Response(await unseal(entry.person, entry.body), { headers }).formData();
    for (const control of form.querySelectorAll("input:not([type=hidden]), select, textarea")) {
      const values = fields.getAll(control.name);
      if (control.type === "file") {
        const chosen = new DataTransfer();
        for (const file of values) if (file instanceof File && file.size) chosen.items.add(file);
        control.files = chosen.files;
      } else if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
      else if (control.multiple) for (const option of control.options) option.selected = values.includes(option.value);
      else control.value = values[0] ?? "";
    }
    form.elements.key.value = entry.key;
    for (const fold of form.querySelectorAll("details")) fold.open = true;
    if (entry.said.length) say("refused", "stop", { sentences: entry.said });
  }

  const isCopy = () => "kept" in document.body.dataset;

  function begin(form, later) {
    form.elements.key.value = newKey();
    if (!later) return; // the site knows best which day it is
    const now = new Date();
    const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
    for (const field of form.querySelectorAll("input[data-today]")) {
      field.value = today; // a kept page was made on another day, an open one may be
      if (field.max && field.max < today) field.max = today;
    }
  }

  /* What became of an entry: one before it may have stopped the line, or another window may have sent it. */
  async function resultOf(entry, results) {
    return results.get(entry.key) ?? ((await read(entry.key)) ? [...results.values()].pop() : { state: "arrived" });
  }

  async function keepAndSend(form, button) {
    let kept = true;
    await keyOf(persons[0]).then((key) => key ?? (crypto.subtle && ask())).catch(() => {});
    if (crypto.subtle && !keys.has(persons[0])) return say("locked", "stop");
    const entry = await entryOf(form, button);
    try {
      await write(entry);
      localStorage.setItem(FLAG, "1");
    } catch {
      kept = false; // no room, or a browser that keeps nothing: straight to the site, with the form left as it is
    }
    if (kept) say("sending", "good");
    const sent = kept ? send().then((results) => resultOf(entry, results)) : post(entry).catch(() => ({ away: true }));
    const result = kept ? await Promise.race([sent, rest(PATIENCE)]) : await sent;
    if (result?.state === "arrived") return location.assign(result.at ?? words.keep);
    if (!kept) return say(result.state === "refused" ? "refused" : "full", "stop", { sentences: result.said });
    const word = wordOf(result);
    say(word, TONES[word], { sentences: result?.said, list: true });
    if (result?.state === "refused") return null;
    navigator.storage?.persist?.().catch(() => {});
    form.reset(); // it is on its way, or waits: the next one can be made
    begin(form, true);
    return null;
  }

  function enhance(form) {
    const mended = location.hash.slice(1);
    begin(form, isCopy());
    if (!window.isSecureContext) say("plain", "note");
    else if (isCopy()) say("away", "note");
    if (mended) read(mended).then((entry) => entry && isMine(entry) && fillIn(form, entry)).catch(() => {});
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!navigator.onLine && !form.reportValidity()) return; // with a connection the site says what is missing
      form.inert = true; // nothing is typed into a form that is about to be emptied
      keepAndSend(form, event.submitter)
        .catch((problem) => say(problem?.name === "VersionError" ? "old" : "full", "stop"))
        .finally(() => {
          form.inert = false;
          said.focus({ preventScroll: true });
        });
    });
  }

  /* Pages that open without a connection, and what happens when somebody leaves. */
  async function keepPages(form) {
    if (!navigator.serviceWorker || !words.worker) return;
    await navigator.serviceWorker.register(words.worker, { scope: words.scope });
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({ keep: [words.keep, ...(form ? [location.pathname] : [])] });
  }

  function leave(event) {
    const form = event.target;
    if (!/\/account\/logout\/$/.test(form.action)) return;
    event.preventDefault();
    if (unsent && location.pathname !== new URL(form.action).pathname) location.assign(form.action);
    else Promise.race([forget(), rest(PATIENCE)]).catch(() => {}).finally(() => form.submit());
  }

  async function start() {
    if (!window.indexedDB) return;
    const form = persons.length ? document.querySelector("form[data-queue]") : null;
    document.addEventListener("submit", leave);
    if (form) enhance(form);
    list?.querySelector("[data-send]").addEventListener("click", () => send().then(tell).catch(() => {}));
    window.addEventListener("online", again);
    window.addEventListener("storage", (event) => event.key === FLAG && show());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && again());
    if (!persons.length) return void (await forget());
    const known = await inTable("keys", "readonly", (table) => table.getAllKeys());
    if (known.some((person) => !persons.includes(person))) await forget(); // somebody else was signed in before
    await show();
    if (form || list) keepPages(form).catch(() => {});
    if ((form || unsent) && crypto.subtle && !(await keyOf(persons[0]))) await ask().catch(() => {});
    again();
  }

  start().catch(() => {});
})();
