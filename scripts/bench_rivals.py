"""The other ways to the same answer that the audit is measured against: SQL by hand, and OpenFisca.

Both work out three clocks only: the initial evaluation, the annual review, and the answer to a request. Neither says
why. What each leaves out stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from gameplan.core.entries import Clock, Match
from gameplan.law import law_for, states, vocabulary

CLOCKS: Final = ("initial-evaluation", "iep-annual-review", "request-response")
REVIEW: Final = "iep-annual-review"
UNITS: Final = ("calendar-day", "school-day")
WORDS: Final = 3  # how many things a match may ask of a fact, in these tables
SOON: Final = 7
STANDINGS: Final = ("met", "met-late", "late", "due-soon", "running", "cannot-tell")  # in OpenFisca: 1 and on, 0 none

# A school-day table with row numbers: the end of a count is then two look-ups, not a walk over a calendar.
SCHOOL_DAYS: Final = """
create temp table school_days as
with years as (from read_parquet('{calendars}')),
  days as (
    select calendar, weekdays, unnest(generate_series(first_day, last_day, interval 1 day))::date as day from years
  ),
  closed as (
    select calendar, unnest(generate_series(c."first", coalesce(c."last", c."first"), interval 1 day))::date as day
    from (select calendar, unnest(closed) as c from years)
  ),
  open as (
    (select calendar, day from days where list_contains(coalesce(weekdays, [0, 1, 2, 3, 4]), isodow(day) - 1)
     except from closed)
    union select calendar, unnest("open") from years
  )
select calendar, day, row_number() over (partition by calendar order by day)::integer as number from open
"""

COLUMNS: Final = "describe from read_parquet('{facts}', union_by_name = true)"

SAID: Final = """
create temp table said as
select f."case", f.id, f.kind, f.data, coalesce(c.state, '') as state, c.calendar, coalesce({day}, f."on") as day
from read_parquet('{facts}', union_by_name = true) f join read_parquet('{children}') c using ("case")
where f.kind in ({kinds})
"""

# What these statements leave out, and the audit does not: everything that is not three clocks; the State's own rule
# where it counts business or instructional days, or has conditions; exceptions and extensions, pauses, days left out
# of a count or added to it, outer limits, the summer and the end of the year; duties that fall away; corrected,
# withdrawn and planned facts; the other side's account; days known only roughly, days that are not known, days beyond
# the calendar; closed days that a State counts otherwise; moves between States; of the annual review the meeting that
# begins a year by itself, the rounds of meetings within 45 days, the limits said in the IEP, and that its last day is
# disputed (this takes the earlier one); an answer of "cannot tell" where the file does not settle it.
# Few texts are different: each is compared with the patterns once, and the facts are then joined by equality.
MEANINGS: Final = """
create temp table {name} as
with texts as (select distinct kind, data from said)
select distinct t.kind, t.data, r.* exclude (kind, a, b, c)
from texts t join {rules} r on r.kind = t.kind and t.data like r.a and t.data like r.b and t.data like r.c
"""

STARTS: Final = """
create temp table starts as
select s."case", s.id, s.state, s.calendar, m.clock, s.day as started, m.length, m.unit
from said s join starting m on m.state = s.state and m.kind = s.kind and m.data = s.data where s.day <= date '{on}'
"""

ENDINGS: Final = """
create temp table endings as
select s."case", m.clock, s.day
from said s join ending m on m.state = s.state and m.kind = s.kind and m.data = s.data where s.day <= date '{on}'
"""

COUNTED: Final = """
create temp table counted as
select s.*, cast(started + length as date) as due from starts s where unit = 'calendar-day'
union all
select s.*, cast(started + interval 1 year as date) - 1 from starts s where unit = 'year'
union all
select b.* exclude (number), e.day
from (
  select s.*, coalesce(n.number, 0) as number
  from (select * from starts where unit = 'school-day') s
  asof left join school_days n on n.calendar = s.calendar and n.day <= s.started
) b left join school_days e on e.calendar = b.calendar and e.number = b.number + b.length
"""

STANDING: Final = """
create temp table standing as
with met as (
  select c.*, e.day as done
  from (select *, started + (unit = 'year')::integer as first from counted) c
  asof left join endings e on e."case" = c."case" and e.clock = c.clock and e.day >= c.first
)
select * exclude (first),
  case when due is null and done is null then 'cannot-tell'
       when done > due then 'met-late' when done is not null then 'met'
       when due < date '{on}' then 'late' when due <= date '{on}' + {soon} then 'due-soon'
       else 'running' end as status
from met
"""

GROUPED: Final = "select state, clock, status, count(*), max(due) from standing group by all"


def patterns(match: Match) -> Iterator[tuple[str, ...]]:
    """What a match asks of a fact's text, as patterns for LIKE: one row for each way to fit it, always three wide."""
    ways: list[tuple[str, ...]] = [()]
    kind = vocabulary().kinds[match.event]
    for name, value in sorted(match.where.items()):
        values = value if isinstance(value, tuple) else (value,)
        shape = kind.field(name)
        opening = "[%" if shape and shape.type == "list" else ""
        ways = [(*way, f'%"{name}":{opening}{_text(one)}%') for way in ways for one in values]
    for way in ways:
        yield (*way, *("%",) * (WORDS - len(way)))


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else f'"{value}"'


def rules(on: date) -> Iterator[tuple[str, Clock]]:
    """The rules that the SQL knows, by State ("" for none): those that are one count from one fact to another."""
    for state in ("", *states()):
        law = law_for(state or None)
        for name in CLOCKS:
            mine = [one for one in law.clocks if one.id == name and one.in_force.covers(on)]
            own = [one for one in mine if one.pack == state] or mine
            yield from ((state, one) for one in own[:1] if _plain(one))


def _plain(clock: Clock) -> bool:
    widest = max((len(match.where) for match in (*clock.trigger, *clock.done_when)), default=0)
    return clock.unit in (*UNITS, "year") and not clock.applies_if and not clock.unless and widest <= WORDS


def limits(on: date) -> list[tuple[object, ...]]:
    """Rows of State, clock, length, unit, and the fact that starts it with its three patterns."""
    return [
        (state, one.id, one.length, one.unit, match.event, *way)
        for state, one in rules(on) for match in one.trigger for way in patterns(match)
    ]  # fmt: skip


def ends(on: date) -> list[tuple[object, ...]]:
    """Rows of State, clock, and a fact that meets it with its three patterns."""
    return [
        (state, one.id, match.event, *way)
        for state, one in rules(on) for match in one.done_when for way in patterns(match)
    ]  # fmt: skip


def federal_states(on: date) -> list[str]:
    """The States whose own evaluation rule is the federal one: 60 calendar days from consent, none left out."""
    federal = next(one for state, one in rules(on) if (state, one.id) == ("", CLOCKS[0]))
    return [state for state, one in rules(on) if state and one.id == federal.id and _shape(one) == _shape(federal)]


def _shape(clock: Clock) -> tuple[object, ...]:
    return (
        clock.length, clock.unit, clock.trigger, clock.done_when, clock.leaves_out, clock.adds, clock.near_year_end,
        clock.summer, clock.within,
    )  # fmt: skip


def put_rules(link: Any, on: date) -> None:
    """Makes the SQL's own tables of the rules, as its writer would have typed them."""
    asks = "kind text, a text, b text, c text"
    link.execute(f"create temp table limits (state text, clock text, length int, unit text, {asks})")
    link.execute(f"create temp table ends (state text, clock text, {asks})")
    link.executemany("insert into limits values (?, ?, ?, ?, ?, ?, ?, ?)", limits(on))
    link.executemany("insert into ends values (?, ?, ?, ?, ?, ?)", ends(on))


def put_standing(link: Any, folder: Path, on: date) -> None:
    """Works out the three clocks of every child in SQL, into the table `standing`; the rules are there already."""
    link.execute(SCHOOL_DAYS.format(calendars=folder / "calendars.parquet"))
    kinds = [one for (one,) in link.execute("select kind from limits union select kind from ends").fetchall()]
    facts, children = folder / "facts" / "*.parquet", folder / "children" / "*.parquet"
    there = {name for name, *_ in link.execute(COLUMNS.format(facts=facts)).fetchall()}
    names = ", ".join(f"'{kind}'" for kind in kinds)
    link.execute(SAID.format(day=_day(kinds, there), facts=facts, children=children, kinds=names))
    link.execute(MEANINGS.format(name="starting", rules="limits"))
    link.execute(MEANINGS.format(name="ending", rules="ends"))
    link.execute(STARTS.format(on=on))
    link.execute(ENDINGS.format(on=on))
    link.execute(COUNTED)
    link.execute(STANDING.format(on=on, soon=SOON))


def _day(kinds: list[str], there: set[str]) -> str:
    """A fact's day: the one that its kind says in words of its own, where that column is there."""
    known = vocabulary().kinds
    columns = {kind: f"date_{known[kind].main_date}" for kind in kinds}
    cases = [f"when '{kind}' then f.{column}" for kind, column in columns.items() if column in there]
    return f"case f.kind {' '.join(cases)} end" if cases else "null"


PLAIN: Final = """
create temp table plain as select "case" from read_parquet('{children}') where state in ({states})
except select "case" from read_parquet('{facts}', union_by_name = true) where {odd}
"""

# Facts that bring in what the SQL leaves out: exceptions, what makes a duty fall away, a move, a day set in the IEP.
ODD_KINDS: Final = (
    "agreement-made", "child-not-produced", "child-moved", "consent-revoked", "consent-refused", "services-stopped",
    "enrolled",
)  # fmt: skip
# A fact that does not say what it is for or of: the audit cannot tell then, the SQL passes over it.
UNSAID: Final = (
    """data like '%"not-known"%'""",
    """kind = 'consent-given' and data not like '%"for":%'""",
    """kind = 'evaluation-completed' and data not like '%"type":%'""",
)
COMPARED: Final = """
select count(*), count(*) filter (
  a."case" is not null and b."case" is not null and a.due_earliest is not distinct from b.due
  and a.done is not distinct from b.done and a.status = b.status)
from (select * from audited semi join plain using ("case")) a
full join (select * from standing semi join plain using ("case") where clock = '{clock}') b
on a."case" = b."case" and a.started = b.started
"""


def put_plain(link: Any, folder: Path, on: date) -> int:
    """Makes the table of children whose files hold nothing that the SQL leaves out, and gives their number.

    Only of the States that have the federal 60 days.
    """
    facts, children = folder / "facts" / "*.parquet", folder / "children" / "*.parquet"
    there = [name for name, *_ in link.execute(COLUMNS.format(facts=facts)).fetchall()]
    set_apart = ("corrects", "account_of", "date_review_by", "date_ends")
    odd = [f"{name} is not null" for name in there if name in set_apart or name.endswith("_last")]
    odd += [name for name in there if name in ("planned", "withdrawn")]
    odd += [f"({one})" for one in UNSAID]
    odd.append("kind in (" + ", ".join(f"'{kind}'" for kind in ODD_KINDS) + ")")
    names = ", ".join(f"'{state}'" for state in federal_states(on))
    link.execute(PLAIN.format(children=children, facts=facts, states=names, odd=" or ".join(odd)))
    return int(link.execute("select count(*) from plain").fetchall()[0][0])


LATEST: Final = """
select c."case", coalesce(c.calendar, -1)::bigint as calendar, {columns}
from read_parquet('{children}') c {joins} order by c."case"
"""


def latest(link: Any, folder: Path) -> Mapping[str, Any]:
    """One row a child for OpenFisca, from the table `standing`: the latest start of each clock, its limit, its end.

    Arrays by name, with what the SQL says of each to compare it with; 1970-01-01 stands for a day that is not there.
    """
    columns, joins = [], []
    for number, clock in enumerate(CLOCKS):
        columns.append(
            f"coalesce(s{number}.started, date '1970-01-01') as started_{number},"
            f"coalesce(s{number}.done, date '1970-01-01') as done_{number},"
            f"coalesce(s{number}.length, 0) as length_{number},"
            f"coalesce(s{number}.unit = 'school-day', false) as school_{number},"
            f"coalesce(list_position({list(STANDINGS)}, s{number}.status), 0) as sql_{number}"
        )
        joins.append(
            f"left join (select distinct on (\"case\") * from standing where clock = '{clock}' "  # noqa: S608
            f'order by "case", started desc, id desc) s{number} on s{number}."case" = c."case"'
        )
    text = LATEST.format(
        columns=", ".join(columns), joins=" ".join(joins), children=folder / "children" / "*.parquet"
    )  # fmt: skip
    found: dict[str, Any] = dict(link.execute(text).fetchnumpy())
    days = link.execute("select calendar::bigint as of, day from school_days order by calendar, day").fetchnumpy()
    return {**found, "school_of": days["of"], "school_day": days["day"]}


class Fisca:
    """The three clocks as OpenFisca variables over children: a due day and a standing each.

    It leaves out what the SQL leaves out, and more: one start a child for each clock, the latest one, is given to it
    ready made, with the limit of the child's State and the day of the first fact that met it; only the due day and
    the standing are its own work.
    """

    def __init__(self, inputs: Mapping[str, Any]) -> None:
        import numpy as np
        from openfisca_core.entities import build_entity
        from openfisca_core.taxbenefitsystems import TaxBenefitSystem

        self.inputs = inputs
        self.keys = inputs["school_of"] * 1_000_000 + inputs["school_day"].astype("M8[D]").astype(np.int64)
        self.child = build_entity(key="child", plural="children", label="A child", is_person=True)
        self.system = TaxBenefitSystem([self.child])
        self._put("calendar", int)
        for number, clock in enumerate(CLOCKS):
            for name, kind in (("started", date), ("done", date), ("length", int), ("school", bool)):
                self._put(f"{name}_{number}", kind)
            self._put(f"due_{number}", date, self._years_due(number) if clock == REVIEW else self._days_due(number))
            self._put(f"standing_{number}", int, _standing(number))

    def _put(self, name: str, kind: type, formula: Any = None) -> None:
        from openfisca_core.periods import DateUnit
        from openfisca_core.variables import Variable

        said = {
            "value_type": kind, "entity": self.child, "label": name,
            "definition_period": DateUnit.DAY if formula else DateUnit.ETERNITY,
        }  # fmt: skip
        self.system.add_variable(type(name, (Variable,), {**said, **({"formula": formula} if formula else {})}))

    def _days_due(self, number: int) -> Any:
        import numpy as np

        def formula(child: Any, period: Any, _parameters: Any) -> Any:
            started, length = child(f"started_{number}", period), child(f"length_{number}", period)
            calendar = child("calendar", period).astype(np.int64)
            begun = np.searchsorted(self.keys, calendar * 1_000_000 + started.astype(np.int64), "right")
            place = np.minimum(begun - 1 + length, len(self.keys) - 1)
            found = self.keys[place]
            school = np.where(found // 1_000_000 == calendar, found % 1_000_000, 0).astype("M8[D]")
            return np.where(child(f"school_{number}", period), school, started + length.astype("m8[D]"))

        return formula

    def _years_due(self, number: int) -> Any:
        import numpy as np

        def formula(child: Any, period: Any, _parameters: Any) -> Any:
            started = child(f"started_{number}", period)
            month = started.astype("M8[M]")
            last = (month + 13).astype("M8[D]") - np.timedelta64(1, "D")
            same = np.minimum((month + 12).astype("M8[D]") + (started - month.astype("M8[D]")), last)
            return same - np.timedelta64(1, "D")

        return formula

    def standings(self, on: date) -> list[Any]:
        """How each child stands on that day, an array a clock: a place in STANDINGS, from 1 on, or 0."""
        from openfisca_core.simulations import SimulationBuilder

        made = SimulationBuilder().build_default_simulation(self.system, count=len(self.inputs["calendar"]))
        for name, values in self.inputs.items():
            if name in self.system.variables:
                made.set_input(name, "eternity", values)
        return [made.calculate(f"standing_{number}", on.isoformat()) for number in range(len(CLOCKS))]


def _standing(number: int) -> Any:
    import numpy as np

    def formula(child: Any, period: Any, _parameters: Any) -> Any:
        none, today = np.datetime64("1970-01-01", "D"), np.datetime64(period.start.date, "D")
        started, done, due = (child(f"{name}_{number}", period) for name in ("started", "done", "due"))
        ways = [started == none, (done > due) & (due != none), done != none, due == none]
        ways += [due < today, due <= today + np.timedelta64(SOON, "D")]
        return np.select(ways, [0, 2, 1, 6, 3, 4], 5)

    return formula
