"""Papers: what is kept, told by its bytes, and what is refused with a way out."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

import pytest
from django.http import Http404

from gameplan.cases import verbs
from gameplan.cases.doors import facts_of, paper_of
from gameplan.cases.file_types import LARGEST_PAPER
from gameplan.cases.models import Attachment, Case, Entry
from gameplan.cases.people import Person
from gameplan.people.refusals import Refused
from tests import small_photos as small

KEPT = {
    "application/pdf": b"%PDF-1.7\n",
    "image/heic": b"\x00\x00\x00\x18ftypheic\x00\x00",
    "text/plain": "Querida señora,\nplease evaluate Ana.\n".encode(),
}
REFUSED = {
    "an empty file": b"",
    "a program": b"\x7fELF\x02\x01\x01\x00",
    "a Word file": b"PK\x03\x04\x14\x00\x06\x00",
    "only blanks": b" \n ",
    "a video": b"\x00\x00\x00\x18ftypmp42\x00\x00",
    "Latin letters in no known writing": b"se\xf1ora",
}


@pytest.mark.parametrize("media_type", KEPT)
def test_papers_are_kept_byte_for_byte(case: Case, mother: Person, media_type: str) -> None:
    content = KEPT[media_type]
    kept = verbs.attach(case, by=mother, name="paper", content=content, media_type="text/html")
    assert kept.media_type == media_type
    paper = paper_of(case, kept.attachment_id)
    assert paper.content == content
    assert (paper.size, paper.sha256) == (len(content), sha256(content).hexdigest())


@pytest.mark.parametrize(
    ("media_type", "content"), [("image/jpeg", small.JPEG), ("image/png", small.PNG), ("image/gif", small.GIF)]
)
def test_a_photo_has_the_hash_of_what_is_kept(case: Case, mother: Person, media_type: str, content: bytes) -> None:
    kept = verbs.attach(case, by=mother, name="photo", content=content, media_type="text/html")
    assert kept.media_type == media_type
    paper = paper_of(case, kept.attachment_id)
    assert (paper.size, paper.sha256) == (len(paper.content), sha256(paper.content).hexdigest())
    assert small.far(bytes(paper.content), content) < 5


@pytest.mark.parametrize("what", REFUSED)
def test_other_files_are_refused_with_a_way_out(case: Case, mother: Person, what: str) -> None:
    with pytest.raises(Refused) as refused:
        verbs.attach(case, by=mother, name="photo.jpg", content=REFUSED[what], media_type="image/jpeg")
    assert refused.value.faults[0].mend
    assert not Attachment.objects.exists()


def test_a_word_file_is_told_to_become_a_pdf(case: Case, mother: Person) -> None:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    with pytest.raises(Refused, match="save it as a PDF"):
        verbs.attach(case, by=mother, name="letter.docx", content=b"PK\x03\x04\x00", media_type=word)


def test_the_largest_paper_is_kept_and_one_byte_more_is_not(case: Case, mother: Person) -> None:
    largest = b"%PDF-" + bytes(LARGEST_PAPER - 5)
    assert verbs.attach(case, by=mother, name="scan.pdf", content=largest).size == LARGEST_PAPER
    with pytest.raises(Refused, match="15 MB"):
        verbs.attach(case, by=mother, name="scan.pdf", content=largest + b"\n")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("letter.pdf", "letter.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\me\\letter.pdf", "letter.pdf"),
        ("", "paper.pdf"),
        (".hidden", "hidden.pdf"),
        ("note\u202egnp.exe", "notegnp.exe.pdf"),
        ("letter.html", "letter.html.pdf"),
        ("LETTER.PDF", "LETTER.PDF"),
        ("line\nbreak.pdf", "linebreak.pdf"),
        ("carta de la niña.pdf", "carta de la niña.pdf"),
        ("half \ud83d.pdf", "half .pdf"),
        ("x" * 400 + ".pdf", "x" * 150 + ".pdf"),
    ],
)
def test_a_name_hides_nothing(case: Case, mother: Person, given: str, kept: str) -> None:
    assert verbs.attach(case, by=mother, name=given, content=KEPT["application/pdf"]).name == kept


def test_the_same_paper_twice_is_kept_once(case: Case, mother: Person) -> None:
    first, second = (verbs.attach(case, by=mother, name="a.pdf", content=b"%PDF-1") for _ in range(2))
    assert first == second
    assert Attachment.objects.count() == 1


def test_a_paper_can_be_added_to_a_fact_later(case: Case, mother: Person, ask: Callable[..., Entry]) -> None:
    asked = ask()
    for _ in range(2):
        verbs.attach(case, by=mother, name="a.pdf", content=b"%PDF-1", fact_id=asked.fact_id)
    assert facts_of(case).facts[0].attachments == ("a1",)


def test_a_paper_for_a_fact_that_is_not_there_is_not_kept(case: Case, mother: Person) -> None:
    with pytest.raises(Http404):
        verbs.attach(case, by=mother, name="a.pdf", content=b"%PDF-1", fact_id="f9")
    assert not Attachment.objects.exists()
