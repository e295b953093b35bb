// Keeps this page on the device as it came, so that it opens without a network too (`offline.js` gives it out).
// Needs a safe line or this computer itself; anywhere else the page has to stay open. Signing out deletes it.

const PAGES = "gameplan-progress";
const POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";
const sitting = document.querySelector("form[data-sitting]");
const root = document.documentElement;

if (sitting && root.dataset.keptAt) tellOfKept();
else if (sitting && "serviceWorker" in navigator && window.caches && !document.querySelector(".faults, .field__error")) {
  const copy = asItCame();
  window.addEventListener("load", () => keepPage(copy).catch(() => {}));
}

function asItCame() {
  const copy = root.cloneNode(true);
  copy.dataset.keptAt = String(Date.now());
  copy.querySelector("#messages").replaceChildren();
  return `<!doctype html>${copy.outerHTML}`;
}

async function keepPage(copy) {
  const cache = await caches.open(PAGES);
  const headers = {
    "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY, Date: new Date().toUTCString(),
    "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
  };
  await Promise.allSettled(partsOfPage().map((address) => cache.add(address)));
  await cache.put(location.pathname, new Response(copy, { headers }));
  await navigator.serviceWorker.register(sitting.dataset.worker, { scope: location.pathname });
  tellThatItOpens();
}

function tellThatItOpens() {
  document.querySelector("[data-leave-open]").hidden = true;
  document.querySelector("[data-opens-again]").hidden = false;
}

function partsOfPage() {
  const named = [...document.querySelectorAll("link[href], script[src]")].map((one) => one.href || one.src);
  const loaded = performance.getEntriesByType("resource").map((one) => one.name);
  return [...new Set([...named, ...loaded])].filter((one) => one.startsWith(location.origin) && !one.includes("/case/"));
}

function tellOfKept() {
  const words = document.querySelector("[data-from-device]");
  const day = new Date(Number(root.dataset.keptAt)).toLocaleDateString(root.lang, { dateStyle: "long" });
  words.textContent = words.dataset.fromDevice.replace("{day}", day);
  words.hidden = false;
  tellThatItOpens();
}
