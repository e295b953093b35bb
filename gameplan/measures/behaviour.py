"""What came before a behavior, and what came after: counts of written incidents, in words, as a picture and a table.

A count is no verdict. What came after most often may be what the child wants, and may not; a team finds that out by
a functional assessment. So the words only say what was counted, and ask.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from fractions import Fraction
from typing import Final

from gameplan.core.words import Say, Tongue
from gameplan.measures.drawing import BLUE, RULE, VOICE, id_of, picture, short, words
from gameplan.measures.numbers import middle, number_said

WEEKDAYS: Final = (
    Say("Monday"), Say("Tuesday"), Say("Wednesday"), Say("Thursday"), Say("Friday"), Say("Saturday"), Say("Sunday"),
)  # fmt: skip
FEWEST: Final = 5
"""Fewer incidents than this show no pattern."""
MOST_BARS: Final = 8
MOST_PAIRS: Final = 3
ROW_HEIGHT: Final = 50


@dataclass(frozen=True, slots=True)
class Incident:
    """One time that a behavior was seen: when, what came before, what was done, what came after, and where.

    `minutes` is how long it lasted, `intensity` how strong it was on the team's own scale; both may be unknown.
    """

    on: date
    at: time | None
    antecedent: str
    behaviour: str
    consequence: str
    setting: str = ""
    minutes: Fraction | None = None
    intensity: int | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How often one thing was written down. Its name is a sentence for days and hours, else the words as written."""

    name: Say | str
    times: int


@dataclass(frozen=True, slots=True)
class Pair:
    """How often these two things were written down together."""

    antecedent: str
    consequence: str
    times: int


@dataclass(frozen=True, slots=True)
class Patterns:
    """What was counted over all incidents: the most frequent first, but hours and days in their own order."""

    total: int
    antecedents: tuple[Count, ...]
    consequences: tuple[Count, ...]
    settings: tuple[Count, ...]
    hours: tuple[Count, ...]
    weekdays: tuple[Count, ...]
    pairs: tuple[Pair, ...]
    says: tuple[Say, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Counts as a picture, safe to put into a page as it is, as a table (headers first), and in words."""

    svg: str
    table: tuple[tuple[str, ...], ...]
    words: str

    @property
    def heads(self) -> tuple[str, ...]:
        """The first row of the table."""
        return self.table[0]

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The table without its headers."""
        return self.table[1:]


def patterns(incidents: Iterable[Incident]) -> Patterns:
    """What the incidents have in common, in counts and in sentences. The same words count together, large or small."""
    found = sorted(incidents, key=lambda one: (one.on, one.at or time.min))
    first = _first_spelling(word for one in found for word in (one.antecedent, one.consequence, one.setting))
    antecedents = _counted(first(one.antecedent) for one in found)
    consequences = _counted(first(one.consequence) for one in found)
    settings = _counted(first(one.setting) for one in found)
    pairs = _pairs((first(one.antecedent), first(one.consequence)) for one in found)
    hours = Counter(one.at.hour for one in found if one.at)
    days = Counter(one.on.weekday() for one in found)
    return Patterns(
        total=len(found),
        antecedents=antecedents,
        consequences=consequences,
        settings=settings,
        hours=tuple(Count(_hour(hour), hours[hour]) for hour in sorted(hours)),
        weekdays=tuple(Count(WEEKDAYS[day], days[day]) for day in sorted(days)),
        pairs=pairs,
        says=tuple(_sentences(found, antecedents, consequences, settings, pairs)),
    )


def bars(name: str, title: Say | str, counts: Sequence[Count], tongue: Tongue) -> Bars:
    """Counts as horizontal bars; `name` makes the ids of the picture, so it is another for each on a page.

    The picture has no size of its own: letters stay as large on a phone as on a wide page. It shows the first eight
    counts, the table all of them.
    """
    told = [(_said(count.name, tongue), count.times) for count in counts]
    headers = (_said(title, tongue), tongue.say(Say("How often")))
    sentences = [tongue.say(Say("{name}: {times}.", {"name": label, "times": times})) for label, times in told]
    text = " ".join(sentences) or tongue.say(Say("Nothing is written down yet."))
    shown = told[:MOST_BARS]
    most = max((times for _, times in shown), default=1)
    parts = (part for place, (label, times) in enumerate(shown) for part in _bar(place, label, times, most))
    size = f'class="measure bars" width="100%" height="{max(1, len(shown)) * ROW_HEIGHT}"'
    group = (f'<g font-family="{VOICE}">', *parts, "</g>")
    table = (headers, *((label, str(times)) for label, times in told))
    return Bars(picture(id_of(name), headers[0], text, group, size), table, text)


def _bar(place: int, label: str, times: int, most: int) -> Iterator[str]:
    top = place * ROW_HEIGHT
    yield words(0, top + 17, short(label, 36), 15)
    yield f'<rect x="0" y="{top + 24}" width="90%" height="14" rx="3" fill="{RULE}" fill-opacity="0.5"/>'
    yield f'<rect x="0" y="{top + 24}" width="{90 * times / most:.1f}%" height="14" rx="3" fill="{BLUE}"/>'
    yield words("100%", top + 37, str(times), 15, anchor="end")


def _said(name: Say | str, tongue: Tongue) -> str:
    """A sentence in the reader's language; somebody's own words as they were written."""
    return tongue.say(name) if isinstance(name, Say) else name


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()


def _first_spelling(texts: Iterable[str]) -> Callable[[str], str]:
    """Gives for a text the spelling in which the same words stood first."""
    first: dict[str, str] = {}
    for text in texts:
        first.setdefault(_key(text), " ".join(text.split()))
    return lambda text: first[_key(text)]


def _counted(texts: Iterable[str]) -> tuple[Count, ...]:
    """Each text with its number, most frequent first, then by name; empty texts say nothing."""
    counts = Counter(filter(None, texts))
    return tuple(Count(text, times) for text, times in sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def _pairs(both: Iterable[tuple[str, str]]) -> tuple[Pair, ...]:
    counts = Counter(pair for pair in both if all(pair))
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return tuple(Pair(*pair, times) for pair, times in ordered)


def _hour(hour: int) -> Say:
    """The hour as it is said on an American clock."""
    values: dict[str, object] = {"hour": hour % 12 or 12}
    return Say("{hour} a.m.", values) if hour < 12 else Say("{hour} p.m.", values)


def _sentences(
    found: Sequence[Incident],
    antecedents: Sequence[Count],
    consequences: Sequence[Count],
    settings: Sequence[Count],
    pairs: Sequence[Pair],
) -> Iterator[Say]:
    total = len(found)
    if total < FEWEST:
        yield Say(
            "Times written down: {total}. From {fewest} on, patterns are shown.", {"total": total, "fewest": FEWEST}
        )
        return
    yield Say("Times written down: {total}, from {first} to {last}.",
              {"total": total, "first": found[0].on, "last": found[-1].on})  # fmt: skip
    for count in _leading(antecedents):
        yield Say("{times} of {total} times, this came before: {what}.", _of(count, total))
    for count in _leading(settings):
        yield Say("{times} of {total} times, it was here: {what}.", _of(count, total))
    for count in _leading(consequences):
        yield Say("What came after most often: {what} ({times} of {total} times).", _of(count, total))
    if _leading(consequences):
        yield Say(
            "It may be what the child gets from it, or it may not. A count cannot tell. Ask what else it could be."
        )
    for pair in pairs[:MOST_PAIRS]:
        if pair.times > 1:
            values: dict[str, object] = {
                "before": pair.antecedent, "after": pair.consequence, "times": pair.times, "total": total,
            }  # fmt: skip
            yield Say("Together {times} of {total} times: first “{before}”, then “{after}”.", values)
    yield from _how_long_and_strong(found)


def _leading(counts: Sequence[Count]) -> Sequence[Count]:
    """The most frequent, and those that are as frequent; none if it was seen only once."""
    return [count for count in counts if count.times == counts[0].times > 1][:MOST_PAIRS]


def _of(count: Count, total: int) -> dict[str, object]:
    return {"what": count.name, "times": count.times, "total": total}


def _how_long_and_strong(found: Sequence[Incident]) -> Iterator[Say]:
    lengths = [one.minutes for one in found if one.minutes is not None]
    strengths = [Fraction(one.intensity) for one in found if one.intensity is not None]
    if lengths:
        values: dict[str, object] = {"middle": number_said(middle(lengths)), "longest": number_said(max(lengths))}
        yield Say("Half of them lasted {middle} minutes or less; the longest {longest}.", values)
    if strengths:
        values = {"middle": number_said(middle(strengths)), "most": number_said(max(strengths))}
        yield Say("How strong it was: {middle} in the middle, {most} at most.", values)
