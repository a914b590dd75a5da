"""What a sentence does, on a terminal: in words, within a screen."""

from __future__ import annotations

from rich.console import Console

from offramp.findings.common.labels import shortened
from offramp.findings.sentences.trace_values import Trace
from offramp.report.lines import terminal
from offramp.report.trace_claim import print_claim
from offramp.report.trace_page import Page
from offramp.report.trace_ranking import print_ranking
from offramp.report.trace_sentence import print_sentence
from offramp.report.words import listed

__all__ = ["print_trace"]

_ALSO = 8
"""Further sentences that fit the words, named at most."""


def print_trace(trace: Trace, console: Console | None = None, *, whole: bool = False) -> None:
    """
    Print the answer to one question about the sentences of a case.

    Parameters
    ----------
    trace
        What was found.
    console
        Where to; by default standard output, 80 columns wide where it is not a terminal.
    whole
        Show every element, outcome, strategy and verdict of one sentence, not what fits a screen.
    """
    page = Page(trace, console if console is not None else terminal(), whole=whole)
    if trace.kind == "mechanism":
        print_sentence(page, (*trace.weights, *trace.left_out)[0])
    elif trace.kind == "claim":
        print_claim(page)
    else:
        print_ranking(page)
    if trace.also:
        _also(page)
    if trace.kind == "mechanism" and trace.weights and not whole:
        page.say("Shortened to a screen: --all shows every outcome, strategy, verdict and element.", "dim")
    if trace.failure is not None and any(weight.failed for weight in trace.weights):
        page.say(f"! Some worlds could not be computed and are left out: {trace.failure}", "red", hang=2)


def _also(page: Page) -> None:
    also = page.trace.also
    page.say("")
    if page.whole:
        for match in also:
            page.say(f"also: {match.id}  {shortened(match.text, 80)}", "dim", hang=6)
        return
    ids = [match.id for match in also[:_ALSO]]
    more = [f"{len(also) - _ALSO} more"] if len(also) > _ALSO else []
    page.say(f"“{shortened(page.trace.asked, 40)}” also fits {listed([*ids, *more])}.", "dim")
