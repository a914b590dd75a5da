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
from offramp.report.reach_lasting_words import ending_lines, held_lines, wants_lines
from offramp.report.reach_unknown_words import assumed_lines, blocked_lines, theirs_lines
from offramp.report.reach_words import (
    ESTIMATED,
    HEADINGS,
    Telling,
    about_line,
    adds_line,
    adds_words,
    answer_lines,
    asked_line,
    beneath_line,
    best_lines,
    failed_line,
    further_line,
    heading_line,
    level_price,
    moves_words,
    next_question,
    price_words,
    searched_line,
    share_words,
)

__all__ = ["print_reach"]

_WIDE = 12
"""Columns that the words before the lines take."""
_FEW = 3
"""Of a part on one screen."""


def print_reach(
    reach: Reach, out: Console | None = None, *, everything: bool = False, asked: str | None = None
) -> None:
    """Print what it would take.

    Parameters
    ----------
    reach
        What was found.
    out
        Where to; by default standard output.
    everything
        All packages, levers and prices; else what fits a screen.
    asked
        The command that asked, for those that it suggests.
    """
    _Printer(Telling(reach, asked), out or terminal(), everything).print()


class _Printer:
    def __init__(self, telling: Telling, out: Console, everything: bool) -> None:
        self.telling, self.reach, self.out, self.everything = telling, telling.reach, out, everything

    def print(self) -> None:
        """Print all parts that there are."""
        out, reach, telling = self.out, self.reach, self.telling
        say(out, heading_line(telling), "bold")
        say(out, about_line(telling), "dim")
        say(out, asked_line(telling), "dim")
        if failed := failed_line(reach):
            say(out, f"! {failed}", "red", hang=2)
        out.print()
        self._part("Answer", answer_lines(telling))
        self._packages(*(("Smallest", reach.minimal) if self.everything else ("Or", reach.minimal[1:])))
        if not self._is_the_answer(reach.best):
            self._part("Most", best_lines(telling, brief=not self.everything))
        if self.everything:
            self._packages("Front", reach.front)
            if line := further_line(reach):
                say(out, line, "dim", indent=_WIDE)
            self._table(HEADINGS["levers"], self._prices())
            self._table(HEADINGS["adds"], self._adds())
            out.print()
        else:
            self._part("Levers", adds_words(telling))
        self._part("View", assumed_lines(telling))
        self._claims()
        self._part("In the way", blocked_lines(telling))
        self._part("Others", theirs_lines(telling, brief=not self.everything))
        self._part("Lasting", [*held_lines(telling), *wants_lines(telling)])
        self._endings()
        self._part("Ask next", next_question(telling))
        self._part("Searched", [searched_line(reach) + ".", beneath_line(telling)])

    def _is_the_answer(self, package: Package) -> bool:
        return not self.everything and bool(self.reach.minimal) and package.number == self.reach.minimal[0].number

    def _part(self, name: str, lines: Sequence[str]) -> None:
        for n, line in enumerate(lines if self.everything else [" ".join(lines)] if lines else []):
            say(self.out, line, lead=name if n == 0 else "", indent=_WIDE)

    def _rows(self, name: str, rows: Sequence[str], hang: int) -> None:
        for n, row in enumerate(rows):
            say(self.out, row, lead="" if n else name, indent=_WIDE, hang=hang)

    def _packages(self, name: str, packages: Sequence[Package]) -> None:
        shown = packages if self.everything else packages[:_FEW]
        shares, prices = [share_words(each) for each in shown], [price_words(each) for each in shown]
        wide, dear = (max(6, *map(len, texts)) + 2 if texts else 0 for texts in (shares, prices))
        moved = [moves_words(self.telling, each) for each in shown]
        rows = [f"{s.ljust(wide)}{p.ljust(dear)}{m}" for s, p, m in zip(shares, prices, moved, strict=True)]
        if rows:
            say(self.out, f"{'worlds'.ljust(wide)}{'price'.ljust(dear)}moved", "dim", lead=name, indent=_WIDE)
        self._rows("", rows, wide + dear)
        if len(packages) > len(shown):
            say(self.out, f"{len(packages) - len(shown)} more with --all.", "dim", indent=_WIDE)
        if any(not package.certain for package in shown):
            say(self.out, ESTIMATED, "dim", indent=_WIDE)

    def _table(self, heading: str, grid: Table | None) -> None:
        if grid is None:
            return
        self.out.print()
        say(self.out, heading.upper(), "bold")
        self.out.print(grid)

    def _prices(self) -> Table:
        grid = _grid("lever", "levels (price)")
        for lever in self.reach.levers:
            levels = [f"{each.id}: {each.name} ({'now' if each.id == lever.now else level_price(each)})"
                      for each in lever.levels]  # fmt: skip
            grid.add_row(Text(clean(f"{lever.id}: {lever.name}")), Text("\n".join(map(clean, levels))))
        return grid

    def _adds(self) -> Table | None:
        if not self.reach.adds:
            return None
        grid = _grid("lever", "alone", "last", "on average")
        for column in grid.columns[1:]:
            column.justify = "right"
        for each in sorted(self.reach.adds, key=lambda each: -each.average):
            grid.add_row(Text(clean(f"{each.lever} {each.level}")), *adds_line(self.telling, each)[1:])
        return grid

    def _claims(self) -> None:
        told = [claim_line(judged, brief=not self.everything) for judged in self.reach.claims]
        for n, (line, judged) in enumerate(zip(told, self.reach.claims, strict=True)):
            self._rows("" if n else "Claims", [line], len(judged.claim) + 1)
            for behind in claim_lines(self.telling, judged) if self.everything else ():
                say(self.out, behind, "dim", indent=_WIDE + len(judged.claim) + 1)
        if told and (note := claims_note(self.telling)):
            say(self.out, note, "dim", indent=_WIDE)

    def _endings(self) -> None:
        held = self.reach.held.get("best")
        if held is None or not self.telling.several:
            return
        for n, lines in enumerate(ending_lines(self.telling, held, 8 if self.everything else 2)):
            self._rows("" if n else "Agreement", [f"- {lines[0]}"], 2)
            for line in lines[1:]:
                say(self.out, line, indent=_WIDE + 2)


def _grid(*heads: str) -> Table:
    grid = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, expand=False, header_style="dim")
    for n, head in enumerate(heads):
        grid.add_column(head, no_wrap=n < len(heads) - 1 and head != "lever", overflow="fold")
    return grid
