"""The roadmap: the road of a case drawn like a play on paper, the place where we are under the lamp.

Two drawings of one road, one for a phone (downwards) and one for a wide page (left to right), and the same in
words. The page shows one drawing at a time; `parts/roadmap.html` puts the three together.
"""

from __future__ import annotations

from django.utils.safestring import SafeString
from django.utils.translation import gettext_noop as _

from gameplan.core.facts import Case
from gameplan.core.standing import Duty, Standing
from gameplan.core.words import Say, Tongue
from gameplan.web.pictures import road_down, road_wide
from gameplan.web.pictures.drawing import element
from gameplan.web.pictures.road_signs import Sign, Signpost, signposts, when
from gameplan.web.pictures.route import AHEAD, BLOCKED, DONE, Route, Stop, route_of


def roadmap(standing: Standing, case: Case, tongue: Tongue, *, narrow: bool) -> SafeString:
    """The road as one SVG image: downwards for a phone if `narrow`, else left to right."""
    route = route_of(standing, case)
    posts = signposts(route, tongue)
    draw = road_down.draw if narrow else road_wide.draw
    shapes, width, height = draw(posts)
    return element(
        "svg",
        *shapes,
        class_=f"road road--{'down' if narrow else 'wide'}",
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        role="img",
        aria_label=in_short(route, tongue),
    )


def in_short(route: Route, tongue: Tongue) -> str:
    """The whole picture in one or two sentences."""
    values = {"number": route.here.number, "total": len(route.stops), "stop": route.here.name}
    said = [tongue.say(Say(_("Roadmap. You are at stop {number} of {total}: {stop}."), values))]
    said += [_duty_line(duty, tongue) for duty in (route.late, route.next) if duty]
    return " ".join(said)


def roadmap_in_words(standing: Standing, case: Case, tongue: Tongue) -> SafeString:
    """The same road as an ordered list, each stop with its state, its day, and what hangs on it."""
    route = route_of(standing, case)
    stops = [
        _stop_in_words(stop, post, tongue) for stop, post in zip(route.stops, signposts(route, tongue), strict=True)
    ]
    return element("ol", *stops, class_="road-words")


def _stop_in_words(stop: Stop, post: Signpost, tongue: Tongue) -> SafeString:
    said = {DONE: _("Done"), AHEAD: _("Still to come"), BLOCKED: _("You are here. The answer was no")}
    state = tongue.text(said.get(stop.state, _("You are here")))
    if stop.on:
        state = f"{state}, {tongue.date(stop.on)}"
    name = element("strong", post.name)
    hanging = [_sign_in_words(sign) for sign in post.signs]
    current = "step" if stop.state not in (DONE, AHEAD) else None
    return element("li", name, f" {state}.", *hanging, aria_current=current)


def _sign_in_words(sign: Sign) -> SafeString:
    said = element("p", f"{sign.title} ", *(f"{line} " for line in sign.lines))
    if not sign.ways:
        return said
    return element("div", said, element("ul", *(element("li", way) for way in sign.ways)))


def _duty_line(duty: Duty, tongue: Tongue) -> str:
    return tongue.say(Say(_("{when}: {duty}."), {"when": when(duty, tongue), "duty": duty.title}))
