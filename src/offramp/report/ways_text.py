"""Ways between configurations, joint moves and longer foresight, on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rich.console import Console

from offramp.findings.equilibria.holding import Holding
from offramp.findings.equilibria.ways import Foresight, Joint, Reach, Way
from offramp.report.lines import say
from offramp.report.stability_text import print_assumed
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
    print_assumed(holding, out)
    start, end = found[0].start, found[0].end
    say(out, f"from [{start}] {wording.vector(start)}", indent=2, hang=2)
    say(out, f"to [{end}], with {wording.unlike(start, end)}", indent=2, hang=2)
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
    print_assumed(holding, out)
    say(out, f"from [{start}] {wording.vector(start)}", indent=2, hang=2)
    if not found:
        say(out, "Nothing holds under this concept in the best guess.")
    else:
        say(out, "Below, only what differs from there.", "dim", indent=2)
    shares = holding.shares[concept]

    def ease(each: Reach) -> tuple[bool, int, bool, int, float]:
        return each.gaining < 0, each.gaining, each.moving < 0, each.moving, -float(shares[each.end])

    for each in sorted(found, key=ease)[:SHOWN]:
        out.print()
        if each.gaining >= 0:
            head = f"{count(each.gaining, 'move')}, each of which pays its mover" if each.gaining else "It is there"
        elif each.moving >= 0:
            head = f"{count(each.moving, 'legal move')}, not all of which pay"
        else:
            head = "Cannot be reached"
        say(out, head, "bold", indent=2)
        say(out, f"[{each.end}] {wording.unlike(start, each.end)}", indent=4, hang=2)
        if max(each.gaining, each.moving) > 0:
            say(out, _blocked(wording, each.blockers), indent=4)
    paying = sum(1 for each in found if each.gaining >= 0)
    out.print()
    if len(found) > SHOWN:
        reach = f"Of all {len(found)}, {paying} can be reached by moves that each pay."
        say(out, f"And {len(found) - SHOWN} more; --json lists them. {reach}", "dim")
    say(out, "The moves one by one: add --to NUMBER (in brackets).", "dim")


def print_joint(holding: Holding, concept: str, found: Sequence[Joint], *, strict: bool, out: Console) -> None:
    """Print which configurations players acting together would leave."""
    wording, held = Wording(holding.graph), set(holding.best.equilibria[concept].tolist())
    say(out, f"Acting together ({concept}, best guess)", "bold")
    print_assumed(holding, out)
    gain = "each of them gains" if strict else "none of them loses and some gain"
    does = "some move, others agree not to answer"
    say(out, f"Several players may do together what none would do alone: {does}, and {gain}.", "dim")
    firm, loose = [each for each in found if not each.leaving], [each for each in found if each.leaving]
    if len(found) > 1:
        out.print()
        say(out, f"Of {count(len(found), 'configuration')} that hold against each player alone, {len(firm)} also hold "
                 "against all who could act together.", "bold")  # fmt: skip
    for each in firm[:SHOWN]:
        say(out, f"[{each.configuration}] {wording.vector(each.configuration)}", indent=2, hang=2)
    if len(firm) > SHOWN:
        say(out, f"And {len(firm) - SHOWN} more; --json lists them.", "dim", indent=2)
    if loose:
        out.print()
        say(out, "Some would leave together" if len(found) == 1 else "Those that some would leave together", "bold")
    elif len(found) == 1:
        say(out, "It holds against all who could act together.")
    for each in loose[:LEFT]:
        say(out, f"[{each.configuration}] {wording.vector(each.configuration)}", indent=2, hang=2)
        for members, end in each.jumps[:JUMPS]:
            also = ", which holds too" if end in held else ""
            say(out, f"{wording.together(members, each.configuration, end)}: [{end}]{also}.", indent=4, hang=2)
        if len(each.jumps) > JUMPS:
            say(out, f"And {count(len(each.jumps) - JUMPS, 'more such step')}.", "dim", indent=4)
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
            say(out, f"[{n}] {wording.vector(n)}", indent=2, hang=2)
        if not held:
            say(out, "Nothing.", indent=2)
        if len(held) > SHOWN:
            say(out, f"And {len(held) - SHOWN} more; --json lists them.", "dim", indent=2)
    wavering = int(found.wavering.any(axis=0).sum())
    if wavering:
        say(out, f"For {count(wavering, 'configuration')} it depends on the number of moves, however large.", "dim")
