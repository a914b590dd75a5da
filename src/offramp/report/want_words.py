"""What would have to be wanted for a configuration to hold, in sentences. Plain text; whoever shows it escapes it."""

from __future__ import annotations

from collections.abc import Sequence
from math import comb

from offramp.charts.numbers import percent
from offramp.findings.common.labels import label_of, names_of
from offramp.findings.equilibria.reordered import Reordered
from offramp.findings.equilibria.wanted import Told, Wanted
from offramp.inverse.stability import Inverse, Nearest, Requirement
from offramp.model import Case
from offramp.report.stability_words import Wording
from offramp.report.words import count, exactly, listed

__all__ = ["Sentences"]

ENDS = 4
"""Ends of ranges named."""
PAIRS = 4
"""Pairs of configurations named."""
WRITTEN_OUT = 1_000_000_000_000
"""Larger counts are told as shares alone."""

_REASONS = {
    "ordered statements": "one of ordered statements", "few values": "one of a few values", "no range": "not a range",
    "outside its range": "outside its range", "others want it too": "wanted by players who are fixed too",
    "influence": "in an influence", "rate": "in a rate", "condition of a want": "in what is wanted, not its worth",
    "bends": "not proportional to a worth", "changes nothing": "without effect on what is compared",
    "times another": "multiplied by another that may move",
}  # fmt: skip


class Sentences:
    """Sentences about one question.

    Parameters
    ----------
    case : Case
    wording : Wording
    asked : Wanted
    """

    def __init__(self, case: Case, wording: Wording, asked: Wanted) -> None:
        self._case, self._wording, self._asked, self._names = case, wording, asked, names_of(case)

    def holds(self) -> str:
        """Say whether it holds as things stand, and for whom."""
        stay = [self._wording.name(i) for i, so in enumerate(self._asked.stays) if so]
        leave = [self._wording.name(i) for i, so in enumerate(self._asked.stays) if not so]
        if not leave:
            return f"It holds already, as things stand: {listed(stay)} would stay."
        also = f"; {listed(stay)} would stay" if stay else ""
        return f"As things stand it does not hold: {listed(leave)} would leave{also}."

    def change(self, told: Told) -> list[str]:
        """Say what each unknown would have to be: one line each."""
        return [
            f"{self._label(each.unknown)}: from {exactly(each.start)} to {exactly(end)} ({exactly(each.low)} to "
            f"{exactly(each.high)} is stated)"
            for each, end in zip(told.answer.changes, told.ends, strict=True)
        ]

    def cost(self, told: Told) -> str:
        """Say what a change costs, and whether less could do."""
        cost = f"cost {told.answer.cost:.3g}"
        return cost if told.answer.proven else f"{cost}; not proven the least: {told.answer.gap:.2g} less might do"

    def costs(self, found: Inverse) -> str:
        """Say what costs are."""
        priced = any(self._case.unknowns[name].effort != 1 for name in found.movable)
        times = ", each times its stated effort" if priced else ""
        return (f"The cost adds up the shares of the stated ranges that are moved through{times}. All else is as in the"
                " best guess. With these values it only just holds.")  # fmt: skip

    def none(self, found: Inverse) -> str:
        """Say that no change of worths does it, or that none was found in time."""
        if self._asked.configuration not in found.impossible:
            return "The search found no change of wants that does it, and did not show that there is none."
        if not found.movable:
            return f"No change of worths does it: {self._held(found)}."
        return (f"No change of wants inside the stated ranges does it, of {count(len(found.movable), 'worth')} that may"
                " change.")  # fmt: skip

    def _held(self, found: Inverse) -> str:
        reasons = {each.reason for each in found.held}
        if not reasons:
            return "all worths that may change are fixed numbers"
        return f"what is uncertain is {listed(sorted(_REASONS[each] for each in reasons))}"

    def blocking(self, found: Inverse) -> list[str]:
        """Say what stands in the way: conditions that together exclude it, one line each."""
        lines: list[str] = []
        for blocked in found.blocked[:1]:
            lines += [self._gain(blocked.state, each) for each in blocked.requirements]
            lines += [
                f"{self._label(end.unknown)} is not {'below' if end.end == 'low' else 'above'} {exactly(end.value)}"
                for end in blocked.ends[:ENDS]
            ]
            if len(blocked.ends) > ENDS:
                lines.append(f"and {count(len(blocked.ends) - ENDS, 'more end')} of ranges (--json lists them)")
            if not blocked.irreducible:
                lines.append("(the search was stopped: not all of these may be needed)")
        return lines

    def _gain(self, state: int, required: Requirement) -> str:
        move = self._wording.change(state, required.move)
        undeterred = "" if self._asked.concept == "nash" else ", and nothing deters it"
        return f"{self._wording.name(required.player)} would gain by {move}{undeterred}"

    def beyond(self) -> list[str]:
        """Say which change would do beyond the stated ranges: nothing where none was found."""
        told = self._asked.beyond
        return [] if told is None else self.change(told)

    def ranking(self, each: Reordered) -> list[str]:
        """Say by how many of a player's rankings it would stay, and which is the nearest."""
        name = self._names[each.player]
        lines = [self._counted(name, each)]
        together = each.together if each.together is not None and each.together.order is not None else None
        if together is not None and (each.alone is None or together.distance == each.alone.distance):
            lines.append(f"The nearest {self._swaps(together)}; then nobody would leave.")
        elif each.alone is not None and each.alone.order is not None:
            lines.append(f"The nearest by which {name} would stay {self._swaps(each.alone)}.")
            if together is not None:
                lines.append(f"The nearest by which nobody would leave {self._swaps(together)}.")
        if together is None and each.together is not None:
            never = each.together.bound is None
            lines.append("By no ranking of its own would nobody leave." if never
                         else "Whether by some ranking nobody would leave was not found out in time.")  # fmt: skip
        return lines

    def _counted(self, name: str, each: Reordered) -> str:
        if each.counted is None:
            return f"{name} would leave. By how many of its rankings it would stay cannot be told: {each.why}."
        found = each.counted
        number = f"{found.stable:,} ({percent(found.share)})" if found.total < WRITTEN_OUT else percent(found.share)
        total = f"{found.total:,}" if found.total < WRITTEN_OUT else f"{each.states}!"
        text = (f"{name} would leave. Of its {total} possible rankings of {each.states} configurations (strict, without"
                f" ties; all others' as they are), it would stay by {number}")  # fmt: skip
        if found.equilibrium is None:
            return f"{text}."
        if found.equilibrium == found.stable:
            return f"{text}, and with these nobody would leave."
        if found.equilibrium == 0:
            return f"{text}; but by none of its rankings would all others stay too."
        return f"{text}; nobody would leave by {percent(found.equilibrium / found.total)}."

    def _swaps(self, nearest: Nearest) -> str:
        """Say which configurations change places."""
        order = nearest.order or ()
        pairs = nearest.reversed
        named = listed([f"[{worse}] above [{better}]" for better, worse in pairs[:PAIRS]])
        more = " and so on" if len(pairs) > PAIRS else ""
        proven = "" if nearest.proven else " (not proven the nearest)"
        return f"swaps {len(pairs):,} of {comb(len(order), 2):,} pairs{proven}: it puts {named}{more}"

    def legend(self) -> list[str]:
        """Say what the configurations are that rankings name."""
        named: list[int] = []
        for each in self._asked.rankings:
            for nearest in (each.alone, each.together):
                pairs: Sequence[tuple[int, int]] = nearest.reversed[:PAIRS] if nearest is not None else ()
                named += [n for pair in pairs for n in pair if n not in named and n != self._asked.configuration]
        here = self._asked.configuration
        return [f"[{n}] {self._wording.unlike(here, n)}" for n in dict.fromkeys(named)]

    def _label(self, unknown: str) -> str:
        return label_of(self._case, unknown, self._names)
