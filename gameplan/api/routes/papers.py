"""The papers and photos of a case: list, upload, download."""

from __future__ import annotations

from typing import Annotated, Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from gameplan.api.answers import Answer, said
from gameplan.api.callers import opened, seen_tag, writing
from gameplan.api.paging import USUAL, After, Limit, page_of
from gameplan.api.routing import Gives, Needs, route
from gameplan.api.scopes import CASES_READ, PAPERS_WRITE
from gameplan.cases.doors import facts_of, paper_of
from gameplan.cases.models import Case
from gameplan.cases.seeing import told_by
from gameplan.cases.verbs import attach
from gameplan.core.facts import Attachment
from gameplan.people.roles import Action

router = Router(tags=["Papers"])
READS = Needs(CASES_READ, Action.READ)
KINDS: Final = ("application/pdf", "image/jpeg", "image/png", "image/webp", "image/heic", "application/octet-stream")
PAPER = {"id": "a1", "name": "letter.pdf", "media_type": "application/pdf", "sha256": "9f86d081…", "size": 41210}

Name = Annotated[str, Query(), Field(min_length=1, max_length=200, description="The name of the file.")]
OfFact = Annotated[str, Query(), Field(max_length=120, description="The fact that it belongs to, if any.")]


class PaperShape(Schema):
    """A paper of the case, without its bytes."""

    id: str
    name: str
    media_type: str
    sha256: str
    size: int


class Papers(Schema):
    """A page of papers."""

    items: list[PaperShape]
    next: str | None


@route(router, "GET", "/cases/{uuid:case_id}/papers", READS, Gives(Papers, example={"items": [PAPER], "next": None}),
       about="The papers of a case")  # fmt: skip
def papers(request: HttpRequest, case_id: UUID, limit: Limit = USUAL, after: After = "") -> Answer:
    """Every paper that your side sees, the oldest first."""
    case = opened(request, case_id)
    found = facts_of(case).attachments
    return said(page_of(found, f"papers.{case.pk}", after, limit, lambda one: one.id, _json), etag=seen_tag(case))


@route(router, "POST", "/cases/{uuid:case_id}/papers", Needs(PAPERS_WRITE, Action.WRITE),
       Gives(PaperShape, 201, example=PAPER, takes=KINDS, tagged=True), about="Upload a paper")  # fmt: skip
def upload(request: HttpRequest, case_id: UUID, name: Name, fact_id: OfFact = "") -> Answer:
    """Send the bytes of the file as they are, up to 15 MB. The same file under the same name is kept once."""
    with writing(request, case_id) as case:
        if fact_id and not told_by(case, fact_id):
            raise Http404("There is no such fact.")
        kept = attach(
            case, by=case.reader, name=name, content=request.body, media_type=request.content_type or "",
            fact_id=fact_id or None,
        )  # fmt: skip
        return said(_json(_paper(case, kept.attachment_id)), status=201, etag=seen_tag(case))


@route(router, "GET", "/cases/{uuid:case_id}/papers/{paper_id}", READS, Gives(PaperShape, example=PAPER),
       about="One paper, without its bytes")  # fmt: skip
def paper(request: HttpRequest, case_id: UUID, paper_id: str) -> Answer:
    """What is known of one paper."""
    case = opened(request, case_id)
    return said(_json(_paper(case, paper_id)), etag=seen_tag(case))


@route(router, "GET", "/cases/{uuid:case_id}/papers/{paper_id}/content", READS, Gives(media=KINDS),
       about="Download a paper")  # fmt: skip
def content(request: HttpRequest, case_id: UUID, paper_id: str) -> Answer:
    """The bytes of one paper, as they are kept."""
    found = paper_of(opened(request, case_id), paper_id)
    return Answer(bytes(found.content), 200, found.media_type, {"Content-Disposition": "attachment"})


def _paper(case: Case, paper_id: str) -> Attachment:
    found = next((one for one in facts_of(case).attachments if one.id == paper_id), None)
    if found is None:
        raise Http404("There is no such paper.")
    return found


def _json(one: Attachment) -> dict[str, Any]:
    return {"id": one.id, "name": one.name, "media_type": one.media_type, "sha256": one.sha256, "size": one.size}
