"""A notice is held against the trail; sending and opening speak of it, and are not taken for how it lies there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from gameplan.cases.models import Case
from gameplan.notices import opening
from gameplan.notices.models import Delivery, Edition, Notice
from gameplan.notices.proofs import What
from tests.trail.conftest import found_in, remove, set_column, undone


def test_a_notice_that_was_sent_and_opened_is_whole_and_a_changed_one_shows(
    notice: Notice, send: Callable[..., Delivery], at_home: Case
) -> None:
    send(notice.about, "portal")
    mine = opening.mine(at_home, notice.about)
    assert mine
    leaf = opening.leaf_for(opening.paper_delivered(mine, at_home), mine)
    opening.note(mine, What.OPENED, leaf, by=at_home.reader, on=date(2025, 9, 30))
    found = found_in(at_home.pk)
    assert (found.findings, found.unknown) == ((), ())
    edition = Edition.objects.get()
    with undone():
        set_column(edition, Edition._meta.get_field("text"), "We propose nothing.")
        assert [one.about for one in found_in(at_home.pk).findings] == ["edition:n1/en"]
    with undone():
        remove(edition)
        assert [one.what for one in found_in(at_home.pk).findings] == ["missing"]
