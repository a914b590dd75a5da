"""What holds, in words: configurations, moves, and what deters them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from offramp.findings.equilibria.witnesses import Witness
from offramp.graph import Graph
from offramp.model import Player
from offramp.report.words import listed
from offramp.shapes import Floats
from offramp.stability import Deterrent, Refused, Step

__all__ = ["CONCEPT_WORDS", "Wording", "in_common"]

CONCEPT_WORDS = {
    "nash": "nobody has a better move, whatever may follow",
    "seq": "sequential: whoever has one must fear an answer that pays those who give it",
    "sseq": "symmetric sequential: the same, and no further move of its own would mend that",
    "gmr": "general metarational: whoever has one must fear an answer, even one that hurts those who give it",
    "smr": "symmetric metarational: the same, and no further move of its own would mend that",
}
"""The concepts in a few words."""

_UNPUNISHED = {
    "nash": "",
    "gmr": ", and nothing that the others could do undoes that",
    "smr": ", and nothing that the others could do undoes that for good",
    "seq": ", and nothing that the others would do undoes that",
    "sseq": ", and nothing that the others would do undoes that for good",
}


class Wording:
    """Words for the configurations of one case.

    Parameters
    ----------
    graph : Graph
    """

    def __init__(self, graph: Graph) -> None:
        self.players = list(graph.case.players.values())
        self._space, self._codes = graph.space, graph.codes

    def name(self, player: int) -> str:
        """Name a player."""
        return _called(self.players[player])

    def levels(self, configuration: int) -> tuple[str, ...]:
        """Return the level of every option, in order."""
        rungs = self._space.rungs(self._codes[configuration : configuration + 1])[:, 0]
        return tuple(option.levels[int(rung)] for option, rung in zip(self._space.options, rungs, strict=True))

    def vector(self, configuration: int, omitted: Mapping[int, str] | None = None) -> str:
        """Write a configuration player by player, without some options."""
        left, levels, parts = omitted or {}, self.levels(configuration), []
        for own in self._space.players:
            options = [
                f"{option.name or option.id} {levels[own.first + k]}"
                for k, option in enumerate(own.player.options)
                if own.first + k not in left
            ]
            if options:
                parts.append(f"{_called(own.player)}: {', '.join(options)}")
        return "; ".join(parts)

    def unlike(self, other: int, configuration: int) -> str:
        """Write how a configuration differs from another, player by player."""
        same = {
            k: level
            for k, (level, there) in enumerate(zip(self.levels(configuration), self.levels(other), strict=True))
            if level == there
        }
        return self.vector(configuration, same) or "no difference"

    def change(self, start: int, end: int) -> str:
        """Write what a move changes, as levels set."""
        before, after = self.levels(start), self.levels(end)
        changed = [
            f"{option.name or option.id} to {new}"
            for option, old, new in zip(self._space.options, before, after, strict=True)
            if new != old
        ]
        return "setting " + listed(changed)

    def together(self, members: Sequence[int], start: int, end: int) -> str:
        """Write a joint move: who sets what, and who lets it pass."""
        before, after, moving, still = self.levels(start), self.levels(end), [], []
        for i in members:
            own = self._space.players[i]
            changed = [
                f"{option.name or option.id} to {after[own.first + k]}"
                for k, option in enumerate(own.player.options)
                if after[own.first + k] != before[own.first + k]
            ]
            if changed:
                moving.append(f"{self.name(i)} sets {listed(changed)}")
            else:
                still.append(self.name(i))
        return listed(moving) + (f", with {listed(still)} letting it pass" if still else "")

    def path(self, start: int, steps: Sequence[Step]) -> list[str]:
        """Write moves one after another: who sets what."""
        words, at = [], start
        for step in steps:
            words.append(f"{self.name(step.player)} {self.change(at, step.end)}")
            at = step.end
        return words

    def deterrent(self, concept: str, configuration: int, deterrent: Deterrent, worth: Floats) -> str:
        """Write an improvement and what it meets with."""
        here, there = worth[configuration], worth[deterrent.improvement]
        digits = _digits(here, there)
        move = self.change(configuration, deterrent.improvement)
        text = f"{_capital(move)} would pay ({here:.{digits}f} to {there:.{digits}f})"
        if not deterrent.sanction:
            return f"{text}{_UNPUNISHED[concept]}."
        at = deterrent.sanction[-1].end
        met = listed(self.path(deterrent.improvement, deterrent.sanction))
        text += f", but could meet with {met}, which leaves {worth[at]:.{digits}f}"
        if deterrent.answer is not None and deterrent.answer != at:
            answer = self.change(at, deterrent.answer)
            text += f"; the best answer, {answer}, brings {worth[deterrent.answer]:.{digits}f}"
        return text + "."

    def refused(self, configuration: int, refused: Refused, witness: Witness) -> str:
        """Write a move that a faction does not let pass."""
        here, there = witness.worth[configuration], witness.worth[refused.end]
        digits = _digits(here, there)
        factions = [faction.name or faction.id for faction in witness.factions(refused.factions)]
        return (
            f"{_capital(self.change(configuration, refused.end))} would pay on the whole ({here:.{digits}f} to "
            f"{there:.{digits}f}), but takes the consent of {listed(factions)}, who would lose by it."
        )


def _called(player: Player) -> str:
    return player.name or player.id


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _digits(here: float, there: float) -> int:
    """How many decimals show that two payoffs differ."""
    if here == there or (float(here).is_integer() and float(there).is_integer()):
        return 0
    return max(2, 1 - math.floor(math.log10(abs(there - here))))


def in_common(wording: Wording, configurations: Sequence[int]) -> dict[int, str]:
    """Return the options, by position, that have one level in all of some configurations, and that level."""
    if len(configurations) < 2:
        return {}
    columns = zip(*(wording.levels(n) for n in configurations), strict=True)
    return {k: column[0] for k, column in enumerate(columns) if len(set(column)) == 1}
