"""The field through which every file of a form comes in: what it gives was looked through for viruses."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from gameplan.cases.virus_scan import NotJustNow, look_through
from gameplan.people.refusals import Refused


class UploadField(forms.FileField):
    """A file. `tests/test_security_page.py` holds that no form takes one in another way."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The file. Raises ValidationError for one that has a virus, and while nobody can tell."""
        upload = super().clean(data, initial)
        if isinstance(upload, UploadedFile):
            try:
                look_through(upload.chunks())
            except Refused as refused:
                raise ValidationError([f"{one.what} {one.mend}" for one in refused.faults]) from refused
            except NotJustNow as later:
                raise ValidationError(f"{later.fault.what} {later.fault.mend}") from later
            upload.seek(0)
        return upload
