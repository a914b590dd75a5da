"""Would it last, what would have to be wanted for it to, and what could be agreed, in words. Plain text."""

from __future__ import annotations

from collections.abc import Mapping

from offramp.charts.numbers import percent
from offramp.inverse.mediation import Ending, Mediation
from offramp.report.reach_words import Telling, plain
from offramp.report.words import count, exactly, listed, sentence_case

__all__ = ["ending_lines", "held_lines", "wants_lines"]


def held_lines(telling: Telling) -> list[str]:
    """Say whether a state that is wanted would last, for players who look a move or two ahead."""
    reach = telling.reach
    if reach.no_held:
        return [f"Whether it would last could not be judged: {reach.no_held}"]
    if "best" not in reach.held:
        return []
    best, now = reach.held["best"], reach.held["now"]
    same = "" if best.holding == now.holding else f" (with the present settings: {percent(now.holding)})"
    better = f"one that {_parties(telling, best)} to the present, in {percent(best.some)}"
    if best.present_wanted:
        better = "the start of the case is such a state already"
    wanted = "the state that is wanted" if best.wanted == 1 else f"one of the {best.wanted:,} states that are wanted"
    return [
        f"If nobody were bound to a course, and each left a state only where that pays after the others' answers "
        f"({best.concept}), {wanted} would last in "
        f"{percent(best.holding)} of {count(best.worlds, 'world')}{same}; {better}."
    ]


def wants_lines(telling: Telling) -> list[str]:
    """Say what would have to be wanted for a state that is wanted to last, or what stands in the way."""
    found = telling.reach.other_wants
    if found is None:
        return []
    lines = []
    for n, change in enumerate(found.changes):
        shifts = [f"{s.label} from {exactly(s.start)} to {exactly(s.end)} ({plain(s.low)} to {plain(s.high)} is stated)"
                  for s in change.shifts]  # fmt: skip
        least = "In the best guess none does; the least change of wants that would make one last:" if n == 0 else "Or:"
        what = _levels(telling, change.configuration) or "the present"
        lines.append(
            f"{least} {listed(shifts)}; with that “{what}” lasts{'' if change.proven else ' (not proven the least)'}."
        )
    if found.changes:
        return lines
    for obstacle in found.obstacles[:1]:
        moves = [f"{telling.name(player)} would rather have {_levels(telling, to, owner=False) or 'it undone'}"
                 for player, to in obstacle.moves]  # fmt: skip
        ends = [
            f"{label} is not {'below' if end == 'low' else 'above'} {plain(value)}"
            for label, end, value in obstacle.ends
        ]
        what = _levels(telling, obstacle.configuration) or "the present"
        ranges = f" as long as {listed(ends)}" if ends else ""
        none = (
            "No change of wants inside what is stated makes one last in the best guess"
            if found.complete
            else "In the best guess none does, and the search for a change of wants ended before it found one"
        )
        lines.append(f"{none}. One of them is {what}: there {listed(moves)}, and nothing deters that{ranges}.")
    if not lines:
        lines.append("In the best guess none does; the search for a change of wants ended before it found one.")
    return lines


def _parties(telling: Telling, held: Mediation) -> str:
    names = [telling.name(player) for player in held.parties]
    return f"{listed(names)} {'prefers' if len(names) == 1 else 'prefer'}"


def ending_lines(telling: Telling, held: Mediation, most: int) -> list[list[str]]:
    """Say of each ending what it is, whether it would last, who prefers it, and how it is reached: lines by ending."""
    return [_ending(telling, held, each) for each in held.endings[:most]]


def _ending(telling: Telling, held: Mediation, ending: Ending) -> list[str]:
    differs = {key: level for key, level in ending.levels.items() if held.present.get(key) != level}
    like = _levels(telling, differs) if differs else "everything as it is now"
    better = [f"{telling.name(p)} in {percent(ending.better[p])}" for p in held.parties]
    lines = [
        like,
        f"Lasts in {percent(ending.holds)} of the worlds; better than the present for {listed(better)}.",
    ]
    if ending.way is None:
        lines.append("No chain of moves, each a gain for who makes it, leads there from the present.")
    elif ending.way:
        steps = [f"{telling.name(player)} {_levels(telling, to, owner=False)}" for player, to in ending.way]
        lines.append(f"Reached, each move a gain for who makes it: {'; then '.join(steps)}.")
        if ending.unlocked:
            who = [telling.name(p) for p in held.parties if ending.worse[p] > 0.5]
            against = f"{listed(who)} {'prefers' if len(who) == 1 else 'prefer'} the present to it" if who else ""
            moves = "the first move" if ending.unlocked == 1 else f"{ending.unlocked} moves"
            when = f"only after {moves} do all prefer it to where they are"
            lines.append(f"Hard, because {against}: {when}." if against else f"{sentence_case(when)}.")
    return lines


def _levels(telling: Telling, levels: Mapping[str, str], *, owner: bool = True) -> str:
    """Write levels, ``Iran's regime will to negotiate: earnest``."""
    told = []
    for key, level in levels.items():
        player = key.partition(".")[0]
        name = telling.name(key)
        lead = "" if not owner or name.startswith(telling.name(player)) else f"{telling.name(player)}, "
        told.append(f"{lead}{name}: {level}")
    return "; ".join(told)
