"""The questions about the IEP: the meeting, the finished plan, permission for services, their start."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from gameplan.web.forms.story_facts import IepForm, ServicesForm
from gameplan.web.story.evaluation import consent_read, consent_shapes, consent_told
from gameplan.web.story.screens import FactScreen, Found, Said
from gameplan.web.story.telling import Shape, Slot, Telling


def _iep(said: Said, today: date) -> Mapping[str, Telling | None]:
    day, finished = said["on"], said["finished"]
    meeting = {"date": day, "kind": said["which"] or "initial-iep"}
    return {
        "meeting": Telling("meeting-held", day, meeting, planned=day > today) if day else None,
        "iep": Telling("iep-adopted", finished, {"date": finished}) if finished else None,
    }


def _read_iep(found: Found) -> dict[str, Any]:
    meeting, iep = found["meeting"], found["iep"]
    said: dict[str, Any] = {"gate": "yes"} if meeting or iep else {}
    if meeting:
        said |= {"on": meeting.on, "which": meeting.data.get("kind", "initial-iep")}
    elif iep:
        said |= {"unknown": True}
    return said | ({"finished": iep.on} if iep else {})


def _services(said: Said, today: date) -> Mapping[str, Telling | None]:
    day = said["started"]
    started = Telling("services-started", day, {"date": day}, planned=day > today) if day else None
    return {"services": consent_told(said, "initial-services"), "start": started}


def _read_services(found: Found) -> dict[str, Any]:
    consent, start = found["services"], found["start"]
    said = consent_read(consent)
    if start and not consent:
        said = {"gate": "yes-signed", "unknown": True}
    return said | ({"started": start.on} if start else {})


SCREENS = (
    FactScreen(
        slug="iep", form=IepForm, tell=_iep, read=_read_iep,
        asked_if=(("eligible", "yes-eligible"), ("requested", "has-iep")),
        slots=(
            Slot("meeting", (
                Shape("meeting-held", {"kind": "initial-iep"}),
                Shape("meeting-held", {"kind": "annual-review"}),
            )),
            Slot("iep", (Shape("iep-adopted"),)),
        ),
        question=_("Was there an IEP meeting, or is one planned?"),
        why=_("You are part of the team that writes the IEP. The meeting has its own time limit."),
        next=_("We ask if you said yes to the services."),
    ),
    FactScreen(
        slug="services", form=ServicesForm, tell=_services, read=_read_services, asked_if=(("iep", "yes"),),
        slots=(
            Slot("services", consent_shapes("initial-services")),
            Slot("start", (Shape("services-started"),)),
        ),
        question=_("Did you say yes to the first services?"),
        why=_("The first services start only after you agree in writing."),
        next=_("Last, we ask for the school calendar."),
    ),
)  # fmt: skip
