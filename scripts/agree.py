"""`python -m scripts.agree --cases 1000000`: do the explaining engine and the compiled audit agree, case after case?

Cases are made up from seeds, as in tests/properties; the first disagreement stops the run with its seed. Days known
only roughly are kept rare: the engine works each such case out some thirty times.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context

from gameplan.audit.evaluate import Evaluator
from gameplan.core.assess import assess
from gameplan.law import law_for
from tests.properties.agreeing import Asked, differences
from tests.properties.made_up import EACH_DAY, asked_on, made

ROUGH = 0.003
EVERY = 30.0
"""Seconds between two lines of progress."""
AHEAD = 4
"""Groups handed to each worker before their answers are there."""


@dataclass(slots=True)
class Tally:
    """What was looked at, and the lines that say where the two differ."""

    cases: int = 0
    duties: int = 0
    differ: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Takes in what another tally counted."""
        self.cases += other.cases
        self.duties += other.duties
        self.differ += other.differ


_mine: list[Evaluator] = []


def look_at(seeds: range) -> Tally:
    """Both evaluators' answers to the cases of these seeds, all of one day, held beside each other."""
    if not _mine:
        _mine.append(Evaluator(asked_on(seeds.start)))
    on, asked = asked_on(seeds.start), []
    for seed in seeds:
        case = made(seed, rough=ROUGH)
        asked.append(Asked(seed, case, assess(case, law_for(case.child.state), on=on).duties))
    return Tally(len(asked), sum(len(one.duties) for one in asked), differences(_mine[0], on, asked))


def groups(first: int, cases: int) -> Iterator[range]:
    """The seeds in groups that share a day."""
    seed, end = first, first + cases
    while seed < end:
        following = min(end, (seed // EACH_DAY + 1) * EACH_DAY)
        yield range(seed, following)
        seed = following


def run(first: int, cases: int, workers: int) -> Tally:
    """Looks at that many cases from seed `first` on, until the first disagreement."""
    began = said = time.monotonic()
    left = groups(first, cases)
    # The first group alone: the one process compiles what the others then load.
    found = look_at(next(left))
    if found.differ:
        return found
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting: set[Future[Tally]] = {pool.submit(look_at, one) for one in islice(left, workers * AHEAD)}
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for one in done:
                found.add(one.result())
            if not found.differ:
                waiting |= {pool.submit(look_at, group) for group in islice(left, len(done))}
            if time.monotonic() - said > EVERY:
                said = time.monotonic()
                print(f"{found.cases:,} cases, {found.duties:,} duties, {said - began:.0f} s", flush=True)
    return found


def main(words: list[str] | None = None) -> int:
    """Runs the check. Gives 0 if the two agree everywhere, 1 if not."""
    asks = argparse.ArgumentParser(prog="python -m scripts.agree", description=__doc__)
    asks.add_argument("--cases", type=_positive, default=20_000, help="how many cases to make up")
    asks.add_argument("--seed", type=int, default=0, help="the seed of the first case; the others follow it")
    asks.add_argument("--workers", type=_positive, default=2, help="how many processes")
    told = asks.parse_args(words)
    began = time.monotonic()
    found = run(told.seed, told.cases, told.workers)
    for line in found.differ:
        print(line, file=sys.stderr)
    print(
        f"{found.cases:,} cases from seed {told.seed}, {found.duties:,} duties, {len(found.differ):,} disagreements, "
        f"{time.monotonic() - began:.0f} s"
    )
    if found.differ:
        print(f"A case again: tests.properties.made_up.made(SEED, rough={ROUGH})", file=sys.stderr)
    return 1 if found.differ else 0


def _positive(word: str) -> int:
    number = int(word)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{word} is not a number of 1 or more")
    return number


if __name__ == "__main__":
    sys.exit(main())
