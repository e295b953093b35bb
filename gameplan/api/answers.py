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
    """What goes out. JSON, unless `media_type` says otherwise."""

    body: bytes
    status: int = 200
    media_type: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self) -> HttpResponse:
        """The answer as Django sends it."""
        return HttpResponse(self.body, status=self.status, content_type=self.media_type, headers=dict(self.headers))


def said(data: Any, *, status: int = 200, etag: str = "") -> Answer:
    """Plain data as an answer; `etag` names the state of the case that it was read from."""
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False)
    return Answer(text.encode("utf-8", "replace"), status, headers={"ETag": f'"{etag}"'} if etag else {})


NOTHING = Answer(b"", 204, "")
"""It is done, and there is nothing to say."""
