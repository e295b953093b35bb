"""The words of this room that pages and commands share."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

NOT_YET = _("That day has not come.")
NOT_YET_MEND = _("Choose today, or an earlier day.")
