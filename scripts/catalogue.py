"""Keep the catalogue of translations: gameplan/locale/<language>/LC_MESSAGES/django.po.

    python -m scripts.catalogue              take in each message of pages, program and law; translations stay
    python -m scripts.catalogue --prune      the same, and forget the translations that nothing uses any more
    python -m scripts.catalogue --missing    list the messages without a translation; exit 1 if there are any
    python -m scripts.catalogue --compile    make the .mo files that the program reads

The file is sorted and has no line numbers and no times, so that a change shows only what changed.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from gameplan.care.contacts import all_texts as contact_texts
from gameplan.cli.plainpage import MESSAGES
from gameplan.law.texts import all_texts
from gameplan.plans.texts import all_texts as plan_texts
from gameplan.reports.counting.texts import all_texts as report_texts
from gameplan.tongues import LANGUAGES, LOCALE

PACKAGE = LOCALE.parent
TRANSLATED = tuple(code for code in LANGUAGES if code != "en")
TEMPLATES = ("*.html", "*.txt", "*.svg")
# For each function that marks a message: which of its arguments are the message, its plural, its context.
KEYWORDS: Mapping[str, tuple[int | tuple[int, str], ...] | None] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "Say", "say")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
HEADER = """\
# The words of gameplan in {name}. Made by `make catalogue`; only the lines with msgstr are written by hand.
# This file is under the same licence as gameplan, Apache-2.0.
#"""
UNSTABLE = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team", "Generated-By",
            "Project-Id-Version", "Report-Msgid-Bugs-To")  # fmt: skip

Found = tuple[str | tuple[str, ...], str | None]


def catalogue_file(lang: str) -> Path:
    """Where the catalogue of a language is kept."""
    return LOCALE / lang / "LC_MESSAGES" / "django.po"


def messages() -> set[Found]:
    """Every message of the program with its context (or None); a message with a plural is a pair."""
    found: set[Found] = {
        (text, None) for text in all_texts() | plan_texts() | contact_texts() | report_texts() | set(MESSAGES)
    }
    found |= set().union(*map(_of_python, _python_files()), *map(_of_template, _template_files()))
    # A catalogue holds a message once: the entry with the plural also answers for the message alone.
    return found - {(text[0], context) for text, context in found if isinstance(text, tuple)}


def kept(lang: str) -> Catalog:
    """The catalogue as it is in the file; an empty one if there is no file yet."""
    path = catalogue_file(lang)
    if not path.is_file():
        return _empty(lang)
    with path.open("rb") as file:
        return read_po(file, locale=lang, domain="django")


def updated(lang: str, *, prune: bool = False) -> Catalog:
    """The catalogue with exactly the messages of the program, and each translation that was kept.

    One that nothing uses any more is kept as obsolete, unless `prune`. A fuzzy one was a guess: it goes.
    """
    old, new = kept(lang), _empty(lang)
    known = {_key(message): message for message in (*old.obsolete.values(), *old) if not message.fuzzy}
    for text, context in messages():
        new.add(text, _translation(known.pop((text, context), None), text), context=context)
    for (text, context), message in known.items():
        if text and not prune and _is_translated(message):
            obsolete = Message(message.id, message.string, context=context)
            new.obsolete[_slot(text, context)] = obsolete
    return new


def missing(lang: str) -> list[Found]:
    """The messages of the program that have no translation, or only a fuzzy one."""
    known = {_key(message) for message in kept(lang) if _is_translated(message) and not message.fuzzy}
    return sorted(messages() - known, key=str)


def as_text(catalogue: Catalog) -> bytes:
    """The catalogue as the bytes of its file."""
    written = BytesIO()
    write_po(written, catalogue, width=0, no_location=True, sort_output=True)
    dropped = tuple(f'"{name}:'.encode() for name in UNSTABLE)
    lines = (line for line in written.getvalue().splitlines(keepends=True) if not line.startswith(dropped))
    return b"".join(lines).rstrip() + b"\n"


def compile_catalogue(lang: str) -> Path:
    """Make the .mo file of a language, in one step so that no reader sees half of it, and give its path."""
    made = catalogue_file(lang).with_suffix(".mo")
    spare = made.with_suffix(f".{os.getpid()}")
    with spare.open("wb") as file:
        write_mo(file, kept(lang))
    return spare.replace(made)


def _empty(lang: str) -> Catalog:
    header = HEADER.format(name=LANGUAGES[lang])
    return Catalog(locale=lang, domain="django", header_comment=header, fuzzy=False)


def _python_files() -> Iterator[Path]:
    return (path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)


def _template_files() -> Iterator[Path]:
    folders = PACKAGE.rglob("templates")
    return (path for folder in folders for kind in TEMPLATES for path in folder.rglob(kind))


def _of_python(path: Path) -> set[Found]:
    return _extracted(path.read_bytes())


def _of_template(path: Path) -> set[Found]:
    calls = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    # Inside brackets the reader of Python does not mind how a page is indented.
    return _extracted(f"(\n{calls}\n)".encode())


def _extracted(source: bytes) -> set[Found]:
    calls = extract("python", BytesIO(source), keywords=KEYWORDS)
    return {(text, context) for _line, text, _comments, context in calls if text}


def _key(message: Message) -> Found:
    return (tuple(message.id) if isinstance(message.id, list | tuple) else message.id, message.context)


def _slot(text: str | tuple[str, ...], context: str | None) -> str | tuple[str, str]:
    singular = text if isinstance(text, str) else text[0]
    return (singular, context) if context else singular


def _translation(message: Message | None, text: str | tuple[str, ...]) -> str | tuple[str, ...]:
    strings = _strings(message) if message else ()
    if isinstance(text, str):
        return strings[0] if strings else ""
    return strings or ("", "")


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _is_translated(message: Message) -> bool:
    return bool(message.id) and all(_strings(message))


def _list_missing() -> int:
    lacking = [(lang, found) for lang in TRANSLATED for found in missing(lang)]
    for lang, (text, context) in lacking:
        print(f"{lang}: {text!r}" + (f" ({context})" if context else ""))
    print(f"{len(lacking)} messages have no translation.", file=sys.stderr)
    return 1 if lacking else 0


def main() -> int:
    """Do what the command line says; the exit code."""
    parser = argparse.ArgumentParser(description="Keep the catalogue of translations.")
    parser.add_argument("--prune", action="store_true", help="forget translations that nothing uses any more")
    parser.add_argument("--missing", action="store_true", help="list what has no translation; exit 1 if any")
    parser.add_argument("--compile", action="store_true", help="make the .mo files")
    chosen = parser.parse_args()
    if chosen.missing:
        return _list_missing()
    for lang in TRANSLATED:
        if not chosen.compile:
            path = catalogue_file(lang)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(as_text(updated(lang, prune=chosen.prune)))
        compile_catalogue(lang)
    return 0


if __name__ == "__main__":
    sys.exit(main())
