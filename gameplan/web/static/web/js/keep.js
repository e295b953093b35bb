// On leaving a page, what was typed in the last moment is kept too. Without this script each button keeps it.
for (const form of document.querySelectorAll("form[data-keep]")) {
  let typed = false;
  form.addEventListener("input", () => { typed = true; });
  form.addEventListener("submit", () => { typed = false; });
  window.addEventListener("pagehide", () => {
    if (typed) navigator.sendBeacon(form.dataset.keep, new FormData(form));
  });
}
