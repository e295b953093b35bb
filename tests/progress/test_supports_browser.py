"""Extra help in a real browser: axe finds nothing, on a phone and on a desk, in both languages; nothing is too wide."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext
from pytest_django import Settings

from gameplan.cases.models import Case
from gameplan.cases.verbs import record_fact
from gameplan.progress.grouping import GroupWords, begin_group
from gameplan.progress.measuring import Aim, What, begin_measure, note_point
from gameplan.progress.supporting import Dose, Help, Noting, begin_support, change_support, note
from tests.live import own_server
from tests.progress.conftest import Opened, person_named
from tests.shared import run_shared
from tests.sides import Sides, browser_of
from tests.web.test_joining_axe import _looked_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, DESK, SINCE = 390, 1280, date(2025, 9, 8)


@pytest.fixture
def full(case: Case, sides: Sides, opened: Opened, settings: Settings, tmp_path: Path) -> Case:
    """Help with everything: a group, a measure, each kind of note, a change, and a request that waits."""
    run_shared(settings, tmp_path)
    tess, rosa, day = opened("tess"), opened("rosa"), date(2025, 11, 3)
    by = tess.reader
    group = begin_group(sides.oak, by=person_named("tess"), words=GroupWords("Tuesday readers", 2, "reading"))
    dose = Dose(30, 3, "week", "Ms. Lee", group.pk, date(2026, 5, 1))
    help_ = begin_support(tess, by=by, help_=Help(2, "reading", "Reading group", SINCE, dose))
    aim = Aim("Words read aloud", True, Decimal(42), SINCE, Decimal(80), date(2026, 5, 1))
    measure = begin_measure(tess, by=by, what=What("support", "rate", support_id=help_.support_id), aim=aim)
    for on, count in ((10, 43), (17, 42), (24, 44), (31, 43)):
        note_point(measure, by=by, on=date(2025, 10, on), data={"correct": count, "seconds": 60})
    for noting in (
        Noting("fidelity", day, share=80), Noting("review", day, "Slow.", adequate=False, shared=True),
        Noting("told", day, way="meeting", told_of=("amounts", "strategies")), Noting("note", day, "Reads at home."),
    ):  # fmt: skip
        note(help_, by=by, noting=noting)
    change_support(help_, by=by, dose=Dose(45, 4, "week", "Ms. Lee", group.pk), why="Too slow.")
    told = {"received": day, "type": "initial", "by": "parent", "written": True}
    record_fact(rosa, by=rosa.reader, kind="evaluation-requested", on=day, data=told)
    return case


def _window(browser: Browser, address: str, name: str, lang: str) -> BrowserContext:
    cookie = browser_of(person_named(name)).cookies[django_settings.SESSION_COOKIE_NAME].value
    window = browser.new_context(locale=lang, extra_http_headers={"Accept-Language": lang})
    window.add_cookies([
        {"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": address},
        {"name": django_settings.LANGUAGE_COOKIE_NAME, "value": lang, "url": address},
    ])  # fmt: skip
    return window


def test_axe_finds_nothing(browser: Browser, full: Case, sides: Sides) -> None:
    paths = [f"/case/{full.pk}/supports/{at}" for at in ("", "begin/", "s1/", "paper/")]
    school = reverse("web:place-supports", args=[sides.oak.pk])
    looks = [
        ("tess", "en", PHONE, [*paths, school]), ("rosa", "es", PHONE, paths), ("tess", "en", DESK, [paths[2], school]),
    ]  # fmt: skip
    found = []
    with own_server() as server:
        for name, lang, width, wanted in looks:
            window = _window(browser, server.url, name, lang)
            page = window.new_page()
            for path in wanted:
                looked = _looked_at(page, server.url + path, width)
                assert page.url.endswith(path)
                assert page.locator("html").get_attribute("lang") == lang
                found += [looked] if len(looked) > 2 else []
            window.close()
    assert found == []
