"""The sample plans, written through the pages as a person would: field by field, row by row, saved as it goes.

What comes out as a file is what stands in the sample, but for the ids of the rows, which the program gives.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from gameplan.planning import samples
from gameplan.plans.forms import ROWS, Field, Section
from gameplan.plans.plan import Plan, plan_json
from gameplan.plans.plan_file import read_plan
from tests.drill import IS_DRILL
from tests.web.conftest import Serve
from tests.web.walking import PHONE, new_window

pytestmark = [pytest.mark.browser, pytest.mark.slow_process]

FOLDER = Path(samples.__file__).parent
Ids = dict[tuple[str, str], str]
PLANS = ("noah-504", *(("diego-iep", "jasmine-iep") if IS_DRILL else ()))


@pytest.fixture(scope="module")
def start(serve: Serve) -> str:
    """The address of the link into a new house; it works once."""
    served = serve("2026-11-27")
    return f"{served.address}{served.path}"


@pytest.fixture(scope="module")
def home(browser: Browser, start: str) -> Page:
    """A phone on which a child's case has just begun."""
    page = new_window(browser, width=PHONE).new_page()
    page.goto(start)
    page.get_by_role("button", name="Start with my child").click()
    return page


def case_of(page: Page) -> str:
    return page.url.split("/case/")[0] + "/case/" + page.url.split("/case/")[1].split("/")[0] + "/"


@pytest.mark.parametrize("name", PLANS)
def test_a_sample_plan_can_be_written_through_the_pages(home: Page, name: str) -> None:
    plan = read_plan(json.loads((FOLDER / f"{name}.json").read_text("utf-8")))
    case = case_of(home)
    begin(home, case, plan)
    address = home.url
    for section in plan.form.sections:
        if any(one.id in plan.content for one in section.fields):
            write_section(home, address, section, plan)
    written = home.request.get(f"{address}plan.json").json()["content"]
    assert without_ids(written, plan) == without_ids(plan_json(plan)["content"], plan)


def begin(page: Page, case: str, plan: Plan) -> None:
    """Begin an empty plan on that very form."""
    page.goto(f"{case}plans/")
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    form = page.locator(f'form:has(input[name="kind"][value="{plan.form.kind}"])').first
    if plan.form.id != plan.form.kind:
        set_state(page, case, plan.child.state, token)
        page.goto(f"{case}plans/")
        form = page.locator(f'form:has(input[name="kind"][value="{plan.form.kind}"])').first
    form.locator("button").click()
    page.wait_for_url("**/plan/*/")


def set_state(page: Page, case: str, state: str, token: str) -> None:
    """Tell the State, as the questions ask for it."""
    page.goto(f"{case}tell/state/")
    page.locator("select, input[name=state]").first.wait_for()
    page.locator("select[name=state]").select_option(state)
    page.locator("main form button.button").first.click()


def write_section(page: Page, address: str, section: Section, plan: Plan) -> Ids:
    """Write everything of one section, and wait until it is saved. Gives the new id of each row by list and old id."""
    page.goto(f"{address}write/{section.id}/")
    ids: Ids = {}
    for field in section.fields:
        if field.type == ROWS and plan.rows(field.id):
            ids |= add_rows(page, field, plan)
    for fold in page.locator("details:not([open])").all():
        fold.evaluate("one => { one.open = true }")
    for field in section.fields:
        if field.type != ROWS:
            write(page, field, field.id, plan.content.get(field.id), ids)
            continue
        for row in plan.rows(field.id):
            for column in field.columns:
                path = f"{field.id}/{ids[field.id, str(row['id'])]}/{column.id}"
                write(page, column, path, row.get(column.id), ids)
    expect(page.locator("#state")).to_have_text("Saved.", timeout=20_000)
    return ids


def add_rows(page: Page, field: Field, plan: Plan) -> Ids:
    rows = page.locator(f"#list-{field.id} .plan-row")
    for number, _row in enumerate(plan.rows(field.id), start=1):
        page.locator(f'#list-{field.id} button[value="add:{field.id}"]').click()
        expect(rows).to_have_count(number)
    new = [str(one.get_attribute("id")).removeprefix(f"row-{field.id}-") for one in rows.all()]
    return {(field.id, str(row["id"])): made for row, made in zip(plan.rows(field.id), new, strict=True)}


def write(page: Page, asks: Field, path: str, value: Any, ids: Ids) -> None:
    """Put one value into its field, whatever kind of field the page has for it."""
    if value is None:
        return
    fields = page.locator(f'[name="v:{path}"]')
    if asks.type in ("line", "prose", "date", "number"):
        fields.first.fill(str(value))
    elif asks.type == "yes-no":
        fields.and_(page.locator(f'[value="{"yes" if value else "no"}"]')).check()
    elif asks.type == "choices":
        for one in value:
            fields.and_(page.locator(f'[value="{one}"]')).check()
    elif asks.type == "ref":
        fields.first.select_option(ids[asks.of, value])
    elif fields.first.get_attribute("type") == "radio":
        fields.and_(page.locator(f'[value="{value}"]')).check()
    elif asks.choice(value):
        fields.first.select_option(value)
    else:
        fields.last.fill(value)


def without_ids(content: Mapping[str, Any], plan: Plan) -> dict[str, Any]:
    """The content with the place of each row in its list instead of its id."""
    places = {
        (name, str(row["id"])): at
        for name, rows in content.items() if isinstance(rows, list)
        for at, row in enumerate(rows) if isinstance(row, dict)
    }  # fmt: skip
    refs = {(field.id, one.id): one.of for field in plan.form.fields() for one in field.columns if one.of}

    def bare(name: str, row: Mapping[str, Any]) -> dict[str, Any]:
        lists = {key: name if key == "id" else refs.get((name, key)) for key in row}
        return {key: places[str(lists[key]), value] if lists[key] else value for key, value in row.items()}

    def listed(name: str, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        # Boxes that are ticked have the order of the page.
        return [bare(name, one) for one in value] if value and isinstance(value[0], dict) else sorted(value)

    return {name: listed(name, value) for name, value in content.items()}
