"""`make bench ARGS=letters`: what the PDF of a letter costs, beside the same words through the bare typesetter.

Each round has other words, so that nothing of it is cached; the fonts and the layout are warm.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import typst
from rich.console import Console
from rich.table import Table

from gameplan import letters
from gameplan.core.facts import Case, Child
from gameplan.law import law_for
from gameplan.papers.letter_docx import letter_docx
from gameplan.papers.pdf import letter_pdf
from scripts.bench import ON, ROUNDS, median_ms

TIMES = 5
BARE = '#set page(paper: "us-letter")\n#set document(title: "A letter")\n#sys.inputs.words\n'
"""All of a document that sets the words of a letter as they are: no layout, no tags of its own, one size."""


def rows() -> list[tuple[str, float, str]]:
    """What each way to a file of the same letter costs, in milliseconds, and what it stands beside."""
    new, own, same = _letters(), _letters("تحب آنا الكتب"), next(_letters())
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "bare.typ")
        source.write_text(BARE, encoding="utf-8")
        bare = typst.Compiler(input=str(source), root=folder, ignore_system_fonts=True)
        base = median_ms(lambda: bare.compile(format="pdf", sys_inputs={"words": next(new).plain()}), TIMES)
        tagged = median_ms(
            lambda: bare.compile(format="pdf", pdf_standards=["ua-1"], sys_inputs={"words": next(new).plain()}), TIMES
        )
    letter = median_ms(lambda: letter_pdf(next(new)), TIMES)
    arabic = median_ms(lambda: letter_pdf(next(own)), TIMES)
    return [
        ("a letter's words alone, bare typst", base, "baseline"),
        ("the same, held to PDF/UA-1", tagged, f"{tagged / base:.1f} times the baseline"),
        ("one letter PDF (PDF/UA-1), warm", letter, f"{letter / base:.1f} times the baseline; under 100 ms"),
        ("the same with own words in Arabic", arabic, f"{arabic / base:.1f} times the baseline"),
        ("the same letter once more", median_ms(lambda: letter_pdf(same), TIMES), ""),
        ("its Word file", median_ms(lambda: letter_docx(next(new)), TIMES), ""),
    ]


def _letters(words: str = "She reads slowly") -> Iterator[letters.Letter]:
    """The request for an evaluation in Texas, again and again, each time in other words."""
    law = law_for("TX")
    example = {field.id: field.example for field in letters.fields_of("evaluation-request") if field.required}
    given = letters.given("evaluation-request", law, lang="en", on=ON)
    known = letters.suggest("evaluation-request", Case(Child("Ana", state="TX")), law, lang="en", on=ON)
    for number in count():
        said = {"concerns": f"{words} ({number}).", "phone": "555-0100", "date": ON.isoformat()}
        yield letters.compose("evaluation-request", "en", known | example | given | said)


def main(arguments: list[str]) -> None:
    """Measures and prints the table."""
    asked = argparse.ArgumentParser(prog="make bench ARGS=letters", description=__doc__.partition("\n")[0])
    asked.parse_args(arguments)
    table = Table(title=f"Medians of {ROUNDS} rounds of {TIMES} letters, Python {sys.version.split()[0]}")
    for name in ("what", "ms", "beside"):
        table.add_column(name, justify="right" if name == "ms" else "left")
    for what, cost, beside in rows():
        table.add_row(what, f"{cost:.1f}", beside)
    Console().print(table)


if __name__ == "__main__":
    main(sys.argv[1:])
