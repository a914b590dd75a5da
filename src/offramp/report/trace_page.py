"""The page that a trace is printed on: lines, headings, quotations, names of outcomes."""

from __future__ import annotations

from rich.console import Console

from offramp.findings.common.labels import shortened
from offramp.findings.sentences.trace_values import Trace
from offramp.report.lines import say
from offramp.report.trace_words import place_of

__all__ = ["Page"]


class Page:
    """What is known of a trace, and where it is written.

    Parameters
    ----------
    whole
        Show all there is, not what fits a screen.
    """

    def __init__(self, trace: Trace, out: Console, *, whole: bool) -> None:
        self.trace, self.out, self.whole = trace, out, whole

    def say(self, text: str, style: str = "", *, indent: int = 0, hang: int = 0) -> None:
        """Print a text, wrapped to the width there is."""
        say(self.out, text, style, indent=indent, hang=hang)

    def heading(self, text: str, under: str = "") -> None:
        """Print a heading, and in small what it is about."""
        self.say("")
        self.say(text.upper(), "bold")
        if under:
            self.say(under, "dim")

    def quoted(self, says: str, quote: str | None, source: str | None, passage: str | None) -> None:
        """Print a quotation, where it stands and what it says."""
        if quote:
            self.say(f"“{quote}”", "italic")
        if place := place_of(self.trace, source, passage):
            self.say(place, "dim")
        self.say(says)

    def name(self, outcome: str, most: int) -> str:
        """Return an outcome's name; what stands in brackets behind it only where another is called the same."""
        name = self.trace.outcomes[outcome].name
        brief = name.partition(" (")[0]
        same = [info for info in self.trace.outcomes.values() if info.name.partition(" (")[0] == brief]
        return shortened(brief if len(same) == 1 else name, most)
