"""Progress reports of the sample families, as a teacher of theirs sent them, made up like the rest of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from gameplan.cases.models import Case
from gameplan.cases.people import Person
from gameplan.planning.events import IEP, in_force_days
from gameplan.progress.report_content import Asked, plan_on
from gameplan.progress.reporting import send_report

TEACHER: Final = Person(id="sample-teacher", role="special-teacher")
BEFORE: Final = ((104, 55), (54, 10))
"""The first and the last day of each report, so many days ago."""
GIVEN: Final = timedelta(days=3)
"""So many days after the last day the family got the report."""
Words = Mapping[str, str]
NOT_MEASURED: Final[Words] = {
    "en": "We have no results for this goal yet. We begin to count next week, and tell you in the next report.",
    "es": "Todavía no tenemos resultados de esta meta. Empezamos a contar la próxima semana y le avisamos en el "
    "próximo informe.",
}
SAID: Final[Mapping[str, Mapping[str, Words]]] = {
    "diego": {
        "g2": {
            "en": "New listeners still miss many of his words. We change how we practice: short games, three times a "
            "day, with the sound he needs.\n\nPlease name things with him at home, and wait a moment for his answer.",
            "es": "Quien no lo conoce todavía no entiende muchas de sus palabras. Vamos a practicar de otra manera: "
            "juegos cortos, tres veces al día, con el sonido que necesita.\n\nEn casa, nombre las cosas con él y "
            "espere un momento su respuesta.",
        },
        "g4": {
            "en": "He moves on with the class more often. The first-then card helps. We go on with it and give less "
            "help by words.",
            "es": "Cambia de actividad con el grupo más seguido. La tarjeta de primero y después le ayuda. Seguimos "
            "con ella y le ayudamos menos con palabras.",
        },
    },
    "jasmine": {
        "g2": {
            "en": "These are the first results. They are too few to say more. We go on with one-minute readings each "
            "week, now with pages from her history book.",
            "es": "Estos son los primeros resultados. Son muy pocos para decir más. Seguimos con lecturas de un minuto "
            "cada semana, ahora con páginas de su libro de historia.",
        },
    },
}  # fmt: skip
SENT_IN: Final = {"diego": "es", "jasmine": "en"}


def send_sample_reports(case: Case, name: str, on: date) -> None:
    """Two reports of the last months, as far as a plan was in force then. `name`: of the sample family."""
    for first, last in BEFORE:
        until = on - timedelta(days=last)
        now = plan_on(case, until)
        if now is None:
            continue
        since = max(on - timedelta(days=first), in_force_days(case, until, IEP)[0].on)
        words = {str(row["id"]): SAID[name].get(str(row["id"]), NOT_MEASURED) for row in now.plan.rows("goals")}
        asked = Asked(since, until, SENT_IN[name], words)
        send_report(case, by=TEACHER, asked=asked, given=until + GIVEN)
