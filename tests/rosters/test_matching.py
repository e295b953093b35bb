"""Two children are never taken for one: twins, same names, changed names, ids used again, children who move."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gameplan.people.refusals import Refused
from gameplan.rosters.deciding import decide
from gameplan.rosters.models import Line, Pupil, Take
from gameplan.rosters.taking import take_in
from gameplan.rosters.undoing import undo
from tests.rosters.conftest import Given
from tests.rosters.made import ANA, BEN, CHILDREN, TWINS, Child, changed, oneroster
from tests.rosters.test_taking import pupil, rows

MAX, LEO = TWINS
OTHERS = [BEN, *TWINS]


def unclear(take: Take) -> list[tuple[str, str]]:
    """The ids and reasons of what only a person can decide."""
    return list(Line.objects.filter(take=take, kind="unclear").values_list("sourced_id", "reason"))


def only_line(take: Take) -> Line:
    return Line.objects.get(take=take, kind="unclear")


def test_a_changed_name_is_the_same_child(bring: Given) -> None:
    bring(oneroster())
    key = pupil("u1").pk
    take = bring(oneroster([changed(ANA, family="Lopez-Diaz"), *OTHERS]))
    assert (pupil("u1").pk, pupil("u1").family, take.counts["pupil changed"]) == (key, "Lopez-Diaz", 1)


def test_a_corrected_birth_date_is_the_same_child(bring: Given) -> None:
    bring(oneroster())
    bring(oneroster([changed(ANA, born="2015-03-05"), *OTHERS]))
    assert Pupil.objects.count() == len(CHILDREN)


def test_an_id_that_is_used_again_is_not_the_same_child(bring: Given, preview: Given) -> None:
    bring(oneroster())
    new = Child("u1", "Omar", "Walker", "2017-09-09", state_id="911111")
    take = preview(oneroster([new, *OTHERS]))
    assert unclear(take) == [("u1", "reused-id")]
    assert take.counts["pupil gone"] == 1
    before = rows()
    undecided = take_in(take, by="")
    assert rows() == before, "nobody said who it is, so all stays as it was"
    undo(undecided, by="")
    take = preview(oneroster([new, *OTHERS]))
    decide(take, only_line(take).pk, same_as=None, by="x")
    done = take_in(take, by="")
    assert (pupil("u1").given, Pupil.objects.filter(sourced_id="u1").count()) == ("Omar", 2)
    assert not Pupil.objects.get(given="Ana").active
    undo(done, by="")
    assert rows() == before


def test_a_person_may_say_that_it_is_the_same_child_after_all(bring: Given, preview: Given) -> None:
    bring(oneroster())
    key = pupil("u1").pk
    take = preview(oneroster([Child("u1", "Anna", "Walker", "2015-03-05", state_id="900001"), *OTHERS]))
    decide(take, only_line(take).pk, same_as=key, by="x")
    take_in(take, by="")
    assert (pupil("u1").pk, pupil("u1").family, Pupil.objects.count()) == (key, "Walker", 4)


def test_twins_who_are_mixed_up_are_seen(bring: Given, preview: Given) -> None:
    bring(oneroster())
    before = rows()
    swapped = [changed(MAX, given="Leo", state_id=LEO.state_id), changed(LEO, given="Max", state_id=MAX.state_id)]
    take = preview(oneroster([ANA, BEN, *swapped]))
    assert [reason for _key, reason in unclear(take)] == ["reused-id", "reused-id"]
    only_names = [changed(MAX, given="Leo", state_id=""), changed(LEO, given="Max", state_id="")]
    take = preview(oneroster([ANA, BEN, *only_names]))
    assert unclear(take) == [("u3", "twins"), ("u4", "twins")]
    line = Line.objects.filter(take=take, kind="unclear")[0]
    with pytest.raises(Refused, match="has this name and birth date already"):
        decide(take, line.pk, same_as=None, by="x")
    take_in(take, by="")
    assert rows() == before


def test_two_children_of_one_name_and_birth_date_stay_two(bring: Given) -> None:
    bring(oneroster([ANA, changed(ANA, id="u9", state_id="900009", school="s2")]))
    take = bring(oneroster([ANA, changed(ANA, id="u9", state_id="900009", school="s2", grade="06")]))
    assert (Pupil.objects.count(), take.counts["pupil changed"]) == (2, 1)


def test_a_new_id_with_a_known_name_is_only_a_proposal(bring: Given, preview: Given) -> None:
    bring(oneroster())
    key = pupil("u1").pk
    take = preview(oneroster([changed(ANA, id="n1", state_id="", school="s2"), *OTHERS]))
    line = only_line(take)
    assert (line.reason, line.candidates) == ("name-and-birth", [str(key)])
    take_in(take, by="")
    assert pupil("u1").pk == key, "she is neither gone nor doubled while nobody has said who it is"


def test_said_to_be_the_same_she_keeps_her_row(bring: Given, preview: Given) -> None:
    bring(oneroster())
    before, key = rows(), pupil("u1").pk
    take = preview(oneroster([changed(ANA, id="n1", state_id="", school="s2"), *OTHERS]))
    decide(take, only_line(take).pk, same_as=key, by="x")
    done = take_in(take, by="")
    assert (pupil("n1").pk, Pupil.objects.count()) == (key, 4)
    undo(done, by="")
    assert rows() == before


def test_said_to_be_another_child_there_are_two(bring: Given, preview: Given) -> None:
    bring(oneroster())
    take = preview(oneroster([changed(ANA, id="n1", state_id=""), *OTHERS]))
    decide(take, only_line(take).pk, same_as=None, by="x")
    take_in(take, by="")
    assert (pupil("n1").given, Pupil.objects.get(sourced_id="u1").active) == ("Ana", False)


def test_the_state_number_finds_a_child_who_moves_inside_the_district(bring: Given) -> None:
    bring(oneroster())
    key = pupil("u1").pk
    take = bring(oneroster([changed(ANA, id="n1", school="s2"), *OTHERS]))
    assert (pupil("n1").pk, take.counts.get("pupil gone", 0), take.counts["pupil changed"]) == (key, 0, 1)


def test_the_state_number_of_another_child_is_unclear(bring: Given, preview: Given) -> None:
    bring(oneroster())
    take = preview(oneroster([changed(ANA, id="n1", given="Mia", born="2013-01-01"), *OTHERS]))
    assert unclear(take) == [("n1", "state-id")]


def test_a_child_is_not_chosen_twice(bring: Given, preview: Given) -> None:
    bring(oneroster())
    key = pupil("u1").pk
    doubled = [changed(ANA, id="n1", state_id=""), changed(ANA, id="n2", state_id="")]
    take = preview(oneroster([*doubled, *OTHERS]))
    first, second = Line.objects.filter(take=take, kind="unclear")
    decide(take, first.pk, same_as=key, by="x")
    with pytest.raises(Refused, match="another row in the file"):
        decide(take, second.pk, same_as=key, by="x")
    with pytest.raises(Http404):
        decide(take, second.pk, same_as=UUID(int=5), by="x")
    with pytest.raises(Http404):
        decide(take, 0, same_as=None, by="x")


CHILD = st.builds(
    Child,
    id=st.sampled_from(["u1", "u2", "u3", "u4", "u5"]),
    given=st.sampled_from(["Ana", "Max", "Leo"]),
    family=st.sampled_from(["Lopez", "Reed"]),
    born=st.sampled_from(["2015-03-04", "2016-06-06"]),
    school=st.sampled_from(["s1", "s2"]),
    state_id=st.sampled_from(["", "900001", "900002"]),
    grade=st.sampled_from(["05", "06"]),
)


def _different(children: list[Child]) -> bool:
    numbers = [one.state_id for one in children if one.state_id]
    return len({one.id for one in children}) == len(children) and len(set(numbers)) == len(numbers)


ROSTER = st.lists(CHILD, min_size=1, max_size=4).filter(_different)
QUICK = settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(first=ROSTER, second=ROSTER, shuffled=st.randoms(use_true_random=False))
@QUICK
def test_twice_is_once_undone_is_before_and_order_does_not_matter(
    bring: Given, preview: Given, first: list[Child], second: list[Child], shuffled: object
) -> None:
    Pupil.objects.all().delete()
    Take.objects.all().delete()
    bring(oneroster(first, staff=False))
    before = rows()
    done = bring(oneroster(second, staff=False))
    once = _told(rows())
    again = preview(oneroster(second, staff=False))
    assert not {"pupil added", "pupil changed"} & {key for key, count in again.counts.items() if count}
    take_in(again, by="")
    assert _told(rows()) == once
    undo(again, by="")
    undo(done, by="")
    assert rows() == before
    mixed = list(second)
    shuffled.shuffle(mixed)  # type: ignore[attr-defined]
    bring(oneroster(mixed, staff=False))
    assert _told(rows()) == once


def _told(found: dict[str, dict[str, object]]) -> list[str]:
    """The rows without the ids that are made anew each time."""
    return sorted(str(sorted(row.items(), key=str)) for row in found.values())
