"""A whole case for the tests of exchange: two papers of one name, a correction, two accounts, letters."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from gameplan.core.calendars import Closure, SchoolYear
from gameplan.core.facts import Attachment, Case, Child, Fact, SentLetter

PAPERS = {"a1": b"%PDF-1.7 the letter, stamped", "a2": b"\xff\xd8\xff a photo"}
PDFS = {"l1": b"%PDF-1.7 the request", "l2": b"%PDF-1.7 la solicitud"}
WORDS = {"l1": "Dear school, please evaluate Ana.", "l2": "Estimada escuela: ¿pueden evaluar a Ana?"}


def paper(paper_id: str, name: str, media_type: str) -> Attachment:
    content = PAPERS[paper_id]
    return Attachment(paper_id, name, media_type, sha256(content).hexdigest(), len(content))


def letter(letter_id: str, lang: str, corrects: str | None = None) -> SentLetter:
    text = WORDS[letter_id]
    sent = ({"how": "mail", "on": "2025-09-03", "to": "the principal", "receipt": "a1"},)
    return SentLetter(
        letter_id, "evaluation-request", lang, text, sha256(text.encode()).hexdigest(),
        "2025-09-03T20:15:00Z", {"child": "Ana"}, ("TX:request-response",), corrects,
        sent if corrects is None else (), f"papers/{letter_id}.pdf",
    )  # fmt: skip


THANKSGIVING = Closure(date(2025, 11, 24), date(2025, 11, 28), "Thanksgiving")
ASKED = {"received": date(2025, 9, 3), "type": "initial", "by": "parent", "areas": ("reading",)}
TOLD = Case(
    child=Child("Ana", date(2016, 5, 2), "TX", "3", "Oak", "Sample"),
    calendars=(SchoolYear("2025-26", date(2025, 8, 13), date(2026, 5, 21), (THANKSGIVING,)),),
    facts=(
        Fact(
            "f1", "evaluation-requested", date(2025, 9, 3), ASKED, note="Entregada en persona.",
            written_in={"document": "Letter", "page": "1"}, entered_at="2025-09-03T20:15:00Z",
            entered_by="parent", attachments=("a1", "a2"),
        ),
        Fact("f2", "evaluation-requested", date(2025, 9, 5), {}, "school", account_of="f1"),
        Fact("f3", "meeting-held", date(2025, 12, 1), {}, planned=True),
        Fact("f4", "meeting-held", date(2025, 12, 1), {}, planned=True, corrects="f3", withdrawn=True),
    ),
    attachments=(paper("a1", "carta niña.pdf", "application/pdf"), paper("a2", "../photo.jpg", "image/jpeg")),
    letters=(letter("l1", "en"), letter("l2", "es", corrects="l1")),
)  # fmt: skip
