// Signing out deletes what was noted without a network and still lies on this device. It says so before.
const KEPT = "gameplan-progress:";
const form = document.querySelector("form[data-forget]");

function kept() {
  try { return Object.keys(localStorage).filter((key) => key.startsWith(KEPT)); } catch { return []; }
}

if (form) {
  const unsent = form.querySelector("[data-unsent]");
  if (unsent) unsent.hidden = !kept().length;
  form.addEventListener("submit", () => { for (const key of kept()) localStorage.removeItem(key); });
}
