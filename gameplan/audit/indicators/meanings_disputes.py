"""What each number of the tables about disputes is called, what it means, and where that stands."""

from __future__ import annotations

from typing import Final

from gameplan.audit.indicators.meanings import CHILD_FIND, EARLY_CHILDHOOD, MEASURE, TRANSITION, Number, Section
from gameplan.core.words import Say

COUNTS: Final = "IDEA §\u00a0618"

STATE_COMPLAINTS: Final = Section(
    table="state_complaints",
    title=Say("Complaints to the State"),
    asks=Say("The State must answer a written complaint within 60 days. Two reasons give it more time."),
    formula=Say("100 times the reports in time, divided by all reports and those overdue"),
    cite=f"34 CFR 300.151-300.153; {COUNTS}, A",
    size="filed",
    percent=("percent_lowest", "percent_highest"),
    ends=("reports_in_60_days", "reports_in_extended_time", "reports_late", "pending", "overdue", "cannot_tell"),
    columns=("filed", "reports", "reports_in_60_days", "reports_in_extended_time", "reports_late", "pending",
             "overdue", "cannot_tell"),
    numbers=(
        Number("filed", Say("Complaints filed"), Say("Filed in this period, written and signed."), f"{COUNTS}, 1"),
        Number("reports", Say("Reports issued"), Say("The State has decided in writing."), f"{COUNTS}, 1.1"),
        Number(
            "reports_with_findings", Say("Reports that found a fault"), Say("The State found that a rule was broken."),
            f"{COUNTS}, 1.1(a)",
        ),
        Number(
            "reports_in_60_days", Say("Reports within 60 days"),
            Say("Within 60 days after the State received the complaint."), f"34 CFR 300.152(a); {COUNTS}, 1.1(b)",
        ),
        Number(
            "reports_in_extended_time", Say("Reports within extended time"),
            Say("Later than 60 days, but within time that was rightly added."),
            f"34 CFR 300.152(b)(1), (c)(1); {COUNTS}, 1.1(c)",
        ),
        Number("reports_late", Say("Reports too late"), Say("Later than any time that was added."), "34 CFR 300.152"),
        Number("pending", Say("Open, time still runs"), Say("Not decided, and not yet due."), f"{COUNTS}, 1.2"),
        Number(
            "pending_hearing", Say("Of these: waiting for a hearing"),
            Say("Set aside, since a hearing is about the same matter."), f"34 CFR 300.152(c)(1); {COUNTS}, 1.2(a)",
        ),
        Number("overdue", Say("Open and overdue"), Say("Not decided, and the last day has passed."), "34 CFR 300.152"),
        Number("cannot_tell", Say("Cannot tell"), Say("The files do not settle how the complaint stands."), ""),
        Number(
            "withdrawn", Say("Withdrawn or dismissed"),
            Say("The files have no word for this. Such a complaint stands as open or overdue here."),
            f"{COUNTS}, 1.3",
        ),
    ),
)  # fmt: skip

DUE_PROCESS: Final = Section(
    table="due_process",
    title=Say("Hearings and meetings to settle (B-15)"),
    asks=Say(
        "After a due process complaint the school must hold a meeting to settle it within 15 days. If that fails, "
        "a decision is due 45 days after the time to settle is over. Fast hearings about discipline count here too."
    ),
    formula=Say("B-15: 100 times the written settlements, divided by the meetings to settle that were held"),
    cite=f"34 CFR 300.510, 300.515(a); {COUNTS}, C; {MEASURE} B-15",
    size="filed",
    percent=("b15_percent_lowest", "b15_percent_highest"),
    ends=("decided_in_45_days", "decided_in_extended_time", "decided_late", "decided_time_cannot_tell", "closed",
          "pending", "overdue", "cannot_tell"),
    columns=("filed", "meetings", "settlements", "decided", "decided_in_45_days", "decided_in_extended_time",
             "decided_late", "closed", "pending", "overdue", "cannot_tell"),
    numbers=(
        Number("filed", Say("Complaints filed"), Say("Due process complaints filed in this period."), f"{COUNTS}, 3"),
        Number("filed_expedited", Say("Of these: fast"), Say("They are about discipline."), f"{COUNTS}, 4"),
        Number(
            "meetings", Say("Meetings to settle held"), Say("The file shows the meeting, or a settlement made there."),
            f"34 CFR 300.510(a); {COUNTS}, 3.1",
        ),
        Number(
            "meetings_in_time", Say("Of these: in time"),
            Say("Within 15 days after the school got the complaint, or 7 days if it is fast."),
            "34 CFR 300.510(a)(1), 300.532(c)(3)(i)",
        ),
        Number(
            "meetings_late", Say("Of these: too late"),
            Say("After those days."), "34 CFR 300.510(a)(1), 300.532(c)(3)(i)",
        ),
        Number(
            "meetings_time_cannot_tell", Say("Of these: on a day not known"),
            Say("Only the settlement is in the file."), "",
        ),
        Number(
            "meetings_overdue", Say("Meetings overdue"), Say("The last day has passed, and no meeting is in the file."),
            "34 CFR 300.510(a)(1)",
        ),
        Number(
            "meetings_not_needed", Say("Meetings not needed"),
            Say("Both sides agreed in writing to skip it or to mediate, or the complaint ended before."),
            "34 CFR 300.510(a)(3)",
        ),
        Number("meetings_cannot_tell", Say("Meetings: cannot tell"), Say("The files do not say enough."), ""),
        Number(
            "settlements", Say("Written settlements"), Say("Signed after a meeting to settle, and not undone since."),
            f"34 CFR 300.510(d), (e); {COUNTS}, 3.1(a)",
        ),
        Number("decided", Say("Hearings decided"), Say("An officer has decided the case."), f"{COUNTS}, 3.2"),
        Number(
            "decided_in_45_days", Say("Decided within the time"),
            Say("Within 45 days after the time to settle. "
                "A fast case: held within 20 school days, decided within 10 more."),
            f"34 CFR 300.515(a), 300.532(c)(2); {COUNTS}, 3.2(a)",
        ),
        Number(
            "decided_in_extended_time", Say("Decided within extended time"),
            Say("By a day that the officer set because one side asked for it."), f"34 CFR 300.515(c); {COUNTS}, 3.2(b)",
        ),
        Number("decided_late", Say("Decided too late"),
        Say("After the last day, with any time added."), "34 CFR 300.515"),
        Number(
            "decided_time_cannot_tell", Say("Decided, cannot tell if in time"),
            Say("The last day is known only as a range."), "",
        ),
        Number(
            "closed", Say("Ended without a decision"), Say("Withdrawn, dismissed or settled."), f"{COUNTS}, 3.4",
        ),
        Number("pending", Say("Open, time still runs"), Say("Not decided, and not yet due."), f"{COUNTS}, 3.3"),
        Number("overdue", Say("Open and overdue"),
        Say("Not decided, and the last day has passed."), "34 CFR 300.515(a)"),
        Number("cannot_tell", Say("Cannot tell"), Say("The files do not settle how the complaint stands."), ""),
    ),
)  # fmt: skip

EXPEDITED: Final = Section(
    table="expedited_hearings",
    title=Say("Fast hearings about discipline"),
    asks=Say(
        "A fast hearing must be held within 20 school days after the complaint, and decided within 10 school days "
        "after the hearing. Nobody may put it off."
    ),
    formula=None,
    cite=f"34 CFR 300.532(c); {COUNTS}, D",
    size="filed",
    columns=("filed", "meetings", "held", "held_in_20_school_days", "held_late", "decided",
             "decided_in_10_school_days", "decided_late", "overdue", "cannot_tell"),
    numbers=(
        Number("filed", Say("Fast complaints filed"), Say("Filed in this period, about discipline."), f"{COUNTS}, 4"),
        Number(
            "meetings", Say("Meetings to settle held"), Say("The file shows the meeting, or a settlement made there."),
            f"34 CFR 300.532(c)(3); {COUNTS}, 4.1",
        ),
        Number(
            "settlements", Say("Written settlements"), Say("Signed after a meeting to settle, and not undone since."),
            f"{COUNTS}, 4.1(a)",
        ),
        Number("held", Say("Hearings held"), Say("The file shows the hearing."), "34 CFR 300.532(c)(2)"),
        Number(
            "held_in_20_school_days", Say("Held in time"), Say("Within 20 school days after the complaint was filed."),
            "34 CFR 300.532(c)(2)",
        ),
        Number("held_late", Say("Held too late"), Say("After those 20 school days."), "34 CFR 300.532(c)(2)"),
        Number("decided", Say("Hearings decided"), Say("An officer has decided the case."), f"{COUNTS}, 4.2"),
        Number(
            "decided_in_10_school_days", Say("Decided in time"), Say("Within 10 school days after the hearing."),
            "34 CFR 300.532(c)(2)",
        ),
        Number("decided_late", Say("Decided too late"), Say("After those 10 school days."), "34 CFR 300.532(c)(2)"),
        Number(
            "placement_changed", Say("Another setting ordered"),
            Say("After the complaint, an officer ordered another setting for a while."),
            f"34 CFR 300.532(b)(2)(ii); {COUNTS}, 4.2(a)",
        ),
        Number("closed", Say("Ended without a decision"), Say("Withdrawn, dismissed or settled."), f"{COUNTS}, 4.4"),
        Number("pending", Say("Open, time still runs"), Say("Not decided, and not yet due."), f"{COUNTS}, 4.3"),
        Number("overdue", Say("Open and overdue"), Say("The last day has passed."), "34 CFR 300.532(c)(2)"),
        Number("cannot_tell", Say("Cannot tell"), Say("Something is missing, such as a school calendar."), ""),
    ),
)  # fmt: skip

MEDIATION: Final = Section(
    table="mediation",
    title=Say("Mediation (B-16)"),
    asks=Say("Both sides may ask a neutral person to help them agree. It is free, and nobody must take part."),
    formula=Say("B-16: 100 times the agreements, divided by the mediations held"),
    cite=f"34 CFR 300.506; {COUNTS}, B; {MEASURE} B-16",
    size="asked",
    percent=("b16_percent_lowest", "b16_percent_highest"),
    columns=("asked", "held", "held_about_due_process", "agreed_about_due_process", "held_other", "agreed_other",
             "pending", "not_held"),
    numbers=(
        Number("asked", Say("Requests"), Say("Mediation was asked for in this period."), f"{COUNTS}, 2"),
        Number("held", Say("Mediations held"), Say("The file shows a session or an agreement."), f"{COUNTS}, 2.1"),
        Number(
            "held_about_due_process", Say("Of these: while a complaint was open"),
            Say("A due process complaint of the same child was open when mediation was asked for."),
            f"{COUNTS}, 2.1(a)",
        ),
        Number(
            "agreed_about_due_process", Say("Agreements while a complaint was open"),
            Say("The mediation ended with an agreement."), f"{COUNTS}, 2.1(a)(i)",
        ),
        Number("held_other", Say("Of these: with no complaint open"), Say("All others."), f"{COUNTS}, 2.1(b)"),
        Number(
            "agreed_other", Say("Agreements with no complaint open"), Say("The mediation ended with an agreement."),
            f"{COUNTS}, 2.1(b)(i)",
        ),
        Number("pending", Say("Not yet held"), Say("Asked for, and the file shows no session yet."), f"{COUNTS}, 2.2"),
        Number("not_held", Say("Not held"), Say("It was called off before a session."), f"{COUNTS}, 2.3"),
    ),
)  # fmt: skip

SECTIONS: Final = (CHILD_FIND, EARLY_CHILDHOOD, TRANSITION, STATE_COMPLAINTS, DUE_PROCESS, EXPEDITED, MEDIATION)
"""Every part of the report, in its order."""
