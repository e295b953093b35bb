"""Plans to measure with: as large as you ask for, and no sentence like another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count
from typing import Any, Final

START: Final = date(2026, 9, 1)
TALK: Final = (
    "the child reads short texts aloud with help from a teacher who sits close and waits until each word has been "
    "said twice because new words come slowly in the morning after lunch during science or while others talk"
)
WORDS: Final = TALK.split(" ")
SENTENCE: Final = 12
KINDS: Final = ("speech-language", "occupational-therapy", "counseling", "physical-therapy", "school-nurse")
PROSE: Final = (
    "strengths", "student-words", "parent-concerns", "concerns-answered", "review-progress", "review-evaluation",
    "review-information", "review-needs", "evaluation-results", "present-functional", "effect-curriculum", "needs",
    "behavior-supports", "communication", "assistive-technology", "research-basis", "test-accommodations",
    "non-participation", "home-school", "esy-why",
)  # fmt: skip
LONG: Final = "present-academic"


def prose(words: int, seed: str = "") -> str:
    """So many words in sentences and paragraphs; another `seed` gives another text of the same length."""
    tag = seed.replace(" ", "-") or "so"
    sentences = []
    for at in range(0, words, SENTENCE):
        said = [WORDS[(number * number + number) % len(WORDS)] for number in range(at, min(at + SENTENCE, words))]
        sentences.append(" ".join([*said[:-1], f"{tag}-{at}."]).capitalize())
    return "\n\n".join(" ".join(sentences[at : at + 6]) for at in range(0, len(sentences), 6))


def sample_plan(goals: int, services: int, words: int, seed: str = "a", born: str = "2016-05-02") -> dict[str, Any]:
    """An IEP as JSON with so many goals and services in all, and one section of so many words.

    With another `seed` every text is another one, so that nothing can be remembered from one plan to the next.
    """
    return {
        "gameplan_plan": 1, "form": "iep", "language": "en",
        "child": {"name": f"Ana {seed}", "born": born, "state": "TX", "grade": "5", "school": "Oak School"},
        "content": {
            "occasion": "annual", "meeting-date": "2026-08-28", "start": START.isoformat(), "review-by": "2027-08-27",
            "disability": "specific-learning-disability", "iep-manager": "Robin Meyer", "interpreter": False,
            "team-members": [
                {"id": f"t{number}", "name": f"Person {seed} {number}", "role": role, "took-part": "there"}
                for number, role in enumerate(("parents", "special-teacher", "regular-teacher"))
            ],
            **{name: prose(60, f"{seed} {name}") for name in PROSE},
            LONG: prose(words, f"{seed} {LONG}"),
            "behavior": True, "learning-english": False, "low-vision": False, "hard-of-hearing": False,
            "goals": list(_goals(goals, seed)), "benchmarks": list(_steps(goals, seed)),
            "progress-schedule": "report-cards", "progress-way": "On paper",
            **_services(services, seed),
            "accommodations": [
                {"id": f"c{number}", "what": f"Extra time {seed} {number}", "where": "all classes", "when": "always"}
                for number in range(8)
            ],
            "modifications-none": True, "assessment-part": "accommodated",
            "placements-considered": [
                {"id": "p1", "option": "regular-with-supplementary", "chosen": True, "why": f"It fits {seed}."}
            ],
            "week-minutes": 1950, "apart-minutes": 300, "esy": "no",
        },
    }  # fmt: skip


def _goals(many: int, seed: str) -> Iterator[dict[str, Any]]:
    for number in range(many):
        yield {
            "id": f"g{number}", "area": f"Reading {number}", "need": prose(15, f"{seed} need {number}"),
            "baseline": f"{40 + number} words a minute ({seed})", "goal": prose(25, f"{seed} goal {number}"),
            "conditions": f"one minute, no help ({seed})", "target": f"{80 + number} words a minute in 3 checks",
            "by": "2027-05-22", "measure": f"reading check {seed}", "who": "the special teacher, every two weeks",
            "report": "a chart every month", "standard": f"Fluency {number}",
        }  # fmt: skip


def _steps(goals: int, seed: str) -> Iterator[dict[str, Any]]:
    for number in range(goals):
        step = f"{50 + number} words a minute ({seed})."
        yield {"id": f"b{number}", "goal": f"g{number}", "step": step, "by": "2026-12-18"}


def _services(many: int, seed: str) -> dict[str, list[dict[str, Any]]]:
    """Half of them special education, a quarter related services, the rest aids and support for staff."""
    numbers = count()
    shares = {"special-education": many // 2, "related-services": many // 4, "supplementary-aids": many // 8}
    shares["staff-supports"] = many - sum(shares.values())
    return {name: [_service(name, next(numbers), seed) for _ in range(share)] for name, share in shares.items()}


def _service(field: str, number: int, seed: str) -> dict[str, Any]:
    timed = {"minutes": 20 + number, "times": 2, "per": "week", "place": "special-class", "group": "small-group"}
    by_hand = {"amount": f"in every lesson ({seed})", "place": "regular-class"}
    related = field == "related-services"
    return {
        "id": f"s{number}", "service": KINDS[number % len(KINDS)] if related else f"Lessons {seed} {number}",
        **(timed if field in ("special-education", "related-services") else by_hand),
        "who": f"Teacher {number}", "start": START.isoformat(), "end": "2027-05-22",
    }  # fmt: skip
