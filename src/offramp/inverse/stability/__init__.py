"""Inverse stability: the least change of wants that makes a state an equilibrium, and what stands in the way.

A state is an equilibrium where inequalities between payoffs hold, some of which may do instead of others. Payoffs are
affine in worths, so that one choice among these is a linear programme, and the least change a search over choices:
* affine.py     games whose payoffs are affine in unknowns
* logic.py, views.py, requirements.py   what has to hold, as clauses
* cheapest.py, tree.py, search.py       the linear programme, the search over choices, and the forward judgement
* least.py      over the states of a target, the least and the next best
* blocking.py   what stands in the way where nothing will do
* rankings/     the same for what is known by its order alone
* worths.py, case.py, checked.py   all of this from a case
* rounded.py   what the unknowns have to be, as it can be told
* wider.py     what would do beyond the stated ranges

The literature knows the question as the inverse problem of the graph model, and asks it of rankings; so does GMCR+.
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
from offramp.inverse.stability.rounded import rounded_ends
from offramp.inverse.stability.wider import least_change_beyond
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
    "least_change_beyond",
    "least_change_of",
    "nearest_ranking",
    "nearest_ranking_of",
    "rankings",
    "rankings_of_player",
    "rounded_ends",
    "straight",
]
