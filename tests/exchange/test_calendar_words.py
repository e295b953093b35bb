"""What the words of school calendars mean: certain only where they are certain."""

from __future__ import annotations

import pytest

from gameplan.exchange.calendar_words import ReadAs, folded, meaning_of

NO_SCHOOL = [
    "No School",
    "NO SCHOOL - Labor Day",
    "Schools Closed",
    "Student Holiday",
    "Teacher Workday - Student Holiday",
    "Staff Development (No School for Students)",
    "Non-Student Day",
    "Pupil-Free Day",
    "Thanksgiving Holiday",
    "Winter Break",
    "Spring Recess",
    "Mid-Winter Recess",
    "Presidents' Day - No School",
    "No Classes",
    "MLK Jr. Day",
    "Martin Luther King, Jr. Day",
    "New Year’s Day",
    "Memorial Day",
    "Fall Intersession",
    "Snow Day - Schools Closed",
    "Students do not report",
    "No school K-12",
    "No School - All Grades",
    "No hay clases",
    "Día feriado",
    "Vacaciones de invierno",
    "Receso de primavera",
    "Suspensión de clases",
    "Día de Acción de Gracias",
    "Día del Trabajo",
    "Año Nuevo",
    "Capacitación para maestros: sin clases",
]
ASK = [
    "Staff Development",
    "Teacher Workday",
    "Professional Development Day",
    "Parent-Teacher Conferences",
    "Veterans Day",
    "Columbus Day",
    "Presidents' Day",
    "Good Friday",
    "No School - Elementary Only",
    "No School Grades 6-8",
    "Inclement Weather Make-Up Day",
    "Possible snow makeup day (no school if not needed)",
    "Early Release - No School for Pre-K",
    "Winter Break Begins",
    "District Offices Closed",
    "Spring break ends",
    "Desarrollo profesional",
    "Día de los Veteranos",
    "Consejo Técnico Escolar",
    "Jewish holiday observance",
]
SCHOOL = [
    "Early Release",
    "Early Dismissal 12:30",
    "Half Day",
    "1/2 day",
    "½ Day",
    "Minimum Day",
    "2 Hour Delay",
    "Classes Resume",
    "School resumes after Winter Break",
    "Students return",
    "Late Start",
    "Salida temprana",
    "Regreso a clases",
    "End of 1st Quarter",
    "Second Semester begins",
    "Medio día",
    "Noon dismissal before Thanksgiving",
]
FIRST = [
    "First Day of School",
    "1st Day of Classes",
    "First day of the 2025-26 school year",
    "School Begins",
    "Classes Begin",
    "First Day for Students",
    "First Student Day",
    "First Day of School (Early Release)",
    "Primer día de clases",
    "Inicio de clases",
    "Inicio del ciclo escolar",
    "First day of school for students and staff",
    "First Day of School - 1st Quarter Begins",
]
LAST = [
    "Last Day of School",
    "Last Day of School - Early Release",
    "Last Student Day",
    "Last day of classes",
    "School Ends",
    "End of School Year",
    "Último día de clases",
    "Fin de cursos",
    "Last Day of School / End of 4th Quarter",
]
NEITHER = [
    "Spring Break Camp",
    "Thanksgiving Feast",
    "Winter Holiday Concert",
    "Veterans Day Assembly",
    "Summer Break",
    "First day for teachers",
    "Holiday party",
]
SILENT = [
    "Board meeting",
    "Picture Day",
    "No school uniform day",
    "No school bus today",
    "Book fair week",
    "Día del niño",
]

TABLE = (
    (ReadAs.CLOSED, NO_SCHOOL),
    (ReadAs.UNSURE, ASK),
    (ReadAs.SCHOOL_DAY, SCHOOL),
    (ReadAs.FIRST_DAY, FIRST),
    (ReadAs.LAST_DAY, LAST),
    (ReadAs.IGNORED, NEITHER),
)


@pytest.mark.parametrize(("words", "read_as"), [(words, kind) for kind, listed in TABLE for words in listed])
def test_words_mean_what_schools_mean_by_them(words: str, read_as: ReadAs) -> None:
    meaning = meaning_of(words)
    assert meaning is not None
    assert meaning.read_as is read_as


@pytest.mark.parametrize("words", SILENT)
def test_words_about_other_things_say_nothing(words: str) -> None:
    assert meaning_of(words) is None


@pytest.mark.parametrize(
    "words",
    [
        "First day of school after winter break",
        "First day of second semester",
        "Last day of school before Spring Break",
        "Last day for teachers",
        "First Day of Spring",
    ],
)
def test_other_first_and_last_days_do_not_bound_the_year(words: str) -> None:
    meaning = meaning_of(words)
    assert meaning is None or meaning.read_as not in (ReadAs.FIRST_DAY, ReadAs.LAST_DAY)


def test_a_break_of_several_days_is_closed_even_if_it_names_its_end() -> None:
    meaning = meaning_of("Winter Break (classes resume Jan 5)", days=12)
    assert meaning is not None
    assert meaning.read_as is ReadAs.CLOSED


def test_a_long_stretch_named_school_year_is_the_year_itself() -> None:
    meaning = meaning_of("2025-26 School Year", days=280)
    assert meaning is not None
    assert meaning.read_as is ReadAs.SCHOOL_YEAR


def test_folding_takes_away_accents_marks_and_case() -> None:
    assert folded("  Presidents’ Día — NO School! ") == "presidents dia no school"
