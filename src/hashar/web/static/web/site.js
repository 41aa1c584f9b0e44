/* Small comforts: copying, menus that close, pictures one can point at. Every page works without this file. */
"use strict";

(() => {
  const here = document.currentScript.dataset;

  function wake(root) {
    if (navigator.clipboard) for (const button of root.querySelectorAll("button[data-copy]")) button.hidden = false;
    for (const button of root.querySelectorAll("button[data-interactive]")) button.hidden = false;
  }

  async function copy(button) {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.querySelector("span").textContent = button.dataset.done;
  }

  function closeOthers(target) {
    for (const open of document.querySelectorAll("details.drop[open]")) if (!open.contains(target)) open.open = false;
  }

  function load(address) {
    return new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });
  }

  let engine = null;
  function vegaLoaded() {
    engine ??= load(here.vega).then(() => load(here.interpreter));
    return engine;
  }

  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;

  function point(handler, event, item, row) {
    // A row of our charts says what it is about (label or wave) and its value as the language writes it.
    tip.hidden = typeof row?.value !== "string";
    if (tip.hidden) return;
    tip.textContent = [row.label ?? row.wave, row.value].filter(Boolean).join(": ").replaceAll("\n", " ");
    const room = document.documentElement.clientWidth - tip.offsetWidth - 8;
    tip.style.left = `${Math.max(8, Math.min(event.clientX + 12, room)) + window.scrollX}px`;
    tip.style.top = `${event.clientY + 16 + window.scrollY}px`;
  }

  const nothingElse = () => Promise.reject(new Error("a picture loads nothing else"));

  async function draw(button, figure) {
    const narrow = window.matchMedia("(max-width: 44rem)").matches;
    const address = new URL(button.dataset.interactive, document.baseURI);
    if (narrow) address.searchParams.set("narrow", "1");
    const [answer] = await Promise.all([fetch(address, { credentials: "same-origin" }), vegaLoaded()]);
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const spec = await answer.json();
    const stage = document.createElement("div");
    stage.className = "chart live";
    stage.setAttribute("role", "img");
    stage.setAttribute("aria-label", spec.description ?? figure.querySelector("figcaption").textContent);
    figure.querySelector(".chart").before(stage);
    const view = new vega.View(vega.parse(spec, null, { ast: true }), {
      expr: vega.expressionInterpreter, renderer: "svg", container: stage, hover: true, tooltip: point,
      loader: { load: nothingElse, sanitize: nothingElse, http: nothingElse, file: nothingElse },
    });
    await view.runAsync();
    document.body.append(tip);
    return stage;
  }

  async function interact(button) {
    const figure = button.closest("figure");
    button.disabled = true;
    try {
      const stage = figure.querySelector(".live") ?? (await draw(button, figure));
      const live = button.getAttribute("aria-pressed") !== "true";
      for (const picture of figure.querySelectorAll(".chart")) picture.hidden = (picture === stage) !== live;
      button.setAttribute("aria-pressed", String(live));
    } catch (problem) {
      console.warn(problem);
      figure.querySelector(".live")?.remove();
      button.replaceWith(Object.assign(document.createElement("span"), { className: "note", role: "status", textContent: button.dataset.failed }));
      return;
    }
    button.disabled = false;
    button.focus();
  }

  document.addEventListener("click", (event) => {
    closeOthers(event.target);
    const button = event.target.closest("button");
    if (button?.dataset.copy) copy(button);
    if (button?.dataset.interactive) interact(button);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    tip.hidden = true;
    for (const open of document.querySelectorAll("details.drop[open]")) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  });
  for (const current of document.querySelectorAll(".menu [aria-current], .tabs [aria-current]")) {
    const line = current.closest("ul");
    line.scrollLeft = current.offsetLeft - line.offsetLeft - (line.clientWidth - current.offsetWidth) / 2;
  }
  function waits() {
    try {
      return localStorage.getItem("hashar-queue") !== null;
    } catch {
      return false; // a browser that keeps nothing
    }
  }
  if (waits() || document.querySelector("form[data-queue], [data-waiting]")) load(here.queue).catch(() => {});

  document.addEventListener("htmx:load", (event) => wake(event.target));
  wake(document);
})();
