"""Looking at a page that is open: what axe finds, by day and by night, and whether it is wider than its window."""

from __future__ import annotations

from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

Look = Literal["light", "dark"]
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const wide = [...document.querySelectorAll('body *')]
    .filter(e => !e.closest('.unseen, .table') && e.getBoundingClientRect().right > width + 1);
  return ['too wide', ...wide.slice(0, 3).map(e => e.outerHTML.slice(0, 160))];
}"""
RUN_AXE = """contrast => axe.run(document, {
    resultTypes: ['violations'], rules: {'color-contrast': {enabled: contrast}},
  }).then(found => found.violations
  .map(one => [one.id, ...one.nodes.slice(0, 3).map(node => node.html.slice(0, 160))]))"""
COLORS = """() => {
  const under = new Map(), found = new Set();
  const below = one => {
    if (!one) return '';
    if (!under.has(one)) {
      const style = getComputedStyle(one), seen = [style.backgroundColor, style.backgroundImage, style.opacity].join();
      const rest = below(one.parentElement);
      under.set(one, seen === 'rgba(0, 0, 0, 0),none,1' ? rest : seen + '<' + rest);
    }
    return under.get(one);
  };
  const has_words = one => one.matches('input, select, textarea')
    || [...one.childNodes].some(part => part.nodeType === 3 && part.data.trim());
  for (const one of document.querySelectorAll('body, body *')) {
    if (!has_words(one)) continue;
    const style = getComputedStyle(one), name = one.className?.baseVal ?? one.className;
    const how = [style.color, style.fontSize, style.fontWeight, style.position];
    found.add([one.tagName, name, ...how, below(one)].join('|'));
  }
  return [...found];
}"""

_judged: dict[Look, set[str]] = {"light": set(), "dark": set()}
"""Text of which axe has judged the colors already: what it is, in which color and size, on what."""


def unfold(page: Page) -> None:
    """Open all that is folded."""
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")


def complaints(page: Page, path: str, looks: tuple[Look, ...] = ("light", "dark")) -> list[str]:
    """What axe finds on the page that is open, all of it unfolded, by day and by night.

    Contrast takes four fifths of its time: it is judged where the page shows text in colors that no page showed before.
    """
    unfold(page)
    page.evaluate(Axe().axe_script)
    found = []
    for look in looks:
        page.emulate_media(color_scheme=look)
        shown = set(page.evaluate(COLORS))
        said = page.evaluate(RUN_AXE, not shown <= _judged[look])
        if not said:
            _judged[look] |= shown
        found += [f"{path} {look}: {one}" for one in said]
    return found
