/* Passkeys: the browser's own dialogue, and what it answers sent as a form. Where there are none, nothing is shown. */
"use strict";

function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/").padEnd(Math.ceil(text.length / 4) * 4, "="));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}

const listed = (keys) => (keys || []).map((key) => ({ ...key, id: bytes(key.id) }));

function toMake(asked, alone) {
  const chosen = { ...asked.authenticatorSelection };
  chosen.residentKey = alone ? "required" : "discouraged";
  chosen.requireResidentKey = alone;
  if (alone) chosen.userVerification = "required";
  return {
    ...asked,
    challenge: bytes(asked.challenge),
    user: { ...asked.user, id: bytes(asked.user.id) },
    excludeCredentials: listed(asked.excludeCredentials),
    authenticatorSelection: chosen,
  };
}

function toUse(asked) {
  return { ...asked, challenge: bytes(asked.challenge), allowCredentials: listed(asked.allowCredentials) };
}

function answer(credential) {
  const response = { clientDataJSON: text(credential.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return {
    type: credential.type,
    id: credential.id,
    rawId: text(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function options(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options).publicKey;
  const got = await fetch(form.action, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
  if (!got.ok) throw new Error("no options");
  return (await got.json()).request_options.publicKey;
}

async function ask(form) {
  const asked = await options(form);
  if (form.dataset.passkey === "make") {
    return navigator.credentials.create({ publicKey: toMake(asked, form.elements.passwordless.checked) });
  }
  return navigator.credentials.get({ publicKey: toUse(asked) });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const problem = form.querySelector("[data-problem]");
    problem.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(answer(await ask(form)));
      form.submit();
    } catch {
      problem.textContent = form.dataset.failed;
      problem.hidden = false;
    }
  });
}
