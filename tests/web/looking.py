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
UNFOLD = """() => {
  document.querySelectorAll('details').forEach(one => one.open = true);
  return 'axe' in window;
}"""
SAYS = """window.says = found => found.violations
  .map(one => [one.id, ...one.nodes.slice(0, 3).map(node => node.html.slice(0, 160))]);
"""
RUN_AXE = """rules => axe.run(document, {resultTypes: ['violations'], ...rules}).then(says)"""
COLORS = """() => {
  const under = new Map(), found = new Set();
  const solid = color => color.startsWith('rgb(');
  const below = one => {
    if (!one) return '';
    if (!under.has(one)) {
      const style = getComputedStyle(one), paint = [style.backgroundColor, style.backgroundImage, style.opacity];
      const clear = paint.join() === 'rgba(0, 0, 0, 0),none,1';
      const rest = solid(style.backgroundColor) && style.backgroundImage === 'none' ? '' : below(one.parentElement);
      under.set(one, clear ? rest : paint.join() + '<' + rest);
    }
    return under.get(one);
  };
  const has_words = one => one.matches('input, select, textarea')
    || [...one.childNodes].some(part => part.nodeType === 3 && part.data.trim());
  for (const one of document.querySelectorAll('body, body *')) {
    if (!has_words(one)) continue;
    const style = getComputedStyle(one), size = parseFloat(style.fontSize), is_bold = style.fontWeight >= 700;
    found.add([style.color, size >= 24 || (is_bold && size >= 18.6), below(one)].join('|'));
  }
  return [...found];
}"""
AXE = Axe().axe_script
BUT_CONTRAST = {"rules": {"color-contrast": {"enabled": False}}}
ONLY_CONTRAST = {"runOnly": ["color-contrast"]}

_judged: dict[Look, set[str]] = {"light": set(), "dark": set()}
"""Text of which axe has judged the colors already: its color, whether it is large, and what lies under it."""


def unfold(page: Page) -> bool:
    """Open all that is folded. True where axe is at hand."""
    return bool(page.evaluate(UNFOLD))


def layout_complaints(page: Page, path: str) -> list[str]:
    """What axe finds on the page that is open, all of it unfolded, but for contrast."""
    if not unfold(page):
        page.evaluate(SAYS + AXE)
    return [f"{path}: {one}" for one in page.evaluate(RUN_AXE, BUT_CONTRAST)]


def complaints(page: Page, path: str, looks: tuple[Look, ...] = ("light", "dark")) -> list[str]:
    """What axe finds on the page that is open, all of it unfolded, by day and by night.

    By night only the colors are others. Contrast takes four fifths of the time: it is judged where the page shows text
    in colors that no page showed before.
    """
    page.emulate_media(color_scheme=looks[0])
    found = layout_complaints(page, f"{path} {looks[0]}")
    for look in looks:
        page.emulate_media(color_scheme=look)
        shown = set(page.evaluate(COLORS))
        if shown <= _judged[look]:
            continue
        said = page.evaluate(RUN_AXE, ONLY_CONTRAST)
        if not said:
            _judged[look] |= shown
        found += [f"{path} {look}: {one}" for one in said]
    return found
