"""How the site is built from these pages (`make site`): Markdown in, plain files out that ask nothing of a network.

The colours are those of the program, read from its own tokens; fonts and mark are its own files, too.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

WEB = Path(__file__).parents[1] / "gameplan" / "web" / "static" / "web"
TOKENS = (WEB / "css" / "tokens.css").read_text(encoding="utf-8")
DAY, NIGHT = (
    dict(re.findall(r"--([\w-]+): (#\w+);", block))
    for block in re.findall(r':root(?:\[data-look="dark"\])? \{(.*?)\n  \}', TOKENS, re.DOTALL)
)


def look(tokens: dict[str, str]) -> dict[str, str]:
    """What the theme calls the colours of the program, and these under their own names."""
    return tokens | {
        "color-brand-primary": tokens["link"],
        "color-brand-content": tokens["link"],
        "color-brand-visited": tokens["plum"],
        "color-foreground-primary": tokens["ink"],
        "color-foreground-secondary": tokens["ink-soft"],
        "color-foreground-muted": tokens["ink-soft"],
        "color-foreground-border": tokens["edge"],
        "color-background-primary": tokens["sheet"],
        "color-background-secondary": tokens["desk"],
        "color-background-hover": tokens["sheet-low"],
        "color-background-border": tokens["rule"],
        "color-code-background": tokens["sheet-low"],
        "color-code-foreground": tokens["ink"],
        "color-inline-code-background": tokens["sheet-low"],
        "color-sidebar-search-icon": tokens["ink-soft"],
        "color-highlighted-background": tokens["lamp-soft"],
        "color-highlight-on-target": tokens["lamp-soft"],
        "font-stack": '"Atkinson Hyperlegible Next", "Segoe UI", "Helvetica Neue", Arial, sans-serif',
        "font-stack--headings": '"Besley", "Rockwell", "Georgia", serif',
    }


project = "gameplan"
language = "en"
extensions = ["myst_parser"]
myst_heading_anchors = 4
nitpicky = True
highlight_language = "none"
suppress_warnings = ["misc.highlighting_failure"]  # the SQL of audit-layout.md is DuckDB's own

html_theme = "furo"
html_title = "gameplan"
html_logo = html_favicon = str(WEB / "mark.svg")
templates_path = ["_templates"]
html_static_path = ["_static", str(WEB / "fonts")]
html_css_files = ["site.css"]
html_theme_options = {"light_css_variables": look(DAY), "dark_css_variables": look(NIGHT)}
html_show_search_summary = False  # it would ask for each page, which a browser refuses for files
html_copy_source = False
html_show_copyright = False
html_show_sphinx = False

NAMED = {
    '<aside class="sidebar-drawer">': '<aside class="sidebar-drawer" aria-label="All pages">',
    '<aside class="toc-drawer">': '<aside class="toc-drawer" aria-label="This page">',
    '<aside class="toc-drawer no-toc">': '<aside class="toc-drawer no-toc" aria-label="This page">',
    "<pre>": '<pre tabindex="0">',
}
"""What the theme leaves to be said for those who listen to a page or move through it with keys."""
SHOWN = re.compile(r'(?<!">)<img alt="[^"]+" src="([^"]*_images/[^"]+)" />')


def finish(app: Any, exception: Exception | None) -> None:
    """Name the two sides of each page, let keys move what is wider than the window, and open a picture in full."""
    if exception is None:
        for page in Path(app.outdir).rglob("*.html"):
            text = page.read_text(encoding="utf-8")
            for plain, named in NAMED.items():
                text = text.replace(plain, named)
            page.write_text(SHOWN.sub(r'<a href="\1">\g<0></a>', text), encoding="utf-8")


def setup(app: Any) -> None:
    """What Sphinx calls first."""
    app.connect("build-finished", finish)
