"""Forms of assignments: who works with a child, who stands in, and handing over a whole caseload."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gameplan.people.models import User
from gameplan.web.forms.fact import DATE
from gameplan.web.forms.places import role_choices


def people_choices(users: Iterable[User]) -> list[tuple[str, str]]:
    """People by name, the choice open at first."""
    return [("", "–"), *((str(user.pk), str(user)) for user in users)]


class AssignForm(forms.Form):
    """Somebody of the school, a role, perhaps a last day."""

    person = forms.ChoiceField(label=_("Who?"))
    role = forms.ChoiceField(label=_("Role"))
    until = forms.DateField(
        label=_("Last day"), required=False, widget=DATE, help_text=_("Leave it empty if there is none.")
    )

    def __init__(self, *args: Any, staff: Iterable[User], roles: Iterable[str], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["person"].choices = people_choices(staff)  # type: ignore[attr-defined]
        self.fields["role"].choices = [("", "–"), *role_choices(list(roles))]  # type: ignore[attr-defined]


class StandInForm(forms.Form):
    """Who is away, who stands in, and until when."""

    away = forms.ChoiceField(label=_("Who is away?"))
    person = forms.ChoiceField(label=_("Who stands in?"))
    until = forms.DateField(label=_("Until and with"), widget=DATE)

    def __init__(self, *args: Any, team: Iterable[User], staff: Iterable[User], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["away"].choices = people_choices(team)  # type: ignore[attr-defined]
        self.fields["person"].choices = people_choices(staff)  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    """Whose children go to whom; with a last day only for a while."""

    leaves = forms.ChoiceField(label=_("Whose children?"))
    takes = forms.ChoiceField(label=_("Who takes them?"))
    until = forms.DateField(
        label=_("Only until"), required=False, widget=DATE,
        help_text=_("With a day, the other one only stands in, and both see the children. Empty: they move for good."),
    )  # fmt: skip

    def __init__(self, *args: Any, managers: Iterable[User], **more: Any) -> None:
        super().__init__(*args, **more)
        choices = people_choices(managers)
        for name in ("leaves", "takes"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
