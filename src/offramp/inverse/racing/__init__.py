"""Races among packages of levers: the best ones, and what levers add, without solving all packages in all worlds.

Pure functions on arrays; what a package means, and how it is solved, is the caller's.

* grid.py        all packages, numbered; what they cost and which levers they move
* table.py       solved cells (a package in a world); nothing is solved twice
* spread.py      the first cells
* effects.py, variances.py, sheet.py, factor.py, likelihood.py   the mixed model
* learner.py     from the table to scores (model.py, shares.py, loadings.py, scores.py: estimates and how sure they are)
* domination.py, rounds.py, running.py   who is discarded, who is solved in further worlds
* fronts.py, minimal.py, adds.py, worst.py, results.py   what was found
* race.py        all of it
"""

from offramp.inverse.racing.adds import Adds, LeverAdds
from offramp.inverse.racing.fronts import Front, Member
from offramp.inverse.racing.grid import MOST_PACKAGES, Grid
from offramp.inverse.racing.minimal import MinimalSet
from offramp.inverse.racing.race import race
from offramp.inverse.racing.results import Race
from offramp.inverse.racing.table import Progress, Solve
from offramp.inverse.racing.worst import WorstTenth

__all__ = [
    "MOST_PACKAGES",
    "Adds",
    "Front",
    "Grid",
    "LeverAdds",
    "Member",
    "MinimalSet",
    "Progress",
    "Race",
    "Solve",
    "WorstTenth",
    "race",
]
