/* Shows how far a large file is on its way. The form works without this file. */
"use strict";

for (const form of document.querySelectorAll("form[data-upload]")) {
  const bar = form.querySelector("progress");
  const word = form.querySelector("[data-progress-word]");
  const said = form.querySelector("[data-problem]");
  const button = form.querySelector("button[type=submit]");

  const fail = (sentence) => {
    said.textContent = sentence;
    said.hidden = false;
    form.querySelector("[data-progress]").hidden = true;
    button.disabled = false;
  };

  form.addEventListener("submit", (event) => {
    const file = form.querySelector("input[type=file]").files[0];
    if (!file) return;
    event.preventDefault();
    said.hidden = true;
    if (file.size > Number(form.dataset.limit)) return fail(form.dataset.tooLarge);
    const request = new XMLHttpRequest();
    request.open("POST", form.action || location.href);
    request.setRequestHeader("X-Requested-With", "upload");
    request.upload.addEventListener("progress", (sent) => {
      if (sent.lengthComputable) bar.value = (100 * sent.loaded) / sent.total;
    });
    request.upload.addEventListener("load", () => {
      bar.removeAttribute("value");
      word.textContent = form.dataset.checking;
    });
    request.addEventListener("error", () => fail(form.dataset.broken));
    request.addEventListener("load", () => {
      if (request.status === 201) {
        location.assign(request.getResponseHeader("Location"));
        return;
      }
      const answer = new DOMParser().parseFromString(request.responseText, "text/html");
      const problem = answer.querySelector(".field .problem, .notice.stop, h1");
      fail(problem ? problem.textContent.trim() : form.dataset.broken);
    });
    button.disabled = true;
    form.querySelector("[data-progress]").hidden = false;
    request.send(new FormData(form));
  });
}
