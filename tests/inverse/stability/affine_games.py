"""Random games whose payoffs are affine, and every point at which something about them can change."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from stability_brute_force import Game, random_game
from stability_games import conflict_of

from offramp.inverse.stability import AffineGame, Payoffs, Unknowns


@dataclass
class Drawn:
    game: Game
    affine: AffineGame
    unknowns: Unknowns


def random_affine(seed: int, unknowns: int, *, most: int = 12, movable: int | None = None, zeros: float = 0.3) -> Drawn:
    """Draw a game, and what unknowns add to whose payoffs; whole numbers, so that there are ties."""
    rng = np.random.default_rng(seed)
    game = random_game(seed, most=most)
    states, players = len(game.states), game.players
    laid = conflict_of(game)
    worths = np.array([[worth[s] for s in game.states] for worth in game.payoffs])
    blocking = [
        np.array([[faction[s] for s in game.states] for faction in each]).reshape(len(each), states)
        for each in game.blocking
    ]
    size = max(1.0, float(worths.max()))

    def slopes(rows: int, player: int) -> np.ndarray:
        found = rng.integers(-3, 4, (rows, states, unknowns)) * size / 3
        found[rng.random(found.shape) < zeros] = 0
        return found if movable is None or player < movable else found * 0

    payoffs = Payoffs(worths, np.concatenate([slopes(1, i) for i in range(players)]))
    consents = tuple(Payoffs(each, slopes(len(each), i)) for i, each in enumerate(blocking))
    affine = AffineGame(laid.movers, payoffs, consents, tuple(range(players)), np.arange(states))
    low, high = -rng.integers(1, 4, unknowns) / 2, rng.integers(1, 4, unknowns) / 2
    names = [f"x{k}" for k in range(unknowns)]
    given = Unknowns.of(names, np.zeros(unknowns), low, high, rng.integers(1, 5, unknowns) / 2)
    return Drawn(game, affine, given)


def turning_points(drawn: Drawn, shift: float = 1e-7) -> np.ndarray:
    """List the points at which a cheapest change can lie, by cost: corners of where any comparison turns."""
    lines = []
    k = len(drawn.unknowns.names)
    for rows in (drawn.affine.payoffs, *drawn.affine.consents):
        for base, slope in zip(rows.base, rows.slope, strict=True):
            for a, b in itertools.combinations(range(len(base)), 2):
                d, c = slope[a] - slope[b], base[a] - base[b]
                if d.any():
                    scale = np.abs(base).max() + 1
                    lines += [(*d, -c + off * scale) for off in (0.0, shift, -shift)]
    for n in range(k):
        for value in (0.0, drawn.unknowns.low[n], drawn.unknowns.high[n]):
            lines.append((*np.eye(k)[n], value))
    table = np.unique(np.array(lines), axis=0)
    if k == 1:
        points = (table[:, 1] / table[:, 0])[:, None]
    else:
        a, b = table[:, None], table[None]
        determinant = a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]
        with np.errstate(all="ignore"):
            points = np.stack(
                [(a[..., 2] * b[..., 1] - b[..., 2] * a[..., 1]) / determinant,
                 (a[..., 0] * b[..., 2] - b[..., 0] * a[..., 2]) / determinant], axis=-1,
            )[np.abs(determinant) > 1e-12]  # fmt: skip
    inside = (points >= drawn.unknowns.low - 1e-12).all(axis=1) & (points <= drawn.unknowns.high + 1e-12).all(axis=1)
    points = np.unique(np.round(points[inside], 12), axis=0)
    return points[np.argsort(np.abs(points) @ drawn.unknowns.weights, kind="stable")]
