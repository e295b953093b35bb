// Passkeys: a form with data-passkey asks the browser for one and sends what it says. Without this script the forms
// that need it stay hidden (or say so), and the other ways to sign in are there.
(() => {
  "use strict";

  const toBytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), sign => sign.charCodeAt(0));
  const toText = bytes => btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  const listed = (found = []) => found.map(one => ({ ...one, id: toBytes(one.id) }));

  // The options as the browser wants them: bytes in place of text.
  function options(told) {
    const made = { ...told, challenge: toBytes(told.challenge) };
    if (told.user) made.user = { ...told.user, id: toBytes(told.user.id) };
    if (told.excludeCredentials) made.excludeCredentials = listed(told.excludeCredentials);
    if (told.allowCredentials) made.allowCredentials = listed(told.allowCredentials);
    return made;
  }

  // What the browser says, as text again.
  function said(credential) {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = toText(credential.response[name]);
    }
    if (credential.response.getTransports) response.transports = credential.response.getTransports();
    return {
      id: credential.id, rawId: toText(credential.rawId), type: credential.type, response,
      clientExtensionResults: credential.getClientExtensionResults(),
      authenticatorAttachment: credential.authenticatorAttachment,
    };
  }

  async function told(form) {
    if (!form.dataset.optionsFrom) return JSON.parse(form.querySelector("script[type='application/json']").textContent);
    const headers = { "X-Requested-With": "XMLHttpRequest", Accept: "application/json" };
    const answer = await fetch(form.dataset.optionsFrom, { headers, credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  // A passkey that is enough alone must be found without a name, and must ask who holds it.
  function alone(form, publicKey) {
    const box = form.elements.passwordless;
    if (!box) return publicKey;
    const strict = box.checked ? "required" : "discouraged";
    return {
      ...publicKey,
      authenticatorSelection: {
        ...publicKey.authenticatorSelection, residentKey: strict, requireResidentKey: box.checked,
        userVerification: box.checked ? "required" : "preferred",
      },
    };
  }

  async function ask(form) {
    const found = await told(form);
    if (form.dataset.passkey === "create") {
      const publicKey = alone(form, options(found.creation_options.publicKey));
      return navigator.credentials.create({ publicKey });
    }
    return navigator.credentials.get({ publicKey: options(found.request_options.publicKey) });
  }

  async function send(event) {
    event.preventDefault();
    const form = event.target;
    const trouble = form.querySelector("[data-trouble]");
    trouble.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(said(await ask(form)));
    } catch {
      trouble.hidden = false;
      return;
    }
    form.submit();
  }

  if (!window.PublicKeyCredential) return;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", send);
  }
})();
