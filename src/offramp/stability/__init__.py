"""The stability lens: which states hold, for whom, under which concept of foresight, and what deters the rest.

The graph model for conflict resolution (Fang, Hipel and Kilgour 1993; Xu, Hipel, Kilgour and Fang 2018) with total
preorders. Two choices are made here that its programs make differently. Opponents may answer with any legal sequence
of moves; and because a player may change all of its options at once, two moves of one player in a row are one move, so
that the textbook rule against them takes nothing away.
"""

from offramp.stability.coalitions import Coalition, Jump, check_jumps, check_pairs, coalitions, jumps
from offramp.stability.conflict import Conflict, Mover, conflict, ranked
from offramp.stability.judging import CONCEPTS, Stability, judge
from offramp.stability.limited import Farsighted, anticipated, check_players, farsighted, limited
from offramp.stability.paths import blockers, paths, reached
from offramp.stability.reasons import Deterrent, Reason, Refused, Step, reason
from offramp.stability.worlds import Perceived, acted_out, free_graph, judge_world, perceived, true_wants, unseen

__all__ = [
    "CONCEPTS",
    "Coalition",
    "Conflict",
    "Deterrent",
    "Farsighted",
    "Jump",
    "Mover",
    "Perceived",
    "Reason",
    "Refused",
    "Stability",
    "Step",
    "acted_out",
    "anticipated",
    "blockers",
    "check_jumps",
    "check_pairs",
    "check_players",
    "coalitions",
    "conflict",
    "farsighted",
    "free_graph",
    "judge",
    "judge_world",
    "jumps",
    "limited",
    "paths",
    "perceived",
    "ranked",
    "reached",
    "reason",
    "true_wants",
    "unseen",
]
