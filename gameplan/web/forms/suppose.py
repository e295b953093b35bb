"""The form of a supposition: the day and the few fields that rules read. It writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gameplan.core.facts import Fact
from gameplan.web.forms.fact import FactForm

ONLY_FOR_KEEPING = ("form_key", "until", "said_by", "note", "paper")


class SupposeForm(FactForm):
    """One supposed fact of one kind; a fact of the case fills it in where its day is asked for anew."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ONLY_FOR_KEEPING:
            del self.fields[name]

    def supposed(self, fact_id: str) -> Fact:
        """The fact as it is supposed, under this id. Only for a valid form."""
        return Fact(fact_id, self.kind.id, self.cleaned_data["on"], self.told())


def first_values(asked: Mapping[str, list[str]]) -> dict[str, object]:
    """What an address fills in before anything is typed: its `data_...` values."""
    given = {name: values for name, values in asked.items() if name.startswith("data_") and values}
    return {name: values[0] if len(values) == 1 else values for name, values in given.items()}
