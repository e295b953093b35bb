// Gives out the page on which results are noted when there is no network, as `keep_page.js` kept it on this device.
// It sees that one page of one child and what the page is made of, and nothing else.

const PAGES = "gameplan-progress", DAYS_KEPT = 14, PATIENCE = 6000, DAY = 86400000;
const SHUT = [401, 403, 404], AWAY = [502, 503, 504];

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(request.mode === "navigate" ? page(request) : part(request));
});

async function page(request) {
  const before = await kept(request);
  if (!before) return fetch(request);
  let answer;
  try { answer = await Promise.race([fetch(request), patience()]); } catch { return before; }
  if (AWAY.includes(answer.status)) return before;
  // Who is not let in any more, or signed out elsewhere, finds nothing on this device either.
  if (answer.type === "opaqueredirect" || SHUT.includes(answer.status)) await forget(request);
  return answer;
}

async function part(request) {
  try { return await fetch(request); } catch (fault) {
    const before = await (await caches.open(PAGES)).match(request);
    if (before) return before;
    throw fault;
  }
}

async function kept(request) {
  const found = await (await caches.open(PAGES)).match(request, { ignoreSearch: true });
  if (!found) return null;
  if (Date.now() - Date.parse(found.headers.get("Date")) < DAYS_KEPT * DAY) return found;
  await forget(request);
  return null;
}

async function forget(request) {
  await (await caches.open(PAGES)).delete(request, { ignoreSearch: true });
}

function patience() {
  return new Promise((_done, fail) => setTimeout(fail, PATIENCE));
}
