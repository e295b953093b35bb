"""What is said where a photo or a paper is added."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

ABOUT_PAPERS = _(
    "Up to 15 MB. Your phone writes place and time into a photo. We take them out: the photo that we keep is a new one."
    " Photos of the kind HEIC stay as they are. Keep the first photo, too."
)
