"""Every sentence the engine can say, in one place, so that the catalogue holds them all."""

from __future__ import annotations

STARTED = "It started on {day}: {event}."
STARTED_SCHOOL_YEAR = "It is counted for the school year that starts on {day}."
ANCHORED = "It is counted back from {day}: {event}."
RECEIVED_NOT_SAID = (
    "The file does not say when the school received it, so the count starts on {day}. "
    "If the school got it later, the date moves later."
)
RULE_NUMBER = "The rule gives {length} {unit} ({cite})."
RULE_NO_NUMBER = "The law gives no number of days here. Its words are: {standard} ({cite})."
COUNT_TO = "{length} {unit} after {start} is {due}."
COUNT_BACK = "{length} {unit} before {start} is {due}."
COUNT_SKIPPED = "{skipped} days in between do not count (weekends, breaks, days without school)."
COUNT_RANGE = "It falls between {earliest} and {latest}. What is missing decides which day."
LAST_DAY_STANDS = "{due} is a {weekday}. The date does not move to the next working day, so act before it."
STATE_REPLACES = "{state} sets its own time here, as federal law allows ({cite})."
STATE_SETS = "Federal law gives no number here; {state} does."
STATE_ADDS = "Both the federal limit and the one of {state} count. The earlier one decides."
FEDERAL_EARLIER = "The federal limit ends first, on {due} ({cite})."
WITHIN = "It may not end later than “{other}”, which is due on {due}."
LOW_BOTH = (
    "Our source for the State's number is weak, so we show it beside the federal one: "
    "{state_due} under the State's rule, {federal_due} under the federal rule."
)
READING = "The sources do not agree. Another reading: {text} ({due})."
NEAR_YEAR_END = "The school year ended soon after the start ({left} left), so another rule sets the date: {text}"
SUMMER_MOVED = "That day falls in summer, so the date moves: {text}"
ABSENCES_ADDED = "The child was absent on {number} school days in this time, so it is that much longer ({cite})."
EXTENDED = "Both sides agreed to more time: {text} The new date is {due}."
EXTENDED_BY_STATE = "The State gave more time. The new date is {due}."
EXTENSION_CAPPED = "The law caps that extension, so it ends on {due}."
EXTENSION_TOO_LATE = "The extra time of {day} came after the time had run out on {due}. That does not move the date."
NEW_DATE = "The new date that was agreed"
WHEN_ASKED = "The day on which the extra time was asked for, and any earlier extra time"
WHICH_POINTS = "Which points the complaint has, and if all of them were set aside"
EXTENSION_NO_DATE = "An agreement to more time is in the file, without its new date."
PAUSED = "The count stopped on {day}: {text}"
PART_PAUSED = "From {day} some points were set aside; the time goes on for the others: {text}"
PAUSE_DAYS = "{number} days are not counted: {text}"
EXCUSED = "It does not bind here: {text} ({day})."
LATE_BEFORE = "The time had already run out when this happened, on {day}: {event}. That does not undo it."
REVIVED = "It seemed to end on {day} ({event}), but permission to evaluate came after that."
WHICH_REQUEST = "Which request the permission belongs to, and when that request was made"
STARTS_ELSEWHERE = "In {state} this time starts with something that is not in the file: {event}."
STARTS_WITH = "The day of this: {event}"
FELL_AWAY = "It fell away on {day}: {event}."
DONE = "It was done on {day}: {event}."
DONE_LATE = "It was done on {day}, {days} days late: {event}."
DONE_BY_THEN = "It was done by {day} at the latest, as this shows: {event}."
WHEN_DONE = "The day on which this was done: {title}"
NOT_DONE = "Nothing in the file shows that it was done."
MAYBE_DONE = "Something in the file may have met it: {event}, {day}. The file does not say enough to be sure."
DEPENDS_ON = "It only counts if this is so: {text}"
CONDITION_OPEN = "Tell us if this is so: {text}"
DATA_OPEN = "For “{event}” of {day}: {fields}"
TWO_ACCOUNTS = "The two sides do not agree on a date. Both are worked out below."
ACCOUNT = "By the account of the {side}: started {started}, due {due}."
ACCOUNT_NO_DUE = "By the account of the {side}: started {started}."
ACCOUNT_NOTHING = "By the account of the {side} it has not started."
ACCOUNTS_AGREE = "The two sides give different dates, but the answer is the same."
ACCOUNTS_SETTLE = "Proof of the right date, such as a stamped copy, a receipt or an e-mail"
NOT_IN_FORCE = (
    "We do not have the rule “{title}” as it was in force in {year}. So there is no firm date here. "
    "Ask for the text in force then."
)
NOT_CHECKED_BACK = (
    "The rule “{title}” was read as it stands today. Whether it was in force in the same words in {year} was not "
    "checked, so there is no firm date here."
)
NO_STATE = "No State is given. Only federal law is shown; most States set their own dates."
IF_ASKED_LATE = "This holds unless the evaluation was asked for late in the last school year. Then: {text}"
ASKED_ON = "The day on which the evaluation was asked for"
STATE_NOT_KNOWN = "Which State the child goes to school in"
CALENDAR_NEEDED = "Some dates here count school days. Add the school calendar to see them exactly: {missing}."
PLAN_PASSED = "“{event}” was planned for {day}. Did it happen?"
NOT_YET_RUNS = "Your file touches a rule that gameplan cannot work out yet: “{title}” ({cite}). {why}"
PART_NOT_YET = "Part of the rule “{title}” is not worked out here: {why}"
CHECK_WITH = "Check this with {source}."
CHECK_MEDIUM = "This rests on a summary, not on the words of the rule. Check this with {source}."
CHECK_LOW = "This was not confirmed. Check this with {source} before you rely on it."
FLOOR = "Not before {due}."
TOO_EARLY = "It was done on {day}, before it may be done: {event}."
CAPPED_BY = "The paper itself names an earlier end: {due}."
MAY_STOP = "Courts do not agree if what happened on {day} stops the time: {text} Act by the earlier day."
IF_IT_STOPS = "If what was asked for stops the time in your State"
CHANGES_NOTHING = "What happened on {day} does not move the date: {text}"
ENDED_EARLY = "The time was over on {day}: {text}"
OPEN_EXTENSION = "The time goes on, without a fixed end yet: {text}"
PERIOD_OVER = "This time was over on {due}."
HOLDS = "This lasts until something ends it."
HOLD_ENDED = "It ended on {day}: {event}."
HOLD_RAN_OUT = "It ended on {day}, when the time for “{other}” had run out unused."
NOT_YET_BEGUN = "This time has not begun yet. As things stand it begins on {day}."
LAST_DAY_TWO_WAYS = (
    "The last day is counted in two ways: to the same day a year on ({due}), or to the day before it ({before}). "
    "Act by the earlier one."
)
WORKING_DAY_BEFORE = (
    "{due} is a weekend day or a holiday. It never moves to a later day, but some set the working day before it: "
    "{before}."
)
DAY_BEFORE = "Here a year ends the day before its anniversary: {due}."
WHICH_LAST_DAY = "Which of the two last days your State or school counts"
BEFORE_MOVE = "It began before your child went to school in {state}. The rules of the State before counted then."
OLD_STATE = "The rule of the State in which your child went to school then"
HOW_LONG_OUT = "How many school days your child was out of school"
SETTLED_WEAKLY = "That your State sets no other time of its own was read in a summary, not in its rule. Ask your State."
ASK_STATE = (
    "Federal law gives {length} {unit} ({cite}), unless the State sets a time of its own. Whether {state} does was "
    "not found, so there is no firm date here. By the federal number it would be {due}."
)
DAYS_OUT = "Days of removal in this school year: {number}. More than {length} were reached on {day}."
DAYS_OUT_RANGE = (
    "Days of removal in this school year: between {least} and {most}. More than {length} were reached between "
    "{earliest} and {latest}, or not at all."
)
DAYS_OUT_SO_FAR = (
    "Days of removal in this school year so far: {number}. The rule starts when there are more than {length}."
)
IN_A_ROW = "One removal alone is longer than {length} school days, so no pattern has to be shown."
STOPPED_AGAIN = "On {day} there were no services again."
WHICH_DAYS_OUT = "On which days your child was out of school, for the removal of {day}"
PART_DAY_COUNTS = "How the school counts the part of a day of {day}: as a whole day, half a day, or not"
KEPT_LEARNING = (
    "If your child kept services, class work and time with others in the suspension inside the school of {day}"
)
USED_UP = "This is number {number} of {length} that the law gives for each."
OVER_THE_LIMIT = "It is number {number}; the law gives {length} for each. The school need not agree to it."
WHICH_EVALUATION = "Which evaluation each request is about"
ROUGH_DAY = "The exact day of “{event}”: between {first} and {last}"
ROUGH = "The file gives a day only roughly, so the answer is a range."
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
UNITS = {
    "calendar-day": "calendar days",
    "business-day": "business days",
    "business-day-incl-holidays": "business days, holidays counted",
    "school-day": "school days",
    "instructional-day": "instructional days",
    "hour": "hours",
    "month": "months",
    "year": "years",
    "school-year": "school years",
    "count": "times",
}
ONE_UNIT = {"year": "year", "month": "month", "calendar-day": "calendar day", "school-day": "school day",
            "business-day": "business day", "instructional-day": "instructional day", "hour": "hour",
            "school-year": "school year"}  # fmt: skip
STANDARDS = {
    "reasonable-time": "within a reasonable time",
    "promptly": "promptly",
    "upon": "at that time",
    "ongoing": "at all times",
    "before": "before it happens",
    "comparable-time": "in a time comparable to public school",
    "as-soon-as-possible": "as soon as possible",
    "as-expeditiously-as-possible": "as quickly as possible",
    "upon-completion": "when it is complete",
    "early-enough": "early enough to take part",
    "on-exit": "when the child leaves",
    "expedited": "faster than usual",
    "as-written-in-iep": "when the IEP says",
    "take-part": "take part in it",
    "reasonable-efforts": "reasonable efforts",
    "without-unnecessary-delay": "without needless delay",
    "immediate-steps": "at once",
    "timely": "in good time",
    "periodic": "from time to time",
    "upon-request": "when you ask",
    "until-decision-or-end-of-removal": "until the decision or the end of the removal, whichever comes first",
    "until-proceedings-end": "until the dispute is over",
    "from-day-one": "from the first day",
    "age-range": "from the third birthday on, to the age the State sets",
    "reconvene": "meet again",
    "with-notice": "with the notice of the meeting",
    "local-procedure": "by the school's own procedure",
    "in-any-fape-decision": "in every decision about your child's education",
}
# What is asked of a fact that leaves open what a rule needs to know, by field.
OPEN_FIELDS = {
    "for": "what it was for", "about": "what it was about", "type": "which kind of evaluation it was",
    "what": "what it was", "kind": "which kind it was", "by": "who did it", "written": "if it was in writing",
    "decision": "if the school said yes or no", "subject": "what it was about", "reason": "for what reason",
    "expedited": "if it was about discipline (a faster hearing)", "eligible": "if your child qualifies",
    "how": "how it was done", "expense": "who pays", "had_iep": "if your child had an IEP before",
    "is_manifestation": "if the disability caused it", "same_school_year": "if it was within one school year",
    "more_data_needed": "if more tests are needed", "change_of_placement": "if it changed the placement",
    "why": "why", "has_transition": "if the IEP plans for adult life", "setting": "what kind of school it is",
    "given": "if there were services", "similar": "if it was much the same each time", "because": "what caused it",
    "pwn_already_sent": "if the school had sent its written notice before",
    "by_permission": "if the officer allowed it", "from": "what it came from",
    "placement_change_agreed_with_parent": "if the officer agreed with you about the placement",
    "team_told": "if the team was told", "diploma": "which diploma it is",
    "adequate_progress": "if the help worked well enough", "invited": "who was invited",
    "has_majority_statement": "if the IEP speaks of the rights at the age of majority",
    "path": "which path it was", "answer": "what the answer was", "first": "if it was the first IEP",
    "silent": "if it was silence, without a clear no", "purpose": "what it was for",
    "transfers": "if the rights pass to your child in your State",
}  # fmt: skip
SIDES = {
    "parent": "parent", "school": "school", "student": "student", "state": "State", "sea": "State",
    "other": "other side",
    "system": "calendar", "new-school": "new school", "old-school": "old school", "team-member": "team member",
    "hearing-officer": "hearing officer", "mediator": "mediator", "part-c": "early intervention program",
    "party": "either side", "anyone": "anyone", "federal": "federal office", "authorities": "authorities",
}  # fmt: skip


def all_sentences() -> set[str]:
    """Every English message of this module, for the catalogue."""
    found: set[str] = set()
    for name, value in globals().items():
        if not name.isupper():
            continue
        if isinstance(value, str):
            found.add(value)
        elif isinstance(value, dict):
            found |= {text for text in value.values() if isinstance(text, str)}
        elif isinstance(value, tuple):
            found |= {text for text in value if isinstance(text, str)}
    return found
