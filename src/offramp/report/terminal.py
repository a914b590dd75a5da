"""Findings on a terminal: outcomes by strategy, verdicts in the authors' words, and what they rest on."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Iterator, Mapping, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from offramp.findings.results import Band, Findings, OutcomeInfo, Threshold, Verdict

__all__ = ["print_findings"]

WORDS = ("holds", "mostly holds", "depends", "no difference", "mostly fails", "fails", "cannot be tested here")
COLOURS = {
    "holds": "green",
    "mostly holds": "green",
    "depends": "yellow",
    "no difference": "cyan",
    "mostly fails": "red",
    "fails": "red",
    "cannot be tested here": "dim",
}
PER_TABLE = 3
NARROW, WIDE = 72, 110


def print_findings(findings: Findings, console: Console | None = None) -> None:
    """Print findings for people.

    Parameters
    ----------
    findings : Findings
    console : Console, optional
        By default one on stdout, as wide as the terminal up to 110 columns, 80 where it is not one.
    """
    _Page(findings, console or _console()).print()


def _console() -> Console:
    if sys.stdout.isatty():
        return Console(width=max(NARROW, min(WIDE, os.get_terminal_size().columns)), highlight=False)
    return Console(width=80, highlight=False, no_color=True)


class _Page:
    def __init__(self, findings: Findings, console: Console) -> None:
        self.f, self.console = findings, console

    def print(self) -> None:
        f = self.f
        self.console.print(Text(f.title, style="bold"))
        if f.about:
            self.console.print(Text(" ".join(f.about.split()), style="dim"))
        self._failures()
        self._outcomes()
        self._verdicts()
        self._assumptions()
        self._rests_on()
        self._story()

    def heading(self, text: str) -> None:
        self.console.print()
        self.console.print(Text(text, style="bold underline"))

    def say(self, text: str, indent: int = 0, style: str = "") -> None:
        self.console.print(Padding(Text(text, style=style), (0, 0, 0, indent)))

    def _failures(self) -> None:
        worlds = sorted({failed.world for failed in self.f.failed})
        if worlds:
            first = self.f.failed[0]
            said = f"{len(worlds)} of {self.f.done + 1} worlds could not be computed and count nowhere. "
            where = f"World {first.world} under {first.strategy}: {first.message}"
            self.say(said + where, style="bold red")

    def _outcomes(self) -> None:
        f = self.f
        shown = [id_ for id_, info in f.outcomes.items() if info.main]
        if not shown or not f.outcomes_by:
            return
        self.heading(f"How the strategies fare, over {f.horizon:g} {f.unit}s in {f.done} stated worlds")
        self.say("mean (5..95 % of worlds) · best mean in bold · regret: the most it falls behind the best "
                 "strategy of a world", style="dim")  # fmt: skip
        per = PER_TABLE if self.console.width < 100 else PER_TABLE + 1
        for first in range(0, len(shown), per):
            self._table(shown[first : first + per])

    def _table(self, shown: Sequence[str]) -> None:
        f = self.f
        table = Table(box=None, padding=(0, 1, 0, 0), show_edge=False)
        table.add_column("", no_wrap=False, ratio=3, min_width=16)
        for id_ in shown:
            info = f.outcomes[id_]
            sign = {"high": " (more is better)", "low": " (less is better)"}.get(info.better or "", "")
            whom = f" for {f.names.get(info.for_whom, info.for_whom)}" if info.better and info.for_whom else ""
            table.add_column(Text(f"{info.name}{sign[:-1]}{whom})" if sign else info.name), ratio=2, min_width=18)
        best = {id_: _best(f.outcomes_by, id_, f.outcomes[id_]) for id_ in shown}
        for strategy, name in f.strategies.items():
            cells = [self._cell(f.outcomes_by[strategy][id_], strategy in best[id_]) for id_ in shown]
            table.add_row(Text(name), *cells)
        self.console.print()
        self.console.print(table)

    def _cell(self, band: Band, bold: bool) -> Text:
        cell = Text(_number(band.mean), style="bold" if bold else "")
        if bold and self.console.no_color:
            cell.append("*")
        cell.append(f" ({_number(band.p05)}..{_number(band.p95)})", style="not bold dim")
        if band.robust_regret is not None:
            cell.append(f"\nregret {_number(band.robust_regret)}", style="not bold dim")
        return cell

    def _verdicts(self) -> None:
        f = self.f
        if not f.verdicts:
            return
        self.heading("What becomes of the claims")
        counts = {word: sum(v.verdict == word for v in f.verdicts.values()) for word in WORDS}
        self.say(", ".join(f"{n} {word}" for word, n in counts.items() if n), style="dim")
        for word in WORDS:
            for verdict in sorted((v for v in f.verdicts.values() if v.verdict == word), key=_firmness):
                self._verdict(verdict)

    def _verdict(self, v: Verdict) -> None:
        line = Text()
        line.append(f"{v.verdict.upper():<13} ", style=f"bold {COLOURS[v.verdict]}")
        line.append(f"{v.claim}  ", style="bold")
        line.append(v.says)
        self.console.print()
        self.console.print(line)
        if v.quote:
            self.say(f'"{v.quote}" ({v.source})', 4, "italic")
        if v.verdict == "cannot be tested here":
            self.say(v.note, 4, "dim")
            return
        for part in _evidence(v):
            self.say(part, 4, "dim")
        views = [f"{name}: {view.verdict} ({_percent(view.share)})" for name, view in v.views.items()]
        if views:
            self.say("by view: " + "; ".join(views), 4, "dim")

    def _assumptions(self) -> None:
        if not self.f.assumptions:
            return
        self.heading("Taken for granted, not tested")
        for assumed in self.f.assumptions:
            self.say(f"{assumed.claim}  {assumed.says}", 2)

    def _rests_on(self) -> None:
        f, o = self.f, self.f.origins
        total = o.quoted + o.literature + o.guess + o.default
        self.heading("What it rests on")
        if total:
            shares = (("quoted", o.quoted), ("literature", o.literature), ("guess", o.guess), ("unstated", o.default))
            said = ", ".join(f"{_percent(n / total)} {word}" for word, n in shares if n)
            self.say(f"{total} numbers: {said}; {o.fixed} of them stated as a point. A quote carries that a thing "
                     "matters, not its size.")  # fmt: skip
        n = f.numerics
        amplified = max((x for x in n.amplification.values() if math.isfinite(x)), default=0.0)
        longer = max((x for x in n.foresight.values() if math.isfinite(x)), default=0.0)
        self.say(
            f"Best guess: looking ahead a quarter longer moves an outcome by up to {_percent(longer)} of its range; "
            f"an error at the foresight date is passed on {amplified:.2g}-fold."
        )
        if f.baselines:
            self.say(self._foresight_adds())
        self.say(f"offramp {f.version}, seed {f.seed}, case {f.digest[:12]}, {max(n.states.values(), default=0):,} "
                 f"states at most. Shares are of the stated worlds; they are no probabilities.", style="dim")  # fmt: skip

    def _foresight_adds(self) -> str:
        """Say how much of the table foresight accounts for: the mean distance to myopic and to random play."""
        f, b = self.f, self.f.baselines
        assert b is not None
        gaps: dict[str, list[float]] = {"myopic": [], "random": []}
        for strategy, outcomes in b.foresight.items():
            for id_, band in outcomes.items():
                width = f.outcomes[id_].high - f.outcomes[id_].low
                if width > 0 and math.isfinite(width):
                    gaps["myopic"].append(abs(band.mean - b.myopic[strategy][id_].mean) / width)
                    gaps["random"].append(abs(band.mean - b.random[strategy][id_].mean) / width)
        mean = {name: sum(values) / len(values) if values else math.nan for name, values in gaps.items()}
        return (
            f"Without foresight the outcomes would differ by {_percent(mean['myopic'])} of their range on average; "
            f"with random moves by {_percent(mean['random'])} ({b.worlds} worlds)."
        )

    def _story(self) -> None:
        for strategy, stories in self.f.stories.items():
            if not stories:
                continue
            self.heading(f"One course of events: {self.f.strategies[strategy]}, simulated from the best guess")
            events = stories[0].events[:8]
            for event in events:
                self.say(f"{self.f.unit} {event.time:4.1f}  {event.text}", 2)
            more = len(stories[0].events) - len(events)
            if more > 0:
                self.say(f"... and {more} more; `offramp story` tells others", 2, "dim")
            return


def _evidence(v: Verdict) -> Iterator[str]:
    said = f"holds in {_percent(v.share)} of the stated worlds"
    if math.isfinite(v.low) and v.low != v.high:
        said += f" ({_percent(v.low)} to {_percent(v.high)})"
    if v.reversed > 0:
        said += f", the opposite in {_percent(v.reversed)}"
    if v.no_difference > 0:
        said += f", no difference in {_percent(v.no_difference)}"
    yield said + (f"; best guess: {v.best_guess}" if v.best_guess else "")
    if v.note:
        yield v.note
    if v.by_construction:
        yield "by construction: players who move at random give the same verdict"
    elif v.random and v.myopic:
        yield f"random movers: {v.random}; players who do not look ahead: {v.myopic}"
    if v.threshold:
        yield _threshold(v.threshold)


def _threshold(t: Threshold) -> str:
    side = ">" if t.holds_where == "above" else "<"
    held = (t.share_above, t.share_below) if t.holds_where == "above" else (t.share_below, t.share_above)
    said = (
        f"depends on: {t.label} {side} {_number(t.value)} (holds in {_percent(held[0])} of those worlds, "
        f"in {_percent(held[1])} of the others)"
    )
    return said + (f"; or on {', '.join(t.twins)}, drawn alike here" if t.twins else "")


def _best(by: Mapping[str, Mapping[str, Band]], id_: str, info: OutcomeInfo) -> set[str]:
    """Return the strategies whose mean is best, where the outcome says which way is better."""
    means = {strategy: bands[id_].mean for strategy, bands in by.items() if math.isfinite(bands[id_].mean)}
    if info.better is None or len(means) < 2:
        return set()
    top = max(means.values()) if info.better == "high" else min(means.values())
    return {strategy for strategy, mean in means.items() if _number(mean) == _number(top)}


def _firmness(v: Verdict) -> float:
    """Sort the firmest last, so that what flips most easily stands first."""
    return abs(v.share - 0.5) if math.isfinite(v.share) else 1.0


def _percent(share: float) -> str:
    return "?" if not math.isfinite(share) else f"{100 * share:.0f} %"


def _number(value: float) -> str:
    if not math.isfinite(value):
        return "?"
    if abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
