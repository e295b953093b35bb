"""Fonts beyond those of the typesetter: letters of Arabic, Hebrew, Thai, Devanagari, Georgian and more.

They come with the package pymupdf-fonts (FiraGO, SIL Open Font License), packed as Python; the typesetter wants files.
Chinese, Japanese and Korean are in no package that we may ship: whoever runs gameplan names the folder of a font that
has them (GAMEPLAN_FONTS), like Noto Sans CJK from their system.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings

PACKAGE = "pymupdf_fonts"
FIRAGO = ("figo", "figbo", "figit", "figbi")
"""FiraGO as that package calls it: regular, bold, italic, bold italic."""


@cache
def font_folders() -> tuple[Path, ...]:
    """Folders with the extra fonts: those of the package, where it is installed, and those that the settings name.

    They last as long as the process.
    """
    return (*_of_the_package(), *settings.GAMEPLAN_FONTS)


def _of_the_package() -> tuple[Path, ...]:
    if find_spec(PACKAGE) is None:
        return ()
    package = import_module(PACKAGE)
    folder = Path(tempfile.mkdtemp(prefix="gameplan-fonts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name in FIRAGO:
        (folder / f"{name}.ttf").write_bytes(package.myfont(name))
    return (folder,)
