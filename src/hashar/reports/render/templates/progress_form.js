"use strict";
(() => {
  const block = document.getElementById("hashar-answers");
  const settings = JSON.parse(document.getElementById("hashar-settings").textContent);
  const words = settings.words;
  const data = JSON.parse(block.textContent);
  const measures = new Map(data.measures.map((each) => [String(each.measure), each]));
  const sections = [...document.querySelectorAll(".measure")];
  const by = document.getElementById("returned_by");
  const place = "hashar-form-" + settings.key;
  const show = (id) => { document.getElementById(id).hidden = false; };
  const control = (section, field) => section.querySelector('[data-field="' + field + '"]');
  const value = (section, field) => control(section, field).value.trim();
  const today = () => { const now = new Date(); now.setMinutes(now.getMinutes() - now.getTimezoneOffset()); return now.toISOString().slice(0, 10); };

  function day(section) {
    const given = control(section, "done_on");
    const text = given.value;
    if (given.validity.badInput) return words.day;
    if (!text || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return "";
    if (text > today()) return words.future;
    return text < settings.start || text > settings.end ? words.day : "";
  }
  function amount(section) {
    const text = value(section, "spent").replace(/[\s\u00a0\u202f]/g, "");
    return !text || /^\d+([.,]\d+)?$/.test(text) ? "" : words.amount;
  }
  function faults(section) {
    const status = value(section, "status") || section.dataset.known || "";
    const shown = value(section, "evidence") || section.dataset.shown;
    return {
      status: value(section, "done_on") && status !== "done" ? words.status : "",
      done_on: day(section),
      spent: amount(section),
      evidence: status === "done" && section.classList.contains("answered") && !shown ? words.evidence : "",
    };
  }
  function read() {
    let answered = 0, open = 0;
    for (const section of sections) {
      const answers = {};
      for (const each of section.querySelectorAll("[data-field]")) {
        const text = each.value.trim();
        if (text) answers[each.dataset.field] = text;
      }
      measures.get(section.dataset.measure).answers = answers;
      const any = Object.keys(answers).length > 0;
      section.classList.toggle("answered", any);
      answered += any ? 1 : 0;
      for (const [field, fault] of Object.entries(faults(section))) {
        const input = control(section, field);
        const line = input.parentElement.querySelector(".fault");
        if (line.textContent !== fault) line.textContent = fault;
        input.setAttribute("aria-invalid", String(Boolean(fault)));
        open += fault ? 1 : 0;
      }
    }
    data.returned_by = by.value.trim();
    const text = JSON.stringify(data);
    block.textContent = text.replace(/</g, "\\u003c");
    document.getElementById("text").value = text;
    document.getElementById("answered").textContent = words.answered.replace("{done}", answered).replace("{all}", sections.length);
    document.getElementById("open").textContent = open ? words.open.replace("{count}", open) : "";
    return text;
  }
  function keep(text) {
    try { localStorage.setItem(place, text); return true; } catch { return false; }
  }
  function kept() {
    try { return JSON.parse(localStorage.getItem(place)); } catch { return null; }
  }
  function fill(from) {
    if (!from || !Array.isArray(from.measures)) return;
    by.value = from.returned_by || "";
    const known = new Map(from.measures.map((each) => [String(each.measure), each.answers || {}]));
    for (const section of sections) {
      const answers = known.get(section.dataset.measure) || {};
      for (const each of section.querySelectorAll("[data-field]")) each.value = answers[each.dataset.field] || "";
    }
  }
  function save() {
    const text = read();
    keep(text);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = settings.file;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    document.getElementById("saved").textContent = words.saved.replace("{file}", settings.file);
  }
  function clear() {
    if (!confirm(words.really)) return;
    fill({ measures: [] });
    keep(read());
  }

  document.documentElement.classList.add("script");
  fill(kept() || data);
  const keeps = keep(read());
  const keeping = document.getElementById("keeping");
  keeping.textContent = keeps ? words.kept : words.lost;
  ["copying", "sending"].forEach(show);
  document.addEventListener("input", () => { document.getElementById("saved").textContent = ""; keep(read()); });
  document.getElementById("save").addEventListener("click", save);
  document.getElementById("clear").addEventListener("click", clear);
})();
