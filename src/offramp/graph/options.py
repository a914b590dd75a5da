"""Configurations as numbers: each option one digit in mixed radix."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from offramp.model import Case, Option, Player
from offramp.shapes import Bools, Ints

__all__ = ["OptionSpace", "PlayerSpace"]


@dataclass(frozen=True, slots=True, eq=False)
class PlayerSpace:
    """One player's postures: a level for each of its own options."""

    player: Player
    levels: Ints
    """[A, options] the level of each own option in each posture."""
    offsets: Ints
    """[A] what a posture adds to the code of a configuration."""
    allowed: Bools
    """[A, A] from, to: undoes nothing irreversible."""
    first: int
    """Where the player's options begin among all options."""


@dataclass(frozen=True, slots=True, eq=False)
class OptionSpace:
    """All options of all players, as digits of a code. The last option runs fastest."""

    names: tuple[str, ...]
    """player.option"""
    options: tuple[Option, ...]
    sizes: Ints
    strides: Ints
    players: tuple[PlayerSpace, ...]
    start: int

    @classmethod
    def of(cls, case: Case) -> OptionSpace:
        """Lay out the options of a case."""
        pairs = [(p, o) for p in case.players.values() for o in p.options]
        sizes = np.array([len(o.levels) for _, o in pairs], dtype=np.int64)
        strides = np.array([int(np.prod(sizes[k + 1 :], dtype=np.int64)) for k in range(len(pairs))], dtype=np.int64)
        irreversible = set(case.irreversible)
        players, first = [], 0
        for player in case.players.values():
            n = len(player.options)
            own = sizes[first : first + n]
            total = int(np.prod(own, dtype=np.int64))
            digits = np.stack(np.unravel_index(np.arange(total), tuple(own)), axis=1) if n else np.zeros((1, 0))
            levels = digits.astype(np.int64)
            fixed = np.array([(player.id, o.id) in irreversible for o in player.options], dtype=bool)
            kept = levels[:, fixed]
            allowed = np.asarray((kept[None, :, :] >= kept[:, None, :]).all(axis=2))
            players.append(PlayerSpace(player, levels, levels @ strides[first : first + n], allowed, first))
            first += n
        start = int(sum(o.start * int(s) for (_, o), s in zip(pairs, strides, strict=True)))
        names = tuple(f"{p.id}.{o.id}" for p, o in pairs)
        return cls(names, tuple(o for _, o in pairs), sizes, strides, tuple(players), start)

    def rungs(self, codes: Ints) -> Ints:
        """Return the level of every option in each configuration, [options, C]."""
        return (codes[None, :] // self.strides[:, None]) % self.sizes[:, None]

    def posture(self, codes: Ints, player: int) -> Ints:
        """Return one player's posture in each configuration, [C]."""
        space = self.players[player]
        posture = np.zeros(len(codes), dtype=np.int64)
        for k in range(space.levels.shape[1]):
            digit = codes // self.strides[space.first + k] % self.sizes[space.first + k]
            posture = posture * self.sizes[space.first + k] + digit
        return posture
