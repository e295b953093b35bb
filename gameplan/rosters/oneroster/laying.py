"""The files of a OneRoster zip, checked cell by cell and laid on the desk, and then held against each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from gameplan.arriving.csv_rows import Row, Sheet, open_sheet
from gameplan.arriving.damaged import Damaged
from gameplan.arriving.desk import Desk
from gameplan.arriving.faults import MOST_SHOWN, Faults
from gameplan.rosters.archive import Archive
from gameplan.rosters.oneroster.columns import EXTRA, FIRST, NEVER_READ, Column, files_of, is_moment

STATUSES = ("active", "tobedeleted")


class Laying:
    """Lays the files of one zip on the desk. `kind` is "bulk" or "delta" once the first row has been read."""

    def __init__(self, archive: Archive, version: str, desk: Desk, faults: Faults) -> None:
        self.archive, self.desk, self.faults = archive, desk, faults
        self.files = files_of(version)
        self.there: list[str] = []
        self.kind = ""

    def lay_all(self, names: Sequence[str]) -> None:
        """Lay these files; what is wrong with one is noted, and the next one is read."""
        for name in names:
            try:
                self._lay(name)
            except Damaged:
                self.faults.add(f"{name}.csv", _("This file is damaged."), _("Export it again, or copy it once more."))

    def _lay(self, name: str) -> None:
        file_name, columns = f"{name}.csv", self.files[name]
        with self.archive.open(file_name) as file:
            sheet = open_sheet(file, file_name, self.faults)
            if sheet is None or not self._has_header(sheet, columns):
                return
            kept = [number for number, one in enumerate(columns) if one.name != NEVER_READ]
            names = ("row", *(columns[number].name for number in kept))
            rows = ((row, *(cells[number].strip() for number in kept)) for row, cells in self._checked(sheet, columns))
            count = self.desk.lay(name, names, rows)
        if not count and not self.faults:
            what = _("The file has a header and no row.")
            self.faults.add(file_name, what, _("Say absent in the manifest, and leave the file out."))
        self.desk.sort(name, FIRST[0])
        self.there.append(name)

    def _has_header(self, sheet: Sheet, columns: Sequence[Column]) -> bool:
        """True for all columns in their order, and after them only extra ones."""
        expected = [one.name for one in columns]
        for number, name in enumerate(expected):
            if number >= len(sheet.header) or sheet.header[number] != name:
                about = {"number": number + 1, "name": name}
                what = _("Column number %(number)s must be “%(name)s”.") % about
                mend = _("All columns of OneRoster must be there, in their order; those that you add come last.")
                self.faults.add(sheet.name, what, mend, row=1)
                return False
        for name in sheet.header[len(expected) :]:
            if not name.startswith(EXTRA):
                what = _("This column is not part of OneRoster.")
                self.faults.add(sheet.name, what, _("Let its name begin with metadata."), row=1, column=name)
                return False
        return True

    def _checked(self, sheet: Sheet, columns: Sequence[Column]) -> Iterator[Row]:
        """All rows; what is wrong with a cell is noted. A row with a fault stays, so that others find its id."""
        checks = [
            (number, one)
            for number, one in enumerate(columns)
            if one.name != NEVER_READ and (one.is_needed or one.is_fit)
        ]
        for row, cells in sheet.rows:
            self._check_status(sheet.name, row, cells[1].strip(), cells[2].strip())
            is_leaving = cells[1].strip() == "tobedeleted"
            for number, column in checks:
                self._check(sheet.name, row, column, cells[number].strip(), is_leaving=is_leaving and number > 0)
            yield row, cells

    def _check(self, file: str, row: int, column: Column, value: str, *, is_leaving: bool) -> None:
        if not value:
            if column.is_needed and not is_leaving:
                what, mend = _("This cell is empty."), _("Fill it in. It is needed.")
                self.faults.add(file, what, mend, row=row, column=column.name)
        elif column.is_fit and not column.is_fit(value):
            what = _("This value cannot stand here.")
            self.faults.add(file, what, str(column.expected), row=row, column=column.name)

    def _check_status(self, file: str, row: int, status: str, moment: str) -> None:
        """The data says whether it is the whole truth or what changed, whatever the manifest says."""
        kind = "delta" if status or moment else "bulk"
        self.kind = self.kind or kind
        if kind != self.kind:
            what = _("Some rows are of a whole roster (bulk), and some only of changes (delta).")
            mend = _("Fill in status and dateLastModified in all rows of all files, or in none.")
            self.faults.add(file, what, mend, row=row, column=FIRST[1])
        elif kind == "delta" and (status not in STATUSES or not is_moment(moment)):
            what = _("A change needs both a status and the time at which it was changed.")
            mend = _("Write active or tobedeleted, and a time like 2026-11-23T18:25:43.511Z.")
            self.faults.add(file, what, mend, row=row, column=FIRST[1])


def check_whole(laying: Laying) -> None:
    """Note ids that stand there twice, and, in a whole roster, ids of rows that are nowhere."""
    for name in laying.there:
        _note_twice(laying, name)
        for column in laying.files[name]:
            if column.of and laying.kind == "bulk":
                _note_missing(laying, name, column)


def _note_twice(laying: Laying, name: str) -> None:
    question = f'SELECT min(row), max(row) FROM "{name}" GROUP BY sourcedId HAVING count(*) > 1 ORDER BY 1'  # noqa: S608
    for number, (first, last) in enumerate(laying.desk.ask(question)):
        if number < MOST_SHOWN:
            what = _("The same id stands in row %(row)s, too.") % {"row": first}
            laying.faults.add(f"{name}.csv", what, _("Keep one row for each id."), row=last, column=FIRST[0])
        else:
            laying.faults.count += 1


def _note_missing(laying: Laying, name: str, column: Column) -> None:
    table = _listed(laying, name, column) if column.is_list else name
    if column.of not in laying.there:
        missing = laying.desk.ask(f'SELECT min(row) FROM "{table}" WHERE "{column.name}" <> \'\'')  # noqa: S608
        (row,) = next(missing)
        if row is not None:
            what = _("This column speaks of %(file)s.csv, which is not there.") % {"file": column.of}
            laying.faults.add(f"{name}.csv", what, _("Add that file."), row=row, column=column.name)
        return
    question = (
        f'SELECT row FROM "{table}" AS here WHERE "{column.name}" <> \'\' AND NOT EXISTS '  # noqa: S608
        f'(SELECT 1 FROM "{column.of}" AS there WHERE there.sourcedId = here."{column.name}") ORDER BY row'
    )
    for number, (row,) in enumerate(laying.desk.ask(question)):
        if number < MOST_SHOWN:
            what = _("This id is nowhere in %(file)s.csv.") % {"file": column.of}
            mend = _("A whole roster has a row for every id in it. Add the row, or correct the id.")
            laying.faults.add(f"{name}.csv", what, mend, row=row, column=column.name)
        else:
            laying.faults.count += 1


def _listed(laying: Laying, name: str, column: Column) -> str:
    """A table with one row for each id in the lists of a column."""
    table = f"{name} {column.name}"
    cells = laying.desk.ask(f'SELECT row, "{column.name}" FROM "{name}"')  # noqa: S608
    laying.desk.lay(table, ("row", column.name), ((row, one) for row, cell in cells for one in ids_in(cell)))
    return table


def ids_in(cell: str) -> list[str]:
    """The ids of a list in a cell."""
    return [one.strip() for one in cell.split(",") if one.strip()]
