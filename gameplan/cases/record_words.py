"""The record of access in plain words: a sentence for each action of the trail, and why each role has the file open.

A verb that writes a new action into the trail adds its sentence here; a test fails until it does.
"""

from __future__ import annotations

from typing import Final

from gameplan.core.words import Say

SENTENCES: Final[dict[str, Say]] = {
    # looking
    "read": Say("Looked at the file."),
    "share": Say("Took a copy of the whole file."),
    "export-for-audit": Say("Counted this case in a report. It has no name, note or paper."),
    # the case itself
    "start-case": Say("Began this file."),
    "change-child": Say("Changed what the file says about the child."),
    "save-calendar": Say("Kept a school calendar."),
    "remove-calendar": Say("Took a school calendar out."),
    # what happened
    "record-fact": Say("Wrote down what happened."),
    "correct-fact": Say("Corrected what was written down."),
    "withdraw-fact": Say("Took back what was written down."),
    "add-account": Say("Told it from another side."),
    "attach": Say("Added a paper."),
    "pin-paper": Say("Put a paper to what was written down."),
    # from a file
    "import-case": Say("Brought the file in from somewhere else."),
    "import-papers": Say("Brought its papers in."),
    "import-letters": Say("Brought its letters in."),
    "import-sending": Say("Brought in when a letter was sent."),
    "import-versions": Say("Brought its plans in."),
    "import-steps": Say("Brought in what happened to its plans."),
    "import-amendment": Say("Brought in a request to change the record."),
    "import-retention": Say("Brought in a step to the end of the records."),
    "import-notice": Say("Brought in a notice."),
    "import-delivery": Say("Brought in how a paper was delivered."),
    "import-choice": Say("Brought in a choice of e-mail or paper."),
    "import-wish": Say("Brought in a wish for a language."),
    "import-help": Say("Brought in that an interpreter or a translation was asked for."),
    "bring-case": Say("Brought this file in from the system that the district used before."),
    "bring-papers": Say("Brought its papers in from the system that the district used before."),
    "bring-facts": Say("Brought in what happened, from the system that the district used before."),
    # amending the record
    "ask-amendment": Say("Asked the school to change the record."),
    "agree-to-amendment": Say("Agreed to change the record."),
    "refuse-amendment": Say("Said no to changing the record."),
    "amend-record": Say("Changed the record as asked."),
    "ask-record-hearing": Say("Asked for a hearing about the record."),
    "hold-record-hearing": Say("Held the hearing about the record."),
    "decide-record-hearing": Say("Decided the hearing about the record."),
    "add-record-statement": Say("Added a statement that stays with the record."),
    # permission, signatures, people
    "ask-consent": Say("Asked for permission."),
    "withdraw-consent": Say("Took back a request for permission."),
    "answer-consent": Say("Answered a request for permission."),
    "revoke-consent": Say("Took permission back."),
    "sign": Say("Signed on a screen."),
    "send-copy": Say("Sent a copy of what was signed."),
    "agree-to-sign-on-screen": Say("Agreed to sign on a screen."),
    "end-signing-on-screen": Say("Ended signing on a screen."),
    "import-consents": Say("Brought its permissions in."),
    "invite": Say("Invited somebody to this file."),
    "withdraw-invitation": Say("Took an invitation back."),
    "join": Say("Joined this file."),
    "end-member": Say("Ended somebody’s place in this file."),
    "assign": Say("Gave this child to somebody who works at the school."),
    "unassign": Say("Took this child from somebody who works at the school."),
    # the end of the records
    "mark-records-not-needed": Say("Said that the records are no longer needed."),
    "tell-records-not-needed": Say("Told the family that the records are no longer needed."),
    "mark-records-needed": Say("Said that the records are needed after all."),
    "ask-copy-of-records": Say("Asked for a copy of the records."),
    "give-copy-of-records": Say("Gave a copy of the records."),
    "ask-destruction": Say("Asked to destroy the records."),
    "take-back-destruction": Say("Took back the wish to destroy the records."),
    "destroy-records": Say("Destroyed the records."),
    # a school joins, a child moves, two cases become one
    "ask-school": Say("Asked a school to hold this case."),
    "take-back-asking": Say("Took the question to the school back."),
    "decline-case": Say("Said no to holding this case."),
    "take-on-case": Say("Said yes: from then on the school held this case."),
    "know-case": Say("Said that the school has a case of this child already."),
    "show": Say("Showed something to the school."),
    "stop-showing": Say("Stopped showing something to the school."),
    "show-chosen": Say("Opened to the school what the family chose."),
    "keep-copy": Say("Kept a copy of the file as it was that day."),
    "leave-school": Say("Ended the school’s part in this case."),
    "propose-merging": Say("Proposed to put two cases of this child together."),
    "agree-to-merging": Say("Said yes to putting the two cases together."),
    "refuse-merging": Say("Said no to putting the two cases together."),
    "go-into": Say("Closed this file: it went into another one."),
    "take-in": Say("Took in another file of this child."),
    "take-in-facts": Say("Brought over what the other file told."),
    "take-in-paper": Say("Brought over a paper of the other file."),
    "add-family": Say("Let somebody of the family in."),
    "link-pupil": Say("Said which student of the school’s roster this file is about."),
    "unlink-pupil": Say("Took back which student of the school’s roster this file is about."),
    # letters
    "finish-letter": Say("Finished a letter."),
    "send-letter": Say("Sent a letter."),
    "letter-received": Say("Wrote down that a letter arrived."),
    # notices of the school, how papers reach the family, and languages
    "finish-notice": Say("Finished a notice."),
    "write-notice": Say("Froze the words of a notice."),
    "translate-notice": Say("Put a translation beside a notice."),
    "send-notice": Say("Sent a paper to the family."),
    "open-notice": Say("Opened a paper that was sent."),
    "save-notice": Say("Saved a paper that was sent."),
    "confirm-notice": Say("Confirmed that a paper has come."),
    "close-link": Say("Closed a private link."),
    "choose-delivery": Say("Chose e-mail or paper for notices."),
    "set-language": Say("Said which languages to use."),
    "ask-interpreter": Say("Asked for an interpreter."),
    "ask-translation": Say("Asked for a translation."),
    "ask-oral": Say("Asked for a notice to be told in words."),
    "interpreter-done": Say("Wrote down that an interpreter was there."),
    "translation-done": Say("Wrote down that a translation is done."),
    "oral-done": Say("Wrote down that a notice was told in words."),
    "queue-paper": Say("Put an e-mail with a paper in the queue."),
    "try-paper": Say("Tried to send an e-mail; it is tried again."),
    "paper-sent": Say("A paper went out."),
    "paper-failed": Say("An e-mail with a paper could not be sent."),
    "paper-arrived": Say("A paper arrived."),
    # plans and meetings
    "begin-plan": Say("Began a plan."),
    "write-plan": Say("Worked on a plan."),
    "remark-on-plan": Say("Made a comment on a plan."),
    "settle-remark": Say("Took care of a comment on a plan."),
    "shared-plan": Say("Shared the draft of a plan."),
    "propose-plan": Say("Proposed a plan."),
    "answered-plan": Say("Answered a plan."),
    "corrected-plan": Say("Put a slip of the pen right in a plan."),
    "reviewed-plan": Say("Reviewed a plan."),
    "ended-plan": Say("Ended a plan."),
    "invite-to-meeting": Say("Sent the invitation to a meeting."),
    "hold-meeting": Say("Wrote down that a meeting was held."),
    "choose-times": Say("Said which times for a meeting suit."),
    # progress, minutes, and extra help in class
    "begin-measure": Say("Began to measure something."),
    "change-measure": Say("Changed what a measure aims at."),
    "end-measure": Say("Ended a measure."),
    "note-point": Say("Noted a measurement."),
    "correct-point": Say("Put a measurement right."),
    "withdraw-point": Say("Took a measurement back."),
    "note-teaching-change": Say("Noted a change in teaching."),
    "decide-on-progress": Say("Noted what was decided about progress."),
    "log-session": Say("Noted a session of a service."),
    "correct-session": Say("Put the note of a session right."),
    "withdraw-session": Say("Took the note of a session back."),
    "note-accommodation": Say("Noted whether an accommodation was given."),
    "note-incident": Say("Noted a behavior."),
    "correct-incident": Say("Put the note of a behavior right."),
    "withdraw-incident": Say("Took the note of a behavior back."),
    "write-behavior-summary": Say("Wrote down what a behavior may be for."),
    "write-behavior-plan": Say("Wrote a behavior plan."),
    "begin-support": Say("Began extra help in class."),
    "change-support": Say("Changed extra help in class."),
    "end-support": Say("Ended extra help in class."),
    "note-support": Say("Noted something about extra help in class."),
    "withdraw-support-note": Say("Took back a note about extra help in class."),
    "hand-over-support": Say("Made a paper of extra help in class for an evaluation."),
    "send-progress-report": Say("Sent a progress report."),
    "import-progress": Say("Brought in measurements or minutes from a file."),
}

LOOKS: Final = frozenset({"read", "share", "export-for-audit"})
"""Actions that only look or take a copy. All others change the file."""

SILENT: Final = frozenset({"finish-letter"})
"""What the family does by itself, even if it shows the result later."""

OPEN: Final = frozenset({
    "change-child", "save-calendar", "remove-calendar", "invite", "withdraw-invitation", "join", "end-member",
})  # fmt: skip
"""What the family does with the part of the file that both sides always see, and who is part of it."""

PURPOSES: Final[dict[str, Say]] = {
    "parent": Say("Is raising the child"),
    "guardian": Say("Is raising the child"),
    "foster-parent": Say("Looks after the child at home"),
    "surrogate": Say("Decides for the child in place of a parent"),
    "adult-student": Say("It is their own file"),
    "advocate": Say("Helps the family, who asked them in"),
    "helper": Say("Helps the family, who asked them in"),
    "interpreter": Say("Says it in the family’s language"),
    "iep-manager": Say("Takes care of the child’s plan for the school"),
    "special-teacher": Say("Teaches the child"),
    "general-teacher": Say("Teaches the child"),
    "evaluator": Say("Tests the child to find out what helps"),
    "provider": Say("Gives help that the plan promises"),
    "aide": Say("Helps the child in class"),
    "district-representative": Say("Speaks for the district on the child’s team"),
    "district-director": Say("Leads special education in the district"),
    "state-monitor": Say("Checks for the State that the rules are kept"),
    "installer": Say("Runs this program"),
    "visitor": Say("Was asked which times for a meeting suit"),
}
"""Why somebody in this role may use the file (34 CFR 300.614: the purpose)."""

KNOWN: Final[dict[str, Say]] = {
    "home": Say("The family at home"),
}
"""Those in the trail who have no account."""


def sentence(action: str) -> Say:
    """What was done, in plain words; the action's own word if this program does not know it."""
    return SENTENCES.get(action) or Say("Did something with the file ({action}).", {"action": action})
