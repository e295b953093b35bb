"""How counts and lists lie in the database. Read by `doors`, changed by `taking_counts` and `lists`."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from gameplan.cases.models import Case
from gameplan.people.models import Organisation


class Count(models.Model):
    """One count of a place: the children as they were on a day, kept so that a number can be looked behind later.

    `until`: nothing that happened after it was read. `read_to`: the id of the last case that was read, so that a count
    of many children goes on where it stopped. `children`: how many were read. `made_as`: the role of who took it.
    """

    class State(models.TextChoices):
        WAITING = "waiting"  # not all children are read yet
        DONE = "done"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="child_counts")
    on = models.DateField()
    until = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    read_to = models.UUIDField(null=True, editable=False)
    children = models.PositiveIntegerField(default=0)
    made_by = models.CharField(max_length=120, blank=True, default="")
    made_as = models.CharField(max_length=40, blank=True, default="")
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("-made_at", "id")
        indexes = (
            models.Index(fields=("place", "-made_at"), name="counts_of_a_place"),
            models.Index(fields=("state", "made_at"), name="counts_by_state"),
        )

    def __str__(self) -> str:
        return f"count of {self.place_id} on {self.on}"


class CountedChild(models.Model):
    """One child of a count, as `counting.counted.Counted` has it. It goes with the case.

    `lea`, `school`: the numbers of the child's places. `student`: the child's number of the State; a child of whom
    there are two cases is found by it.
    """

    count = models.ForeignKey(Count, on_delete=models.CASCADE, related_name="counted_children")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    data = models.JSONField()
    lea = models.TextField(blank=True, default="")
    school = models.TextField(blank=True, default="")
    student = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("count", "case"), name="one_row_a_child_and_count"),)
        indexes = (
            models.Index(fields=("count", "lea", "school"), name="counted_children_of_a_unit"),
            models.Index(fields=("count", "student"), name="counted_children_by_number"),
        )

    def __str__(self) -> str:
        return f"{self.case_id} in {self.count_id}"


class CountedIn(models.Model):
    """One time that a child is counted in a file, with the code of each category: what a page adds up and looks behind.

    It is worked out once, when the child is read, and goes with the child.
    """

    count = models.ForeignKey(Count, on_delete=models.CASCADE, related_name="+")
    child = models.ForeignKey(CountedChild, on_delete=models.CASCADE, related_name="counted_in")
    file = models.CharField(max_length=10)
    codes = models.JSONField()

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("count", "file"), name="counted_in_a_file"),)

    def __str__(self) -> str:
        return f"{self.child_id} in {self.file}"


class CountedFault(models.Model):
    """Something that is wrong or open of a counted child: the check, and the files in which it matters, with spaces.

    What is wrong of two children together is not here: it ends when one of them goes.
    """

    count = models.ForeignKey(Count, on_delete=models.CASCADE, related_name="+")
    child = models.ForeignKey(CountedChild, on_delete=models.CASCADE, related_name="faults")
    check_id = models.CharField(max_length=40)
    files = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("count", "check_id"), name="counted_faults_of_a_check"),)

    def __str__(self) -> str:
        return f"{self.check_id} of {self.child_id}"


class ListKept(models.Model):
    """A list of children that somebody put together: which columns, which filters.

    It keeps no child: whoever opens it sees the children that they may see. `is_shared`: others who may see every
    child of the place find it too.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="lists_kept")
    name = models.CharField(max_length=120)
    columns = models.JSONField(default=list)
    filters = models.JSONField(default=dict)
    is_shared = models.BooleanField(default=False)
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("name", "id")
        indexes = (models.Index(fields=("place", "made_by"), name="lists_of_a_place"),)

    def __str__(self) -> str:
        return self.name
