"""What holds, on a terminal: configurations that nobody leaves, and why."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from rich.console import Console

from offramp.findings.holding import Holding
from offramp.report.lines import clean, say
from offramp.report.words import listed
from offramp.shapes import Floats
from offramp.stability import CONCEPTS, Deterrent

__all__ = ["holding_json", "print_holding", "print_reasons"]

SHOWN = 8
"""Configurations listed."""

FORESIGHT = {
    "nash": "looks no further than its own move",
    "gmr": "fears every move that the others could make",
    "smr": "fears every move that the others could make, and counts on its own answer",
    "seq": "fears only moves by which the others gain too",
    "sseq": "fears only moves by which the others gain too, and counts on its own answer",
}

UNPUNISHED = {
    "nash": "",
    "gmr": ", and nothing that the others could do undoes that",
    "smr": ", and nothing that the others could do undoes that for good",
    "seq": ", and nothing that the others would do undoes that",
    "sseq": ", and nothing that the others would do undoes that for good",
}


def print_holding(holding: Holding, out: Console) -> None:
    """Print the configurations that are equilibria in most of the worlds."""
    case, total = holding.graph.case, len(holding.graph.codes)
    say(out, f"{case.title}: what holds", "bold")
    say(
        out,
        f"{total} configurations can be reached by legal moves. Each is taken for what it is worth while it is held up"
        f" to {case.time.unit} {case.time.horizon:g}, {_drifting(holding)}. It holds"
        f" where no player wants to leave it: in which share of {holding.worlds} stated worlds that is so, by how far"
        " players look; with a * also in the best guess.",
    )
    if holding.failed:
        say(out, f"{holding.failed} worlds could not be judged and are not counted.", "yellow")
    for concept in CONCEPTS:
        say(out, f"{concept}: a player {FORESIGHT[concept]}", "dim", indent=2, hang=6)
    order = np.lexsort([-holding.shares[concept] for concept in ("gmr", "smr", "nash", "sseq", "seq")])
    shown = [int(n) for n in order[:SHOWN] if holding.shares["gmr"][n] > 0.0]
    out.print()
    if not shown:
        say(out, "No configuration holds under any concept in any of these worlds.")
    for n in shown:
        _entry(out, holding, n)
    if holding.start not in shown:
        say(out, "At the start:")
        _entry(out, holding, holding.start)
    some = sum(1 for n in range(total) if holding.shares["gmr"][n] > 0.0)
    if some > len(shown):
        say(out, f"{some} configurations hold somewhere under some concept; --json lists all.", "dim")


def _drifting(holding: Holding) -> str:
    return "the conditions as they start" if holding.frozen else "with the conditions drifting from where they start"


def _entry(out: Console, holding: Holding, configuration: int) -> None:
    marks = []
    for concept in CONCEPTS:
        best = holding.best.stable[concept][:, configuration].all()
        marks.append(f"{concept} {100 * holding.shares[concept][configuration]:.0f}\u00a0%{'*' if best else ''}")
    say(out, ", ".join(marks), "bold", indent=2)
    say(out, _vector(holding.levels(configuration)), indent=4)


def _vector(levels: Mapping[str, str]) -> str:
    """Write the levels of all options, player by player."""
    players: dict[str, list[str]] = {}
    for name, level in levels.items():
        player, option = name.split(".", 1)
        players.setdefault(player, []).append(f"{option} {level}")
    return "; ".join(f"{player}: {', '.join(options)}" for player, options in players.items())


def print_reasons(holding: Holding, concept: str, configuration: int, out: Console) -> None:
    """Print why each player stays or leaves, in the best guess."""
    say(out, f"Why it {'holds' if holding.best.stable[concept][:, configuration].all() else 'does not hold'} "
             f"({concept}, best guess)", "bold")  # fmt: skip
    say(out, _vector(holding.levels(configuration)), indent=2)
    say(out, f"Here a player {FORESIGHT[concept]}. In brackets: what it is worth to the player each "
             f"{holding.graph.case.time.unit}, on average up to the horizon.", "dim")  # fmt: skip
    players = list(holding.graph.case.players.values())
    for player, (reason, worth) in zip(players, holding.reasons(concept, configuration), strict=True):
        out.print()
        does = "stays" if reason.stable else "would leave"
        say(out, f"{player.name or player.id}: {does}", "green" if reason.stable else "red")
        if not reason.deterrents:
            say(out, f"It has no better move from here ({worth[configuration]:.2f}).", indent=2)
        unpunished = [d for d in reason.deterrents if not d.sanction]
        for deterrent in (unpunished or list(reason.deterrents))[:3]:
            say(out, _sentence(holding, concept, configuration, deterrent, worth), indent=2, hang=2)
        more = len(unpunished or reason.deterrents) - 3
        if more > 0:
            say(out, f"And {more} more moves like it.", "dim", indent=2)


def _sentence(holding: Holding, concept: str, configuration: int, deterrent: Deterrent, worth: Floats) -> str:
    here, there = worth[configuration], worth[deterrent.improvement]
    digits = max(2, 1 - math.floor(math.log10(there - here)))
    move = _change(holding, configuration, deterrent.improvement)
    text = f"It would gain by {move} ({here:.{digits}f} to {there:.{digits}f})"
    if not deterrent.sanction:
        return f"{text}{UNPUNISHED[concept]}."
    at, steps, players = deterrent.improvement, [], list(holding.graph.case.players.values())
    for step in deterrent.sanction:
        player = players[step.player]
        steps.append(f"{player.name or player.id} {_change(holding, at, step.end)}")
        at = step.end
    text += f", but could meet with {listed(steps)}, which leaves it at {worth[at]:.{digits}f}"
    if deterrent.answer is not None and deterrent.answer != at:
        answer = _change(holding, at, deterrent.answer)
        text += f"; its best answer, {answer}, brings it to {worth[deterrent.answer]:.{digits}f}"
    return text + "."


def _change(holding: Holding, start: int, end: int) -> str:
    """Write what is different, as levels set."""
    before, after = holding.levels(start), holding.levels(end)
    changed = [f"{name.split('.', 1)[1]} to {after[name]}" for name in after if after[name] != before[name]]
    return "setting " + listed(map(clean, changed))


def holding_json(holding: Holding) -> dict[str, Any]:
    """Return what holds, for programs."""
    ids = list(holding.graph.case.players)
    return {
        "case": holding.graph.case.name,
        "worlds": holding.worlds,
        "failed": holding.failed,
        "start": holding.start,
        "states": [holding.levels(n) for n in range(len(holding.graph.codes))],
        "stable": {
            concept: dict(zip(ids, cells.tolist(), strict=True)) for concept, cells in holding.best.stable.items()
        },
        "equilibria": {concept: states.tolist() for concept, states in holding.best.equilibria.items()},
        "shares": {
            concept: [None if np.isnan(x) else x for x in each.tolist()] for concept, each in holding.shares.items()
        },
    }
