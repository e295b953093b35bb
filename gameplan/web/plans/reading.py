"""A paper of a plan as a page to read on a phone: the same `Sheet` that is printed, drawn as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from gameplan.plans.rich import Run
from gameplan.plans.sheets.nesting import ListTree, Paragraph, tree_of
from gameplan.plans.sheets.sheet import (
    Beside,
    Card,
    Fact,
    Facts,
    Heading,
    ListPart,
    Note,
    Part,
    Passage,
    Sheet,
    SignHere,
    TablePart,
    Words,
)

NOTHING = SafeString()


def sheet_html(sheet: Sheet) -> SafeString:
    """Everything that stands on the paper but its title and what is only for paper (places to sign), in its order."""
    return parts_html(sheet.parts)


def parts_html(parts: Iterable[Part], within: str = "") -> SafeString:
    """Some parts of a paper, in their order. `within`: of what, where a page has the same table in two places."""
    return _joined(_part(part, within) for part in parts)


def _part(part: Part, within: str = "") -> SafeString:
    """A part as HTML; `within` is the title of the card that it stands in, so that no two tables have one name."""
    match part:
        case Heading():
            return format_html('<h{0} dir="auto">{1}</h{0}>', str(part.level), part.text)
        case Words():
            return format_html('<div class="{}">{}</div>', "small" if part.quiet else "said", _passage(part.passage))
        case Note():
            return format_html('<div class="notice"><div>{}</div></div>', _passage(part.passage))
        case Facts():
            return format_html("<dl>{}</dl>", _joined(_fact(one) for one in part.facts))
        case ListPart():
            items = _joined(format_html("<li>{}</li>", _passage(one)) for one in part.items)
            return format_html("<ul>{}</ul>", items)
        case TablePart():
            return _table(part, within)
        case Card():
            title = format_html('<h{0} dir="auto">{1}</h{0}>', str(part.level), part.title)
            return format_html(
                '<section class="sheet">{}{}</section>',
                title,
                _joined(_part(inner, part.title) for inner in part.parts),
            )
        case Beside():
            return _joined(_part(inner) for column in part.columns for inner in column)
        case SignHere():
            return NOTHING


def _fact(fact: Fact) -> SafeString:
    return format_html("<dt>{}{}</dt><dd>{}</dd>", fact.label, _cite(fact.cite), _passage(fact.value))


def _cite(cite: Sequence[str]) -> SafeString:
    return format_html(' <span class="small">{}</span>', ", ".join(cite)) if cite else NOTHING


def _table(part: TablePart, within: str) -> SafeString:
    head = format_html_join("", '<th scope="col">{}</th>', ((one,) for one in part.header))
    rows = _joined(format_html("<tr>{}</tr>", _row(row)) for row in part.rows)
    return format_html(
        '<div class="table" tabindex="0" role="region" aria-label="{4}"><table><caption>{0}{3}</caption>'
        "<thead><tr>{1}</tr></thead><tbody>{2}</tbody></table></div>",
        part.caption, head, rows, _cite(part.cite), f"{within}: {part.caption}" if within else part.caption,
    )  # fmt: skip


def _row(row: Sequence[Passage]) -> SafeString:
    first, *rest = (_passage(cell) for cell in row)
    return _joined([
        format_html('<th scope="row">{}</th>', first), *(format_html("<td>{}</td>", cell) for cell in rest)
    ])  # fmt: skip


def _passage(passage: Passage) -> SafeString:
    said = _joined(_node(node) for node in tree_of(passage.blocks))
    if passage.missing:
        said = format_html('<div class="small">{}</div>', said)
    return format_html('<div lang="{}">{}</div>', passage.lang, said) if passage.lang else said


def _node(node: Paragraph | ListTree) -> SafeString:
    if isinstance(node, Paragraph):
        return format_html('<p dir="auto">{}</p>', _joined(map(_run, node.runs)))
    items = _joined(format_html("<li>{}</li>", _joined(map(_node, item))) for item in node.items)
    if node.numbered:
        return format_html('<ol start="{}">{}</ol>', node.start, items)
    return format_html("<ul>{}</ul>", items)


def _run(run: Run) -> SafeString:
    lines = (conditional_escape(line) for line in run.text.split("\n"))
    said = mark_safe("<br>".join(lines))  # noqa: S308  each line is escaped
    if run.bold:
        said = format_html("<strong>{}</strong>", said)
    return format_html("<em>{}</em>", said) if run.italic else said


def _joined(pieces: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in pieces))
