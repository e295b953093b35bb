"""The indicators as one page that stands alone: no script and nothing from outside, for screens and for print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Any, Final

from gameplan.audit.indicators.charts import Bar, bar_chart
from gameplan.audit.indicators.child_find import REASONS, ReasonRow
from gameplan.audit.indicators.meanings import Section
from gameplan.audit.indicators.meanings_disputes import SECTIONS
from gameplan.audit.indicators.reckoning import Indicators
from gameplan.audit.indicators.shares import BANDS, EVERYWHERE
from gameplan.core.words import Say, Tongue
from gameplan.law import states

PLACES_SHOWN: Final = 60
STYLE: Final = Path(__file__).with_name("report.css")
TITLE: Final = Say("Numbers for the yearly State report")
SKIP: Final = Say("Skip to the numbers")
ON_THIS_PAGE: Final = Say("On this page")
PLACE_BY_PLACE: Final = Say("Place by place")
WHY_LATE: Final = Say("Why")
MADE_WITH: Final = Say("Made with gameplan, which is free and open.")
GUIDE: Final = (
    Say("Each number counts children, or cases. Nothing is a guess."),
    Say("Where the files do not say enough, we count “cannot tell”. "
        "The percentage is then a range: the lowest and the highest that it can be."),
    Say("Days late are calendar days after the last day in time."),
    Say("A small number can point to one child. Take care before you publish it."),
    Say("This page is worked out from the files that the program was given. It is not the official report. "
        "Check it with your State before you send it."),
)  # fmt: skip


def report_html(found: Indicators, tongue: Tongue) -> str:
    """The whole report as one HTML text in the language of `tongue`."""
    page = _Page(found, tongue)
    return (
        f'<!doctype html>\n<html lang="{escape(tongue.lang)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{page.said(TITLE)}</title>\n<style>\n{STYLE.read_text(encoding='utf-8')}</style>\n</head>\n<body>\n"
        f"{page.top()}<main id=\"numbers\" tabindex=\"-1\">\n{page.glance()}{page.guide()}"
        f"{''.join(map(page.section, SECTIONS))}</main>\n{page.foot()}</body>\n</html>\n"
    )  # fmt: skip


def percent_words(lowest: float | None, highest: float | None) -> Say:
    """A percentage in words: one number, a range, or that there is nobody to count."""
    if lowest is None or highest is None:
        return Say("Nobody to count")
    if lowest == highest:
        return Say("{percent}%", {"percent": f"{lowest:.2f}"})
    return Say("{lowest}% to {highest}%", {"lowest": f"{lowest:.2f}", "highest": f"{highest:.2f}"})


class _Page:
    """One report in one language. Each method gives a piece of HTML."""

    def __init__(self, found: Indicators, tongue: Tongue) -> None:
        self.found = found
        self.tongue = tongue
        self.states = states()

    def said(self, sentence: Say) -> str:
        return escape(self.tongue.say(sentence))

    # ---- the frame

    def top(self) -> str:
        days = {"first": self.found.period.first, "last": self.found.period.last, "on": self.found.on}
        lead = Say("For {first} to {last}, as the files stood on {on}.", days)
        links = "".join(f'<li><a href="#{one.table}">{self.said(one.title)}</a></li>' for one in SECTIONS)
        return (
            f'<a class="skip" href="#numbers">{self.said(SKIP)}</a>\n<header>\n'
            f"<h1>{self.said(TITLE)}</h1>\n<p>{self.said(lead)}</p>\n</header>\n"
            f'<nav aria-label="{self.said(ON_THIS_PAGE)}"><ul>{links}</ul></nav>\n'
        )

    def glance(self) -> str:
        cards = "".join(
            f'<li><span class="big">{self.said(self._percent(one, self.found.whole(one.table)))}</span>'
            f'<a href="#{one.table}">{self.said(one.title)}</a></li>'
            for one in SECTIONS
            if one.percent[0]
        )
        title = self.said(Say("At a glance"))
        return (
            f'<section class="sheet" aria-labelledby="glance"><h2 id="glance">{title}</h2>'
            f'<ul class="glance">{cards}</ul></section>\n'
        )

    def guide(self) -> str:
        title, lines = self.said(Say("How to read this page")), "".join(f"<li>{self.said(one)}</li>" for one in GUIDE)
        return f'<section class="sheet" aria-labelledby="guide"><h2 id="guide">{title}</h2><ul>{lines}</ul></section>\n'

    def foot(self) -> str:
        return f"<footer><p>{self.said(MADE_WITH)}</p></footer>\n"

    # ---- one part of the report

    def section(self, one: Section) -> str:
        source = self.said(Say("Source: {cite}", {"cite": one.cite}))
        more = self._lateness() + self._reasons() if one.table == "b11_child_find" else ""
        return (
            f'<section class="sheet" aria-labelledby="{one.table}"><h2 id="{one.table}">{self.said(one.title)}</h2>'
            f"<p>{self.said(one.asks)}</p>{self._answer(one)}"
            f'<p class="source">{source}</p>'
            f"{self._outcomes(one)}{self._numbers(one)}{self._by_place(one)}{more}</section>\n"
        )

    def _percent(self, one: Section, row: Any) -> Say:
        return percent_words(getattr(row, one.percent[0]), getattr(row, one.percent[1]))

    def _answer(self, one: Section) -> str:
        if not one.formula:
            return ""
        whole = self.found.whole(one.table)
        percent = f'<span class="big">{self.said(self._percent(one, whole))}</span>'
        answer = f'<p class="answer">{percent}{self.said(one.formula)}</p>'
        return answer + "".join(f'<p class="note">{self.said(self._filled(note, whole))}</p>' for note in one.notes)

    def _filled(self, note: Say, whole: Any) -> Say:
        return Say(note.text, {"range": percent_words(whole.percent_of_all_lowest, whole.percent_of_all_highest)})

    def _numbers(self, one: Section) -> str:
        whole = self.found.whole(one.table)
        rows = [
            (
                f'<div class="told"><span class="name">{self.said(number.name)}</span> '
                f'<span>{self.said(number.means)}</span> <span class="cite">{escape(number.cite)}</span></div>',
                (self._number(getattr(whole, number.field)),),
            )
            for number in one.numbers
        ]
        caption = self.said(Say("{title}: every number", {"title": one.title}))
        heads = (self.said(Say("Number and what it means")), self.said(Say("How many")))
        return self._table(f"{one.table}-numbers", caption, heads, rows)

    def _outcomes(self, one: Section) -> str:
        """A bar for each way it can end, all places together."""
        names = {number.field: self.tongue.say(number.name) for number in one.numbers}
        counts = {
            name: getattr(self.found.whole(one.table), field) for field, name in names.items() if field in one.ends
        }
        if not any(counts.values()):
            return ""
        most = max(counts.values())
        bars = [Bar(name, 100 * many / most, 0, f"{many:,}") for name, many in counts.items()]
        title = self.tongue.say(Say("{title}: how it ended", {"title": one.title}))
        desc = self.tongue.say(Say("A bar for each way it can end. The table below has the same numbers."))
        chart = bar_chart(f"{one.table}-ends", title, desc, bars, long_labels=True)
        return f"<figure><figcaption>{escape(title)}</figcaption>{chart}</figure>"

    def _number(self, value: int | None) -> str:
        return self.said(Say("not in the files")) if value is None else f"{value:,}"

    # ---- place by place

    def _by_place(self, one: Section) -> str:
        places = self.found.places(one.table)
        if not places:
            return ""
        largest = sorted(places, key=lambda row: -getattr(row, one.size))[:PLACES_SHOWN]
        shown = [row for row in places if row in largest] if len(places) > PLACES_SHOWN else places
        chart = self._percent_chart(one, shown) if one.percent[0] else ""
        return (
            f"<h3>{self.said(PLACE_BY_PLACE)}</h3>{self._how_many_shown(shown, places)}"
            f"{chart}{self._place_table(one, shown)}"
        )

    def _how_many_shown(self, shown: Sequence[Any], places: Sequence[Any]) -> str:
        if len(shown) == len(places):
            return ""
        counts = {"shown": len(shown), "total": f"{len(places):,}"}
        said = Say("The {shown} largest of {total} places. The CSV file has them all.", counts)
        return f'<p class="note">{self.said(said)}</p>'

    def _percent_chart(self, one: Section, shown: Sequence[Any]) -> str:
        long_labels = self.found.by == "district"
        bars = [
            Bar(self._place(row) if long_labels else self._code(row), low or 0.0, high or 0.0, self._short(low, high))
            for row in shown
            for low, high in [(getattr(row, one.percent[0]), getattr(row, one.percent[1]))]
        ]
        title = self.tongue.say(Say("{title}: percentage for each place", {"title": one.title}))
        desc = self.tongue.say(
            Say("A bar for each place, from 0 to 100 percent. The table below has the same numbers.")
        )
        chart = bar_chart(f"{one.table}-bars", title, desc, bars, long_labels=long_labels)
        legend = self.said(
            Say("Full color: the lowest it can be. Pale with a broken edge: up to the highest it can be.")
        )
        return f'<figure><figcaption>{escape(title)}</figcaption>{chart}<p class="note">{legend}</p></figure>'

    def _short(self, low: float | None, high: float | None) -> str:
        if low is None or high is None:
            return "–"
        return f"{low:.2f}%" if low == high else f"{low:.2f}–{high:.2f}%"

    def _place_table(self, one: Section, shown: Sequence[Any]) -> str:
        names = {number.field: number.name for number in one.numbers}
        heads = [self.said(Say("State") if self.found.by == "state" else Say("District"))]
        heads += [self.said(names[name]) for name in one.columns]
        heads += [self.said(Say("Percentage"))] if one.percent[0] else []
        rows = [
            (escape(self._place(row)), [
                *(self._number_or_dash(getattr(row, name)) for name in one.columns),
                *([self._percent_cell(one, row)] if one.percent[0] else []),
            ])
            for row in (*shown, self.found.whole(one.table))
        ]  # fmt: skip
        caption = self.said(Say("{title}: place by place", {"title": one.title}))
        return self._table(f"{one.table}-places", caption, heads, rows, kind="places")

    def _percent_cell(self, one: Section, row: Any) -> str:
        return self._short(getattr(row, one.percent[0]), getattr(row, one.percent[1]))

    def _number_or_dash(self, value: int | None) -> str:
        return "–" if value is None else f"{value:,}"

    def _code(self, row: Any) -> str:
        return row.state or "US"

    def _place(self, row: Any) -> str:
        if (row.state, row.district) == EVERYWHERE:
            return self.tongue.say(Say("All places together"))
        state = self.states.get(row.state, row.state) if row.state else self.tongue.say(Say("Federal law alone (US)"))
        if self.found.by == "state":
            return f"{state} ({row.state})" if row.state in self.states else state
        district = row.district or self.tongue.say(Say("no district named"))
        return f"{row.state or 'US'} · {district}"

    # ---- days late and reasons

    def _lateness(self) -> str:
        whole = self.found.whole("b11_child_find")
        counts = [getattr(whole, _band_field(band)) for band in BANDS]
        names = [self._band(band) for band in BANDS]
        title = Say("How late the late evaluations were finished")
        most = max(counts) or 1
        bars = [
            Bar(self.tongue.say(name), 100 * many / most, 0, f"{many:,}")
            for name, many in zip(names, counts, strict=True)
        ]
        desc = self.tongue.say(Say("A bar for each band of calendar days. The table beside it has the same numbers."))
        chart = bar_chart("late-bars", self.tongue.say(title), desc, bars, long_labels=True)
        heads = (self.said(Say("Days late")), self.said(Say("Children")))
        rows = [(self.said(name), (f"{many:,}",)) for name, many in zip(names, counts, strict=True)]
        table = self._table("late-table", self.said(title), heads, rows)
        figure = f'<figure class="late"><figcaption>{self.said(title)}</figcaption>{chart}</figure>'
        bands = self.said(Say("The bands are ours. The federal measure asks for the fewest and the most days only."))
        head = f"<h3>{heads[0]}</h3>"
        return f'{head}<div class="beside">{figure}{table}</div><p class="note">{bands}</p>'

    def _band(self, band: tuple[int, int | None]) -> Say:
        first, last = band
        if last is None:
            return Say("{first} days or more", {"first": first})
        return Say("{first} to {last} days", {"first": first, "last": last})

    def _reasons(self) -> str:
        rows: list[ReasonRow] = [row for row in self.found.rows["b11_reasons"] if row.state == EVERYWHERE[0]]
        told = [
            (self.said(REASONS[row.code]) + f'<span class="cite">{row.code}</span>' * bool(row.code),
             (f"{row.children:,}",))
            for row in rows
        ]  # fmt: skip
        note = self.said(Say(
            "The codes are those of the Common Education Data Standards (P002116). A reason stands here if the file "
            "shows it while the time ran. If it caused the delay is for a person to judge."
        ))  # fmt: skip
        heads = (self.said(Say("Reason")), self.said(Say("Children")))
        table = self._table("reasons-table", self.said(Say("Reasons that the files show")), heads, told)
        return f'<h3>{self.said(WHY_LATE)}</h3><p class="note">{note}</p>{table}'

    # ---- tables

    def _table(
        self, name: str, caption: str, heads: Sequence[str], rows: Iterable[tuple[str, Iterable[str]]], kind: str = ""
    ) -> str:
        """A table whose first cells are heads of their rows; the cells are HTML already."""
        first, *others = heads
        head = f'<th scope="col">{first}</th>' + "".join(f'<th scope="col" class="number">{one}</th>' for one in others)
        body = "".join(
            f'<tr><th scope="row">{label}</th>' + "".join(f'<td class="number">{one}</td>' for one in cells) + "</tr>"
            for label, cells in rows
        )
        looks = f' class="{kind}"' if kind else ""
        table = (
            f'<table{looks}><caption id="{name}">{caption}</caption><thead><tr>{head}</tr></thead>'
            f"<tbody>{body}</tbody></table>"
        )
        if not kind:
            return table
        return f'<div class="scroll" role="region" tabindex="0" aria-labelledby="{name}">{table}</div>'


def _band_field(band: tuple[int, int | None]) -> str:
    first, last = band
    return f"late_{first}_or_more" if last is None else f"late_{first}_to_{last}"
