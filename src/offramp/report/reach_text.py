"""What it would take, on a terminal: an answer that fits a screen, all of it with `everything`."""

from __future__ import annotations

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from offramp.findings.reach.values import Package, Reach
from offramp.report.lines import clean, say, terminal
from offramp.report.reach_claim_words import claim_line, claim_lines, claims_note
from offramp.report.reach_words import (
    ESTIMATED,
    HEADINGS,
    Telling,
    about_line,
    adds_line,
    answer_lines,
    asked_line,
    best_lines,
    blocked_lines,
    ending_lines,
    failed_line,
    heading_line,
    held_lines,
    level_price,
    moves_words,
    next_question,
    price_words,
    searched_line,
    share_words,
    theirs_lines,
    wants_lines,
)

__all__ = ["print_reach"]

_FEW = 3
"""Rows of a table on one screen."""


def print_reach(reach: Reach, out: Console | None = None, *, everything: bool = False) -> None:
    """Print what it would take.

    Parameters
    ----------
    reach
        What was found.
    out
        Where to; by default standard output.
    everything
        All packages, levers and prices; else what fits a screen.
    """
    _Printer(reach, out or terminal(), everything).print()


class _Printer:
    def __init__(self, reach: Reach, out: Console, everything: bool) -> None:
        self.reach, self.out, self.everything = reach, out, everything
        self.telling = Telling(reach)

    def print(self) -> None:
        """Print all parts that there are."""
        out, reach, telling = self.out, self.reach, self.telling
        say(out, heading_line(telling), "bold")
        say(out, about_line(telling), "dim")
        say(out, searched_line(reach), "dim")
        say(out, asked_line(telling), "dim")
        if failed := failed_line(reach):
            say(out, f"! {failed}", "red", hang=2)
        out.print()
        for line in answer_lines(telling):
            say(out, line)
        self._packages(HEADINGS["minimal"], reach.minimal)
        self._best()
        if self.everything:
            self._packages(HEADINGS["front"], reach.front)
            self._prices()
        self._adds()
        self._claims()
        self._part(HEADINGS["way"], blocked_lines(telling))
        self._part(HEADINGS["theirs"], theirs_lines(telling))
        self._part(HEADINGS["lasts"], [*held_lines(telling), *wants_lines(telling)])
        self._endings()
        self._part(HEADINGS["next"], next_question(telling))

    def _heading(self, text: str) -> None:
        self.out.print()
        say(self.out, text.upper(), "bold")

    def _part(self, heading: str, lines: Sequence[str]) -> None:
        if lines:
            self._heading(heading)
            for line in lines if self.everything else lines[:_FEW]:
                say(self.out, line)

    def _packages(self, heading: str, packages: Sequence[Package]) -> None:
        if not packages:
            return
        self._heading(heading)
        shown = packages if self.everything else packages[:_FEW]
        grid = _grid("price", "worlds", "moved")
        for package in shown:
            moved = Text(clean(moves_words(self.telling, package, brief=True)))
            grid.add_row(price_words(package), _cell(share_words(package)), moved)
        self.out.print(grid)
        if len(packages) > len(shown):
            say(self.out, f"{len(packages) - len(shown)} more with --all.", "dim")
        if any(not package.certain for package in shown):
            say(self.out, ESTIMATED, "dim")

    def _best(self) -> None:
        self._heading(HEADINGS["best"])
        for line in best_lines(self.telling):
            say(self.out, line)

    def _prices(self) -> None:
        self._heading(HEADINGS["levers"])
        grid = _grid("lever", "levels (price)")
        for lever in self.reach.levers:
            levels = [f"{each.id} ({'now' if each.id == lever.now else level_price(each)})" for each in lever.levels]
            grid.add_row(Text(clean(lever.name)), Text(clean(", ".join(levels))))
        self.out.print(grid)

    def _adds(self) -> None:
        if not self.reach.adds:
            return
        self._heading(HEADINGS["adds"])
        grid = _grid("lever", "alone", "last", "on average")
        for column in grid.columns[1:]:
            column.justify = "right"
        ordered = sorted(self.reach.adds, key=lambda each: -each.average)
        shown = ordered if self.everything else ordered[: _FEW + 2]
        for each in shown:
            _, *cells = adds_line(self.telling, each)
            grid.add_row(Text(clean(f"{each.lever} {each.level}")), *cells)
        self.out.print(grid)
        if len(ordered) > len(shown):
            say(self.out, f"{len(ordered) - len(shown)} more, that add less, with --all.", "dim")

    def _claims(self) -> None:
        if not self.reach.claims:
            return
        self._heading(HEADINGS["claims"])
        if note := claims_note(self.telling):
            say(self.out, note, "dim")
        for judged in self.reach.claims:
            say(self.out, claim_line(judged), hang=len(judged.claim) + 1)
            for line in claim_lines(self.telling, judged) if self.everything else ():
                say(self.out, line, "dim", indent=len(judged.claim) + 1)

    def _endings(self) -> None:
        held = self.reach.held.get("best")
        if held is None or not self.telling.several:
            return
        self._heading(HEADINGS["agreed"])
        for lines in ending_lines(self.telling, held, 8 if self.everything else 2):
            say(self.out, f"- {lines[0]}", hang=2)
            for line in lines[1:]:
                say(self.out, line, indent=2)


def _grid(*heads: str) -> Table:
    grid = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, expand=False, header_style="dim")
    for n, head in enumerate(heads):
        grid.add_column(head, no_wrap=n < len(heads) - 1 and head != "lever", overflow="fold")
    return grid


def _cell(text: str) -> Text:
    return Text(text.replace("\u00a0", " "))
