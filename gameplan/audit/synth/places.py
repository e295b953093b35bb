"""Where the children of the made-up nation live: States, districts and schools, in order of the case number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from gameplan.audit.synth.arrays import Rows

# Children with an IEP in thousands and school districts, by State. Rounded to what the sizes of the States suggest:
# good enough for a load of the right shape, not a statistic.
SIZES: Final = {
    "AK": (19, 54), "AL": (98, 140), "AR": (77, 235), "AZ": (150, 230), "CA": (800, 920), "CO": (115, 178),
    "CT": (85, 170), "DC": (14, 60), "DE": (26, 40), "FL": (430, 75), "GA": (240, 200), "HI": (19, 15),
    "IA": (72, 327), "ID": (40, 150), "IL": (310, 800), "IN": (195, 360), "KS": (80, 286), "KY": (112, 171),
    "LA": (92, 130), "MA": (185, 310), "MD": (117, 24), "ME": (36, 180), "MI": (215, 520), "MN": (160, 330),
    "MO": (135, 500), "MS": (72, 140), "MT": (21, 270), "NC": (208, 240), "ND": (18, 160), "NE": (55, 244),
    "NH": (31, 150), "NJ": (250, 540), "NM": (58, 125), "NV": (65, 18), "NY": (560, 680), "OH": (285, 600),
    "OK": (120, 500), "OR": (88, 197), "PA": (350, 500), "RI": (25, 45), "SC": (117, 80), "SD": (24, 149),
    "TN": (135, 147), "TX": (775, 1000), "UT": (93, 120), "VA": (185, 132), "VT": (16, 100), "WA": (165, 300),
    "WI": (132, 410), "WV": (49, 55), "WY": (16, 48),
}  # fmt: skip
STATES: Final = tuple(SIZES)
NO_STATE: Final = len(STATES)
"""Stands for no State in every array of States: federal law alone."""

WITHOUT_STATE: Final = 0.004
SKEW: Final = 1.3
"""Spread of the sizes of districts (of their logarithms): a few are large, most are small."""

SCHOOL_OF: Final = 120
"""Children with a file to a school, about."""


@dataclass(frozen=True)
class Nation:
    """Every district in order: its State, its name, its number of schools, and the case after its last child."""

    states: npt.NDArray[np.int8]
    names: tuple[str, ...]
    schools: Rows
    ends: Rows

    def districts_of(self, cases: Rows) -> Rows:
        """The district of each case, by its row here."""
        return np.asarray(np.searchsorted(self.ends, cases, side="right"), dtype=np.int64)


def nation_of(children: int, rng: np.random.Generator) -> Nation:
    """A nation of so many children: shares by State, districts of skewed size within each."""
    sizes = np.array([size for size, _ in SIZES.values()], dtype=float)
    without = round(children * WITHOUT_STATE)
    by_state = _shared(children - without, sizes)
    counts, states, names = [], [], []
    for state, (code, (_, districts)) in enumerate(SIZES.items()):
        weights = rng.lognormal(0.0, SKEW, districts)
        counts.append(rng.multinomial(by_state[state], weights / weights.sum()))
        states.append(np.full(districts, state, dtype=np.int8))
        names += [f"{code}-{number:04d}" for number in range(1, districts + 1)]
    counts.append(np.array([without]))
    states.append(np.array([NO_STATE], dtype=np.int8))
    each = np.concatenate(counts)
    schools = np.clip(each // SCHOOL_OF + 1, 1, 99)
    return Nation(np.concatenate(states), (*names, ""), schools, np.cumsum(each))


def _shared(number: int, weights: npt.NDArray[np.float64]) -> Rows:
    """The number parted by weight into whole numbers that add up to it: the largest remainders round up."""
    exact = number * weights / weights.sum()
    whole: Rows = np.floor(exact).astype(np.int64)
    rest = number - int(whole.sum())
    whole[np.argsort(-(exact - whole), kind="stable")[:rest]] += 1
    return whole
