/* Opens the pages that may be kept, without a connection. The site puts RELEASE and FILES in front of this file. */
"use strict";

const CACHE = `hashar-${RELEASE}`;
const PATIENCE = 5000;
const WHOSE = "Hashar-Person";
const isStatic = (address) => new URL(address).pathname.startsWith("/static/");
const ours = async () => (await caches.keys()).filter((name) => name.startsWith("hashar-"));

async function put(path, answer) {
  const cache = await caches.open(CACHE);
  for (const request of await cache.keys()) {
    const kept = isStatic(request.url) ? null : await cache.match(request);
    if (kept && kept.headers.get(WHOSE) !== answer.headers.get(WHOSE)) await cache.delete(request);
  }
  const text = await answer.clone().text();
  const named = [...text.matchAll(/(?:src|href)="(\/static\/[^"]+)"/g)].map((found) => found[1]);
  for (const file of new Set([...FILES, ...named])) if (!(await cache.match(file))) await cache.add(file);
  await cache.put(path, answer);
}

const mayKeep = (answer) => answer.ok && !answer.redirected && answer.headers.has(WHOSE);

async function keep(path) {
  const answer = await fetch(path, { credentials: "same-origin", cache: "no-store" });
  if (answer.status >= 500) throw new Error(`status ${answer.status}`);
  if (mayKeep(answer)) await put(path, answer);
}

async function keepNew(path) {
  if (!(await (await caches.open(CACHE)).match(path))) await keep(path);
}

/* A new release fills its own cache first. Where that fails, the former worker and its cache go on. */
async function fill() {
  const cache = await caches.open(CACHE);
  const former = (await ours()).filter((name) => name !== CACHE);
  await cache.addAll(FILES);
  for (const name of former) {
    for (const { url } of await (await caches.open(name)).keys()) if (!isStatic(url)) await keep(new URL(url).pathname);
  }
  await self.skipWaiting();
}

async function takeOver() {
  for (const name of await ours()) if (name !== CACHE) await caches.delete(name);
  await self.clients.claim();
}

/* A copy only where the network gives no answer in time: pages are otherwise as fresh as without a worker. */
async function page(event) {
  const path = new URL(event.request.url).pathname;
  const asked = fetch(event.request);
  event.waitUntil(asked.then((answer) => (mayKeep(answer) ? put(path, answer.clone()) : null)).catch(() => {}));
  const copy = await caches.match(path);
  if (!copy) return asked;
  const late = new Promise((done) => setTimeout(done, PATIENCE, null));
  const answer = await Promise.race([asked, late]).catch(() => null);
  return answer && answer.status < 502 ? answer : marked(copy);
}

/* The page says itself that it is a copy. */
async function marked(copy) {
  const text = (await copy.text()).replace("<body", "<body data-kept");
  const headers = new Headers(copy.headers); // its policy of what may be loaded above all
  for (const name of ["Content-Length", "Content-Encoding"]) headers.delete(name);
  return new Response(text, { headers });
}

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("message", (event) => {
  event.waitUntil(Promise.all(event.data.keep.map((path) => keepNew(path).catch(() => {}))));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (isStatic(request.url)) event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
});
