"""The description of the API: what ninja says of it, with scopes, one security scheme, and where it is."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from gameplan.api.making import api
from gameplan.api.problems import MEDIA_TYPE, PLACE, PROBLEMS
from gameplan.api.routing import ROUTES
from gameplan.api.scopes import SCOPES

ABOUT: Final = (
    "The same things that the pages do, for other programs. A token can never do more than its person may at that "
    "moment. Every answer that is no success has the shape of a problem (RFC 9457) and says all that is wrong at once."
)
EXAMPLE: Final = {
    "type": f"{PLACE}docs/#problem-refused", "title": "This cannot be kept as it was sent.", "status": 422,
    "faults": [{"where": "on", "what": "'soon' is not a date.", "mend": "Write the day as YYYY-MM-DD."}],
}  # fmt: skip


@cache
def document() -> dict[str, Any]:
    """The whole description, OpenAPI 3.1."""
    made: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=PLACE))
    made["info"] = {**made["info"], "description": ABOUT, "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}}
    made["components"]["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "A token that somebody made for your program."}
    }
    needs = {(one.method, re.sub(r"\{[a-z]+:", "{", one.path)): one.needs for one in ROUTES}
    for path, ways in made["paths"].items():
        for method, operation in ways.items():
            _finish(operation, needs[method.upper(), path.removeprefix(PLACE.rstrip("/"))])
    return made


def _finish(operation: dict[str, Any], needs: Any) -> None:
    """One address: its scope, its id, and its problems as what they are."""
    operation["security"] = [{"token": [needs.scope] if needs.scope else []}] if needs.with_token else []
    if needs.scope:
        operation["x-scope"] = needs.scope
    if needs.action:
        operation["x-action"] = needs.action.value
    for status, answer in operation["responses"].items():
        answer["description"] = _titles(int(status))
        if int(status) >= 400:
            shape = answer.pop("content", {}).get("application/json", {})
            answer["content"] = {MEDIA_TYPE: shape}


def _titles(status: int) -> str:
    said = [title for number, title in PROBLEMS.values() if number == status]
    return " ".join(said) or {200: "As asked.", 201: "It is kept.", 204: "It is done."}[status]


def scopes_in_words() -> dict[str, str]:
    """Each scope in English."""
    return {name: say.text for name, say in SCOPES.items()}
