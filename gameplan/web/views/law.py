"""The law for everybody: its start page, the rules of a place, one rule, what runs, and one rule in all States.

No case is read here and nothing is written, so these pages are open without the link (see `config/doorkeeper.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gameplan.cases.today import today
from gameplan.core.entries import Clock
from gameplan.law.coverage import totals
from gameplan.web.lawbook import comparing, shelf, words
from gameplan.web.lawbook.starting import start_of
from gameplan.web.lawbook.worked import worked
from gameplan.web.pictures.tile_map import Tile, swatch, tile_map
from gameplan.web.templatetags.look import page_tongue

FIRST_RULE = "initial-evaluation"


@require_safe
def law(request: HttpRequest) -> HttpResponse:
    """Where the law pages begin: work out a date, look up a rule, compare the States, see what runs."""
    return render(request, "pages/law/start.html", {"states": shelf.states_by_name(), "usual": _usual_rules()})


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Choose a State; `?state=TX` leads to its rules."""
    typed = request.GET.get("state", "")
    place = shelf.find_place(typed)
    if place:
        return redirect("web:law-place", place=place)
    context = {"states": shelf.states_by_name(), "typed": typed.strip()[:40]}
    return render(request, "pages/law/states.html", context, status=422 if typed.strip() else 200)


@require_safe
def place_rules(request: HttpRequest, place: str) -> HttpResponse:
    """Every rule that counts in a State (or of federal law), by area."""
    found = _place(place)
    sections, is_federal = shelf.rules_of(found, on=today()), found == shelf.FEDERAL
    context = {
        "place": found,
        "name": shelf.place_name(found),
        "sections": [
            (section, [_row(rule) for rule in section.rules]) for section in shelf.rules_of(found, on=today())
        ],
        "own": [] if is_federal else [_row(rule) for section in sections for rule in section.rules if rule.is_own],
        "is_federal": is_federal,
    }
    return render(request, "pages/law/place.html", context)


@require_safe
def rule(request: HttpRequest, place: str, rule_id: str) -> HttpResponse:
    """One rule in one place: in plain words, how it is counted, its exceptions, its source, its examples run."""
    found, on = _place(place), today()
    shown = shelf.find_rule(found, rule_id, on=on)
    if shown is None:
        raise Http404("There is no such rule.")
    federal = shelf.beside(shown)
    context = {
        "place": found,
        "name": shelf.place_name(found),
        "rule": shown,
        "entries": [_entry(clock) for clock in shown.clocks],
        "several": len(shown.clocks) > 1,
        "beside": _beside(federal, shown) if federal else None,
        "instead": [_row(one) for one in shelf.instead(shown, on=on)],
        "silent": shelf.is_silent(shown),
        "looked_for": shelf.was_looked_for(shown),
        "calculator": calculator_address(found, shown.clock),
        "compare": _compare_address(federal or shown.clock) if federal or shown.clock.pack == shelf.FEDERAL else "",
        "on": on,
    }
    return render(request, "pages/law/rule.html", context)


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """State by rule: what runs, what runs with a doubt, what does not run yet and why."""
    context = {
        "steps": comparing.steps(),
        "rows": comparing.coverage_rows(),
        "legend": (comparing.RUNS, comparing.DOUBT, comparing.ONLY_FEDERAL, comparing.ASKS, comparing.NOT_YET),
        "totals": {name.replace(" ", "_"): number for name, number in totals().items()},
        "not_yet": [(one, shelf.place_name(one.place)) for one in comparing.not_yet()],
    }
    return render(request, "pages/law/coverage.html", context)


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """One rule in all States, as a map and as a table; `?rule=` chooses it."""
    typed = request.GET.get("rule", "").strip()
    found = comparing.compared(typed or FIRST_RULE)
    context: dict[str, object] = {"sections": comparing.comparable(), "typed": typed[:60], "found": found}
    if found:
        context |= {
            "map": _map(found),
            "counts": [(swatch(count), name, number) for count, name, number in found.counts],
            "doubt": swatch("federal", doubtful=True) if any(row.doubtful for row in found.rows) else "",
            "rows": [_compared_row(row, found.clock) for row in found.rows],
            "federal": _compared_entry(found.clock),
        }
    return render(request, "pages/law/compare.html", context, status=200 if found else 422)


def calculator_address(place: str, clock: Clock) -> str:
    """The calculator with this rule's start filled in; empty if nobody can say that it began."""
    begun = start_of(clock)
    if begun is None or clock.not_yet:
        return ""
    start, more = begun
    known = {field.name for field in start.details}
    query = QueryDict(mutable=True)
    query["state"], query["start"] = place, start.id
    for name, value in more.items():
        first = value[0] if isinstance(value, tuple | list) else value
        if name in known:
            query[name] = str(first) if not isinstance(first, bool) else "yes" if first else "no"
    return f"{reverse('web:law-calculator')}?{query.urlencode()}"


def _place(typed: str) -> str:
    found = shelf.find_place(typed)
    if found is None:
        raise Http404("There is no such State.")
    return found


def _usual_rules() -> list[tuple[Clock, str]]:
    return [(clock, _compare_address(clock)) for clock in comparing.differing()]


def _row(rule: shelf.Rule) -> dict[str, object]:
    """One rule in a list: its name, how long, how far it runs, and if the State's own."""
    return {
        "rule": rule,
        "clock": rule.clock,
        "how_long": words.how_long(rule.clock),
        "wording": comparing.how_far(rule.clock),
        "url": reverse("web:law-rule", args=(rule.place, rule.id)),
    }


def _entry(clock: Clock) -> dict[str, object]:
    """All that a page says of one entry."""
    return {
        "clock": clock,
        "how_long": words.how_long(clock),
        "points": words.points(clock),
        "exceptions": words.exceptions(clock),
        "how_sure": words.how_sure(clock),
        "sure": clock.confidence == "high",
        "wording": comparing.how_far(clock),
        "examples": worked(clock) if not clock.not_yet else (),
        "over": clock.in_force.last is not None and clock.in_force.last < today(),
    }


def _beside(federal: Clock, rule: shelf.Rule) -> dict[str, object]:
    """The federal rule beside a State's, and how the two go together."""
    relations = {
        "replaces": _("The State’s time takes the place of this one."),
        "sets": _("Federal law gives no number here. The State does."),
        "adds": _("Both count. The earlier day decides."),
    }
    return {
        "clock": federal,
        "how_long": words.how_long(federal),
        "relation": relations.get(rule.clock.relation, _("Both stand side by side.")),
        "url": reverse("web:law-rule", args=(shelf.FEDERAL, federal.id)),
    }


def _compare_address(clock: Clock) -> str:
    return f"{reverse('web:law-compare')}?{urlencode({'rule': clock.id})}"


def _compared_entry(clock: Clock) -> dict[str, object]:
    return {
        "clock": clock,
        "how_long": words.how_long(clock),
        "starts": [words.match_said(match) for match in clock.trigger],
        "done": [words.match_said(match) for match in clock.done_when],
        "wording": comparing.how_sure(clock),
        "url": reverse("web:law-rule", args=(clock.pack, clock.id)),
    }


def _compared_row(row: comparing.StateRow, federal: Clock) -> dict[str, object]:
    return {
        "row": row,
        "entries": [_compared_entry(clock) for clock in row.clocks],
        "url": reverse("web:law-rule", args=(row.code, federal.id)),
    }


def _map(found: comparing.Comparison) -> str:
    name = _("Map: {rule}").format(rule=page_tongue().text(found.clock.name))
    counts = ", ".join(f"{kind}: {number}" for _count, kind, number in found.counts)
    said = _("One tile for each State. {counts}. The table below says the same in words.").format(counts=counts)
    return tile_map(_tiles(found), title=name, description=said)


def _tiles(found: comparing.Comparison) -> Iterable[Tile]:
    for row in found.rows:
        main = comparing.main_clock(row.clocks) or found.clock
        number = "" if main.length is None else str(main.length)
        more = "+" if number and len(row.clocks) > 1 else ""
        yield Tile(row.code, number + more, row.count, row.doubtful)


urlpatterns = [
    path("law/", law, name="law"),
    path("law/rules/", rules, name="law-rules"),
    path("law/coverage/", coverage, name="law-coverage"),
    path("law/compare/", compare, name="law-compare"),
    path("law/<str:place>/", place_rules, name="law-place"),
    path("law/<str:place>/<str:rule_id>/", rule, name="law-rule"),
]
