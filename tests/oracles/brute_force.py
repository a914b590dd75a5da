"""Section 3.2 of the design, worked out a second time from its text alone, for games of a few dozen states.

Nothing of offramp is imported. A game is written down as Python functions of a state (a dict from the name of an
option or condition to the position of its level). Values run backward by scipy's DOP853 over every state there is;
outcomes are then read off a *forward* pass of the resulting Markov chain, where the project sweeps them backward.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product
from typing import Any

import numpy as np
from scipy.integrate import solve_ivp

State = Mapping[str, int]
EXACT = {"method": "DOP853", "rtol": 1e-11, "atol": 1e-12}


@dataclass
class Faction:
    worth: Callable[[State], float]
    share: Callable[[State], float] = lambda s: 1.0
    at_end: Callable[[State], float] = lambda s: 0.0
    consent: bool = False


@dataclass
class Player:
    options: Sequence[str]
    pace: float = 1.0
    lam: float = 3.0
    discount: float = 0.0
    costs: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """option -> (raise, lower), per level"""
    factions: Mapping[str, Faction] = field(default_factory=dict)
    rules: Callable[[State, float], list[tuple[float, dict[str, int]]]] | None = None
    """Committed: (probability, levels set) at an opportunity, the state staying as it is with what is left."""
    sees: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    """By another player: the fields of that player that this one holds for true in place of the real ones."""


@dataclass
class Measure:
    kind: str
    of: Callable[[State], float] = lambda s: 0.0
    start: float = 0.0
    end: float | None = None
    unless: Callable[[State], bool] = lambda s: False
    payoff: tuple[str, str | None] | None = None


@dataclass
class World:
    sizes: Mapping[str, int]
    start: State
    players: Mapping[str, Player]
    rates: Callable[[State, float], Mapping[str, tuple[float, float]]] = lambda s, t: {}
    """condition -> (rate up, rate down), without regard to the ends of the ladder"""
    dates: Sequence[float] = ()
    horizon: float = 12.0
    foresight: float = 24.0
    possible: Callable[[State], bool] = lambda s: True
    irreversible: Sequence[str] = ()


class Solved:
    """A game solved backward; ``read`` gives one outcome, ``value`` a player's value at the start."""

    def __init__(self, world: World) -> None:
        self.world = world
        names = list(world.sizes)
        every = (dict(zip(names, at, strict=True)) for at in product(*(range(n) for n in world.sizes.values())))
        self.states = [s for s in every if world.possible(s)]
        self.index = {tuple(s.values()): n for n, s in enumerate(self.states)}
        self.free = [name for name, p in world.players.items() if p.rules is None]
        self.games = {name: self._game(name) for name in self.free}
        self.targets = {name: self._targets(p) for name, p in world.players.items()}
        self.columns = [(own, name, f) for own in self.free for name in self.free for f in world.players[name].factions]
        self.position = {key: n for n, key in enumerate(self.columns)}
        self.fixed: dict[tuple[str, float], Any] = {}
        self._backward()

    def at(self, state: State) -> int:
        return self.index[tuple(state[name] for name in self.world.sizes)]

    def _game(self, own: str) -> dict[str, Player]:
        """The players as one of them sees them."""
        sees = self.world.players[own].sees
        return {name: Player(**{**vars(player), **sees.get(name, {})}) for name, player in self.world.players.items()}

    def _targets(self, player: Player) -> tuple[np.ndarray, np.ndarray]:
        """[S, A] where each posture leads (-1: not allowed) and what it costs."""
        world = self.world
        postures = list(product(*(range(world.sizes[o]) for o in player.options)))
        to = np.full((len(self.states), len(postures)), -1)
        cost = np.zeros(to.shape)
        for n, state in enumerate(self.states):
            for a, posture in enumerate(postures):
                new = {**state, **dict(zip(player.options, posture, strict=True))}
                lost = any(new[o] < state[o] for o in world.irreversible)
                if world.possible(new) and not lost:
                    to[n, a] = self.at(new)
                    cost[n, a] = self.price(player, state, new)
        return to, cost

    def price(self, player: Player, old: State, new: State) -> float:
        total = 0.0
        for option in player.options:
            up, down = player.costs.get(option, (0.0, 0.0))
            steps = new[option] - old[option]
            total += steps * up if steps > 0 else -steps * down
        return total

    def over(self, function: Callable[[State], float]) -> np.ndarray:
        return np.array([float(function(s)) for s in self.states])

    def chances(self, own: str, name: str, values: np.ndarray) -> np.ndarray:
        """[S, A] the chance of each posture at an opportunity of a free player, in the game as ``own`` sees it."""
        player = self.games[own][name]
        to, cost = self.targets[name]
        precision = player.lam * player.pace
        mine = {f: values[self.position[own, name, f]] for f in player.factions}
        liked = sum(self.cached(own, name, f)[1] * mine[f] for f in player.factions)
        # Shares are taken at the present state; a player's own moves leave the conditions as they are.
        appeal = np.where(to >= 0, precision * (liked[to] - cost), -np.inf)
        odds = np.exp(appeal - appeal.max(axis=1, keepdims=True))
        found = odds / odds.sum(axis=1, keepdims=True)
        here = to == np.arange(len(self.states))[:, None]
        for f, faction in player.factions.items():
            if faction.consent:
                gain = mine[f][to] - cost - mine[f][:, None]
                found = found * np.where(here, 1.0, 1.0 / (1.0 + np.exp(-precision * np.where(to >= 0, gain, 0.0))))
        found = np.where(to >= 0, found, 0.0)
        return np.where(here, 0.0, found) + here * (1.0 - np.where(here, 0.0, found).sum(axis=1))[:, None]

    def cached(self, own: str, name: str, faction: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        key = f"{own}/{name}/{faction}", -1.0
        if key not in self.fixed:
            f = self.games[own][name].factions[faction]
            self.fixed[key] = self.over(f.worth), self.over(f.share), self.over(f.at_end)
        found: tuple[np.ndarray, np.ndarray, np.ndarray] = self.fixed[key]
        return found

    def drifting(self, middle: float) -> np.ndarray:
        key = "drift", middle
        if key not in self.fixed:
            matrix = np.zeros((len(self.states), len(self.states)))
            for n, state in enumerate(self.states):
                for name, (up, down) in self.world.rates(state, middle).items():
                    for step, rate in ((1, up), (-1, down)):
                        if 0 <= state[name] + step < self.world.sizes[name]:
                            matrix[n, self.at({**state, name: state[name] + step})] += rate
            self.fixed[key] = matrix
        found: np.ndarray = self.fixed[key]
        return found

    def ruled(self, own: str | None, name: str, middle: float) -> tuple[np.ndarray, np.ndarray]:
        """[S, S] chances of a committed player, as ``own`` reckons (None: really), and [S] what they cost it."""
        key = f"rules {own} {name}", middle
        if key not in self.fixed:
            player = (self.games[own] if own else self.world.players)[name]
            assert player.rules is not None
            matrix, paid = np.zeros((len(self.states), len(self.states))), np.zeros(len(self.states))
            for n, state in enumerate(self.states):
                for chance, levels in player.rules(state, middle):
                    new = {**state, **levels}
                    undone = any(new[o] < state[o] for o in self.world.irreversible)
                    if undone or not self.world.possible(new):
                        new = dict(state)
                    matrix[n, self.at(new)] += chance
                    paid[n] += chance * self.price(player, state, new)
                matrix[n, n] += 1.0 - matrix[n].sum()
            self.fixed[key] = matrix, paid
        found: tuple[np.ndarray, np.ndarray] = self.fixed[key]
        return found

    def chain(self, own: str | None, middle: float, values: np.ndarray) -> tuple[np.ndarray, dict[str, np.ndarray]]:
        """The rates between states, [S, S], and what each player pays per unit of time, [S].

        ``own`` None: what really happens, each free player doing what it chooses in its own game.
        """
        rates, paid = self.drifting(middle).copy(), {}
        rows = np.arange(len(self.states))[:, None]
        for name, player in self.world.players.items():
            if player.rules is not None:
                matrix, spent = self.ruled(own, name, middle)
                rates += player.pace * matrix
                paid[name] = player.pace * spent
            else:
                to, cost = self.targets[name]
                chance = player.pace * self.chances(own or name, name, values)
                np.add.at(rates, (np.broadcast_to(rows, to.shape)[to >= 0], to[to >= 0]), chance[to >= 0])
                paid[name] = (chance * cost).sum(axis=1)
        np.fill_diagonal(rates, 0.0)
        np.fill_diagonal(rates, -rates.sum(axis=1))
        return rates, paid

    def _backward(self) -> None:
        world, count = self.world, len(self.states)
        cuts = sorted({0.0, world.horizon, world.foresight, *(d for d in world.dates if 0 < d < world.foresight)})
        values = np.array([self.cached(*column)[2] for column in self.columns]).reshape(len(self.columns), count)
        self.pieces: list[tuple[float, float, Any]] = []
        for start, end in zip(cuts[-2::-1], cuts[:0:-1], strict=True):
            middle = (start + end) / 2

            def slope(clock: float, flat: np.ndarray, middle: float = middle) -> np.ndarray:
                now = flat.reshape(len(self.columns), count)
                out = np.empty_like(now)
                for own in self.free:
                    rates, paid = self.chain(own, middle, now)
                    for n, (game, name, faction) in enumerate(self.columns):
                        if game == own:
                            earned = self.cached(own, name, faction)[0] - paid[name]
                            out[n] = earned + rates @ now[n] - world.players[name].discount * now[n]
                return out.ravel()

            # The clock runs backward: solve in tau = -t.
            found = solve_ivp(slope, (-end, -start), values.ravel(), dense_output=True, **EXACT)
            assert found.success, found.message
            values = found.y[:, -1].reshape(values.shape)
            self.pieces.append((start, end, found.sol))
        self.values = values

    def value(self, player: str, faction: str) -> float:
        return float(self.values[self.position[player, player, faction], self.at(self.world.start)])

    def read(self, measure: Measure) -> float:
        """One outcome, by following the distribution over states forward from the start."""
        world, count = self.world, len(self.states)
        last = measure.end if measure.end is not None else world.horizon
        reached = self.over(measure.of) != 0 if measure.kind in ("ever", "first") else np.zeros(count, bool)
        ruled_out = self.over(measure.unless) != 0
        flow, discount, payer = self.over(measure.of), 0.0, None
        if measure.payoff is not None:
            payer, wanted = measure.payoff
            player = world.players[payer]
            discount, flow = player.discount, np.zeros(count)
            for f, faction in player.factions.items():
                weight = self.over(faction.share) if wanted is None else float(f == wanted)
                flow += weight * self.over(faction.worth)
        # [S] the paths still open, then: hit, lost, the integral of the flow, of the hits
        now = np.zeros(count + 4)
        now[self.at(world.start)] = 1.0
        cuts = sorted({measure.start, last, *(c for piece in self.pieces for c in piece[:2])})
        for start, end in pairwise(cuts):
            if end > last:
                break
            inside = start >= measure.start
            stops = np.zeros(count, bool)
            if measure.kind in ("ever", "first"):
                stops = ruled_out | reached if inside else ruled_out
                hits = reached if inside else np.zeros(count, bool)
                now[count] += now[:count][hits].sum()
                now[count + 1] += now[:count][stops & ~hits].sum()
                now[:count][stops] = 0.0
            lower, upper, values = next(p for p in self.pieces if p[0] <= start and end <= p[1])

            def slope(
                t: float, y: np.ndarray, middle: float = (lower + upper) / 2, values: Any = values,
                inside: bool = inside, stops: np.ndarray = stops,
            ) -> np.ndarray:  # fmt: skip
                rates, paid = self.chain(None, middle, values(-t).reshape(len(self.columns), count))
                moved = y[:count] @ rates
                out = np.zeros_like(y)
                out[:count] = np.where(stops, 0.0, moved)
                hits = reached & inside
                out[count] = moved[hits & stops].sum()
                out[count + 1] = moved[stops & ~hits].sum()
                if inside:
                    earned = flow - paid[payer] if payer else flow
                    out[count + 2] = np.exp(-discount * t) * (y[:count] @ earned)
                    out[count + 3] = y[count]
                return out

            found = solve_ivp(slope, (start, end), now, **EXACT)
            assert found.success, found.message
            now = found.y[:, -1]
        length = last - measure.start
        if measure.kind == "final":
            return float(now[:count] @ flow)
        if measure.kind == "ever":
            return float(now[count] + now[:count][reached].sum() * (measure.start == last))
        if measure.kind == "first":
            return float(measure.start + length - now[count + 3])
        return float(now[count + 2]) / (length if measure.kind == "average" else 1.0)
