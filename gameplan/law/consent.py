"""The consent matrix: what needs a parent's permission, in what form, and what a no, silence and a change of mind do.

Federal law: 34 CFR 300.9, 300.300, 300.154(d), 300.321(b) and (e), 300.622. A State may ask for permission in more
cases (34 CFR 300.300(d)(2)); its rows stand in `contents/consent-states.toml`.
"""

from __future__ import annotations

from dataclasses import replace

from gameplan.law.contents import ConsentRule, StateConsent, contents, found_or_near
from gameplan.law.library import state_pack, states

DECIDED = ("needed", "form", "time", "refusal", "silence", "revocation")
EVERY_IEP = "iep-content"
NOT_CHECKED = (
    "Whether this State asks for your permission for each IEP was not checked. Ask the State department of education."
)
WEAK = "The State's rule was not confirmed, so it is not counted here. Ask the State department of education."
SUMMARY = "The State's rule was read in a summary only. Check it with the State department of education."
MEANING = {
    "yes": "Your permission is needed.",
    "no": "Your permission is not needed.",
    "agreement": "You and the school must agree.",
    "rule": "This is a rule for all permissions.",
    "until-revoked": "Your permission goes on until you end it in writing.",
    "only-if-all-are-asked": "Your permission is needed only if the parents of all children are asked.",
    "no-federal-rule": "Federal law does not ask for your permission here. A State may.",
    "for-big-changes": "Your permission is needed for big changes.",
    "asked-each-year": "The school asks for your signature each year.",
}
FORM = {
    "written": "It must be in writing, and you must know what you agree to.",
    "written-agreement": "The agreement must be in writing.",
    "agreement": "The rule does not say that the agreement must be in writing. Put it in writing anyway.",
}
TEXTS = (NOT_CHECKED, WEAK, SUMMARY, *MEANING.values(), *FORM.values())


def consent_rules(state: str | None = None) -> tuple[ConsentRule, ...]:
    """Every row of the matrix in the order of the law file, with what the State adds or decides.

    Raises KeyError for an unknown State.
    """
    return tuple(consent_rule(name, state) for name in contents().consent)


def consent_rule(for_what: str, state: str | None = None) -> ConsentRule:
    """The rule for one thing that may need permission, by its id or by the value of `for` in a fact about consent.

    With a State, what that State decides takes the federal words' place and is named in `decided_by_state`. A State
    row of low confidence decides nothing: it becomes a doubt. Raises NoSuchEntry for an unknown thing, KeyError for an
    unknown State.

    >>> consent_rule("initial-services").override
    False
    """
    rules = {**{rule.fact: rule for rule in contents().consent.values() if rule.fact}, **contents().consent}
    rule = found_or_near(for_what, rules, "consent rule")
    if state is None:
        return rule
    if state not in states():
        raise KeyError(state)
    row = next((one for one in contents().state_consent if (one.state, one.for_) == (state, rule.id)), None)
    if row is not None:
        return _with_state(rule, row)
    told = state_pack(state).facts.get("consent_for_every_iep")
    unknown = rule.id == EVERY_IEP and not isinstance(told, bool)
    return replace(rule, doubts=(*rule.doubts, NOT_CHECKED)) if unknown else rule


def _with_state(rule: ConsentRule, row: StateConsent) -> ConsentRule:
    if row.confidence == "low":
        return replace(rule, doubts=(*rule.doubts, WEAK))
    decided = {name: getattr(row, name) for name in DECIDED if getattr(row, name)}
    doubts = (*rule.doubts, SUMMARY) if row.confidence == "medium" else rule.doubts
    return replace(
        rule, **decided, pack=row.state, cite=row.cite + rule.cite, source=row.source, confidence=row.confidence,
        note=row.note or rule.note, decided_by_state=tuple(decided), doubts=doubts,
    )  # fmt: skip
