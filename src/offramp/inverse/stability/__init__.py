"""Inverse stability: the least change of wants that makes a state an equilibrium, and what stands in the way.

A state is an equilibrium where inequalities between payoffs hold, some of which may do instead of others. Payoffs are
affine in worths, so that one choice among these is a linear programme, and the least change a search over choices:
* affine.py     games whose payoffs are affine in unknowns
* logic.py, views.py, requirements.py   what has to hold, as clauses
* cheapest.py, tree.py, search.py       the linear programme, the search over choices, and the forward judgement
* least.py      over the states of a target, the least and the next best
* blocking.py   what stands in the way where nothing will do
* rankings/     the same for what is known by its order alone
* worths.py, case.py   all of this from a case

References
----------
Kinsara, R. A., Kilgour, D. M. and Hipel, K. W. (2015). Inverse approach to the graph model for conflict resolution.
IEEE Transactions on Systems, Man, and Cybernetics: Systems 45, 734-742.

Wang, J., Hipel, K. W., Fang, L. and Dang, Y. (2018). Matrix representations of the inverse problem in the graph model
for conflict resolution. European Journal of Operational Research 270, 282-293.
"""

from offramp.inverse.stability.affine import AffineGame, Payoffs, Unknowns
from offramp.inverse.stability.case import (
    affine_games,
    least_change_of,
    nearest_ranking_of,
    rankings_of_player,
)
from offramp.inverse.stability.least import least_change
from offramp.inverse.stability.rankings import Nearest, Rankings, nearest_ranking, rankings
from offramp.inverse.stability.results import Answer, Blocking, Budget, Change, Held, Inverse, RangeEnd, Requirement
from offramp.inverse.stability.worths import Straight, straight

__all__ = [
    "AffineGame",
    "Answer",
    "Blocking",
    "Budget",
    "Change",
    "Held",
    "Inverse",
    "Nearest",
    "Payoffs",
    "RangeEnd",
    "Rankings",
    "Requirement",
    "Straight",
    "Unknowns",
    "affine_games",
    "least_change",
    "least_change_of",
    "nearest_ranking",
    "nearest_ranking_of",
    "rankings",
    "rankings_of_player",
    "straight",
]
