"""What a screen reader says of a page: names and parts as Chromium gives them to it, and what is wrong with them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from playwright.sync_api import CDPSession, Page

NAMED = frozenset({
    "link", "button", "textbox", "searchbox", "checkbox", "radio", "combobox", "listbox", "spinbutton", "Date",
    "DateTime", "InputTime", "ComboBoxSelect", "slider", "switch", "image", "img", "figure", "region", "table", "grid",
    "radiogroup", "DisclosureTriangle", "heading",
})  # fmt: skip
"""What must have a name, whatever else is on the page."""
SEVERAL = frozenset({"navigation", "complementary"})
"""Parts to jump to: where there are several, each needs a name."""
VAGUE = re.compile(
    r"(click here|here|more|read more|see more|link|this|open|details?|"
    r"aquí|haga clic aquí|más|ver más|leer más|enlace)",
    re.IGNORECASE,
)
A_FILE = re.compile(r"\S+\.(svg|png|jpe?g|gif|pdf|docx|html?|js|css)", re.IGNORECASE)
ONE_A_PAGE = ("main", "banner", "contentinfo")
LEAST_WORDS = 100
"""Letters on a page that is printed, at the least."""
WHERE = """function () {
  const form = this.form, action = this.getAttribute('formaction') ?? (form ? form.getAttribute('action') ?? '' : '');
  const part = this.closest('article, li, tr, section[aria-labelledby], fieldset, form');
  const heading = part && part.querySelector('h1, h2, h3, h4, legend, th, caption, summary, .option__do, a');
  return {
    to: this.href || (this.tagName === 'BUTTON' ? `${action}?${this.name}=${this.value}` : ''),
    within: this.getAttribute('aria-describedby') || (heading ? heading.textContent.trim().slice(0, 60) : ''),
    html: this.outerHTML.slice(0, 140),
  };
}"""
PARTS = """() => ({
  title: document.title,
  h1: [...document.querySelectorAll('h1')].map(one => one.textContent.trim()),
  levels: [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
    .filter(one => one.checkVisibility()).map(one => Number(one.tagName[1])),
  live: [...document.querySelectorAll('.message, .faults')]
    .filter(one => !one.closest('[role=status], [role=alert], [aria-live]')).map(one => one.outerHTML.slice(0, 140)),
  foreign: (() => {
    const SIGNS = {en: /\\b(the|and|with|your|was|this)\\b/gi,
      es: /\\b(el|los|las|una|para|con|que|su|está)\\b|[ñ¿¡]/gi};
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
    while (walker.nextNode()) {
      const text = walker.currentNode.data.trim(), marked = walker.currentNode.parentElement.closest('[lang]').lang;
      if (text.length < 25 || walker.currentNode.parentElement.closest('script, style')) continue;
      const count = lang => (text.match(SIGNS[lang]) || []).length;
      const other = marked.slice(0, 2) === 'es' ? 'en' : 'es', own = other === 'en' ? 'es' : 'en';
      if (count(other) > 2 * count(own) + 1) found.push(`${marked}: ${text.slice(0, 80)}`);
    }
    return found;
  })(),
})"""


PRINTED = """() => {
  const shown = one => one.checkVisibility({visibilityProperty: true, opacityProperty: true});
  const pressed = 'nav, button:not(.term), input:not([type=hidden]), select, textarea, .button, [role=navigation]';
  const width = document.documentElement.clientWidth, main = document.querySelector('main');
  const light = color => { const [r, g, b, a = 1] = color.match(/[\\d.]+/g).map(Number);
    return a === 0 || (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255 > 0.75; };
  const all = [...document.querySelectorAll('body *')].filter(shown);
  const told = (ones) => ones.slice(0, 4).map(one => one.outerHTML.slice(0, 140));
  return {
    words: main.innerText.trim().length,
    faults: {
      'can only be pressed': told(all.filter(one => one.matches(pressed))),
      'wider than the sheet': told(all.filter(one => !one.closest('.unseen, svg')
        && one.getBoundingClientRect().right > width + 1)),
      'has columns that are cut off': told(all.filter(one => one.matches('.table')
        && one.scrollWidth > one.clientWidth + 1)),
      'dark behind words': told(all.filter(one => !one.closest('svg, .leaf') && one.innerText?.trim()
        && !light(getComputedStyle(one).backgroundColor) && one.children.length === 0)),
      'a link that leads out without its address': told(all.filter(one => one.matches('main a[href^="http"]')
        && !getComputedStyle(one, '::after').content.includes('http'))),
      'nothing under a heading': told(all.filter(one => one.matches('.section > h2:only-child'))),
    },
  };
}"""


@dataclass(frozen=True)
class Node:
    """A part of the page as it is spoken: what it is, what it is called, and its place in the document."""

    role: str
    name: str
    level: int
    backend: int


class Ear:
    """Listens to one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.line: CDPSession = page.context.new_cdp_session(page)

    def nodes(self) -> list[Node]:
        """Everything on the page that is spoken."""
        found = self.line.send("Accessibility.getFullAXTree")["nodes"]
        return [_node(one) for one in found if not one.get("ignored") and "backendDOMNodeId" in one]

    def about(self, node: Node) -> dict[str, str]:
        """Where a link or a button leads, under which heading it stands, and its source."""
        found = self.line.send("DOM.resolveNode", {"backendNodeId": node.backend})["object"]["objectId"]
        asked = {"functionDeclaration": WHERE, "objectId": found, "returnByValue": True}
        told: dict[str, str] = self.line.send("Runtime.callFunctionOn", asked)["result"]["value"]
        return told


def _node(raw: dict[str, Any]) -> Node:
    level = next((one["value"]["value"] for one in raw.get("properties", ()) if one["name"] == "level"), 0)
    name = " ".join(str(raw.get("name", {}).get("value", "")).split())
    return Node(raw["role"]["value"], name, level, raw["backendDOMNodeId"])


def spoken_faults(ear: Ear, *, whose: str, own_words: bool) -> list[str]:
    """What is wrong with the page that is open.

    `whose` is the child whom its title must name; empty where it is about no child. With `own_words` the page has
    words that somebody typed in a language of which nobody knows.
    """
    nodes, told = ear.nodes(), ear.page.evaluate(PARTS)
    found = [*_nameless(ear, nodes), *_twins(ear, nodes), *_landmarks(nodes), *_headings(told), *_title(told, whose)]
    found += [f"a message that is not announced: {one}" for one in told["live"]]
    if not own_words:
        found += [f"words in another language than they are marked with: {one}" for one in told["foreign"]]
    return found


def _nameless(ear: Ear, nodes: list[Node]) -> Iterator[str]:
    several = Counter(one.role for one in nodes)
    for one in nodes:
        if one.role not in NAMED and not (one.role in SEVERAL and several[one.role] > 1):
            continue
        if not one.name:
            yield f"{one.role} without a name: {ear.about(one)['html']}"
        elif VAGUE.fullmatch(one.name):
            yield f"{one.role} that says only {one.name!r}: {ear.about(one)['html']}"
        elif A_FILE.fullmatch(one.name):
            yield f"{one.role} with the name of a file: {one.name!r}"


def _twins(ear: Ear, nodes: list[Node]) -> Iterator[str]:
    """Links and buttons of one name that lead to different places."""
    named = defaultdict(list)
    for one in nodes:
        if one.role in ("link", "button"):
            named[one.role, one.name].append(one)
    for (role, name), twins in named.items():
        if len(twins) > 1:
            told = {about["to"]: about for about in map(ear.about, twins)}
            if len(told) > 1:
                places = ", ".join(f"{about['to']} ({about['within']})" for about in told.values())
                yield f"{len(told)} {role}s called {name!r}: {places}"


def _landmarks(nodes: list[Node]) -> Iterator[str]:
    roles = Counter(one.role for one in nodes)
    for role in ONE_A_PAGE:
        if roles[role] != 1:
            yield f"{roles[role]} times {role}"


def _headings(told: dict[str, Any]) -> Iterator[str]:
    if len(told["h1"]) != 1:
        yield f"h1: {told['h1']}"
    for before, after in pairwise([0, *told["levels"]]):
        if after > before + 1:
            yield f"a heading of level {after} after one of level {before}: {told['levels']}"


def _title(told: dict[str, Any], whose: str) -> Iterator[str]:
    """The title begins with what the page is, and names the child."""
    named = told["title"].removesuffix(" · gameplan")
    if not named or named == told["title"] or named.startswith(" ·"):
        yield f"the title does not name the page: {told['title']!r}"
    if whose not in named:
        yield f"the title does not name {whose!r}: {told['title']!r}"


def printed_faults(page: Page) -> list[str]:
    """What is wrong with the page that is open, as it is printed: what can only be pressed, what the sheet cuts off."""
    told = page.evaluate(PRINTED)
    found = [f"{kind}: {one}" for kind, ones in told["faults"].items() for one in ones]
    return found if told["words"] > LEAST_WORDS else [*found, "there is nothing on it"]
