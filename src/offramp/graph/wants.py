"""What the players want, as flows and end worths over the states of one world."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from offramp.errors import WorldError
from offramp.graph.options import PlayerSpace
from offramp.graph.situation import Situation
from offramp.graph.sums import Sum, Term
from offramp.model import Faction, Perception, Player
from offramp.model.players import owner_of, worth_name
from offramp.shapes import Floats

__all__ = ["Believed", "beliefs", "end_worth", "flow", "influence", "precision", "switching_costs"]

Believed = Mapping[str, float]
"""What stands in place of the truth in a perceived game, by the path of the worth, influence or precision."""


def beliefs(situation: Situation, perceptions: tuple[Perception, ...]) -> Believed:
    """Evaluate what a player believes in one world."""
    return {p.target: situation.scalar(p.believed, p.path) for p in perceptions}


def flow(situation: Situation, player: Player, faction: Faction, believed: Believed) -> Floats:
    """Return what a faction earns per unit of time in each state, [C, P]."""
    key = "flow", id(faction), tuple(believed.items())
    return situation.once(key, lambda: _worths(situation, player, faction, believed, at_end=False))


def end_worth(situation: Situation, player: Player, faction: Faction, believed: Believed) -> Floats | None:
    """Return what a faction earns at the foresight date in each state, [C, P]; None for nothing."""
    if not any(want.at_end for want in faction.wants):
        return None
    return _worths(situation, player, faction, believed, at_end=True)


def _worths(situation: Situation, player: Player, faction: Faction, believed: Believed, *, at_end: bool) -> Floats:
    graph, wants = situation.graph, [want for want in faction.wants if want.at_end == at_end]
    terms = (Term(want.worth, (*want.path, "worth"), want.that) for want in wants)
    added = graph.once(("wants", id(faction), at_end), lambda: Sum(graph, tuple(terms)))
    names = [worth_name(player, faction, want) for want in wants] if believed else []
    total = added.total(situation, {n: believed[name] for n, name in enumerate(names) if name in believed})
    if not np.isfinite(total).all():
        raise _not_finite(situation, faction)
    return np.broadcast_to(total, graph.shape)


def _not_finite(situation: Situation, faction: Faction) -> WorldError:
    """Name the want that is not finite; where none is, they add up to something that is not."""
    bad = [want for want in faction.wants if not np.isfinite(situation.value(want.that)).all()]
    path = (*bad[0].path, "that") if bad else faction.path
    return WorldError("the want is not finite in some state", code="non-finite",
                      hint="look for a division by 0", path=path)  # fmt: skip


def influence(situation: Situation, player: Player, believed: Believed) -> Floats:
    """Return each faction's share of influence at each ladder position, [factions, P].

    Raises
    ------
    WorldError
        If a share is negative or the stated shares exceed 1 somewhere.
    """
    shares = np.zeros((len(player.factions), situation.graph.ladders.positions))
    rest = None
    for f, faction in enumerate(player.factions):
        if faction.influence is None:
            rest = f
            continue
        key = f"{owner_of(player, faction)}.influence"
        value = believed[key] if key in believed else situation.value(faction.influence)
        shares[f] = value
        if not (shares[f].min() >= 0 and shares[f].max() < np.inf):
            raise WorldError("the share of influence is negative or not finite in some state", code="influence",
                             hint="wrap it in clip(..., 0, 1)", path=(*faction.path, "influence"))  # fmt: skip
    if rest is not None:
        shares[rest] = 1 - shares.sum(axis=0)
        if (shares[rest] < -1e-9).any():
            raise WorldError("the shares of influence exceed 1 in some state", code="influence",
                             hint="narrow their ranges so that something is left for the rest",
                             path=(*player.path, "factions"))  # fmt: skip
        shares[rest] = np.maximum(shares[rest], 0)
    return shares


def precision(situation: Situation, player: Player, pace: float, believed: Believed) -> float:
    """Return lam times pace."""
    key = f"{player.id}.lam"
    lam = believed[key] if key in believed else situation.scalar(player.lam, (*player.path, "lam"), low=0.0)
    if lam < 0:
        raise WorldError(f"the precision is believed to be {lam:g}, below 0", code="range",
                         hint="wrap it in max(0, ...), or narrow its range", path=player.path)  # fmt: skip
    return lam * pace


def switching_costs(situation: Situation, own: PlayerSpace) -> Floats:
    """Return what each change of posture costs the player, [A, A] from, to."""
    priced = [node for option in own.player.options for node in (option.raise_cost, option.lower_cost)]
    return situation.shared(("costs", own.player.id), priced, lambda: _switching_costs(situation, own))


def _switching_costs(situation: Situation, own: PlayerSpace) -> Floats:
    total = np.zeros((len(own.levels), len(own.levels)))
    for k, option in enumerate(own.player.options):
        up = situation.scalar(option.raise_cost, (*option.path, "switching"), low=0.0)
        down = situation.scalar(option.lower_cost, (*option.path, "switching"), low=0.0)
        if up != 0.0 or down != 0.0:
            change = own.levels[None, :, k] - own.levels[:, None, k]
            total += np.where(change > 0, change * up, -change * down)
    return total
