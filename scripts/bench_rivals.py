"""The SQL by hand that the audit is measured against: some clocks, no reasons, and what it leaves out beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from gameplan.core.entries import Clock, Match
from gameplan.law import law_for, states, vocabulary

REVIEW: Final = "iep-annual-review"
CLOCKS: Final = ("initial-evaluation", REVIEW, "request-response")
"""What SQL and OpenFisca both work out."""
TWELVE: Final = (
    *CLOCKS, "iep-meeting", "reevaluation-3-years", "records-access", "iep-implementation", "eligibility-meeting",
    "transfer-send-records", "iee-response", "manifestation", "resolution-meeting",
)  # fmt: skip
"""What SQL and the audit both work out, with the States' own rules: calendar, school and business days, and years."""
UNITS: Final = ("calendar-day", "school-day", "business-day", "year")
BUSINESS: Final = (date(2015, 1, 1), date(2031, 12, 31))
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

BUSINESS_DAYS: Final = """
create temp table business_days as
with days as (
  select unnest(generate_series(date '{first}', date '{last}', interval 1 day))::date as day
)
select s.state, d.day, row_number() over (partition by s.state order by d.day)::integer as number
from days d, (select distinct state from limits where unit = 'business-day') s
anti join holidays h on h.state = s.state and h.day = d.day
where isodow(d.day) < 6
"""

COLUMNS: Final = "describe from read_parquet('{facts}', union_by_name = true)"

SAID: Final = """
create temp table said as
select f."case", f.id, f.kind, f.data, coalesce(c.state, '') as state, c.calendar, coalesce({day}, f."on") as day
from read_parquet('{facts}', union_by_name = true) f join read_parquet('{children}') c using ("case")
where f.kind in ({kinds})
"""

# What these statements leave out, and the audit does not: every other clock; the State's own rule where it counts
# instructional days, looks back from a day, or has conditions; exceptions and extensions, pauses, days left out
# of a count or added to it, outer limits, the summer and the end of the year; duties that fall away; corrected,
# withdrawn and planned facts; the other side's account; days known only roughly, days that are not known, days beyond
# the calendar; closed days that a State counts otherwise; moves between States; of the annual review the meeting that
# begins a year by itself, the rounds of meetings within 45 days, the limits said in the IEP, and that its last day is
# disputed (this takes the earlier one); an answer of "cannot tell" where the file does not settle it.
# Few texts are different: each is compared with the patterns once, and the facts are then joined by equality.
MEANINGS: Final = """
create temp table {name} as
with texts as (select distinct kind, data from said)
select distinct t.kind, t.data, r.* exclude (kind, a, b, c, d)
from texts t join {rules} r
  on r.kind = t.kind and t.data like r.a and t.data like r.b and t.data like r.c and t.data not like r.d
"""

STARTS: Final = """
create temp table starts as
select distinct s."case", s.id, s.state, s.calendar, m.clock, s.day as started, m.length, m.unit, m.less
from said s join starting m on m.state = s.state and m.kind = s.kind and m.data = s.data where s.day <= date '{on}'
"""

ENDINGS: Final = """
create temp table endings as
select s."case", m.clock, s.day
from said s join ending m on m.state = s.state and m.kind = s.kind and m.data = s.data where s.day <= date '{on}'
"""

COUNTED: Final = """
create temp table counted as
select s.* exclude (less), cast(started + length as date) - less as due from starts s where unit = 'calendar-day'
union all
select s.* exclude (less), cast(started + to_years(length) as date) - less from starts s where unit = 'year'
union all
select b.* exclude (number), e.day
from (
  select s.* exclude (less), coalesce(n.number, 0) as number
  from (select * from starts where unit = 'school-day') s
  asof left join school_days n on n.calendar = s.calendar and n.day <= s.started
) b left join school_days e on e.calendar = b.calendar and e.number = b.number + b.length
union all
select b.* exclude (number), e.day
from (
  select s.* exclude (less), coalesce(n.number, 0) as number
  from (select * from starts where unit = 'business-day') s
  asof left join business_days n on n.state = s.state and n.day <= s.started
) b left join business_days e on e.state = b.state and e.number = b.number + b.length
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
    """What a match asks of a fact's text, as patterns for LIKE: three, and one that must not fit; a row a way."""
    ways: list[tuple[str, ...]] = [()]
    for name, value in sorted(match.where.items()):
        values = value if isinstance(value, tuple) else (value,)
        ways = [(*way, _pattern(match, name, one)) for way in ways for one in values]
    other = next((_pattern(match, name, value) for name, value in match.unlike.items()), "")
    for way in ways:
        yield (*way, *("%",) * (WORDS - len(way)), other)


def _pattern(match: Match, name: str, value: object) -> str:
    shape = vocabulary().kinds[match.event].field(name)
    said = str(value).lower() if isinstance(value, bool) else f'"{value}"'
    return f'%"{name}":{"[%" if shape and shape.type == "list" else ""}{said}%'


def rules(on: date, clocks: Sequence[str]) -> Iterator[tuple[str, Clock]]:
    """The rules that the SQL knows, by State ("" for none): those that are one count from one fact to another."""
    for state in ("", *states()):
        law = law_for(state or None)
        for name in clocks:
            mine = [one for one in law.clocks if one.id == name and one.in_force.covers(on)]
            own = [one for one in mine if one.pack == state] or mine
            yield from ((state, one) for one in own[:1] if _plain(one))


def _plain(clock: Clock) -> bool:
    alone = not (clock.applies_if or clock.unless or clock.after) and clock.direction == "after"
    counts = clock.length is not None and clock.unit in UNITS
    from_trigger = clock.first_day == "trigger" and clock.unit != "calendar-day"
    return alone and counts and not from_trigger and all(map(_told, (*clock.trigger, *clock.done_when)))


def _told(match: Match) -> bool:
    """True if LIKE can say what the match asks."""
    return not match.on and len(match.where) <= WORDS and len(match.unlike) <= 1


def limits(on: date, clocks: Sequence[str]) -> list[tuple[object, ...]]:
    """Rows of State, clock, pack, length, unit, days less, and the fact that starts it with its patterns."""
    return [
        (state, one.id, one.pack, one.length, one.unit, _less(one), match.event, *way)
        for state, one in rules(on, clocks) for match in one.trigger for way in patterns(match)
    ]  # fmt: skip


def _less(clock: Clock) -> int:
    """How many days sooner the last day is than the plain count: of two readings in use the earlier is taken."""
    return int(clock.first_day == "trigger" or clock.last_day in ("day-before", "disputed"))


def ends(on: date, clocks: Sequence[str]) -> list[tuple[object, ...]]:
    """Rows of State, clock, and a fact that meets it with its patterns."""
    return [
        (state, one.id, match.event, *way)
        for state, one in rules(on, clocks) for match in one.done_when for way in patterns(match)
    ]  # fmt: skip


def federal_states(on: date) -> list[str]:
    """The States whose own evaluation rule is the federal one: 60 calendar days from consent, none left out."""
    known = list(rules(on, CLOCKS[:1]))
    federal = next(one for state, one in known if not state)
    return [state for state, one in known if state and one.id == federal.id and _shape(one) == _shape(federal)]


def _shape(clock: Clock) -> tuple[object, ...]:
    return (
        clock.length, clock.unit, clock.trigger, clock.done_when, clock.leaves_out, clock.adds, clock.near_year_end,
        clock.summer, clock.within,
    )  # fmt: skip


def put_rules(link: Any, on: date, clocks: Sequence[str]) -> None:
    """Makes the SQL's own tables of the rules, as its writer would have typed them."""
    asks = "kind text, a text, b text, c text, d text"
    limit = "state text, clock text, pack text, length int, unit text, less int"
    link.execute(f"create temp table limits ({limit}, {asks})")
    link.execute(f"create temp table ends (state text, clock text, {asks})")
    link.execute("create temp table holidays (state text, day date)")
    named = [(state, day) for state in states() for day in law_for(state).holidays.named]
    for table, rows in (("limits", limits(on, clocks)), ("ends", ends(on, clocks)), ("holidays", named)):
        marks = ", ".join("?" * len(rows[0]))
        link.executemany(f"insert into {table} values ({marks})", rows)  # noqa: S608


def put_standing(link: Any, folder: Path, on: date) -> None:
    """Works out the clocks of every child in SQL, into the table `standing`; the rules are there already."""
    link.execute(SCHOOL_DAYS.format(calendars=folder / "calendars.parquet"))
    link.execute(BUSINESS_DAYS.format(first=BUSINESS[0], last=BUSINESS[1]))
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
# A fact that does not say what it is for or of (the audit cannot tell then, the SQL passes over it), or that the child
# is not eligible, which makes duties fall away.
UNSAID: Final = (
    """data like '%"not-known"%'""",
    """kind = 'consent-given' and data not like '%"for":%'""",
    """kind = 'evaluation-completed' and data not like '%"type":%'""",
    """kind = 'eligibility-determined' and data not like '%"eligible":true%'""",
)
COMPARED: Final = """
select count(*), count(*) filter (
  a."case" is not null and b."case" is not null and a.due_earliest is not distinct from b.due
  and a.done is not distinct from b.done and a.status = b.status)
from (
  select * from audited a semi join plain using ("case")
  semi join limits l on l.state = a.state and l.clock = a.clock and l.pack = a.pack
  where clock = '{clock}'
) a
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
