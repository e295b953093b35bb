"""A day known only roughly is worked out again only for the clocks that look at its kind of fact: nothing is missed.

What a clock looks at is gathered from its entry. Here every clock is worked out for every day, and says the same.
"""

from __future__ import annotations

from gameplan.audit.evaluate import Evaluator
from tests.properties.agreeing import answers_of_the_audit
from tests.properties.made_up import EACH_DAY, asked_on, made

GROUPS, OFTEN_ROUGH = 4, 0.15


def test_a_clock_that_does_not_look_at_a_rough_day_says_the_same_for_each_of_its_days() -> None:
    ranges = 0
    for first in range(0, GROUPS * EACH_DAY, EACH_DAY):
        on = asked_on(first)
        some, every = Evaluator(on), Evaluator(on)
        every.filler.tables["reads"] = 1
        cases = {seed: made(seed, rough=OFTEN_ROUGH) for seed in range(first, first + EACH_DAY)}
        answers = answers_of_the_audit(every, on, cases.items())
        assert answers_of_the_audit(some, on, cases.items()) == answers
        ranges += sum(answer.reason == "rough-day" for found in answers.values() for answer in found)
    assert ranges > 50  # or next to nothing was looked at
