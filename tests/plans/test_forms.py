"""Forms are read strictly, and a State's form is laid over the federal one."""

from __future__ import annotations

from pathlib import Path

import pytest

from gameplan.law.contents import NoSuchEntry, content_list
from gameplan.plans.form_files import FormError, form, form_for, forms, read_forms
from gameplan.plans.forms import ROWS

STATE = """
id = "iep-zz"
name = "IEP of a State"
kind = "iep"
state = "ZZ"
extends = "iep"

[[relabel]]
id = "strengths"
label = "Gifts"

[[section]]
id = "zz-committee"
title = "The committee"
after = "team"

[[section.field]]
id = "zz-chair"
label = "Who leads the committee"
type = "line"

[[add]]
section = "goals"

[[add.field]]
id = "zz-critical"
label = "Critical skills"
type = "rows"
like = "benchmarks"
after = "benchmarks"

[[widen]]
field = "special-education"

[[widen.column]]
id = "zz-setting"
label = "Setting"
type = "line"
after = "place"

[[item]]
id = "chair"
text = "Who leads the committee"
need = "always"
cite = "Code of ZZ 1"
confidence = "low"

[[shows]]
item = "form.chair"
all = "zz-chair"
"""


def test_every_form_of_the_house_is_read() -> None:
    assert {"iep"} <= forms().keys()


def test_the_federal_iep_shows_every_item_that_the_law_lists() -> None:
    shown = {one.item for one in form("iep").shows}
    for name in ("iep", "iep-team-considers"):
        assert {f"{name}.{item.id}" for item in content_list(name).items} <= shown


def test_a_state_adds_what_differs_and_keeps_the_rest(tmp_path: Path) -> None:
    (tmp_path / "zz.toml").write_text(STATE)
    made = read_forms(tmp_path, forms())["iep-zz"]

    names = [one.id for one in made.sections]
    assert names[names.index("team") + 1] == "zz-committee"
    assert made.field("strengths").label == "Gifts"
    fields = [one.id for one in made.section("goals").fields]
    assert fields[fields.index("benchmarks") + 1] == "zz-critical"
    assert made.field("zz-critical").columns == made.field("benchmarks").columns
    assert {one.id for one in form("iep").fields()} < {one.id for one in made.fields()}


def test_a_state_widens_a_field_of_rows_and_those_that_are_like_it(tmp_path: Path) -> None:
    (tmp_path / "zz.toml").write_text(STATE)
    made = read_forms(tmp_path, forms())["iep-zz"]
    for name in ("special-education", "related-services", "esy-services"):
        columns = [one.id for one in made.field(name).columns]
        assert columns[columns.index("place") + 1] == "zz-setting"
    assert form("iep").field("special-education").column("zz-setting") is None


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    broken = STATE.replace('id = "strengths"', 'id = "strenghts"').replace('section = "goals"', 'section = "gaols"')
    broken = broken.replace('field = "special-education"', 'field = "strengths"')
    (tmp_path / "zz.toml").write_text(broken.replace('all = "zz-chair"', 'all = "zz-chairs"'))

    with pytest.raises(FormError) as told:
        read_forms(tmp_path, forms())

    said = str(told.value)
    assert all(word in said for word in ("relabel strenghts", "add gaols", "widen strengths", "zz-chairs", "zz.toml"))


def test_a_word_that_is_not_in_the_schema_is_refused_with_the_nearest_one(tmp_path: Path) -> None:
    (tmp_path / "zz.toml").write_text(STATE.replace('type = "line"', 'tipe = "line"'))
    with pytest.raises(FormError, match='Did you mean "type"'):
        read_forms(tmp_path, forms())


def test_a_form_that_extends_nothing_known_is_refused(tmp_path: Path) -> None:
    (tmp_path / "zz.toml").write_text(STATE.replace('extends = "iep"', 'extends = "ipe"'))
    with pytest.raises(FormError, match="there is no form “ipe”"):
        read_forms(tmp_path, forms())


def test_a_list_that_may_be_empty_on_purpose_has_a_field_that_says_so() -> None:
    for one in form("iep").fields():
        if one.type == ROWS and one.none:
            assert form("iep").field(f"{one.id}-none").type == "yes-no"


def test_a_state_without_a_form_here_gets_the_federal_one() -> None:
    assert form_for("iep", "QQ") is form("iep")
    assert form_for("iep", "") is form("iep")


def test_an_unknown_form_or_field_names_the_nearest_one() -> None:
    with pytest.raises(NoSuchEntry, match="Did you mean “iep”"):
        form("iepp")
    with pytest.raises(NoSuchEntry, match="Did you mean “strengths”"):
        form("iep").field("strength")
