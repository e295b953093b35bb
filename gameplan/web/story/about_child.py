"""The questions about the child."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gameplan.web.forms.story import BornForm, GradeForm, NameForm, SchoolForm, StateForm
from gameplan.web.story.screens import ChildScreen

SCREENS = (
    ChildScreen(
        slug="name", form=NameForm, lead="name", columns=("name",),
        question=_("What should we call your child?"),
        why=_("So that the pages and letters can name your child. It stays on this computer."),
        next=_("A few more short questions. You can skip any of them."),
    ),
    ChildScreen(
        slug="born", form=BornForm, lead="born", columns=("born",),
        question=_("When was your child born?"),
        why=_("Some rules depend on age."),
        next=_("We ask where the school is."),
    ),
    ChildScreen(
        slug="state", form=StateForm, lead="state", columns=("state",),
        question=_("In which State is the school?"),
        why=_("Each State has its own time limits beside the federal ones."),
        next=_("We use the rules of your State from here on."),
    ),
    ChildScreen(
        slug="grade", form=GradeForm, lead="grade", columns=("grade",),
        question=_("Which grade is your child in?"),
        why=_("Letters to the school name it."),
        next=_("We ask for the school."),
    ),
    ChildScreen(
        slug="school", form=SchoolForm, lead="", columns=("school", "district"),
        question=_("Which school does your child go to?"),
        why=_("Letters are written to the school and the district."),
        next=_("Now we ask what has happened so far."),
    ),
)  # fmt: skip
