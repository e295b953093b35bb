"""What the papers of a plan are called on a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SHEETS: Final[Mapping[str, str | Promise]] = {
    "iep": _("The whole plan"),
    "504": _("The whole plan"),
    "evaluation": _("The evaluation report"),
    "eligibility": _("The eligibility statement"),
    "glance": _("One page for teachers"),
    "plain": _("In plain words for the family"),
    "student": _("For the student"),
    "invitation": _("The invitation"),
    "minutes": _("What came of the meeting"),
}
