"""`gameplan law contents`, `law consent` and `law export`: the lists of the law, and the law as open data."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

import typer

from gameplan.core.words import Say, Tongue
from gameplan.law.consent import FORM, MEANING, consent_rule, consent_rules
from gameplan.law.contents import (
    FIXED_NEEDS,
    ConsentRule,
    ContentItem,
    ContentList,
    NoSuchEntry,
    circumstance,
    content_list,
    content_lists,
)
from gameplan.law.library import states
from gameplan.tongues import tongue

WIDTH = 92
BROKEN = 2
OVERRIDE = {
    True: Say("A hearing can set your no aside."),
    False: Say("Nobody can set your no aside."),
}
Language = Annotated[str, typer.Option("--lang", help="Language of the answer: en or es.")]
State = Annotated[str, typer.Option("--state", help="The State, two letters. Federal law alone if left out.")]


def register(law_app: typer.Typer) -> None:
    """Add the commands to `gameplan law`."""
    law_app.command("contents")(contents_command)
    law_app.command("consent")(consent_command)
    law_app.command("export")(export_command)


def state_code(state: str) -> str | None:
    """The State's code in capitals, None if none is named. Leaves with exit code 2 if there is no such State."""
    code = state.upper() or None
    if code and code not in states():
        raise typer.BadParameter(f'"{state}" is not a State. Use two letters, for example TX.')
    return code


def contents_command(
    list_id: Annotated[str, typer.Argument(help="The id of a list, for example iep. All lists if left out.")] = "",
    lang: Language = "en",
) -> None:
    """What a paper, a meeting or a decision must contain, item by item with its citation."""
    words = tongue(lang)
    if not list_id:
        for one in content_lists():
            typer.echo(f"{one.id:<26}{len(one.items):>3}  {words.text(one.name)} ({'; '.join(one.cite)})")
        return
    try:
        typer.echo(list_page(content_list(list_id), words))
    except NoSuchEntry as error:
        raise typer.BadParameter(str(error)) from None


def consent_command(
    for_what: Annotated[str, typer.Argument(help="What needs permission, for example initial-services.")] = "",
    state: State = "",
    lang: Language = "en",
) -> None:
    """What needs a parent's permission, and what a no, silence or a change of mind does."""
    code, words = state_code(state), tongue(lang)
    try:
        rules = (consent_rule(for_what, code),) if for_what else consent_rules(code)
    except NoSuchEntry as error:
        raise typer.BadParameter(str(error)) from None
    typer.echo("\n\n".join(consent_page(rule, words) for rule in rules))


def export_command(
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Where to write it; the screen if left out.")] = None,
    state: Annotated[str, typer.Option("--state", help="Only this State beside federal law, two letters.")] = "",
    schema: Annotated[bool, typer.Option("--schema", help="The JSON Schema of the document instead.")] = False,
) -> None:
    """The whole law as one JSON document: open data, public domain (CC0)."""
    from gameplan.law.export import export_law, export_text
    from gameplan.law.export_schema import export_schema

    code = state_code(state)
    text = export_text(export_schema() if schema else export_law([code] if code else None))
    if out is None:
        typer.echo(text, nl=False)
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        typer.echo(f"{out}: it cannot be written: {error.strerror}.", err=True)
        raise typer.Exit(BROKEN) from None
    typer.echo(f"Written: {out}")


def list_page(one: ContentList, words: Tongue) -> str:
    """A list in plain words, an item a paragraph, conditions and weak ground said."""
    lines = [words.text(one.name), f"{one.id} · {'; '.join(one.cite)} · {one.source}", ""]
    for item in one.items:
        lines.append(_wrapped(f"{item.id}: {words.text(item.text)} ({'; '.join(item.cite)})", "* "))
        lines += [_wrapped(note, "  - ") for note in _notes(item, words)]
    return "\n".join(lines)


def _notes(item: ContentItem, words: Tongue) -> Iterable[str]:
    if item.need == "one-of":
        yield words.text(Say("One of these is enough.").text)
    elif item.need not in FIXED_NEEDS:
        condition = Say(circumstance(item.need).text)
        yield words.say(Say("Needed if this is so: {condition}.", {"condition": condition}))
    if item.edfacts:
        yield f"EDFacts {item.edfacts}{f', {item.ages}' if item.ages else ''}"
    if item.confidence == "low":
        yield words.say(Say("This was not confirmed. Check the text of the rule."))


def consent_page(rule: ConsentRule, words: Tongue) -> str:
    """A row of the consent matrix in plain words."""
    rows: Mapping[str, str] = {
        words.say(Say("Needed")): f"{words.text(MEANING[rule.needed])} {words.text(FORM.get(rule.form, ''))}".strip(),
        words.say(Say("Your time")): words.text(rule.time),
        words.say(Say("A no")): words.text(rule.refusal),
        words.say(Say("Silence")): words.text(rule.silence),
        words.say(Say("Change of mind")): words.text(rule.revocation),
        words.say(Say("After a no")): words.say(OVERRIDE[rule.override]) if rule.override is not None else "",
        words.say(Say("Check")): " ".join(words.text(doubt) for doubt in rule.doubts),
        words.say(Say("Law")): f"{'; '.join(rule.cite)} · {rule.source} · {rule.confidence}",
    }
    title = f"{words.text(rule.text)} ({rule.pack}/{rule.id})"
    lines = [_wrapped(text, f"  {label}: ", "    ") for label, text in rows.items() if text]
    return "\n".join([title, *lines])


def _wrapped(text: str, bullet: str, indent: str = "    ") -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent=bullet, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
