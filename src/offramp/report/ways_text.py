"""Ways between configurations, joint moves and longer foresight, on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rich.console import Console

from offramp.findings.holding import Holding
from offramp.findings.ways import Foresight, Joint, Reach, Way
from offramp.report.lines import say
from offramp.report.stability_words import Wording
from offramp.report.words import count, listed

__all__ = ["print_ahead", "print_joint", "print_reaches", "print_ways"]

SHOWN = 8
"""Configurations listed."""
LEFT = 4
"""Configurations listed that some would leave together."""
JUMPS = 3
"""Joint moves listed for each."""


def print_ways(holding: Holding, found: Sequence[Way], out: Console) -> None:
    """Print how one configuration is reached from another."""
    wording = Wording(holding.graph)
    say(out, "From one configuration to another (best guess)", "bold")
    say(out, f"from {wording.vector(found[0].start)} [{found[0].start}]", indent=2, hang=2)
    say(out, f"to   {wording.vector(found[0].end)} [{found[0].end}]", indent=2, hang=2)
    for way in found:
        out.print()
        kind = "moves by which their movers gain" if way.gaining else "any legal moves"
        if not way.paths:
            say(out, f"By {kind}: there is no way.", "bold")
            continue
        length = len(way.paths[0])
        say(out, f"By {kind}: {count(length, 'move')}." if length else f"By {kind}: it is there already.", "bold")
        for n, path in enumerate(way.paths if length else (), 1):
            say(out, f"{n}. {'; then '.join(wording.path(way.start, path))}.", indent=2, hang=3)
        if length:
            say(out, _blocked(wording, way.blockers), indent=2)


def _blocked(wording: Wording, blockers: Sequence[int]) -> str:
    if not blockers:
        return "No single player can block it by staying put: there are other ways."
    names = listed([wording.name(i) for i in blockers])
    return f"Can be blocked by {names}" + (", each by staying put." if len(blockers) > 1 else ", by staying put.")


def print_reaches(holding: Holding, concept: str, start: int, found: Sequence[Reach], out: Console) -> None:
    """Print which equilibria can be reached from a configuration, and who can block that."""
    wording = Wording(holding.graph)
    say(out, f"What holds ({concept}, best guess), and whether it can be reached", "bold")
    say(out, f"from {wording.vector(start)} [{start}]", indent=2, hang=2)
    if not found:
        say(out, "Nothing holds under this concept in the best guess.")
    else:
        say(out, "Below, only what differs from there.", "dim", indent=2)
    order = sorted(found, key=lambda each: (each.gaining < 0, each.gaining, each.moving < 0, each.moving))
    for each in order[:SHOWN]:
        out.print()
        if each.gaining >= 0:
            head = f"{count(each.gaining, 'move')}, each a gain" if each.gaining else "already there"
        elif each.moving >= 0:
            head = f"{count(each.moving, 'legal move')}, but not by gains alone"
        else:
            head = "cannot be reached"
        say(out, head, "bold", indent=2)
        say(out, f"{wording.unlike(start, each.end)} [{each.end}]", indent=4, hang=2)
        if max(each.gaining, each.moving) > 0:
            say(out, _blocked(wording, each.blockers), indent=4)
    if len(found) > SHOWN:
        never = sum(1 for each in found if each.gaining < 0)
        say(out, f"And {len(found) - SHOWN} more; of all {len(found)}, {never} cannot be reached by gains alone. "
                 "--json lists them.", "dim")  # fmt: skip


def print_joint(holding: Holding, concept: str, found: Sequence[Joint], *, strict: bool, out: Console) -> None:
    """Print which equilibria players acting together would leave."""
    wording = Wording(holding.graph)
    say(out, f"Acting together ({concept}, best guess)", "bold")
    gain = "all of its members gain" if strict else "none of its members loses and some gain"
    say(out, f"What holds against each player alone need not hold against several who move together, where {gain}.",
        "dim")  # fmt: skip
    firm = [each for each in found if not each.leaving]
    say(out, f"{len(firm)} of {count(len(found), 'configuration')} that hold also hold against every coalition.")
    for each in firm[:SHOWN]:
        say(out, f"{wording.vector(each.configuration)} [{each.configuration}]", indent=2, hang=2)
    if len(firm) > SHOWN:
        say(out, f"And {len(firm) - SHOWN} more; --json lists them.", "dim", indent=2)
    held = set(holding.best.equilibria[concept].tolist())
    loose = [each for each in found if each.leaving]
    if loose:
        out.print()
        say(out, "Those that some would leave together", "bold")
    for each in loose[:LEFT]:
        say(out, f"{wording.vector(each.configuration)} [{each.configuration}]", indent=2, hang=2)
        for members, end in each.jumps[:JUMPS]:
            names = listed([wording.name(i) for i in members])
            also = ", which holds too" if end in held else ""
            say(out, f"{names}: {wording.change(each.configuration, end)} [{end}]{also}.", indent=4, hang=2)
        if len(each.jumps) > JUMPS:
            say(out, f"And {count(len(each.jumps) - JUMPS, 'more joint move')}.", "dim", indent=4)
    if len(loose) > LEFT:
        say(out, f"And {len(loose) - LEFT} more; --json lists them.", "dim", indent=2)


def print_ahead(holding: Holding, found: Foresight, out: Console) -> None:
    """Print what holds if two players look some moves ahead."""
    wording = Wording(holding.graph)
    for title, stable in (
        (f"What holds if both look {count(found.moves, 'move')} ahead (best guess)", found.stable),
        ("What holds for good: for every number of moves from some number on", found.always),
    ):
        say(out, title, "bold")
        held = np.flatnonzero(stable.all(axis=0)).tolist()
        for n in held[:SHOWN]:
            say(out, f"{wording.vector(n)} [{n}]", indent=2, hang=2)
        if not held:
            say(out, "Nothing.", indent=2)
        if len(held) > SHOWN:
            say(out, f"And {len(held) - SHOWN} more; --json lists them.", "dim", indent=2)
    wavering = int(found.wavering.any(axis=0).sum())
    if wavering:
        say(out, f"For {count(wavering, 'configuration')} it depends on the number of moves, however large.", "dim")
