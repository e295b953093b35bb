"""What a notice of the school can be about: the facts of a case that ask for one, and the first words of it.

Also what a decision can rest on: the tests, records and meetings that the case tells of. Nothing is guessed; what the
case does not say is left to the writer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from gameplan.core.facts import Case, Fact, standing_facts
from gameplan.letters.phrases import day_in_words, joined

PROPOSE, REFUSE = "propose", "refuse"
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of decision: the kind of fact it answers, what that fact must say, and its first words.

    `name` is what the timeline calls it, `action` says what is done or not done, for `decisions`. In them {child} and
    {day} are the child and the day of the fact, {what} is what was asked for.
    """

    kind: str
    decisions: tuple[str, ...]
    subjects: tuple[str, ...]
    name: Words
    action: Words
    where: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Matter:
    """A fact that asks for a notice, and one decision on it."""

    fact: Fact
    decision: str
    sort: Sort


BOTH = (PROPOSE, REFUSE)
TEST = {
    "en": "Test {child} in all areas of the suspected disability, as was asked for on {day}.",
    "es": "Evaluar a {child} en todas las áreas de la discapacidad que se sospecha, como se pidió el {day}.",
}
ASKED = {"en": "What was asked for on {day}: {what}", "es": "Lo que se pidió el {day}: {what}"}
SORTS: tuple[Sort, ...] = (
    Sort("evaluation-requested", BOTH, ("evaluation", "identification"),
         {"en": "First evaluation", "es": "Primera evaluación"}, TEST, {"type": "initial"}),
    Sort("evaluation-requested", BOTH, ("evaluation",),
         {"en": "A new evaluation", "es": "Una nueva evaluación"}, TEST, {"type": "reevaluation"}),
    Sort("change-requested", BOTH, ("fape",), {"en": "{what}", "es": "{what}"}, ASKED, {"about": "services"}),
    Sort("change-requested", BOTH, ("placement",), {"en": "{what}", "es": "{what}"}, ASKED, {"about": "placement"}),
    Sort("change-requested", BOTH, ("identification",), {"en": "{what}", "es": "{what}"}, ASKED,
         {"about": "identification"}),
    Sort("change-requested", BOTH, ("fape",), {"en": "{what}", "es": "{what}"}, ASKED),
    Sort("eligibility-determined", (PROPOSE,), ("identification",),
         {"en": "{child} qualifies for special education",
          "es": "{child} reúne los requisitos para educación especial"},
         {"en": "The team decided on {day} that {child} has a disability and needs special education.",
          "es": "El equipo decidió el {day} que {child} tiene una discapacidad y necesita educación especial."},
         {"eligible": True}),
    Sort("eligibility-determined", (REFUSE,), ("identification",),
         {"en": "{child} does not qualify for special education",
          "es": "{child} no reúne los requisitos para educación especial"},
         {"en": "Give {child} special education: the team decided on {day} that {child} does not qualify.",
          "es": "Dar educación especial a {child}: el equipo decidió el {day} que no reúne los requisitos."},
         {"eligible": False}),
    Sort("iep-offered", (PROPOSE,), ("fape",),
         {"en": "The plan (IEP) that was offered", "es": "El plan (IEP) que se ofreció"},
         {"en": "Carry out the plan (IEP) for {child} that was offered on {day}.",
          "es": "Llevar a cabo el plan (IEP) para {child} que se ofreció el {day}."}),
    Sort("placement-decided", (PROPOSE,), ("placement",),
         {"en": "Where {child} is taught", "es": "Dónde se enseña a {child}"},
         {"en": "Teach {child} in this placement, decided on {day}: {what}",
          "es": "Enseñar a {child} en esta ubicación, decidida el {day}: {what}"}),
    Sort("graduation-planned", (PROPOSE,), ("placement", "fape"),
         {"en": "Graduation ends special education", "es": "La graduación termina la educación especial"},
         {"en": "End special education for {child} with the regular diploma.",
          "es": "Terminar la educación especial de {child} con el diploma regular."}, {"diploma": "regular"}),
    Sort("consent-revoked", (PROPOSE,), ("fape",),
         {"en": "All special education ends", "es": "Termina toda la educación especial"},
         {"en": "End all special education and related services for {child}, because you took your permission back on "
                "{day}.",
          "es": "Terminar toda la educación especial y los servicios relacionados de {child}, porque usted retiró su "
                "permiso el {day}."},
         {"for": "services", "written": True}),
)  # fmt: skip
WHAT: Mapping[str, str] = {"change-requested": "what", "placement-decided": "environment"}
DAYS: Mapping[str, str] = {"graduation-planned": "graduation"}

# What a decision can rest on, by kind of fact. {day} is its day, {what} what `BASIS_WHAT` names.
BASIS: Mapping[str, Words] = {
    "evaluation-requested": {"en": "The request for an evaluation, {day}", "es": "La solicitud de evaluación, {day}"},
    "change-requested": {"en": "The request of the family, {day}", "es": "La solicitud de la familia, {day}"},
    "intervention-reviewed": {
        "en": "The review of the extra help in class, {day}: {what}",
        "es": "La revisión de la ayuda adicional en clase, {day}: {what}",
    },
    "data-review-done": {"en": "The review of what was known already, {day}",
                         "es": "La revisión de lo que ya se sabía, {day}"},
    "evaluation-completed": {"en": "The evaluation, finished on {day}: {what}",
                             "es": "La evaluación, terminada el {day}: {what}"},
    "outside-evaluation-shared": {"en": "The evaluation from outside the school, {day}",
                                  "es": "La evaluación de fuera de la escuela, {day}"},
    "member-input-given": {"en": "Written input of a team member, {day}",
                           "es": "Opinión por escrito de un miembro del equipo, {day}"},
    "meeting-held": {"en": "The meeting of {day}", "es": "La reunión del {day}"},
    "consent-revoked": {"en": "The letter in which permission was taken back, {day}",
                        "es": "La carta en la que se retiró el permiso, {day}"},
}  # fmt: skip
BASIS_WHAT: Mapping[str, str] = {"intervention-reviewed": "area", "evaluation-completed": "areas"}
GIVEN: Mapping[str, Words] = {
    "evaluation-report": {"en": "The evaluation report, {day}", "es": "El informe de evaluación, {day}"},
    "progress-report": {"en": "The progress report, {day}", "es": "El informe de progreso, {day}"},
}
AREAS: Mapping[str, Words] = {
    "academic": {"en": "reading, writing or math", "es": "lectura, escritura o matemáticas"},
    "communication": {"en": "speech and language", "es": "habla y lenguaje"},
    "attention": {"en": "attention", "es": "atención"},
    "social-emotional": {"en": "feelings and behavior", "es": "emociones y conducta"},
    "intelligence": {"en": "thinking and memory", "es": "razonamiento y memoria"},
    "motor": {"en": "movement", "es": "movimiento"},
    "hearing": {"en": "hearing", "es": "audición"},
    "vision": {"en": "vision", "es": "visión"},
    "health": {"en": "health", "es": "salud"},
}


def matters_of(case: Case, on: date) -> tuple[Matter, ...]:
    """What the school may owe a notice about, newest first: each standing fact with each decision on it."""
    newest_first = reversed(_happened(case, on))
    return tuple(Matter(fact, decision, sort) for fact in newest_first for sort, decision in _sorts(fact))


def matter_of(case: Case, fact_id: str, decision: str, on: date) -> Matter | None:
    """The matter of that fact with that decision, or None."""
    return next((one for one in matters_of(case, on) if (one.fact.id, one.decision) == (fact_id, decision)), None)


def action_words(matter: Matter, child: str, lang: str) -> str:
    """What is done, or not done, in the first words of the notice."""
    return _filled(matter.sort.action[lang], matter.fact, child, lang)


def name_words(matter: Matter, child: str, lang: str) -> str:
    """The matter in a few words."""
    return _filled(matter.sort.name[lang], matter.fact, child, lang)


def effective_day(matter: Matter) -> date | None:
    """The day from which the decision counts, where the fact says it."""
    day = matter.fact.data.get(DAYS.get(matter.fact.kind, "")) or matter.fact.data.get("start_agreed")
    return day if isinstance(day, date) else None


def basis_lines(case: Case, on: date, lang: str) -> tuple[str, ...]:
    """The tests, records and meetings that the case tells of, oldest first, with the names of their papers."""
    names = {paper.id: paper.name for paper in case.attachments}
    found = []
    for fact in _happened(case, on):
        words = GIVEN.get(str(fact.data.get("what"))) if fact.kind == "document-given" else BASIS.get(fact.kind)
        if words:
            papers = ", ".join(names[one] for one in fact.attachments if one in names)
            found.append(_basis(words[lang], fact, lang) + (f" ({papers})" if papers else ""))
    return tuple(dict.fromkeys(found))


def _basis(words: str, fact: Fact, lang: str) -> str:
    what = _said(fact.data.get(BASIS_WHAT.get(fact.kind, "")), lang)
    filled = words.format(day=day_in_words(fact.on, lang), what=what)
    return filled.removesuffix(": ") if not what else filled


def _sorts(fact: Fact) -> Iterator[tuple[Sort, str]]:
    """The first sort that fits the fact, with each decision."""
    for sort in SORTS:
        if sort.kind == fact.kind and all(fact.data.get(name) == value for name, value in sort.where.items()):
            yield from ((sort, decision) for decision in sort.decisions)
            return


def _filled(words: str, fact: Fact, child: str, lang: str) -> str:
    what = _said(fact.data.get(WHAT.get(fact.kind, "")), lang)
    return words.format(child=child, day=day_in_words(fact.on, lang), what=what)


def _said(value: object, lang: str) -> str:
    if isinstance(value, tuple | list):
        return joined(tuple(_said(one, lang) for one in value), lang)
    words = AREAS.get(str(value or ""))
    return words[lang] if words else str(value or "")


def _happened(case: Case, on: date) -> list[Fact]:
    """The facts that happened and stand, oldest first."""
    return sorted(
        (fact for fact in standing_facts(case.facts) if not fact.planned and fact.on <= on), key=lambda fact: fact.on
    )
