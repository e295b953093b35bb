// Noting results by taps, and without a network: what is kept then lies on this device, under the case and the person,
// and is sent later with its own day and its own key, so that it arrives once. Without this script the form is a plain
// form with fields for numbers.

const LATER = 15000, PATIENCE = 20000;
const place = document.querySelector("[data-kept]");
const form = document.querySelector("form[data-sitting]");
const tapped = form ?? document.querySelector("form[data-taps]");
if (tapped) taps(tapped);
if (place) keeping(place, form);

// --- taps ---

function taps(form) {
  form.classList.add("by-taps");
  for (const button of form.querySelectorAll("button[hidden]")) button.hidden = false;
  for (const button of form.querySelectorAll("[data-add], [data-less]")) {
    const field = document.getElementById(button.dataset.add ?? button.dataset.less);
    button.addEventListener("click", () => step(field, button.dataset.add ? 1 : -1));
  }
  for (const tally of form.querySelectorAll("[data-tally]")) tallied(tally);
  for (const timer of form.querySelectorAll("[data-timer]")) timed(timer);
}

function step(field, by) {
  field.value = String(Math.max(0, (Number(field.value) || 0) + by));
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function tallied(tally) {
  const fields = [...tally.querySelectorAll("input")], undo = tally.querySelector("[data-undo]"), done = [];
  const sum = tally.querySelector("[data-sum]");
  for (const button of tally.querySelectorAll("[data-add]")) {
    button.addEventListener("click", () => { done.push(button.dataset.add); show(); });
  }
  undo.addEventListener("click", () => { step(document.getElementById(done.pop()), -1); show(); });
  tally.addEventListener("input", show);
  show();

  function show() {
    const all = fields.reduce((before, one) => before + (Number(one.value) || 0), 0);
    const wrong = Number(fields.at(-1).value) || 0;
    sum.textContent = all ? tally.dataset.said.replace("{right}", all - wrong).replace("{all}", all) : "";
    undo.hidden = !done.length;
  }

  tally.addEventListener("gameplan-empty", () => { done.length = 0; show(); });
}

function timed(timer) {
  const button = timer.querySelector("[data-start]"), clock = timer.querySelector("[data-clock]");
  const [minutes, seconds] = timer.querySelectorAll("input");
  let began = 0, ticking = 0;
  button.addEventListener("click", () => { began ? stop() : start(); });
  timer.closest("form").addEventListener("submit", () => { if (began) stop(); });
  timer.addEventListener("gameplan-empty", () => { clearInterval(ticking); began = 0; told(); clock.textContent = "0:00"; });

  function start() {
    began = Date.now() - 1000 * ((Number(minutes.value) || 0) * 60 + (Number(seconds.value) || 0));
    ticking = setInterval(tick, 500);
    told();
  }

  function stop() {
    clearInterval(ticking);
    const all = tick();
    minutes.value = String(Math.floor(all / 60));
    seconds.value = String(all % 60);
    began = 0;
    told();
    seconds.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function tick() {
    const all = Math.round((Date.now() - began) / 1000);
    clock.textContent = `${Math.floor(all / 60)}:${String(all % 60).padStart(2, "0")}`;
    return all;
  }

  function told() {
    button.setAttribute("aria-pressed", String(Boolean(began)));
    button.querySelector("[data-word]").textContent = began ? button.dataset.stop : button.dataset.start;
  }
}

// --- keeping and sending ---

function keeping(place, form) {
  const name = `gameplan-progress:${place.dataset.case}:${place.dataset.person}`, draft = `${name}:draft`;
  const said = place.querySelector("[data-state]"), list = place.querySelector("[data-list]");
  const token = place.querySelector("[name=csrfmiddlewaretoken]").value;
  const opened = new Date(Number(document.documentElement.dataset.keptAt) || Date.now());
  let sending = false, submitting = false, timer = 0, dayChosen = false;

  function read(key, otherwise) {
    try { return JSON.parse(localStorage.getItem(key)) ?? otherwise; } catch { return otherwise; }
  }

  // False if the device would not keep it: then nobody may say that it did.
  function write(key, value) {
    try {
      if (value === null || (Array.isArray(value) && !value.length)) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(value));
      return true;
    } catch { return false; }
  }

  const waiting = () => read(name, []);
  const change = (key, put) => write(name, waiting().flatMap((one) => (one.key === key ? put(one) : [one])));

  // With `looks` somebody goes on to the page that says what was kept.
  async function post(one, looks = false) {
    const data = new FormData();
    for (const [field, value] of one.fields) data.append(field, value);
    data.set("csrfmiddlewaretoken", token);
    data.set("form_key", one.key);
    data.set("on", one.on);
    if (looks) data.set("looks", "yes");
    return fetch(place.dataset.note, {
      method: "POST", body: data, credentials: "same-origin", redirect: "error", headers: { Accept: "application/json" },
      signal: AbortSignal.timeout?.(PATIENCE),
    });
  }

  async function sendAll() {
    clearTimeout(timer);
    if (sending) return;
    sending = true;
    let sent = 0, state = "";
    for (const one of waiting()) {
      if (one.faults) continue;
      let answer;
      try { answer = await post(one); } catch { state = "waits"; break; }
      if (answer.ok) { change(one.key, () => []); sent += 1; continue; }
      if (answer.status === 403) { state = "out"; break; }
      if (answer.status >= 500 || answer.status === 429) { state = "waits"; break; }
      const told = answer.status === 422 ? await answer.json() : { faults: [`${place.dataset.refused} (${answer.status})`] };
      change(one.key, (each) => [{ ...each, faults: told.faults }]);
    }
    sending = false;
    if (sent && !form && !waiting().length) return location.reload();
    show(state, sent);
    if (state === "waits") timer = setTimeout(sendAll, LATER);
  }

  function show(state = "", sent = 0) {
    const all = waiting(), refused = all.filter((one) => one.faults);
    const words = [];
    if (sent) words.push(place.dataset.sent);
    if (state === "out") words.push(place.dataset.out);
    else if (all.length > refused.length) words.push(place.dataset.waits);
    if (refused.length) words.push(place.dataset.refused);
    said.textContent = words.join(" ");
    place.dataset.tone = refused.length || state === "out" ? "red" : all.length ? "lamp" : sent ? "green" : "";
    list.replaceChildren(...all.map(line));
  }

  function line(one) {
    const item = document.createElement("li"), what = document.createElement("p");
    what.textContent = `${dayInWords(one.on)}: ${one.what.join(", ")}`;
    item.append(what);
    for (const fault of one.faults ?? []) {
      const words = document.createElement("p");
      words.className = "kept__fault";
      words.textContent = fault;
      item.append(words);
    }
    if (one.faults) {
      const row = document.createElement("div");
      row.className = "buttons";
      if (form) row.append(button(place.dataset.mend, () => mend(one)));
      row.append(button(place.dataset.away, () => {
        if (confirm(place.dataset.sure)) { change(one.key, () => []); show(); }
      }));
      item.append(row);
    }
    return item;
  }

  function button(words, does) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button button--second";
    made.textContent = words;
    made.addEventListener("click", does);
    return made;
  }

  function dayInWords(day) {
    const [year, month, date] = day.split("-").map(Number);
    const words = new Date(year, month - 1, date);
    return Number.isNaN(words.getTime()) ? day : words.toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
  }

  window.addEventListener("online", sendAll);
  document.addEventListener("visibilitychange", () => { if (!document.hidden && waiting().length) sendAll(); });
  show();
  if (waiting().length) sendAll();
  if (!form) return;

  // --- the form ---

  const fields = () => [...new FormData(form)].filter(([field]) => !["csrfmiddlewaretoken", "form_key", "on"].includes(field));
  const startOf = (field) => form.elements[field]?.dataset?.start ?? "";
  const isFilled = () => fields().some(([field, value]) => value.trim() !== startOf(field));

  function now() {
    return { key: form.elements.form_key.value, on: form.elements.on.value, fields: fields(), what: titles() };
  }

  function titles() {
    const touched = new Set(fields().filter(([field, value]) => value.trim() !== startOf(field)).map(([field]) => field.split("-")[0]));
    return [...form.querySelectorAll("[data-measure]")].filter((one) => touched.has(one.dataset.measure)).map((one) => one.dataset.title);
  }

  function fill(one) {
    form.elements.form_key.value = one.key;
    form.elements.on.value = one.on;
    dayChosen = true;
    for (const input of form.elements) {
      if (input.type === "radio") input.checked = one.fields.some(([field, value]) => field === input.name && value === input.value);
    }
    for (const [field, value] of one.fields) {
      const input = form.elements[field];
      if (input && !(input instanceof RadioNodeList) && input.type !== "radio") input.value = value;
    }
    for (const part of form.querySelectorAll("[data-tally]")) part.dispatchEvent(new Event("input"));
  }

  function empty() {
    for (const input of form.elements) {
      if (input.type === "radio") input.checked = false;
      else if (input.type === "number" || input.tagName === "TEXTAREA") input.value = startOf(input.name);
    }
    form.elements.form_key.value = newKey();
    dayChosen = false;
    form.elements.on.value = today();
    for (const part of form.querySelectorAll("[data-tally], [data-timer]")) part.dispatchEvent(new Event("gameplan-empty"));
    for (const fold of form.querySelectorAll("details")) fold.open = false;
  }

  // The server's day, and as many days more as went by on this device since it gave the page out.
  function today() {
    const start = (day) => Date.UTC(day.getFullYear(), day.getMonth(), day.getDate());
    const passed = Math.max(0, Math.round((start(new Date()) - start(opened)) / 86400000));
    const day = new Date(`${form.dataset.day}T00:00:00Z`);
    day.setUTCDate(day.getUTCDate() + passed);
    return day.toISOString().slice(0, 10);
  }

  // What the page has no field for, such as a measure that has ended since, stays where it is.
  function mend(one) {
    const left = one.fields.filter(([field, value]) => value.trim() && !form.elements[field]);
    change(one.key, () => (left.length ? [{ ...one, key: newKey(), fields: left }] : []));
    fill(one);
    write(draft, now());
    show();
    form.scrollIntoView();
    form.querySelector("input:not([type=hidden])").focus();
  }

  form.addEventListener("input", (event) => {
    if (event.target === form.elements.on) dayChosen = true;
    else if (!dayChosen) form.elements.on.value = today();
    write(draft, isFilled() ? now() : null);
  });

  form.addEventListener("submit", async (event) => {
    if (!isFilled()) return;
    event.preventDefault();
    if (submitting) return;
    submitting = true;
    const one = now();
    let answer = null;
    try { answer = navigator.onLine ? await post(one, true) : null; } catch { answer = null; }
    submitting = false;
    if (answer?.ok) {
      const { go } = await answer.json();
      write(draft, null);
      empty();  // who comes back to this page begins a new sitting, with a new key
      location.assign(go);
      return;
    }
    if (answer && answer.status !== 403 && answer.status < 500) {
      form.submit();  // the server shows what is wrong beside its field; the draft stays until it is mended
      return;
    }
    if (!write(name, [...waiting().filter((each) => each.key !== one.key), one])) {
      form.submit();
      return;
    }
    write(draft, null);
    empty();
    show(answer?.status === 403 ? "out" : "");
    place.scrollIntoView({ block: "center" });
    timer = setTimeout(sendAll, LATER);
  });

  // A page that comes from this device, or out of the browser's history, has the key of a sitting that may be kept by now.
  if (!form.querySelector(".field__error, .faults")) {
    form.elements.form_key.value = newKey();
    if (document.documentElement.dataset.keptAt) form.elements.on.value = today();
  }
  const begun = read(draft, null);
  if (begun && !waiting().some((one) => one.key === begun.key)) {
    if (!form.querySelector(".field__error, .faults")) {
      fill(begun);
      if (!said.textContent) said.textContent = form.dataset.again;
    }
  }
}

// A browser gives out its own keys only over a safe line; at a kitchen table there may be none.
function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bits = crypto.getRandomValues(new Uint8Array(16));
  bits[6] = (bits[6] & 15) | 64;
  bits[8] = (bits[8] & 63) | 128;
  return [...bits].map((one, at) => ([4, 6, 8, 10].includes(at) ? "-" : "") + one.toString(16).padStart(2, "0")).join("");
}
