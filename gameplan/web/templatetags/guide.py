"""What the templates of the guide need beyond `look`."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from gameplan.web.pictures.bell_curve import bell_curve

register = template.Library()
PICTURES = {"bell-curve": bell_curve}


@register.simple_tag
def guide_picture(name: str) -> SafeString:
    """A picture of a guide page by its name."""
    return PICTURES[name]()
