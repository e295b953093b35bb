"""The questions up to the school's answer: extra help, the concern, the request, the answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from gameplan.web.forms.story_facts import AnsweredForm, ConcernForm, RequestedForm, SupportsForm
from gameplan.web.story.screens import FactScreen, Found, Said
from gameplan.web.story.telling import Shape, Slot, Telling

SPOKEN_NO = "The school said no, but only by word of mouth."
SAME_DAY = ("by-hand", "spoken")
YES_NO = {True: "yes", False: "no"}
TRUTH = {"yes": True, "no": False}


def _supports(said: Said, _today: date) -> Mapping[str, Telling | None]:
    day = said["on"]
    if said["gate"] != "yes" or not day:
        return {"supports": None}
    data = {"date": day, "about": said["about"], "tier": said["tier"]}
    return {"supports": Telling("supports-started", day, data)}


def _read_supports(found: Found) -> dict[str, Any]:
    fact = found["supports"]
    return {"gate": "yes", "on": fact.on, **_some(fact.data, "about", "tier")} if fact else {}


def _concern(said: Said, _today: date) -> Mapping[str, Telling | None]:
    day = said["on"]
    if said["gate"] != "yes" or not day:
        return {"concern": None}
    data = {"date": day, "by": "parent", "about": said["about"], "written": TRUTH.get(said["written"] or "")}
    return {"concern": Telling("concern-raised", day, data)}


def _read_concern(found: Found) -> dict[str, Any]:
    fact = found["concern"]
    if fact is None:
        return {}
    written = yes_no(fact.data.get("written"))
    return {"gate": "yes", "on": fact.on, "written": written, **_some(fact.data, "about")}


def _requested(said: Said, _today: date) -> Mapping[str, Telling | None]:
    gate, how, sent = str(said["gate"]), said["how"] or "", said["sent"]
    received = said["received"] or (sent if how in SAME_DAY else None)
    if not gate.startswith("yes") or not (sent or received):
        return {"request": None}
    data = {
        "received": received, "sent": sent, "type": "initial", "by": gate.removeprefix("yes-"), "how": how,
        "written": how != "spoken" if how else None,
    }  # fmt: skip
    return {"request": Telling("evaluation-requested", received or sent, data)}


def _read_requested(found: Found) -> dict[str, Any]:
    fact = found["request"]
    if fact is None:
        return {}
    days = _some(fact.data, "sent", "received") or {"received": fact.on}
    return {"gate": f"yes-{fact.data.get('by', 'parent')}", "how": fact.data.get("how", ""), **days}


def _answered(said: Said, _today: date) -> Mapping[str, Telling | None]:
    gate, day, words = said["gate"], said["on"], said["about"]
    if not day:
        return {"answer": None, "notice": None}
    refusal = {"given": day, "decision": "refuse", "subject": ("evaluation",), "matter": words}
    answers = {
        "yes-form": Telling("consent-requested", day, {"date": day, "for": "initial-evaluation"}),
        "yes-refused": Telling("pwn-sent", day, refusal),
        "yes-spoken": Telling("school-wrote", day, {"date": day, "about": _after(SPOKEN_NO, words)}),
        "yes-letter": Telling("school-wrote", day, {"date": day, "about": words}),
    }
    plan = {"given": day, "decision": "propose", "subject": ("evaluation",), "matter": words}
    came = gate == "yes-form" and said["notice"] == "yes"
    return {"answer": answers.get(gate), "notice": Telling("pwn-sent", day, plan) if came else None}


def _read_answered(found: Found) -> dict[str, Any]:
    fact, notice = found["answer"], found["notice"]
    if fact is None:
        return {}
    told = {**(notice.data if notice else {}), **fact.data}
    words = str(told.get("about") or told.get("matter") or "")
    gate = {"consent-requested": "yes-form", "pwn-sent": "yes-refused"}.get(fact.kind, "yes-letter")
    if words.startswith(SPOKEN_NO):
        gate, words = "yes-spoken", words.removeprefix(SPOKEN_NO).strip()
    return {"gate": gate, "on": fact.on, "about": words, "notice": "yes" if notice else ""}


def yes_no(value: object) -> str:
    """A truth as the answer of a form."""
    return YES_NO[value] if isinstance(value, bool) else ""


def _after(sentence: str, words: object) -> str:
    return f"{sentence} {words}" if words else sentence


def _some(data: Mapping[str, object], *names: str) -> dict[str, object]:
    return {name: data[name] for name in names if name in data}


SCREENS = (
    FactScreen(
        slug="supports", form=SupportsForm, tell=_supports, read=_read_supports,
        slots=(Slot("supports", (Shape("supports-started"),)),),
        question=_("Does your child get extra help in class right now?"),
        why=_("Schools call it MTSS or RTI. It can go on. It is never a reason to put off an evaluation."),
        next=_("We ask what you see."),
    ),
    FactScreen(
        slug="concern", form=ConcernForm, lead="", tell=_concern, read=_read_concern,
        slots=(Slot("concern", (Shape("concern-raised", {"by": "parent"}),)),),
        question=_("What worries you?"),
        why=_("What you tell the school counts. From then on it knows that your child may need help."),
        next=_("We ask if someone has asked for an evaluation."),
    ),
    FactScreen(
        slug="requested", form=RequestedForm, tell=_requested, read=_read_requested,
        slots=(Slot("request", (Shape("evaluation-requested", {"type": "initial"}),)),),
        question=_("Has anyone asked the school for an evaluation?"),
        why=_("It looks at what your child needs. The clock starts when the school gets the request."),
        next=_("If it was asked, we ask what the school did. If not, we can write the request with you."),
    ),
    FactScreen(
        slug="answered", form=AnsweredForm, tell=_answered, read=_read_answered,
        asked_if=(("requested", "yes"),),
        slots=(
            Slot("answer", (
                Shape("consent-requested", {"for": "initial-evaluation"}),
                Shape("pwn-sent", {"decision": "refuse", "subject": "evaluation"}),
                Shape("school-wrote"),
            )),
            Slot("notice", (Shape("pwn-sent", {"decision": "propose", "subject": "evaluation"}),)),
        ),
        question=_("Did the school answer the request?"),
        why=_("The school must say yes or no in writing. A spoken no is not an answer under the law."),
        next=_("If it asked for your permission, we ask about that form."),
    ),
)  # fmt: skip
