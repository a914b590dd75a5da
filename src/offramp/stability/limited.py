"""Stability for two players who look a given number of moves ahead, and the limit of many.

The players move in turn, and either ends play by staying. With h moves left, the one whose turn it is looks at where
play would end after each of its moves, the other having h - 1 moves left. It moves only if the best of these ends is an
improvement over where it is: it strictly prefers that end, and no faction whose consent it needs strictly loses, from
here to there. A state is L_h-stable for a player who stays there when it is the first to move and h moves are left
(Fang, Hipel and Kilgour 1993, ch. 3, after Kilgour 1985 and Zagare 1984). L_1 is nash.

The definition leaves open which of several ends as good for it a player goes for, and what the other anticipates
depends on that. Here it is the one worst for the other, so that nobody counts on kindness; then the state with the
lowest number, which matters to no judgement unless a faction's consent is needed.

A state is non-myopically stable for a player if it is L_h-stable for every h from some h on. What the players
anticipate need not settle (Rêgo et al. 2025 classify the cycles of 2 x 2 games). But there are finitely many
anticipations, and each follows from the one before: sooner or later they repeat, and from then on every h is known.

References
----------
Fang, L., Hipel, K. W. and Kilgour, D. M. (1993). Interactive Decision Making: The Graph Model for Conflict Resolution.
Wiley.
Kilgour, D. M. (1985). Anticipation and stability in two-person noncooperative games. In: Dynamic Models of
International Conflict (eds U. Luterbacher and M. D. Ward), Lynne Rienner, 26-51.
Rêgo, L. C., Oliveira, F. E. G. de, Vieira, G. I. A. and Kilgour, D. M. (2025). Classifying limited-move stability
cycles in 2 x 2 games. Games 16, 54.
Zagare, F. C. (1984). Limited-move equilibria in 2 x 2 games. Theory and Decision 16, 1-19.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np

from offramp.compiled import kept_for
from offramp.errors import UsageError
from offramp.shapes import Bools, Ints
from offramp.stability.conflict import Conflict
from offramp.stability.judging import layout_of

with kept_for(Path(__file__).parent):
    from offramp.stability import joint
    from offramp.stability.kernels import Layout

__all__ = ["Farsighted", "anticipated", "check_players", "farsighted", "limited"]


@dataclass(frozen=True, slots=True, eq=False)
class Farsighted:
    """What is stable for players who look very far ahead."""

    stable: Bools
    """[players, S] stable for every number of moves from ``moves`` on."""
    settled: Bools
    """[players, S] stable for all of these numbers of moves, or for none; elsewhere it depends on the number."""
    moves: int
    """From this number of moves on, what the players anticipate repeats itself."""
    period: int
    """After how many moves more; 1 where the anticipation settles."""


def anticipated(conflict: Conflict, moves: int) -> Ints:
    """Tell where play ends if a player moves first.

    Parameters
    ----------
    conflict : Conflict
        Of two players.
    moves : int
        How many moves there are at most, both players' together; at least 1.

    Returns
    -------
    Ints
        [players, S] the state where play ends, by who moves first and from where; the state itself where it stays.

    Raises
    ------
    UsageError
        If there are not two players, or no moves.
    """
    if moves < 1:
        raise UsageError(f"{moves} moves are too few", code="moves", hint="look at least 1 move ahead")
    layout = _layout(conflict)
    ends = _standing(conflict)
    for _ in range(moves):
        ends = _one_more(layout, ends)
    return ends


def limited(conflict: Conflict, moves: int) -> Bools:
    """Judge every state under limited-move stability L_h.

    Parameters
    ----------
    conflict : Conflict
        Of two players.
    moves : int
        The h of L_h: how many moves both players together look ahead; at least 1.

    Returns
    -------
    Bools
        [players, S]

    Raises
    ------
    UsageError
        If there are not two players, or no moves.
    """
    stays: Bools = anticipated(conflict, moves) == _standing(conflict)
    return stays


def farsighted(conflict: Conflict, *, most: int = 1000) -> Farsighted:
    """Judge every state under non-myopic stability.

    Parameters
    ----------
    conflict : Conflict
        Of two players.
    most : int
        How many moves to look ahead at most.

    Raises
    ------
    UsageError
        If there are not two players, or what they anticipate has not repeated itself within so many moves.
    """
    layout, ends, seen = _layout(conflict), _standing(conflict), dict[bytes, int]()
    here = ends
    for moves in range(most + 1):
        key = blake2b(ends.tobytes(), digest_size=16).digest()
        if key in seen:
            break
        seen[key] = moves
        ends = _one_more(layout, ends)
    else:
        raise UsageError(
            f"what the players anticipate does not repeat itself within {most:,} moves",
            code="moves",
            hint="judge with a limited number of moves, or raise `most`",
        )
    always, never = np.ones(ends.shape, np.bool_), np.ones(ends.shape, np.bool_)
    for _ in range(moves - seen[key]):
        always &= ends == here
        never &= ends != here
        ends = _one_more(layout, ends)
    return Farsighted(always, always | never, max(seen[key], 1), moves - seen[key])


def _standing(conflict: Conflict) -> Ints:
    """Return where play ends when nobody may move: every state at itself, [players, S]."""
    return np.tile(np.arange(conflict.states, dtype=np.int64), (2, 1))


def _one_more(layout: Layout, ends: Ints) -> Ints:
    """Return where play ends with one move more, [players, S]."""
    more = np.empty_like(ends)
    for i in range(2):
        joint.anticipate(layout, i, ends[1 - i], more[i])
    return more


def check_players(count: int) -> None:
    """Refuse any number of players but two.

    Raises
    ------
    UsageError
        If there are more, or fewer.
    """
    if count != 2:
        raise UsageError(
            f"stability in a limited number of moves is for two players, and there are {count}",
            code="players",
            hint="take one of the other concepts, which are for any number of players",
        )


def _layout(conflict: Conflict) -> Layout:
    check_players(len(conflict.movers))
    return layout_of(conflict)
