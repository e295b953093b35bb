// Writing a plan: each pause in typing saves what changed. What is not saved yet lies on this device, so that a lost
// connection, a closed laptop or an ended session loses nothing. Without this script the button saves the page.

const form = document.querySelector("form[data-writing]");
if (form) start(form);

function start(form) {
  const PAUSE = 800, AGAIN = 5000, LOOK = 20000;
  const key = `gameplan-writing:${form.dataset.plan}`;
  const state = document.getElementById("state");
  const fields = new Map();
  let timer = 0, sending = false, since = form.dataset.since, typedAt = Date.now();

  form.elements.desk.value = deskOfThisTab(form.elements.desk.value);

  for (const box of form.querySelectorAll("[data-path]")) {
    const path = box.dataset.path;
    const inputs = [...form.elements].filter((one) => one.name === `v:${path}`);
    const field = { path, box, inputs, hidden: form.elements[`r:${path}`] };
    field.was = words(field);
    fields.set(path, field);
  }

  // --- what stands in a field ---

  function words(field) {
    const found = [];
    for (const one of field.inputs) {
      if ((one.type === "radio" || one.type === "checkbox") && !one.checked) continue;
      if (one.value.trim()) found.push(one.value);
    }
    return found;
  }

  function put(field, values) {
    const [choice, own] = field.inputs;
    for (const one of field.inputs) {
      if (one.type === "radio" || one.type === "checkbox") {
        one.checked = values.includes(one.value) || (one.type === "radio" && !one.value && !values.length);
      } else if (own && choice.tagName === "SELECT") {
        const isOption = [...choice.options].some((each) => each.value && each.value === values[0]);
        choice.value = isOption ? values[0] : "";
        own.value = isOption ? "" : values[0] ?? "";
      } else {
        one.value = values[0] ?? "";
      }
    }
  }

  const same = (one, other) => one.length === other.length && one.every((word, at) => word === other[at]);
  const changed = (field) => !same(words(field), field.was);

  // --- what lies on this device ---

  function kept() {
    try { return JSON.parse(localStorage.getItem(key)) ?? {}; } catch { return {}; }
  }

  function keep(change) {
    const all = kept();
    change(all);
    try {
      if (Object.keys(all).length) localStorage.setItem(key, JSON.stringify(all));
      else localStorage.removeItem(key);
    } catch { /* a full or closed store: the page itself still holds the words */ }
  }

  function remember(field) {
    keep((all) => {
      if (changed(field)) all[field.path] = { words: words(field), was: field.was, base: field.hidden.value };
      else delete all[field.path];
    });
  }

  function takeUp() {
    for (const [path, one] of Object.entries(kept())) {
      const field = fields.get(path);
      if (!field || same(one.words, words(field))) continue;
      if (one.base === field.hidden.value) {
        put(field, one.words);
      } else {
        field.stale = one;  // somebody was there in the meantime: it goes out with the revision it was written from
      }
    }
  }

  // --- sending ---

  function pending() {
    const found = new Map();
    for (const [path, one] of Object.entries(kept())) {
      if (!fields.has(path)) found.set(path, one);  // typed on another page of this plan
    }
    for (const field of fields.values()) {
      if (field.stale) found.set(field.path, field.stale);
      else if (changed(field)) found.set(field.path, { words: words(field), was: field.was, base: field.hidden.value });
    }
    return found;
  }

  function asForm(changes) {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.set("desk", form.elements.desk.value);
    data.set("since", since);
    for (const [path, one] of changes) {
      data.append(`r:${path}`, one.base);
      for (const word of one.words) data.append(`v:${path}`, word);
      if (!one.was.length) data.append(`w:${path}`, "");
      for (const word of one.was) data.append(`w:${path}`, word);
    }
    return data;
  }

  async function send(leaving = false) {
    clearTimeout(timer);
    if (sending && !leaving) return later(PAUSE);
    const changes = pending();
    sending = true;
    if (changes.size) say("saving");
    let answer;
    try {
      answer = await fetch(form.dataset.writing, {
        method: "POST", body: asForm(changes), keepalive: leaving, credentials: "same-origin", redirect: "error",
        headers: { Accept: "application/json" },
      });
    } catch {
      sending = false;
      return changes.size ? (say("offline"), later(AGAIN)) : undefined;
    }
    sending = false;
    if (answer.status === 403) return changes.size ? say("out") : undefined;
    if (!answer.ok) return changes.size ? (say("offline"), later(AGAIN)) : undefined;
    const told = await answer.json();
    since = told.now;
    for (const [path, one] of changes) settle(path, one, told.fields[path]);
    for (const [path, one] of Object.entries(told.others)) fresh(path, one);
    showBeside(told.beside);
    if ([...pending().keys()].some((path) => told.fields[path]?.state !== "wrong")) return later(PAUSE);
    if (changes.size) say("saved");
  }

  function settle(path, sent, outcome) {
    const field = fields.get(path);
    if (outcome?.state === "wrong") return fault(field, outcome.said);
    keep((all) => { delete all[path]; });
    if (!field) return;
    fault(field, "");
    if (!outcome) return;
    const now = words(field);
    const typedOn = !field.stale && !same(now, sent.words);
    field.stale = null;
    if (typedOn && outcome.state === "beside") return remember(field);
    field.hidden.value = `${outcome.revision}:${outcome.mark}`;
    field.was = outcome.words;
    if (!typedOn && !same(now, outcome.words)) put(field, outcome.words);
    if (typedOn) remember(field);
  }

  function fresh(path, one) {
    const field = fields.get(path);
    if (!field || changed(field) || field.stale) return;
    if (one.revision <= Number(field.hidden.value.split(":")[0])) return;
    field.hidden.value = `${one.revision}:${one.mark}`;
    field.was = one.words;
    if (!same(words(field), one.words)) {
      put(field, one.words);
      field.box.classList.add("plan-field--others");
      field.box.title = form.dataset.others;
    }
  }

  function fault(field, said) {
    if (!field) return;
    const place = field.box.querySelector("[data-fault]");
    place.hidden = !said;
    place.querySelector("span").textContent = said;
    for (const one of field.inputs) {
      if (said) one.setAttribute("aria-invalid", "true");
      else one.removeAttribute("aria-invalid");
    }
  }

  function showBeside(texts) {
    for (const field of fields.values()) {
      const place = field.box.querySelector("[data-beside]"), text = texts[field.path] ?? "";
      if (place.dataset.shown !== text) {
        place.innerHTML = text;  // made by the server's own template
        place.dataset.shown = text;
      }
    }
  }

  function say(what) {
    state.textContent = form.dataset[what];
    state.dataset.state = what;
  }

  function later(pause) {
    clearTimeout(timer);
    timer = setTimeout(send, pause);
  }

  // --- when ---

  form.addEventListener("input", (event) => {
    typedAt = Date.now();
    const field = fields.get(event.target.closest("[data-path]")?.dataset.path);
    if (!field) return;
    if (field.inputs.length === 2 && field.inputs[0].tagName === "SELECT" && event.target.value) {
      const other = field.inputs.find((one) => one !== event.target);
      other.value = "";
    }
    remember(field);
    later(PAUSE);
  });
  form.addEventListener("submit", () => { clearTimeout(timer); keep((all) => { for (const path of fields.keys()) delete all[path]; }); });
  window.addEventListener("online", () => later(0));
  window.addEventListener("pagehide", () => { if (pending().size) send(true); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) later(0); });
  setInterval(() => { if (!document.hidden && Date.now() - typedAt < 15 * LOOK) later(0); }, LOOK);

  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const folded = target && target.closest("details");
  if (folded) { folded.open = true; target.scrollIntoView(); }

  takeUp();
  if (pending().size) later(0);
}

function deskOfThisTab(fallback) {
  try {
    const known = sessionStorage.getItem("gameplan-desk") ?? fallback;
    sessionStorage.setItem("gameplan-desk", known);
    return known;
  } catch { return fallback; }
}
