"""What the outcomes hang on, on a terminal: sentences first, then tables."""

from __future__ import annotations

import math

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from offramp.charts import number
from offramp.findings.sensitivity.matters_values import BreakEvens, Matters, OutcomeDrive, Tornado
from offramp.report.driver_words import origin_words
from offramp.report.lines import clean, say, terminal
from offramp.report.matters_bars import LEGEND, tornado_rows
from offramp.report.matters_words import (
    break_even_lines,
    drive_line,
    figure,
    outcome_name,
    share_words,
    telling_line,
    tornado_line,
    turns,
)
from offramp.report.words import count

__all__ = ["print_matters"]

_MOST = 12
"""Break-evens in the table."""
_FEW = 256
"""With fewer worlds intervals of shares of variance were found too narrow."""
_HOW = (
    "Shares of the variance over the stated worlds, with 95 % intervals. By itself: what the group explains when all "
    "else is averaged out. Takes part in: that, and what it does together with others."
)
_GROUPS = {
    "player": "A player's unknowns are what it wants, its costs, pace, precision and beliefs.",
    "origin": "By what the numbers rest on.",
    "mechanism": "An unknown may carry several mechanisms and then counts in each.",
    "unknown": "The dozen most telling over these worlds, and all others together.",
}
_SAID = {"changes": "turns", "stays": "no turn", "unclear": "unclear"}


def print_matters(matters: Matters, console: Console | None = None) -> None:
    """
    Print what drives the outcomes, one unknown at a time, and where the choice changes.

    Parameters
    ----------
    matters
        What was found.
    console
        Where to; by default standard output, 80 columns wide where it is not a terminal.
    """
    out = console if console is not None else terminal()
    say(out, f"What the outcomes of {matters.case} hang on", "bold")
    facts = f"{count(matters.done, 'world')}, seed {matters.seed}, {matters.solves} solves, offramp {matters.version}"
    say(out, facts, "dim")
    if matters.done < _FEW:
        say(out, f"! {count(matters.done, 'world')} are few for shares of variance: the intervals may be too narrow. "
                 f"Take {_FEW} or more.", "yellow", hang=2)  # fmt: skip
    if matters.failure is not None:
        say(out, f"! Some worlds could not be computed and are left out: {matters.failure}", "red", hang=2)
    if matters.drives:
        _drives(out, matters)
    _tornado(out, matters, matters.tornadoes[matters.outcome])
    if matters.break_even is not None:
        _break_even(out, matters, matters.break_even)


def _heading(out: Console, text: str, under: str = "") -> None:
    out.print()
    say(out, text.upper(), "bold")
    if under:
        say(out, under, "dim")


def _drives(out: Console, matters: Matters) -> None:
    strategy = matters.strategies[matters.strategy]
    _heading(out, f"What drives them, by {matters.by}", f"Under “{strategy}”. {_GROUPS[matters.by]}")
    for drive in matters.drives.values():
        say(out, drive_line(matters, drive), hang=2)
    full = matters.drives[matters.outcome]
    out.print()
    say(out, telling_line(matters, full), hang=2)
    out.print()
    say(out, f"“{outcome_name(matters, matters.outcome)}”", "bold")
    _shares(out, full)
    say(out, _HOW, "dim")
    if others := [o for o in matters.drives if o != matters.outcome]:
        say(out, f"The table of another outcome: --outcome {others[0]}", "dim")


def _shares(out: Console, drive: OutcomeDrive) -> None:
    grid = _grid()
    grid.add_column("", ratio=1)
    for head in ("by itself", "takes part in", "unknowns"):
        grid.add_column(head, justify="right")
    for group in drive.groups:
        if math.isfinite(group.total):
            first = share_words(group.first, group.first_low, group.first_high)
            total = share_words(group.total, group.total_low, group.total_high)
            cells = (each.replace("\u00a0", " ") for each in (first, total))
            grid.add_row(Text(clean(group.label)), *cells, str(len(group.unknowns)))
    out.print(grid)


def _tornado(out: Console, matters: Matters, tornado: Tornado) -> None:
    strategy = matters.strategies[matters.strategy]
    _heading(out, "One unknown at a time", f"Under “{strategy}”, all others at the best guess.")
    say(out, tornado_line(matters, tornado), hang=2)
    if tornado.swings:
        out.print()
        for row in tornado_rows(tornado, matters.outcomes[tornado.outcome], min(out.width, 100)):
            out.print(Text(clean(row)), highlight=False, soft_wrap=True)
        say(out, LEGEND, "dim")


def _break_even(out: Console, matters: Matters, even: BreakEvens) -> None:
    names = " or ".join(f"“{matters.strategies[s]}”" for s in (even.strategy, even.against))
    _heading(out, "Where the choice changes", f"{names}, all other unknowns at the best guess.")
    for line in break_even_lines(matters, even):
        say(out, line, hang=2)
    clear = [each for each in even.found if each.lead > even.margin]
    if not clear:
        return
    info = matters.outcomes[even.outcome]
    grid = _grid()
    grid.add_column("unknown", ratio=1)
    for head in ("range", "best guess", "changes", "lead", "worlds"):
        grid.add_column(head, justify="right")
    for each in clear[:_MOST]:
        label = Text(clean(each.unknown.label))
        label.append(f"\n{clean(origin_words(each.unknown))}", style="dim")
        span = f"{figure(each.low)} to {figure(each.high)}"
        lead = number(each.lead, info.low, info.high)
        grid.add_row(label, span, figure(each.best), "\n".join(turns(even, each)), lead, _SAID[each.worlds])
    out.print()
    out.print(grid)
    if len(clear) > _MOST:
        say(out, f"and {len(clear) - _MOST} more; --json has all", "dim")
    say(
        out,
        f"Found to {even.precision:g} of the range, between {even.points} values of each; two changes between "
        "neighbours are not seen. Lead: how far ahead the other one gets at most at those values. Worlds: "
        "whether the mean difference turns with this unknown when all the others vary.",
        "dim",
    )


def _grid() -> Table:
    return Table(
        box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim", expand=True,
        highlight=False,
    )  # fmt: skip
