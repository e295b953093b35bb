// Signing out deletes what was noted or written without a network and still lies on this device, and the pages kept for
// that. It says so before.
const KEPT = ["gameplan-progress:", "gameplan-writing:"], KEPT_PAGES = "gameplan-progress";
const form = document.querySelector("form[data-forget]");

function kept() {
  try { return Object.keys(localStorage).filter((key) => KEPT.some((start) => key.startsWith(start))); } catch { return []; }
}

if (form) {
  const unsent = form.querySelector("[data-unsent]");
  if (unsent) unsent.hidden = !kept().length;
  form.addEventListener("submit", (event) => {
    for (const key of kept()) localStorage.removeItem(key);
    if (!window.caches) return;
    event.preventDefault();
    caches.delete(KEPT_PAGES).finally(() => form.submit());
  });
}
