"""The compiled drift of conditions under a configuration that is held.

By uniformisation: the chain changes at the dates of a Poisson process as fast as its fastest state, or stays.

References
----------
Jensen, A. (1953). Markoff chains as an aid in the study of Markoff processes. Skandinavisk Aktuarietidskrift 36, 87-91.
"""

from __future__ import annotations

import numpy as np

from offramp.compiled import kernel
from offramp.shapes import Floats, Ints

__all__ = ["spend"]

MOST_CHANGES = 200.0
"""Changes expected in one go: so many that exp(-changes) is still a number."""

LEAST_WEIGHT = 1e-18


@kernel
def spend(rise: Floats, fall: Floats, strides: Ints, time: float, here: Floats, spent: Floats) -> None:
    """Let conditions drift for some time.

    Parameters
    ----------
    rise, fall : [K, C, P]
    strides : [K]
    time : float
    here : [C, P]
        The chances of being at each position; modified in place.
    spent : [C, P]
        The time spent at each position is added.
    """
    ladders, configurations, positions = rise.shape
    chance, moved, there = np.empty(positions), np.empty(positions), np.empty(positions)
    for c in range(configurations):
        fastest = 0.0
        for p in range(positions):
            leave = 0.0
            for k in range(ladders):
                leave += rise[k, c, p] + fall[k, c, p]
            fastest = max(fastest, leave)
        if fastest == 0.0:
            for p in range(positions):
                spent[c, p] += time * here[c, p]
            continue
        pieces = max(1, int(np.ceil(fastest * time / MOST_CHANGES)))
        mean = fastest * time / pieces
        for _ in range(pieces):
            weight = np.exp(-mean)
            later, changes = 1.0 - weight, 0
            for p in range(positions):
                chance[p] = here[c, p]
                there[p] = weight * chance[p]
                spent[c, p] += later / fastest * chance[p]
            while changes < mean or weight > LEAST_WEIGHT:
                changes += 1
                weight *= mean / changes
                later = max(later - weight, 0.0)
                for p in range(positions):
                    moved[p] = chance[p]
                for k in range(ladders):
                    stride = strides[k]
                    for p in range(positions):
                        up, down = chance[p] * rise[k, c, p] / fastest, chance[p] * fall[k, c, p] / fastest
                        moved[p] -= up + down
                        if up > 0.0:
                            moved[p + stride] += up
                        if down > 0.0:
                            moved[p - stride] += down
                for p in range(positions):
                    chance[p] = moved[p]
                    there[p] += weight * chance[p]
                    spent[c, p] += later / fastest * chance[p]
            for p in range(positions):
                here[c, p] = there[p]
