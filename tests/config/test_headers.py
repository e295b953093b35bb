"""Headers: strict from the first day, on every page, and long life only for what never changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.templatetags.static import static
from django.test import Client

STRICT = {
    "Content-Security-Policy": "default-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
    "Permissions-Policy": "camera=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize("header", STRICT)
def test_a_page_carries_it(client: Client, header: str) -> None:
    assert STRICT[header] in client.get("/").headers[header]


@pytest.mark.parametrize(
    "rule", ["base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'", "object-src 'none'"]
)
def test_the_content_policy_has_no_gap(client: Client, rule: str) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert rule in policy
    assert "unsafe" not in policy


def test_styles_are_open_to_everybody_and_their_address_changes_with_them(db: None, client: Client) -> None:
    address = static("web/css/base.css")
    assert "?v=" in address
    answer = client.get(address)
    assert answer.status_code == 200
    assert "max-age" in answer.headers["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in answer.headers
    answer.close()


def test_a_page_cannot_name_a_style_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="no such"):
        static("web/css/no such.css")


def test_no_template_brings_in_anything_from_elsewhere() -> None:
    for template in Path("gameplan/config/templates").rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert "http" not in text
        assert "style=" not in text
