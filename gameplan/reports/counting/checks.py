"""The edit checks in words: what each says of a child, and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from gameplan.core.words import Say


@dataclass(frozen=True, slots=True)
class Check:
    """One edit check: its id, what it says, how to mend it. `is_grave`: a number is wrong until it is mended."""

    id: str
    says: Say
    mend: Say
    is_grave: bool = False


CHECKS: Final[Mapping[str, Check]] = {
    one.id: one
    for one in (
        Check(
            "no-age",
            Say("The child’s birthday is not known, so the child is in no file."),
            Say("Write the birthday into the roster or the child’s page."),
            is_grave=True,
        ),
        Check(
            "no-kindergarten",
            Say(
                "The child is 5, and it is not known if the child is in kindergarten. So the child is in neither count."
            ),
            Say("Write the grade into the roster: KG for kindergarten, PK before it."),
            is_grave=True,
        ),
        Check(
            "too-old",
            Say("The child has a plan in force, and is younger than 3 or older than 21. So the child is in no count."),
            Say("Look at the birthday. If it is right, end the plan."),
            is_grave=True,
        ),
        Check(
            "no-consent",
            Say(
                "A plan is in force, and nothing says that the parents agreed to first services. So the "
                "child is not counted."
            ),
            Say("Record the permission for first services with its day."),
            is_grave=True,
        ),
        Check(
            "no-disability",
            Say("The plan and the eligibility decision name no disability that the files know."),
            Say("Choose the disability in the plan, or in the eligibility decision."),
        ),
        Check(
            "delay-too-old",
            Say("Developmental delay is for children of 3 to 9. This child is older."),
            Say("Choose another disability at the next evaluation, or look at the birthday."),
            is_grave=True,
        ),
        Check(
            "delay-at-exit",
            Say("The file of those who leave takes no developmental delay."),
            Say("Choose the disability of the last eligibility decision."),
        ),
        Check(
            "no-race",
            Say(
                "The answers do not give one of the seven groups. Both questions are needed: Hispanic or "
                "Latino, and race."
            ),
            Say("Ask the family again, and write both answers into the roster."),
        ),
        Check(
            "no-sex",
            Say("The sex is not known as F or M."),
            Say("Write it into the roster."),
        ),
        Check(
            "no-english-learner",
            Say("It is not known if the child is an English learner."),
            Say("Write it into the roster."),
        ),
        Check(
            "no-environment",
            Say("The plan does not say where the child is taught in a way that can be counted."),
            Say(
                "Write into the plan: the placement, the minutes of the school week, and the minutes "
                "apart from children without disabilities."
            ),
        ),
        Check(
            "environment-of-school-age",
            Say("The place of teaching is one for school age, and the child is counted as a young child."),
            Say("Look at age and grade, or record the place for young children."),
            is_grave=True,
        ),
        Check(
            "environment-of-young",
            Say("The place of teaching is one for young children, and the child is counted at school age."),
            Say("Look at age and grade, or record the place for school age."),
            is_grave=True,
        ),
        Check(
            "no-district-number",
            Say("The child’s district has no number."),
            Say("Give the district its number."),
            is_grave=True,
        ),
        Check(
            "no-school-number",
            Say("The child’s school has no number, so the child is in no file by school."),
            Say("Give the school its number."),
        ),
        Check(
            "twice",
            Say("Another case has the same State number of the child. The child may be counted twice."),
            Say("Look at both cases. If they are one child, put them together; else correct the number."),
            is_grave=True,
        ),
        Check(
            "removal-without-plan",
            Say("The child was removed while no plan was in force. That removal is not counted."),
            Say("If the child had an IEP then, record from when. If not, nothing is to be done."),
        ),
        Check(
            "removal-days-open",
            Say("The days of a removal are not known well enough to say in which group they belong."),
            Say("Write down on which days the child was out, and if the half days count."),
        ),
        Check(
            "removal-reason-open",
            Say(
                "The school moved the child to an interim setting, and the reason is not known: drugs, a "
                "weapon, or serious injury."
            ),
            Say("Record the conduct with its special reason."),
        ),
        Check(
            "expelled-services-open",
            Say("The child was expelled, and it is not known if there was teaching meanwhile."),
            Say("Record services on days of removal."),
        ),
        Check(
            "exit-reason-open",
            Say("The child left special education, and the way is none that the file knows."),
            Say("Record why services ended."),
        ),
        Check(
            "plan-after-exit",
            Say("The child left special education, and a plan still stands in force after that day."),
            Say("End the plan, or correct the exit."),
            is_grave=True,
        ),
    )
}
"""Every edit check of a child, by its id."""
