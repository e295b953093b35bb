"""The small marks: one line drawing each, in a 24 by 24 square, in the colour of the text around it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from django.utils.safestring import SafeString

from gameplan.web.pictures.drawing import element

MARKS: Mapping[str, str] = {
    "arrow": "M4 12h15M13 6l6 6-6 6",
    "back": "M20 12H5M11 6l-6 6 6 6",
    "bell": "M6 17h12l-1.5-2.5V10a4.5 4.5 0 0 0-9 0v4.5zM10 20.2a2.2 2.2 0 0 0 4 0M12 5.3V3.5",
    "calendar": "M4 6.5h16V20H4zM4 10.5h16M8 3.5v5M16 3.5v5",
    "check": "M4.5 12.8l5 5L19.5 6.5",
    "check-late": "M3.5 13.5l4.2 4.2L16 8M20 4v6M20 13.6v.2",
    "circle": "M12 4a8 8 0 0 1 2.8.5M18 7a8 8 0 0 1 1.8 3.4M19.6 14.5A8 8 0 0 1 17 18.3"
    "M13 20a8 8 0 0 1-3.6-.4M6 17.3a8 8 0 0 1-1.7-3M4.2 10A8 8 0 0 1 6.4 6.3M9.2 4.5A8 8 0 0 1 9.5 4.4",
    "clock": "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17zM12 7.5V12l3.2 2.2",
    "cross": "M6 6l12 12M18 6L6 18",
    "dash": "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17zM8 12h8",
    "download": "M12 4v11M7 10.5l5 5 5-5M5 20h14",
    "flag": "M6 21V4M6 4.5c4-2 7 2 12 0v8.5c-5 2-8-2-12 0",
    "help": "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17zM9.5 9.7a2.6 2.6 0 1 1 3.8 2.4c-.9.5-1.3 1-1.3 2"
    "M12 16.9v.1",
    "info": "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17zM12 11v5.5M12 7.6v.1",
    "late": "M12 4L2.8 20h18.4zM12 10v4.5M12 17.3v.1",
    "letter": "M3.5 6h17v12.5h-17zM4 6.5l8 6.5 8-6.5",
    "loop": "M19 8a8 8 0 1 0 1 5.5M20 4v4.5h-4.5",
    "moon": "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z",
    "must": "M4.5 21v-9a5 5 0 0 1 5-5H19M14 2l5.5 5-5.5 5",
    "paper": "M6 3.5h8l4.5 4.5v12.5H6zM13.5 3.5v5h5M9 13h6.5M9 16.5h6.5",
    "pause": "M8.5 5v14M15.5 5v14",
    "pencil": "M4 20l1-4.5L16.5 4l3.5 3.5L8.5 19zM14 6.5l3.5 3.5",
    "people": "M8.5 11a3.2 3.2 0 1 0 0-6.4a3.2 3.2 0 1 0 0 6.4zM2.5 19.5c0-3.5 2.5-5.5 6-5.5s6 2 6 5.5"
    "M15.5 5a3 3 0 0 1 0 5.8M17 14.3c2.7.4 4.5 2.3 4.5 5.2",
    "plus": "M12 5v14M5 12h14",
    "route": "M5.5 16.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5zV12a5 5 0 0 1 5-5h9M15 2.5L19.5 7 15 11.5",
    "stop": "M4 20c0-6 3-9.5 9-9.5h5.5M18.5 5v11",
    "sun": "M12 7.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4"
    "M17.6 17.6L19 19M5 19l1.4-1.4M17.6 6.4L19 5",
}  # fmt: skip


@lru_cache(maxsize=512)
def mark(name: str, *, label: str = "") -> SafeString:
    """The mark of that name. With a label a screen reader says it; without, the words beside it do."""
    drawn = element("path", d=MARKS[name])
    if label:
        return element(
            "svg", drawn, class_="icon", viewBox="0 0 24 24", role="img", aria_label=label, focusable="false"
        )
    return element("svg", drawn, class_="icon", viewBox="0 0 24 24", aria_hidden="true", focusable="false")
