"""Made-up NPPES files of any length, with the real header of the public file; and a zip around one."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from gameplan.care.nppes import is_npi

WHOLE = "npidata_pfile_20050523-20261108.csv"
WEEK = "npidata_pfile_20261109-20261115.csv"
_NAME = ("Last Name", "First Name", "Middle Name", "Name Prefix Text", "Name Suffix Text", "Credential Text")


def _address(of: str) -> tuple[str, ...]:
    parts = (
        "City Name", "State Name", "Postal Code", "Country Code (If outside U.S.)", "Telephone Number", "Fax Number",
    )  # fmt: skip
    lines = (f"Provider First Line Business {of} Address", f"Provider Second Line Business {of} Address")
    return (*lines, *(f"Provider Business {of} Address {part}" for part in parts))


def _numbered(names: Iterable[str], most: int) -> Iterator[str]:
    listed = tuple(names)
    return (f"{name}_{number}" for number in range(1, most + 1) for name in listed)


HEADER = (
    "NPI", "Entity Type Code", "Replacement NPI", "Employer Identification Number (EIN)",
    "Provider Organization Name (Legal Business Name)", "Provider Last Name (Legal Name)",
    *(f"Provider {part}" for part in _NAME[1:]),
    "Provider Other Organization Name", "Provider Other Organization Name Type Code",
    *(f"Provider Other {part}" for part in _NAME), "Provider Other Last Name Type Code",
    *_address("Mailing"), *_address("Practice Location"),
    "Provider Enumeration Date", "Last Update Date", "NPI Deactivation Reason Code", "NPI Deactivation Date",
    "NPI Reactivation Date", "Provider Sex Code", "Authorized Official Last Name", "Authorized Official First Name",
    "Authorized Official Middle Name", "Authorized Official Title or Position",
    "Authorized Official Telephone Number",
    *_numbered((
        "Healthcare Provider Taxonomy Code", "Provider License Number", "Provider License Number State Code",
        "Healthcare Provider Primary Taxonomy Switch",
    ), 15),
    *_numbered((
        "Other Provider Identifier", "Other Provider Identifier Type Code", "Other Provider Identifier State",
        "Other Provider Identifier Issuer",
    ), 50),
    "Is Sole Proprietor", "Is Organization Subpart", "Parent Organization LBN", "Parent Organization TIN",
    "Authorized Official Name Prefix Text", "Authorized Official Name Suffix Text",
    "Authorized Official Credential Text",
    *_numbered(("Healthcare Provider Taxonomy Group",), 15), "Certification Date",
)  # fmt: skip
"""The 330 columns of the second version of the file."""

AT = {name: place for place, name in enumerate(HEADER)}
PRACTICE = "Provider Business Practice Location Address"
LAST_NAMES = ("ALDER", "BIRCH", "CEDAR", "DOGWOOD", "ELM", "FIR", "GINKGO", "HAZEL", "JUNIPER", "LINDEN")
FIRST_NAMES = ("ANA", "BEN", "CARLA", "DEV", "EMI", "FARAH", "GUS")
PLACES = (("ALBUQUERQUE", "NM", "871020001"), ("AUSTIN", "TX", "78701"), ("EL PASO", "TX", "799010000"))
OURS = ("235Z00000X", "225X00000X", "225100000X", "103T00000X", "231H00000X", "103K00000X")
OTHERS = ("207Q00000X", "1223G0001X", "183500000X", "363LF0000X")


def npi(number: int) -> str:
    """A made-up number that passes the check; nobody has one that begins with 29."""
    return next(found for last in range(10) if is_npi(found := f"29{number:07d}{last}"))


def row(number: int, **said: str) -> list[str]:
    """A row of the file about a made-up speech-language pathologist in Albuquerque; `said` by short name."""
    city, state, code = PLACES[number % len(PLACES)]
    told = {
        "npi": npi(number), "entity": "1", "last": LAST_NAMES[number % 10], "first": FIRST_NAMES[number % 7],
        "middle": "", "organisation": "", "credential": "M.S., CCC-SLP", "street": f"{number} SAMPLE ST",
        "street_more": "", "city": city, "state": state, "zip": code, "phone": "5055550100", "updated": "03/04/2024",
        "deactivated": "", "reactivated": "", "code": OURS[0], "code_2": "",
    } | said  # fmt: skip
    found = [""] * len(HEADER)
    for short, value in told.items():
        found[AT[SHORT[short]]] = value
    found[AT["Provider Business Mailing Address State Name"]] = "NY"
    found[AT["Other Provider Identifier_1"]] = "0034XX1"
    found[AT["Is Sole Proprietor"]] = "X"
    return found


SHORT: Mapping[str, str] = {
    "npi": "NPI", "entity": "Entity Type Code", "last": "Provider Last Name (Legal Name)",
    "first": "Provider First Name", "middle": "Provider Middle Name",
    "organisation": "Provider Organization Name (Legal Business Name)", "credential": "Provider Credential Text",
    "street": "Provider First Line Business Practice Location Address",
    "street_more": "Provider Second Line Business Practice Location Address", "city": f"{PRACTICE} City Name",
    "state": f"{PRACTICE} State Name", "zip": f"{PRACTICE} Postal Code", "phone": f"{PRACTICE} Telephone Number",
    "updated": "Last Update Date", "deactivated": "NPI Deactivation Date", "reactivated": "NPI Reactivation Date",
    "code": "Healthcare Provider Taxonomy Code_1", "code_2": "Healthcare Provider Taxonomy Code_2",
}  # fmt: skip


def text_of(rows: Iterable[list[str]], header: Iterable[str] = HEADER) -> str:
    """A file as text, every value in quotes as the real one."""
    made = io.StringIO()
    writer = csv.writer(made, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(list(header))
    writer.writerows(rows)
    return made.getvalue()


def write_file(folder: Path, rows: Iterable[list[str]], name: str = WHOLE, header: Iterable[str] = HEADER) -> Path:
    """A file in a folder."""
    path = folder / name
    path.write_text(text_of(rows, header), encoding="utf-8", newline="")
    return path


def write_zip(folder: Path, csv_file: Path, name: str = "NPPES_Data_Dissemination_November_2026_V2.zip") -> Path:
    """The zip as it is downloaded: the file, its header alone, and the other files of the month."""
    path, stem = folder / name, csv_file.stem
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("NPPES_Data_Dissemination_Readme_v.2.pdf", b"%PDF-1.7")
        packed.writestr(f"{stem}_fileheader.csv", ",".join(HEADER))
        packed.writestr(stem.replace("npidata", "pl") + ".csv", "NPI\n")
        packed.writestr(stem.replace("npidata", "othername") + ".csv", "NPI\n")
        packed.write(csv_file, csv_file.name)
    return path


def write_many(path: Path, count: int, share: int = 7, every: Callable[[int], str] = "871020000".format) -> None:
    """A long file, row by row: one row of `share` is of our kinds. `every(number)` gives the ZIP code."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(HEADER)
        for number in range(count):
            code = OURS[number // share % len(OURS)] if number % share == 0 else OTHERS[number % len(OTHERS)]
            writer.writerow(row(number, code=code, zip=every(number)))
