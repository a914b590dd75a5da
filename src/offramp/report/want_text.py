"""What would have to be wanted for a configuration to hold, on a terminal."""

from __future__ import annotations

from rich.console import Console

from offramp.charts.numbers import percent
from offramp.findings.equilibria.holding import Holding
from offramp.findings.equilibria.wanted import Wanted
from offramp.report.lines import say
from offramp.report.stability_text import print_assumed
from offramp.report.stability_words import CONCEPT_WORDS, Wording
from offramp.report.want_words import Sentences
from offramp.report.words import count, listed

__all__ = ["print_wanted"]


def print_wanted(holding: Holding, asked: Wanted, out: Console) -> None:
    """Print what would have to be wanted for a configuration to hold."""
    wording = Wording(holding.graph)
    words, case = Sentences(holding.graph.case, wording, asked), holding.graph.case
    say(out, f"What would have to be wanted for [{asked.configuration}] to hold ({asked.concept}, best guess)", "bold")
    say(out, f"[{asked.configuration}] {wording.vector(asked.configuration)}", indent=2, hang=2)
    print_assumed(holding, out)
    if asked.fixed:
        say(out, f"The wants of {listed([case.players[p].name or p for p in asked.fixed])} stay as they are.", "yellow")
    say(out, words.holds(), "green" if asked.holds else "red")
    say(out, f"{asked.concept}: {CONCEPT_WORDS[asked.concept]}.", "dim")
    if holding.worlds:
        share = float(holding.shares[asked.concept][asked.configuration])
        say(out, f"It holds in {percent(share)} of {count(holding.worlds, 'stated world')}.")
    if asked.found is None:
        return
    out.print()
    if asked.changes:
        say(out, "The least change of wants, inside what is stated", "bold")
    for n, told in enumerate(asked.changes):
        say(out, f"{'least' if n == 0 else 'or'} ({words.cost(told)})", indent=2)
        for line in words.change(told):
            say(out, line, indent=4, hang=2)
    if asked.changes:
        say(out, words.costs(asked.found), "dim")
    else:
        _print_blocked(words, asked, out)
    if asked.rankings:
        out.print()
        say(out, "Or another ranking", "bold")
    for each in asked.rankings:
        first, *rest = words.ranking(each)
        say(out, first)
        for line in rest:
            say(out, line, indent=2, hang=2)
    legend = words.legend()
    if legend:
        say(out, f"Against [{asked.configuration}]:", "dim", indent=2)
    for line in legend:
        say(out, line, "dim", indent=4, hang=4)


def _print_blocked(words: Sentences, asked: Wanted, out: Console) -> None:
    assert asked.found is not None
    say(out, words.none(asked.found), "bold")
    lines = words.blocking(asked.found)
    if lines:
        say(out, "It cannot hold as long as all of this is so:")
    for line in lines:
        say(out, line, indent=4, hang=2)
    beyond = words.beyond()
    if beyond:
        say(out, "Beyond the stated ranges it would, with:")
    for line in beyond:
        say(out, line, indent=4, hang=2)
