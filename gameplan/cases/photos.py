"""A photo is written anew before it is kept: its picture stays, and everything that hides beside it goes.

Phones write the place and the time into a photo, and a file that begins as a photo may go on as something else. What
is kept is made from the points of the picture alone.
"""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any, Final

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from gameplan.cases.file_types import checked_type
from gameplan.core.faults import Fault
from gameplan.people.refusals import Refused

MOST_POINTS: Final = 60_000_000
"""A photo of the best phones has 50 million; decoded, as many take up to 240 MB."""
FORMATS: Final = {"image/jpeg": "JPEG", "image/png": "PNG", "image/gif": "GIF"}
FINE: Final = {"quality": 95, "subsampling": 0}
_JPEG_MODES: Final = ("L", "RGB")
_BROKEN: Final = (
    OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError, OverflowError, MemoryError,
    struct.error, zlib.error, Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip


def as_kept(content: bytes, media_type: str = "") -> tuple[bytes, str]:
    """The bytes that are kept of a paper, and what they are. `media_type`: what the browser believes.

    Raises Refused, as `checked_type` and `written_anew` say.
    """
    kept_type = checked_type(content, media_type)
    anew = written_anew(content, kept_type)
    return anew, checked_type(anew, kept_type)


def written_anew(content: bytes, media_type: str) -> bytes:
    """The same picture as a new file of the same kind; what is no photo, or HEIC, comes back as it is.

    It is turned the right way up. Place, time, camera, colour profile, comments, previews, and whatever follows the
    picture are left out; of pictures that move the first one is kept. The same bytes always become the same bytes.
    Raises Refused if it cannot be shown, or has more than `MOST_POINTS`.
    """
    form = FORMATS.get(media_type)
    if form is None:
        return content
    try:
        with Image.open(BytesIO(content), formats=[form]) as image:
            if image.width * image.height > MOST_POINTS:
                raise _too_large()
            return _saved(image, form)
    except Refused:
        raise
    except _BROKEN as error:
        what, mend = _("This photo is damaged and cannot be shown."), _("Take the photo again, or choose another copy.")
        raise Refused([Fault("attachment", what, mend)]) from error


def _saved(image: Image.Image, form: str) -> bytes:
    options = _like_before(image) if form == "JPEG" else {"optimize": False}
    image.load()
    upright = ImageOps.exif_transpose(image)
    if form == "JPEG" and upright.mode not in _JPEG_MODES:
        upright, options = upright.convert("RGB"), FINE
    clear = upright.info.get("transparency")
    upright.info = {} if clear is None or form == "JPEG" else {"transparency": clear}
    made = BytesIO()
    upright.save(made, form, **options)
    return made.getvalue()


def _like_before(image: Image.Image) -> dict[str, Any]:
    """How fine the JPEG was, so that the new one is as sharp as the old one and hardly larger."""
    tables = getattr(image, "quantization", None)
    return {"qtables": tables, "subsampling": 0} if tables else FINE


def _too_large() -> Refused:
    what = _("This photo has too many points.")
    return Refused([Fault("attachment", what, _("Choose a smaller size in your camera, or save the photo smaller."))])
