"""Who may do what at which address. A new address gets a row here; else `config/test_permissions.py` fails.

Each row: the name of the address, and for each way of asking (GET, POST) what the door of the case asks for
and what the household gets when it asks with an empty form. The rest follows from that, and is tested:

- the roles of a shared case: what `MAY` says of the action; 403 where a role may not (see `config/test_roles.py`)
- without the cookie: 403, whatever the way of asking; but where the row is `public`, the same as the household
- another family's case: 404
- a helper, who may only look: 403 where the door asks for more than looking
- a way of asking that is not in the row: 405
- a form without its token: 403

A row that is `shared` is there only where people have accounts: at home its address is 404 for the household, whatever
the way of asking. What it then answers is tested beside what it does (`tests/people`, `tests/cases/test_inviting.py`);
`asks` gives the status for an account that has signed in and has nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gameplan.people.roles import Action

READ, WRITE, SHARE, DELETE = Action.READ, Action.WRITE, Action.SHARE, Action.DELETE
LETTER, PLAN, OFFER, ANSWER, PEOPLE = Action.LETTER, Action.PLAN, Action.OFFER, Action.ANSWER, Action.PEOPLE
SHOW = Action.SHOW
NO_CASE = None


@dataclass(frozen=True)
class Row:
    """One address: `asks` gives for each method what the door asks for and the household's status.

    `private`: what stands there is the family's own, and nobody else finds it (404). `joined`: the statuses that are
    others where people sign in and a school holds the case.
    """

    name: str
    asks: Mapping[str, tuple[Action | None, int]]
    where: Mapping[str, str] = field(default_factory=dict)
    public: bool = False
    private: bool = False
    joined: Mapping[str, int] = field(default_factory=dict)
    shared: bool = False


BOTH = {"GET": (NO_CASE, 200), "POST": (NO_CASE, 200)}
LOOKED_AT = {"GET": (NO_CASE, 200)}
NOT_THERE = {"GET": (NO_CASE, 404)}
SURE_FIRST = {"GET": (NO_CASE, 302), "POST": (NO_CASE, 302)}

TABLE = (
    # config
    Row("open", {"GET": (NO_CASE, 302)}),
    Row("live", LOOKED_AT, public=True),
    Row("ready", LOOKED_AT, public=True),
    Row("metrics", NOT_THERE, public=True),
    Row("set_language", {"POST": (NO_CASE, 302)}, public=True),
    # signing in and one's own account
    Row("account_login", {"GET": (NO_CASE, 302), "POST": (NO_CASE, 302)}, shared=True),
    Row("mfa_authenticate", SURE_FIRST, shared=True),
    Row("mfa_login_webauthn", SURE_FIRST, shared=True),
    Row("account_inactive", LOOKED_AT, shared=True),
    Row("account_reset_password", BOTH, shared=True),
    Row("account_reset_password_done", LOOKED_AT, shared=True),
    Row("account_reset_password_from_key", BOTH, shared=True),
    Row("account_reset_password_from_key_done", LOOKED_AT, shared=True),
    Row("account_email_verification_sent", LOOKED_AT, shared=True),
    Row("account_confirm_email", {"GET": (NO_CASE, 200), "POST": (NO_CASE, 404)}, shared=True),
    Row("socialaccount_login_cancelled", LOOKED_AT, shared=True),
    Row("openid_connect_login", NOT_THERE, shared=True),
    Row("openid_connect_callback", NOT_THERE, shared=True),
    Row("saml_login", NOT_THERE, shared=True),
    Row("saml_acs", {"POST": (NO_CASE, 302)}, shared=True),
    Row("saml_finish_acs", NOT_THERE, shared=True),
    Row("saml_metadata", NOT_THERE, shared=True),
    Row("saml_sls", {"GET": (NO_CASE, 404), "POST": (NO_CASE, 404)}, shared=True),
    Row("account", {"GET": (NO_CASE, 200), "POST": (NO_CASE, 422)}, shared=True),
    Row("account_logout", {"GET": (NO_CASE, 200), "POST": (NO_CASE, 302)}, shared=True),
    Row("account_change_password", BOTH, shared=True),
    Row("account_set_password", SURE_FIRST, shared=True),
    Row("account_email", {"GET": (NO_CASE, 200), "POST": (NO_CASE, 302)}, shared=True),
    Row("usersessions_list", {"GET": (NO_CASE, 200), "POST": (NO_CASE, 302)}, shared=True),
    Row("end_session", {"POST": (NO_CASE, 404)}, shared=True),
    Row("account_reauthenticate", BOTH, shared=True),
    Row("mfa_reauthenticate", SURE_FIRST, shared=True),
    Row("mfa_reauthenticate_webauthn", SURE_FIRST, shared=True),
    Row("mfa_index", LOOKED_AT, shared=True),
    Row("mfa_activate_totp", SURE_FIRST, shared=True),
    Row("mfa_deactivate_totp", {"GET": (NO_CASE, 404), "POST": (NO_CASE, 404)}, shared=True),
    Row("mfa_view_recovery_codes", NOT_THERE, shared=True),
    Row("mfa_generate_recovery_codes", SURE_FIRST, shared=True),
    Row("mfa_add_webauthn", SURE_FIRST, shared=True),
    Row("mfa_remove_webauthn", SURE_FIRST, shared=True),
    # web: front
    Row("web:front", {"GET": (NO_CASE, 200)}),
    Row("web:sample", {"POST": (NO_CASE, 302)}),
    Row("web:start", {"POST": (NO_CASE, 302)}),
    Row("web:help", {"GET": (NO_CASE, 200)}),
    Row("web:look", {"POST": (NO_CASE, 302)}, public=True),
    Row("web:gallery", {"GET": (NO_CASE, 200)}),
    Row("web:gallery-question", {"GET": (NO_CASE, 200)}),
    # web: the child's page
    Row("web:child", {"GET": (READ, 200)}),
    Row("web:questions", {"GET": (LETTER, 302)}),
    Row(
        "web:why",
        {"GET": (READ, 200)},
        {"pack": "TX", "clock": "request-response", "started_by": "f1"},
    ),
    # web: the ways to disagree; what if (both only look)
    Row("web:ways", {"GET": (READ, 200)}),
    Row("web:side-by-side", {"GET": (READ, 200)}),
    # web: family and school: the way to all that the two sides do with each other
    Row("web:together", {"GET": (READ, 200)}),
    Row("web:what-if", {"GET": (READ, 200)}),
    Row("web:suppose", {"GET": (READ, 200)}, {"kind": "consent-given"}),
    # web: facts
    Row("web:add", {"GET": (WRITE, 200)}),
    Row("web:add-fact", {"GET": (WRITE, 200), "POST": (WRITE, 422)}, {"kind": "supports-started"}),
    Row("web:keep-fact", {"POST": (WRITE, 200)}, {"kind": "supports-started"}),
    Row("web:fact", {"GET": (READ, 200)}),
    Row("web:correct", {"GET": (WRITE, 200), "POST": (WRITE, 422)}),
    Row("web:account", {"GET": (WRITE, 200), "POST": (WRITE, 422)}),
    Row("web:withdraw", {"POST": (WRITE, 302)}),
    Row("web:paper", {"GET": (READ, 200)}),
    # web: telling what has happened, one question a screen
    Row("web:tell", {"GET": (LETTER, 200), "POST": (LETTER, 302)}, {"screen": "name"}),
    Row("web:keep-draft", {"POST": (LETTER, 200)}, {"screen": "name"}),
    # web: the school calendar
    Row("web:calendar", {"GET": (READ, 200)}),
    Row("web:calendar-read", {"POST": (WRITE, 422)}),
    Row("web:calendar-confirm", {"GET": (WRITE, 302), "POST": (WRITE, 302)}),
    Row("web:calendar-remove", {"POST": (WRITE, 404)}),
    # web: places, caseloads and teams, for those who work in a school or district; the household works nowhere
    Row("web:places", {"GET": (NO_CASE, 404)}),
    Row("web:place", {"GET": (NO_CASE, 404)}),
    Row("web:give-post", {"POST": (NO_CASE, 404)}),
    Row("web:end-post", {"POST": (NO_CASE, 404)}, {"number": "1"}),
    Row("web:sign-out-post", {"POST": (NO_CASE, 404)}, {"number": "1"}),
    Row("web:withdraw-post", {"POST": (NO_CASE, 404)}),
    Row("web:add-part", {"POST": (NO_CASE, 404)}),
    Row("web:place-year", {"GET": (NO_CASE, 404)}),
    Row("web:place-year-read", {"POST": (NO_CASE, 404)}),
    Row("web:place-year-confirm", {"GET": (NO_CASE, 404), "POST": (NO_CASE, 404)}),
    Row("web:place-year-remove", {"POST": (NO_CASE, 404)}),
    Row("web:place-supports", {"GET": (NO_CASE, 404)}),
    Row("web:begin-group", {"POST": (NO_CASE, 404)}),
    Row("web:rename-group", {"POST": (NO_CASE, 404)}),
    Row("web:end-group", {"POST": (NO_CASE, 404)}),
    Row("web:place-reports", {"GET": (NO_CASE, 404)}),
    Row("web:add-count", {"POST": (NO_CASE, 404)}),
    Row("web:report-count", {"GET": (NO_CASE, 404)}),
    Row("web:remove-count", {"POST": (NO_CASE, 404)}),
    Row("web:report-check", {"GET": (NO_CASE, 404)}),
    Row("web:report-file", {"GET": (NO_CASE, 404)}),
    Row("web:report-children", {"GET": (NO_CASE, 404)}),
    Row("web:report-download", {"GET": (NO_CASE, 404)}),
    Row("web:report-public", {"GET": (NO_CASE, 404)}),
    Row("web:report-edfi", {"GET": (NO_CASE, 404)}),
    Row("web:report-worksheet", {"GET": (NO_CASE, 404)}, {"sheet": "b11"}),
    Row("web:report-lists", {"GET": (NO_CASE, 404), "POST": (NO_CASE, 404)}),
    Row("web:report-list", {"GET": (NO_CASE, 404), "POST": (NO_CASE, 404)}),
    Row("web:remove-list", {"POST": (NO_CASE, 404)}),
    Row("web:report-list-csv", {"GET": (NO_CASE, 404)}),
    Row("web:report-list-xlsx", {"GET": (NO_CASE, 404)}),
    Row("web:roster", {"GET": (NO_CASE, 404), "POST": (NO_CASE, 404)}),
    Row("web:roster-take", {"GET": (NO_CASE, 404)}),
    Row("web:roster-mapping", {"GET": (NO_CASE, 404), "POST": (NO_CASE, 404)}),
    Row("web:roster-take-in", {"POST": (NO_CASE, 404)}),
    Row("web:roster-drop", {"POST": (NO_CASE, 404)}),
    Row("web:roster-undo", {"POST": (NO_CASE, 404)}),
    Row("web:roster-decide", {"POST": (NO_CASE, 404)}),
    Row("web:carried", {"GET": (NO_CASE, 404), "POST": (NO_CASE, 404)}),
    Row("web:carried-templates", {"GET": (NO_CASE, 404)}),
    Row("web:carried-batch", {"GET": (NO_CASE, 404)}),
    Row("web:carried-take-in", {"POST": (NO_CASE, 404)}),
    Row("web:carried-drop", {"POST": (NO_CASE, 404)}),
    Row("web:carried-undo", {"POST": (NO_CASE, 404)}),
    Row("web:carried-decide", {"POST": (NO_CASE, 404)}),
    Row("web:pupils", {"GET": (NO_CASE, 404)}),
    Row("web:pupil", {"GET": (NO_CASE, 404)}),
    Row("web:pupil-begin", {"POST": (NO_CASE, 404)}),
    Row("web:pupil-link", {"POST": (NO_CASE, 404)}),
    Row("web:pupil-unlink", {"POST": (NO_CASE, 404)}),
    Row("web:roster-staff", {"GET": (NO_CASE, 404)}),
    Row("web:roster-invite", {"POST": (NO_CASE, 404)}),
    Row("web:caseload", {"GET": (NO_CASE, 404)}),
    Row("web:caseload-month", {"GET": (NO_CASE, 404)}),
    Row("web:caseload-meetings", {"GET": (NO_CASE, 404)}),
    Row("web:caseload-file", {"GET": (NO_CASE, 404)}),
    Row("web:move-caseload", {"GET": (NO_CASE, 404), "POST": (NO_CASE, 404)}),
    # The door asks for PEOPLE and the school's side, which is what OFFER says, too: the family chooses no staff.
    Row("web:team", {"GET": (OFFER, 200)}, shared=True),
    Row("web:team-assign", {"POST": (OFFER, 422)}, shared=True),
    Row("web:team-stand-in", {"POST": (OFFER, 422)}, shared=True),
    Row("web:team-end", {"POST": (OFFER, 404)}, shared=True),
    # web: letters
    Row("web:letters", {"GET": (LETTER, 200)}),
    Row("web:write", {"GET": (LETTER, 200), "POST": (LETTER, 422)}, {"kind": "evaluation-request"}),
    Row("web:preview-pdf", {"POST": (LETTER, 422)}, {"kind": "evaluation-request"}),
    Row("web:letter", {"GET": (READ, 200)}, private=True),
    Row("web:letter-sent", {"POST": (LETTER, 422)}),
    Row("web:letter-received", {"POST": (LETTER, 404)}, {"number": "9"}),
    Row("web:letter-pdf", {"GET": (READ, 200)}, private=True),
    Row("web:letter-text", {"GET": (READ, 200)}, private=True),
    Row("web:letter-docx", {"GET": (READ, 200)}, private=True),
    # web: plans, and writing them. The case has one plan (p1, an IEP).
    Row("web:plans", {"GET": (READ, 200)}),
    Row("web:begin-plan", {"POST": (PLAN, 302)}),
    Row("web:plan", {"GET": (READ, 200)}),
    Row("web:plan-check", {"GET": (READ, 200)}),
    Row("web:compare-plan", {"GET": (READ, 404)}),
    Row("web:plan-file", {"GET": (SHARE, 200)}),
    Row("web:print-plan", {"GET": (READ, 200)}, {"as_": "glance", "ending": "pdf"}),
    Row("web:read-plan", {"GET": (READ, 200)}),
    Row("web:comment-plan", {"POST": (WRITE, 302)}),
    Row("web:read-version", {"GET": (READ, 200)}, {"number": "1"}),
    Row("web:share-plan", {"POST": (OFFER, 302)}),
    Row("web:propose-plan", {"GET": (OFFER, 200), "POST": (OFFER, 422)}),
    Row("web:end-plan", {"GET": (OFFER, 200), "POST": (OFFER, 422)}),
    Row("web:version", {"GET": (READ, 200)}, {"number": "1"}),
    Row("web:version-pdf", {"GET": (READ, 200)}, {"number": "1"}),
    Row("web:answer-version", {"GET": (ANSWER, 200), "POST": (ANSWER, 422)}, {"number": "1"}),
    Row("web:correct-version", {"GET": (OFFER, 200), "POST": (OFFER, 200)}, {"number": "1"}),
    Row("web:in-force", {"GET": (READ, 200)}, {"kind": "iep"}),
    Row("web:print-in-force", {"GET": (READ, 200)}, {"kind": "iep", "as_": "glance", "ending": "pdf"}),
    Row("web:write-section", {"GET": (PLAN, 200), "POST": (PLAN, 302)}, {"section_id": "goals"}),
    Row("web:change-row", {"POST": (PLAN, 404)}, {"section_id": "goals"}),
    Row("web:add-remark", {"POST": (WRITE, 302)}, {"section_id": "goals"}),
    Row("web:save-fields", {"POST": (PLAN, 200)}),
    Row("web:settle-beside", {"POST": (PLAN, 404)}, {"number": "9"}),
    Row("web:settle-remark", {"POST": (WRITE, 404)}, {"number": "9"}),
    # web: meetings, and choosing a time by a signed link (the one in the table is not signed)
    Row("web:meeting", {"GET": (READ, 200)}),
    Row("web:meeting-invited", {"POST": (OFFER, 422)}),
    Row("web:meeting-held", {"POST": (OFFER, 302)}),
    Row("web:meeting-time", {"POST": (OFFER, 404)}),
    Row("web:meeting-agenda", {"POST": (PLAN, 302)}),
    Row("web:meeting-paper", {"GET": (READ, 200)}, {"as_": "invitation", "ending": "pdf"}),
    Row("web:meeting-copy", {"GET": (READ, 404)}, {"number": "9", "ending": "pdf"}),
    Row("web:choose-time", {"GET": (NO_CASE, 404), "POST": (NO_CASE, 404)}, public=True),
    # web: notices, papers that go out and went out, languages (the case has one notice, n1, and one delivery, d1)
    Row("web:notices", {"GET": (READ, 200)}),
    Row("web:write-notice", {"GET": (OFFER, 200), "POST": (OFFER, 422)}, {"kind": "prior-written-notice"}),
    Row("web:translate-notice", {"GET": (OFFER, 200), "POST": (OFFER, 422)}, {"lang": "es"}),
    Row("web:read-paper", {"GET": (READ, 200)}),
    Row("web:save-paper", {"GET": (READ, 200)}, {"lang": "en"}),
    Row("web:send-paper", {"GET": (OFFER, 200), "POST": (OFFER, 422)}),
    Row("web:paper-got", {"POST": (READ, 302)}),
    Row("web:paper-arrived", {"POST": (OFFER, 302)}),
    Row("web:paper-again", {"POST": (OFFER, 302)}),
    Row("web:paper-close", {"POST": (OFFER, 302)}),
    Row("web:languages", {"GET": (READ, 200)}),
    Row("web:language-wish", {"POST": (WRITE, 422)}),
    Row("web:delivery-choice", {"POST": (WRITE, 422)}),
    Row("web:language-help", {"POST": (WRITE, 422)}),
    Row("web:language-help-done", {"POST": (WRITE, 404)}, {"key": "00000000-0000-4000-8000-000000000000"}),
    Row("web:private-paper", {"GET": (NO_CASE, 404), "POST": (NO_CASE, 404)}, public=True),
    # web: progress. One behavior is measured (m1), by the school's side where there is one; nothing was noted yet.
    Row("web:progress", {"GET": (READ, 200)}),
    Row("web:begin-measure", {"GET": (WRITE, 200), "POST": (WRITE, 422)}),
    Row("web:note-points", {"GET": (WRITE, 200), "POST": (WRITE, 422)}),
    Row("web:measure", {"GET": (READ, 200)}),
    Row("web:note-teaching", {"POST": (WRITE, 422)}),
    Row("web:offline-worker", LOOKED_AT),
    Row("web:decide-progress", {"POST": (WRITE, 422)}),
    Row("web:change-aim", {"POST": (WRITE, 422)}),
    Row("web:end-measure", {"POST": (WRITE, 422)}),
    Row("web:show-measure", {"POST": (WRITE, 422)}),
    Row("web:correct-point", {"GET": (WRITE, 404), "POST": (WRITE, 404)}),
    Row("web:withdraw-point", {"POST": (WRITE, 404)}),
    Row("web:days-out", {"GET": (READ, 200)}),
    Row("web:behavior", {"GET": (READ, 200)}),
    Row("web:behavior-summary", {"GET": (PLAN, 200), "POST": (PLAN, 422)}),
    Row("web:behavior-plan", {"GET": (PLAN, 200), "POST": (PLAN, 422)}),
    Row("web:behavior-pdf", {"GET": (READ, 200)}),
    Row("web:note-incident", {"GET": (WRITE, 200), "POST": (WRITE, 422)}),
    Row("web:correct-incident", {"GET": (WRITE, 404), "POST": (WRITE, 404)}),
    Row("web:withdraw-incident", {"POST": (WRITE, 404)}),
    Row("web:caseload-progress", {"GET": (NO_CASE, 404)}),
    # web: progress reports. The case has none; a family writes none, also while it is alone with the case.
    Row(
        "web:write-report",
        {"GET": (PLAN, 403), "POST": (PLAN, 403)},
        joined={"GET": 200, "POST": 422},
    ),
    Row("web:progress-report", {"GET": (READ, 404)}),
    Row("web:progress-report-pdf", {"GET": (READ, 404)}, {"lang": "en"}),
    # web: people of a case, and the link of an invitation
    Row("web:people", {"GET": (READ, 200), "POST": (PEOPLE, 422)}, shared=True),
    Row("web:withdraw-invitation", {"POST": (PEOPLE, 404)}, shared=True),
    Row("web:end-member", {"GET": (PEOPLE, 404), "POST": (PEOPLE, 404)}, shared=True),
    Row("web:invited", {"GET": (NO_CASE, 404), "POST": (NO_CASE, 404)}, shared=True),
    # web: permission. The case has one request that waits (c1) and one signature (s1).
    Row("web:classroom", {"GET": (READ, 200)}),
    Row("web:note-accommodation", {"POST": (WRITE, 302)}),
    Row("web:undo-accommodation", {"POST": (WRITE, 404)}),
    Row("web:minutes", {"GET": (READ, 200)}),
    Row("web:log-session", {"GET": (WRITE, 200), "POST": (WRITE, 422)}),
    Row("web:take-progress", {"GET": (WRITE, 200), "POST": (WRITE, 422)}),
    Row("web:progress-table", {"GET": (SHARE, 200)}, {"kind": "points"}),
    Row("web:session", {"GET": (WRITE, 404), "POST": (WRITE, 404)}),
    Row("web:withdraw-session", {"POST": (WRITE, 404)}),
    # web: extra help in class. The case has none.
    Row("web:supports", {"GET": (READ, 200)}),
    Row("web:begin-support", {"GET": (WRITE, 200), "POST": (WRITE, 422)}),
    Row("web:support", {"GET": (READ, 404)}),
    Row("web:change-support", {"POST": (WRITE, 404)}),
    Row("web:end-support", {"POST": (WRITE, 404)}),
    Row("web:note-support", {"POST": (WRITE, 404)}),
    Row("web:withdraw-support-note", {"POST": (WRITE, 404)}),
    Row("web:measure-support", {"POST": (WRITE, 404)}),
    Row("web:supports-paper", {"GET": (READ, 200), "POST": (WRITE, 302)}),
    Row("web:supports-pdf", {"GET": (READ, 200)}),
    Row("web:consents", {"GET": (READ, 200)}),
    Row("web:choose-consent", {"GET": (OFFER, 200)}),
    Row("web:ask-consent", {"GET": (OFFER, 200), "POST": (OFFER, 422)}, {"kind": "reevaluation"}),
    Row("web:consent", {"GET": (READ, 200)}),
    Row("web:consent-form", {"GET": (READ, 200)}),
    Row("web:withdraw-consent", {"POST": (OFFER, 302)}),
    Row("web:answer-consent", {"GET": (ANSWER, 200), "POST": (ANSWER, 302)}),
    Row("web:consent-paper", {"GET": (ANSWER, 200), "POST": (ANSWER, 422)}),
    Row("web:file-consent", {"GET": (OFFER, 200), "POST": (OFFER, 422)}),
    Row("web:revoke-consent", {"GET": (ANSWER, 302), "POST": (ANSWER, 302)}),
    Row("web:sign-on-screen", {"GET": (ANSWER, 200), "POST": (ANSWER, 422)}),
    Row("web:screen-sample", {"GET": (ANSWER, 200)}),
    Row("web:signature-copy", {"GET": (READ, 200)}),
    # web: keeping it
    Row("web:import", {"GET": (NO_CASE, 200), "POST": (NO_CASE, 422)}),
    Row("web:keep", {"GET": (READ, 200)}),
    Row("web:dates", {"GET": (READ, 200)}),
    Row("web:zip", {"GET": (SHARE, 200)}),
    Row("web:delete", {"GET": (DELETE, 200), "POST": (DELETE, 422)}),
    # web: joining (at the kitchen table there is no school)
    Row("web:join", {"GET": (SHOW, 404), "POST": (SHOW, 404)}, joined={"GET": 302, "POST": 302}),
    Row("web:shared", {"GET": (LETTER, 404), "POST": (SHOW, 404)}, joined={"GET": 200, "POST": 302}),
    Row("web:move", {"GET": (PEOPLE, 404), "POST": (PEOPLE, 404)}, joined={"GET": 200, "POST": 302}),
    Row("web:merge", {"GET": (PEOPLE, 404), "POST": (PEOPLE, 404)}, joined={"GET": 200, "POST": 200}),
    Row("web:joining", {"GET": (NO_CASE, 404)}),
    Row("web:joining-begin", {"GET": (NO_CASE, 404), "POST": (NO_CASE, 404)}),
    Row("web:joining-answer", {"GET": (NO_CASE, 404), "POST": (NO_CASE, 404)}),
    Row("web:kept-copy", {"GET": (NO_CASE, 404)}),
    # web: the record of access
    Row("web:record", {"GET": (READ, 200)}),
    Row("web:record-csv", {"GET": (SHARE, 200)}),
    # web: asking the school to change the record
    Row("web:amendments", {"GET": (READ, 200)}),
    Row("web:amend-ask", {"GET": (LETTER, 200), "POST": (LETTER, 422)}),
    Row("web:amendment", {"GET": (READ, 404)}, {"number": "9"}),
    Row("web:amend-answer", {"POST": (OFFER, 404)}, {"number": "9"}),
    Row("web:amend-go-on", {"POST": (ANSWER, 404)}, {"number": "9"}),
    # web: programs of others. The tokens and webhooks in the table are not there; what the API itself gives to whom
    # stands in tests/api/route_table.py.
    Row("web:programs", {"GET": (NO_CASE, 200), "POST": (NO_CASE, 422)}),
    Row("web:end-program", {"POST": (NO_CASE, 404)}),
    Row("web:webhook", {"GET": (NO_CASE, 404), "POST": (NO_CASE, 404)}),
    Row("web:api-docs", LOOKED_AT, public=True),
    # web: reminders, where people sign in: at home there are none. The link and the secret in the table are wrong.
    Row("web:reminders", {"GET": (NO_CASE, 404), "POST": (NO_CASE, 404)}),
    Row("web:calendar-address", {"POST": (NO_CASE, 404)}),
    Row("web:stop-reminders", {"GET": (NO_CASE, 404), "POST": (NO_CASE, 404)}, public=True),
    Row("web:feed", {"GET": (NO_CASE, 404)}, public=True),
    # web: the end of the records (the household keeps its file alone: nothing to mark, nothing to destroy)
    Row("web:retention", {"GET": (READ, 200)}),
    Row("web:retention-school", {"POST": (OFFER, 302)}),
    Row("web:retention-family", {"POST": (ANSWER, 302)}),
    Row("web:destroy-records", {"GET": (OFFER, 302), "POST": (OFFER, 302)}),
    Row("web:permanent-record", {"GET": (NO_CASE, 404)}),
    # web: the guide, for everybody
    Row("web:guide", {"GET": (NO_CASE, 200)}, public=True),
    Row("web:guide-glossary", {"GET": (NO_CASE, 200)}, public=True),
    Row("web:guide-search", {"GET": (NO_CASE, 200)}, public=True),
    Row("web:guide-check", {"GET": (NO_CASE, 200)}, public=True),
    Row("web:guide-page", {"GET": (NO_CASE, 200)}, {"page_id": "mtss"}, public=True),
    # web: finding care. It reads no case; own entries and notes are told by who asks, and there is none in the table.
    Row("web:care", {"GET": (NO_CASE, 200)}),
    Row("web:care-add", {"GET": (NO_CASE, 200), "POST": (NO_CASE, 422)}),
    Row("web:care-entry", {"GET": (NO_CASE, 404), "POST": (NO_CASE, 404)}),
    Row("web:care-entry-remove", {"POST": (NO_CASE, 404)}),
    Row("web:care-wrong", {"GET": (NO_CASE, 404), "POST": (NO_CASE, 404)}, {"number": "2900000000"}),
    Row("web:care-wrong-back", {"POST": (NO_CASE, 404)}, {"number": "2900000000"}),
    Row("web:care-offices", {"GET": (NO_CASE, 200)}),
    Row("web:care-office", {"GET": (NO_CASE, 200)}, {"state": "TX"}),
    Row("web:care-for", {"GET": (READ, 302)}),
    # web: the law, for everybody
    Row("web:law", {"GET": (NO_CASE, 200)}, public=True),
    Row("web:law-calculator", {"GET": (NO_CASE, 200)}, public=True),
    Row("web:law-dates", {"GET": (NO_CASE, 302)}, public=True),
    Row("web:law-rules", {"GET": (NO_CASE, 200)}, public=True),
    Row("web:law-coverage", {"GET": (NO_CASE, 200)}, public=True),
    Row("web:law-compare", {"GET": (NO_CASE, 200)}, public=True),
    Row("web:law-place", {"GET": (NO_CASE, 200)}, {"place": "TX"}, public=True),
    Row("web:law-poster", {"GET": (NO_CASE, 200)}, {"place": "TX"}, public=True),
    Row("web:law-poster-file", {"GET": (NO_CASE, 200)}, {"place": "TX"}, public=True),
    Row("web:law-rule", {"GET": (NO_CASE, 200)}, {"place": "TX", "rule_id": "initial-evaluation"}, public=True),
)
