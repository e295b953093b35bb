"""The English texts of the files that pages show, for the catalogue of translations."""

from __future__ import annotations

from gameplan.reports.counting.file_forms import categories, file_form, file_names


def all_texts() -> set[str]:
    """The title of each file and category, and what each file counts."""
    forms = [file_form(name) for name in file_names()]
    return {one.title for one in categories().values()} | {text for one in forms for text in (one.title, one.about)}
