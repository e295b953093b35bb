"""An answer before it goes out: bytes with status, kind and headers, so that it can be kept and given once more."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes out. JSON, unless `media_type` says otherwise.

    `again`: what goes out when the same request comes once more, where that must not be the same (a secret).
    """

    body: bytes
    status: int = 200
    media_type: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)
    again: bytes | None = None

    def response(self) -> HttpResponse:
        """The answer as Django sends it."""
        return HttpResponse(self.body, status=self.status, content_type=self.media_type, headers=dict(self.headers))


def said(data: Any, *, status: int = 200, etag: str = "", again: Any = None) -> Answer:
    """Plain data as an answer; `etag` names the state of the case that it was read from."""
    headers = {"ETag": f'"{etag}"'} if etag else {}
    return Answer(_text(data), status, headers=headers, again=None if again is None else _text(again))


def _text(data: Any) -> bytes:
    return json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False).encode("utf-8", "replace")


NOTHING = Answer(b"", 204, "")
"""It is done, and there is nothing to say."""
