"""Whether the fields of a plan show what a content list asks for, and where something is lacking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from gameplan.plans.forms import NONE, Field, Section, Shows
from gameplan.plans.names import Place, empty_on_purpose, place_of_cell, place_of_field, row_names, says_something
from gameplan.plans.plan import Plan, Row

Circumstances = Mapping[str, bool | None]


@dataclass(frozen=True, slots=True)
class Seen:
    """Whether an item is there: True, False, or None where a field may not be asked for; and what is lacking.

    `asked` is false if none of its fields is asked for in these circumstances. `hangs_on` are the circumstances that
    must be told before anybody knows whether a field is asked for.
    """

    there: bool | None
    places: tuple[Place, ...] = ()
    asked: bool = True
    hangs_on: tuple[str, ...] = ()


def asked(section: Section, field: Field, known: Circumstances) -> bool | None:
    """Whether a field of a section is asked for in these circumstances; None if that cannot be told."""
    return _both(_holds(section.when, known), _holds(field.when, known))


def _holds(when: str, known: Circumstances) -> bool | None:
    return known.get(when) if when else True


def _both(first: bool | None, second: bool | None) -> bool | None:
    return False if first is False or second is False else None if first is None or second is None else True


@dataclass(frozen=True, slots=True)
class _Lack:
    """Something that says nothing; `sure` is false where it may not be asked for at all."""

    place: Place
    sure: bool


@dataclass(frozen=True, slots=True)
class Look:
    """A plan whose fields are looked at for items of content lists."""

    plan: Plan
    fields: Mapping[str, tuple[Section, Field]]

    @classmethod
    def into(cls, plan: Plan) -> Look:
        """A look into this plan."""
        return cls(plan, {field.id: (one, field) for one in plan.form.sections for field in one.fields})

    def seen(self, item: str, known: Circumstances) -> Seen:
        """What the fields show of an item (`list.item`): if several `shows` speak of it, all of them must hold.

        Where the form has none, nobody can tell.
        """
        found = [_At(self, known, one).seen() for one in self.plan.form.shows if one.item == item]
        if not found:
            return Seen(None)
        answers = {one.there for one in found}
        there = False if False in answers else None if None in answers else True
        places = {(at.field, at.row, at.column): at for one in found if not one.there for at in one.places}
        hangs_on = tuple(dict.fromkeys(name for one in found for name in one.hangs_on)) if there is None else ()
        return Seen(there, tuple(places.values()), any(one.asked for one in found), hangs_on)


@dataclass(frozen=True, slots=True)
class _At:
    look: Look
    known: Circumstances
    shows: Shows

    def seen(self) -> Seen:
        if self.shows.printed:
            return Seen(True)
        fields = self._asked(self.shows.any or self.shows.each or self.shows.all)
        if not fields:
            return Seen(True, asked=False)
        found = self._any(fields) if self.shows.any else self._each(fields) if self.shows.each else self._all(fields)
        return found if found.there is not None else replace(found, hangs_on=self._open(field for field, _ in fields))

    def _open(self, fields: Iterable[Field]) -> tuple[str, ...]:
        """The circumstances that are not told, on which it hangs whether these fields are asked for."""
        whens = (when for one in fields for when in (self.look.fields[one.id][0].when, one.when) if when)
        return tuple(dict.fromkeys(when for when in whens if self.known.get(when) is None))

    def _all(self, fields: list[tuple[Field, bool]]) -> Seen:
        return _seen([_Lack(self._place(one), sure) for one, sure in fields if not self._says(one)])

    def _asked(self, names: Iterable[str]) -> list[tuple[Field, bool]]:
        """The fields that are or may be asked for, and whether they surely are."""
        fields = (self.look.fields[name] for name in names)
        found = ((field, asked(section, field, self.known)) for section, field in fields)
        return [(field, bool(wanted)) for field, wanted in found if wanted is not False]

    def _says(self, field: Field) -> bool:
        return self._is_said(field, self.look.plan.content.get(field.id))

    def _is_said(self, field: Field, value: object) -> bool:
        return says_something(value) or (value is False and field.id in self.shows.either)

    def _place(self, field: Field) -> Place:
        return place_of_field(field, said_no=self.look.plan.content.get(field.id) is False)

    def _any(self, fields: list[tuple[Field, bool]]) -> Seen:
        if any(self._says(one) for one, _ in fields):
            return Seen(True)
        # One that is surely asked for is enough to miss it; a list stands for its "none on purpose" too.
        lists = {one.id for one, _ in fields if one.columns}
        places = [self._place(one) for one, _ in fields if one.id in lists or one.id.removesuffix(NONE) not in lists]
        return Seen(False if any(sure for _, sure in fields) else None, tuple(places))

    def _each(self, fields: list[tuple[Field, bool]]) -> Seen:
        lacks = [_Lack(place, sure) for field, sure in fields for place in self._cells(field)]
        if not any(self.look.plan.rows(one.id) for one, _ in fields):
            empty = ((one, sure) for one, sure in fields if not empty_on_purpose(self.look.plan, one))
            lacks += [_Lack(self._place(one), sure) for one, sure in empty]
        return _seen(lacks)

    def _cells(self, field: Field) -> Iterator[Place]:
        rows = self.look.plan.rows(field.id)
        names = row_names(field, rows)
        for row in rows:
            for column in self._lacking(field, row):
                yield place_of_cell(field, row, names[str(row["id"])], column)

    def _lacking(self, field: Field, row: Row) -> Iterator[Field]:
        """The columns of a row that say nothing and are asked for; words in `instead` do for all but days."""
        instead = any(says_something(row.get(name)) for name in self.shows.instead)
        for column in filter(None, map(field.column, self.shows.columns)):
            if self._is_said(column, row.get(column.id)) or _holds(column.when, self.known) is False:
                continue
            if column.type == "date" or not instead:
                yield column


def _seen(lacks: list[_Lack]) -> Seen:
    there = False if any(one.sure for one in lacks) else None if lacks else True
    return Seen(there, tuple(one.place for one in lacks))
