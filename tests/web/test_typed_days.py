"""A day typed with slashes is month first in both languages: Django's own Spanish would read it day first."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import override


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_day_with_slashes_is_read_month_first(lang: str) -> None:
    with override(lang):
        assert forms.DateField().clean("3/4/2025") == date(2025, 3, 4)
        assert forms.DateField().clean("2025-03-04") == date(2025, 3, 4)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_day_first_date_is_refused_not_guessed(lang: str) -> None:
    with override(lang), pytest.raises(ValidationError):
        forms.DateField().clean("15/9/2025")
