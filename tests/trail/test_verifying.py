"""Verifying the trail: what each finding says, what cannot be found, and what a kept end adds."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from gameplan.cases import trail, verbs, verifying
from gameplan.cases.doors import case_for, note_access
from gameplan.cases.models import Access, Case
from gameplan.cases.named import kinds
from gameplan.cases.people import HOME, Person
from gameplan.cases.verifying import Head, Verdict, head_of, verdicts
from gameplan.core.facts import Child
from gameplan.core.words import ENGLISH
from gameplan.planning.models import Version
from tests.trail.conftest import Check, found_in, remove, set_column

AGREED_ON = {"case", "merging", "school"}
"""Named with the digest of what was agreed on then; nothing lies in the tables under that name."""
PACKAGE = Path(verbs.__file__).parents[1]


def said(verdict: Verdict) -> list[str]:
    return [ENGLISH.say(one.say) for one in verdict.findings]


def row(case: Case, number: int) -> Access:
    return Access.objects.get(case_id=case.pk, number=number)


def set_head(case: Case, head: Head) -> None:
    """Set the case back, as somebody would who cuts the trail."""
    Case.objects.filter(pk=case.pk).update(trail_count=head.number, trail_head=head.hash)


def rewrite(case: Case, changed: Access) -> None:
    """Write the chain anew from a changed row on, as somebody would who knows how it is made."""
    before = changed.before
    for one in Access.objects.filter(case_id=case.pk, number__gte=changed.number).order_by("number"):
        one = changed if one.number == changed.number else one
        one.before = before
        before = trail.hash_of(one)
        for name, value in (("person", one.person), ("before", one.before), ("hash", before)):
            set_column(one, Access._meta.get_field(name), value)
    set_head(case, Head(head_of(case).number, before))


def test_a_row_changed_in_the_middle_is_named(case: Case, check: Check) -> None:
    set_column(row(case, 3), Access._meta.get_field("person"), "somebody-else")
    assert said(check()) == ["Row 3 of the trail was changed after it was written."]
    assert [(one.about, one.since) for one in check().findings] == [("row:3", 3)]


def test_a_changed_row_with_a_new_hash_breaks_the_chain(case: Case, check: Check) -> None:
    changed = row(case, 3)
    changed.person = "somebody-else"
    set_column(changed, Access._meta.get_field("person"), changed.person)
    set_column(changed, Access._meta.get_field("hash"), trail.hash_of(changed))
    assert said(check()) == ["Row 4 of the trail does not follow from the row before it."]


def test_rows_removed_in_the_middle_are_named(case: Case, check: Check) -> None:
    for number in (3, 4):
        remove(row(case, number))
    assert "Rows 3 to 4 of the trail are missing." in said(check())


def test_a_removed_end_is_named(case: Case, check: Check) -> None:
    last = head_of(case).number
    remove(row(case, last))
    assert f"Row {last} of the trail is missing." in said(check())


def test_a_removed_end_shows_by_what_it_named_even_if_the_case_was_set_back(case: Case, check: Check) -> None:
    last = head_of(case)
    assert row(case, last.number).about == "step:p1/1"
    remove(row(case, last.number))
    set_head(case, Head(last.number - 1, row(case, last.number - 1).hash))
    assert said(check()) == ["The step of a plan p1/1 is not named in the trail: it was added past the program."]


def test_an_end_that_named_nothing_shows_only_by_what_was_kept_elsewhere(case: Case, check: Check) -> None:
    note_access(case.pk, HOME, "share")
    kept = head_of(case)
    remove(row(case, kept.number))
    set_head(case, Head(kept.number - 1, row(case, kept.number - 1).hash))
    assert check().findings == ()
    (verdict,) = verdicts(case.pk, kept)
    assert said(verdict) == [f"Row {kept.number} is not the one whose hash was kept elsewhere."]


def test_a_chain_written_anew_shows_only_by_what_was_kept_elsewhere(case: Case, check: Check) -> None:
    kept = head_of(case)
    changed = row(case, 1)
    changed.person = "somebody-else"
    rewrite(case, changed)
    assert check().findings == ()
    (verdict,) = verdicts(case.pk, kept)
    assert [one.about for one in verdict.findings] == ["kept-head"]


def test_a_kept_end_still_holds_when_the_trail_has_grown(case: Case) -> None:
    kept = head_of(case)
    note_access(case.pk, HOME, "share")
    (verdict,) = verdicts(case.pk, Head.read(str(kept)))
    assert (verdict.findings, verdict.head.number) == ((), kept.number + 1)


@pytest.mark.parametrize("text", ["", "12", "12:", "x:" + "0" * 64, "12:" + "g" * 64, "12:abc"])
def test_a_head_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="NUMBER:HASH"):
        Head.read(text)


def test_a_case_without_a_trail_is_named(case: Case, check: Check) -> None:
    Access._base_manager.filter(case_id=case.pk).delete()
    set_head(case, Head(0, ""))
    assert "This case has no trail any more." in said(check())


def test_a_trail_without_a_case_is_named(case: Case) -> None:
    remove(case)
    assert [said(one) for one in verdicts()] == [["There is a trail, but the case itself is gone."]]
    assert said(found_in(case.pk)) == ["There is a trail, but the case itself is gone."]


def test_a_case_that_is_not_there_is_said(case: Case) -> None:
    verbs.delete_case(case_for(HOME, case.pk), by=HOME)
    assert list(verdicts()) == []
    with pytest.raises(LookupError):
        list(verdicts(case.pk))


def test_what_cannot_be_read_hides_no_other_case(case: Case, mother: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    other = verbs.start_case(mother, child=Child(name="Ben"))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_entry SET written_in = %s", ["7"])
    found = {one.case: one for one in verdicts()}
    assert [one.what for one in found[case.pk].findings] == [verifying.UNREAD]
    assert found[other.pk].findings == ()


def test_cases_are_read_a_few_at_a_time(case: Case, mother: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verifying, "AT_ONCE", 2)
    others = [verbs.start_case(mother, child=Child(name=name)) for name in ("Ben", "Cem", "Dia")]
    found = list(verdicts())
    assert [one.case for one in found] == sorted(one.pk for one in (case, *others))
    assert not any(one.findings for one in found)


def test_a_case_that_grows_while_it_is_read_is_read_again(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    read = verifying._Chain.close
    once = iter([True])

    def close(chain: verifying._Chain, told: Head) -> None:
        read(chain, told)
        if next(once, False):
            note_access(case.pk, HOME, "share")
            chain._missing(1, 1)

    monkeypatch.setattr(verifying._Chain, "close", close)
    assert found_in(case.pk).findings == ()


def test_rows_from_before_there_was_a_trail_are_counted_and_not_blamed(case: Case) -> None:
    entry = Access.objects.get(case_id=case.pk, about="fact:f2")
    entry.about = entry.digest = ""
    for name in ("about", "digest"):
        set_column(entry, Access._meta.get_field(name), "")
    rewrite(case, entry)
    assert (found_in(case.pk).findings, found_in(case.pk).older) == ((), 1)


def test_a_trail_that_names_only_what_a_row_says_holds_too(case: Case) -> None:
    named = Access.objects.get(case_id=case.pk, about="version:p1/1")
    named.digest = Version.objects.get().sha256
    set_column(named, Access._meta.get_field("digest"), named.digest)
    rewrite(case, named)
    assert found_in(case.pk).findings == ()


def test_every_name_in_the_trail_is_of_a_kind_that_can_be_checked() -> None:
    known = {one.id for one in kinds()} | {one.many for one in kinds()}
    used = {(name, path.name) for path in sorted(PACKAGE.rglob("*.py")) for name in names_in(path)}
    assert {"fact", "paper", "pin", "sending", "step", "version"} <= {name for name, _ in used}
    assert sorted((name, module) for name, module in used if name not in {*known, *AGREED_ON}) == []


def names_in(path: Path) -> Iterator[str]:
    """The kinds of which a module names rows together with their digest: in `note_access`, or by an `about_...`."""
    text = path.read_text()
    if "note_access" not in text and "def about_" not in text:
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "note_access":
            said = {keyword.arg: keyword.value for keyword in node.keywords}
            yield from _prefix(said.get("about")) if "digest" in said else ()
        if isinstance(node, ast.FunctionDef) and node.name.startswith("about_"):
            yield from (name for one in ast.walk(node) if isinstance(one, ast.Return) for name in _prefix(one.value))


def _prefix(said: ast.expr | None) -> Iterator[str]:
    if isinstance(said, ast.JoinedStr) and isinstance(said.values[0], ast.Constant):
        yield str(said.values[0].value).partition(":")[0]
