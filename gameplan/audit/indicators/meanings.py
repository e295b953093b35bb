"""What each number of B-11, B-12 and B-13 is called, what it means, and where that stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from gameplan.core.words import Say

MEASURE: Final = "SPP/APR"


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a table: its field, its name, what it means, and the source."""

    field: str
    name: Say
    means: Say
    cite: str


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the report: a table of `KINDS` with its words.

    `percent` names the two fields of the percentage ("" where there is none); `columns` are shown place by place;
    `ends` are the ways in which a child or case is counted, each once, for the chart; `size` orders the places.
    """

    table: str
    title: Say
    asks: Say
    formula: Say | None
    cite: str
    numbers: tuple[Number, ...]
    columns: tuple[str, ...]
    percent: tuple[str, str] = ("", "")
    size: str = ""
    ends: tuple[str, ...] = ()
    notes: tuple[Say, ...] = field(default=())


CHILD_FIND: Final = Section(
    table="b11_child_find",
    title=Say("First evaluations in time (B-11, child find)"),
    asks=Say(
        "Once a school has a parent’s permission, it must finish the first evaluation within 60 days, "
        "or within the time that the State has set."
    ),
    formula=Say("100 times (b), divided by (a)"),
    cite=f"20 U.S.C. 1416(a)(3)(B); 34 CFR 300.301(c)(1); {MEASURE} B-11",
    size="consents",
    ends=("excused_not_produced", "excused_moved", "moved_away",
           "time_ended", "b", "late", "still_running", "cannot_tell"),
    percent=("percent_lowest", "percent_highest"),
    columns=("consents", "a", "b", "late", "still_running", "cannot_tell", "days_late_least", "days_late_most"),
    numbers=(
        Number(
            "consents", Say("Permissions received"),
            Say("Children for whom the school received permission for a first evaluation in this period."),
            "34 CFR 300.301(c)(1)(i)",
        ),
        Number(
            "excused_not_produced", Say("Left out: child not brought"),
            Say("The parent failed or refused, again and again, to bring the child. The measure leaves the child out."),
            "34 CFR 300.301(d)(1)",
        ),
        Number(
            "excused_moved", Say("Left out: child changed districts"),
            Say("The child changed districts while the time ran, and the new school and the parent agreed on a day."),
            "34 CFR 300.301(d)(2), (e)",
        ),
        Number(
            "moved_away",
            Say("Left out: child moved away"),
            Say(
                "The child left the district, and a State rule ended the time. The files do not show if the new school "
                "agreed with the parent on a day, as the federal exception asks."
            ),
            "34 CFR 300.301(d)(2), (e)",
        ),
        Number(
            "time_ended", Say("Left out: the time ended"),
            Say("The permission was taken back, services were refused, or a State rule ended the time. "
                "The federal measure does not speak of these children. Ask your State how to count them."),
            "34 CFR 300.9(c), 300.300(a)",
        ),
        Number(
            "a", Say("(a) Children counted"), Say("All permissions, less the groups that are left out."),
            f"{MEASURE} B-11(a)",
        ),
        Number(
            "b", Say("(b) Evaluated in time"), Say("Finished within 60 days, or within the State’s own time."),
            f"{MEASURE} B-11(b)",
        ),
        Number(
            "b_in_time",
            Say("Of (b): done by the last day"),
            Say("The file shows the end of the evaluation, and it came in time."),
            "34 CFR 300.301(c)(1)",
        ),
        Number(
            "b_by_state_exception", Say("Of (b): by a State’s own exception"),
            Say("Excused by a rule of the State. The measure counts these children as in time."), f"{MEASURE} B-11",
        ),
        Number(
            "b_with_sld_agreement", Say("Of (b): with an agreement about a learning disability"),
            Say("Parents and school agreed in writing on more time, and the file holds the agreement."),
            "34 CFR 300.309(c)",
        ),
        Number(
            "b_with_transfer_agreement", Say("Of (b): with an agreed day after a move"),
            Say("In time by a day that was agreed after the child changed schools."), "34 CFR 300.301(e)",
        ),
        Number("late", Say("Not in time"), Say("In (a) but not in (b): the last day had passed."), f"{MEASURE} B-11"),
        Number(
            "late_finished", Say("Not in time, and finished since"),
            Say("The evaluation was finished after the last day."), f"{MEASURE} B-11",
        ),
        Number(
            "late_not_finished", Say("Not in time, and not finished"),
            Say("On the day of this report the file shows no end."), f"{MEASURE} B-11",
        ),
        Number(
            "still_running", Say("Time still runs"),
            Say("The last day had not come on the day of this report. It may still turn out either way."),
            "34 CFR 300.301(c)(1)",
        ),
        Number(
            "cannot_tell", Say("Cannot tell"),
            Say("Something is missing, such as a school calendar, or the two sides tell it in two ways."), "",
        ),
        Number(
            "days_late_least", Say("Fewest days late"),
            Say("Calendar days after the last day, for those finished since."), f"{MEASURE} B-11",
        ),
        Number(
            "days_late_most", Say("Most days late"),
            Say("Calendar days after the last day, for those finished since."), f"{MEASURE} B-11",
        ),
        Number(
            "days_late_not_known", Say("Late by a number of days not known"),
            Say("Surely late, but the last day is known only as a range."), "",
        ),
    ),
    notes=(
        Say("The percentage of all permissions, with nobody left out, is {range}."),
    ),
)  # fmt: skip

EARLY_CHILDHOOD: Final = Section(
    table="b12_early_childhood_transition",
    title=Say("From early intervention to school (B-12)"),
    asks=Say(
        "A child who moves from early intervention (Part C) to school, and who qualifies, must have an IEP "
        "made and in force by the third birthday."
    ),
    formula=Say("100 times (c), divided by (a) less (b), (d) and (e)"),
    cite=f"20 U.S.C. 1416(a)(3)(B), 1412(a)(9); 34 CFR 300.124(b); {MEASURE} B-12",
    size="a",
    ends=("b", "c", "d", "e", "delayed", "still_running", "cannot_tell", "cannot_tell_if_e"),
    percent=("percent_lowest", "percent_highest"),
    columns=("a", "b", "c", "d", "e", "delayed", "still_running", "cannot_tell", "days_late_most"),
    numbers=(
        Number(
            "a", Say("(a) Referred by Part C"),
            Say("Children in Part C who turned three in this period, and of whom Part C told the school by then."),
            f"{MEASURE} B-12(a); 34 CFR 303.209(b)",
        ),
        Number(
            "b", Say("(b) Found not to qualify in time"),
            Say("It was decided before the third birthday that the child does not qualify."), f"{MEASURE} B-12(b)",
        ),
        Number(
            "c", Say("(c) IEP in force by the birthday"),
            Say("The IEP was made and took effect on the third birthday or before."),
            f"{MEASURE} B-12(c); 34 CFR 300.124(b)",
        ),
        Number(
            "d", Say("(d) A parent’s no, or an exception"),
            Say("Delayed, and the file shows that the parent refused permission, did not bring the child, or moved. "
                "That this caused the delay is for a person to judge."),
            f"{MEASURE} B-12(d); 34 CFR 300.301(d)",
        ),
        Number(
            "e", Say("(e) Found eligible for Part C late"),
            Say("Delayed, and Part C found the child eligible less than 90 days before the birthday."),
            f"{MEASURE} B-12(e)",
        ),
        Number(
            "f", Say("(f) Stayed in Part C"),
            Say("The parents chose to go on with early intervention after age three. The files cannot show this, "
                "so nothing is taken off. If your State offers it, the true percentage is higher."),
            f"{MEASURE} B-12(f); 34 CFR 303.211",
        ),
        Number("delayed", Say("Delayed"), Say("In (a), and in none of (b) to (e)."), f"{MEASURE} B-12"),
        Number(
            "delayed_iep_late", Say("Delayed: IEP after the birthday"),
            Say("The IEP was made after the third birthday."), f"{MEASURE} B-12",
        ),
        Number(
            "delayed_in_force_late", Say("Delayed: IEP in force after the birthday"),
            Say("The IEP was made in time, but took effect later."), "34 CFR 300.101(b), 300.323(b)",
        ),
        Number(
            "delayed_not_eligible_late", Say("Delayed: found not to qualify after the birthday"),
            Say("The decision came on the third birthday or later."), f"{MEASURE} B-12(b)",
        ),
        Number("delayed_no_iep", Say("Delayed: no IEP"), Say("The file shows no IEP."), f"{MEASURE} B-12"),
        Number(
            "still_running", Say("Birthday still to come"),
            Say("The third birthday had not passed on the day of this report."), "34 CFR 300.124(b)",
        ),
        Number("cannot_tell", Say("Cannot tell"), Say("The files do not settle if the IEP was in time."), ""),
        Number(
            "cannot_tell_if_e", Say("Cannot tell if (e)"),
            Say("Delayed, but nothing says when Part C found the child eligible."), f"{MEASURE} B-12(e)",
        ),
        Number(
            "referral_not_in_file", Say("No referral in the file"),
            Say("In Part C, but no word from Part C to the school is in the file. The child may belong to (a) or not."),
            "34 CFR 303.209(b)",
        ),
        Number(
            "days_late_least", Say("Fewest days after the birthday"),
            Say("For delayed children, when the IEP or the decision came."), f"{MEASURE} B-12",
        ),
        Number(
            "days_late_most", Say("Most days after the birthday"),
            Say("For delayed children, when the IEP or the decision came."), f"{MEASURE} B-12",
        ),
    ),
)  # fmt: skip

TRANSITION: Final = Section(
    table="b13_secondary_transition",
    title=Say("Planning for adult life (B-13, secondary transition)"),
    asks=Say(
        "The IEP of a young person of 16 or older must hold goals for life after school, the services and courses "
        "to reach them, and proof that the student was invited."
    ),
    formula=Say("100 times the IEPs with all parts, divided by the young people with an IEP"),
    cite=f"20 U.S.C. 1416(a)(3)(B); 34 CFR 300.320(b), 300.321(b); {MEASURE} B-13",
    size="youth",
    percent=("percent_lowest", "percent_highest"),
    columns=("youth", "plan_says_transition", "plan_without_transition", "student_invited", "not_met", "cannot_tell"),
    numbers=(
        Number(
            "youth", Say("Young people with an IEP"), Say("They were 16 or older on the last day of this period."),
            f"{MEASURE} B-13",
        ),
        Number(
            "plan_says_transition", Say("IEP has a part on adult life"),
            Say("The file says that the IEP plans for it."),
            "34 CFR 300.320(b)",
        ),
        Number(
            "plan_without_transition", Say("IEP has no part on adult life"),
            Say("The file says that the IEP does not plan for it."), "34 CFR 300.320(b)",
        ),
        Number(
            "plan_does_not_say", Say("File does not say"),
            Say("Nobody wrote down if the IEP plans for adult life."), "",
        ),
        Number(
            "renewed_within_a_year", Say("IEP from the last year"),
            Say("The goals must be brought up to date each year."), "34 CFR 300.320(b), 300.324(b)(1)(i)",
        ),
        Number(
            "student_invited", Say("Student invited"),
            Say("The notice of a meeting in the year before the IEP names the student."), "34 CFR 300.321(b)(1)",
        ),
        Number(
            "agency_consent", Say("Permission to invite an agency"),
            Say("In the year before the IEP, the parent or student let the school invite an outside agency."),
            "34 CFR 300.321(b)(3)",
        ),
        Number(
            "not_met", Say("Surely not met"), Say("The file says that the IEP does not plan for adult life."),
            f"{MEASURE} B-13",
        ),
        Number(
            "cannot_tell", Say("Cannot tell"),
            Say("Dates do not show what the goals say. Somebody must read the IEP."), f"{MEASURE} B-13",
        ),
    ),
)  # fmt: skip
