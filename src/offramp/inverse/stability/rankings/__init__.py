"""Rankings of one player that make a state stable, the others' being what they are: how many, and the nearest."""

from offramp.inverse.stability.rankings.nearest import Nearest, distance, nearest_ranking
from offramp.inverse.stability.rankings.number import Rankings, rankings

__all__ = ["Nearest", "Rankings", "distance", "nearest_ranking", "rankings"]
