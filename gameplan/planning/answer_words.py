"""A parent's answer to a version of a plan, in the words that they sign on a screen."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import get_language

from gameplan.cases.rows import child_of
from gameplan.consents.signing import ToSign
from gameplan.letters.signing import PlanAnswer, plan_answer_text, says
from gameplan.planning.doors import proposed
from gameplan.planning.events import ANSWERED, day_of
from gameplan.planning.models import Step, Version
from gameplan.planning.named import about_version
from gameplan.plans.items import items_between
from gameplan.tongues import NoSuchTongue, tongue


def answer_to_sign(
    version: Version, *, all_: str = "", items: Mapping[str, str] | None = None, services: bool | None = None
) -> ToSign:
    """The words of an answer in the language of the page: each thing that the version changes, and what is said to it.

    The text names the hash of the version, so that it cannot be put under another one.
    """
    said, lang = items or {}, _lang()
    now = day_of(version.plan.case, version.on, version.plan.form.kind).in_force
    asked = [one for one in items_between(now.plan if now else None, proposed(version)) if one.change != "kept"]
    named = tuple((tongue(lang).say(one.label), said[one.key]) for one in asked if one.key in said)
    whole = PlanAnswer(
        version.number, child_of(version.plan.case).name, version.on, version.sha256, all_, named, services
    )
    count = Step.objects.filter(plan=version.plan, version=version.number, kind=ANSWERED).count()
    title = says("plan-title", lang, number=str(version.number))
    return ToSign(f"{about_version(version)}/answer:{count + 1}", title, plan_answer_text(whole, lang), lang)


def _lang() -> str:
    """The language of the page, if texts to sign are written in it; else English."""
    try:
        return tongue(get_language() or "en").lang
    except NoSuchTongue:
        return "en"
