"""What a sentence does, on a terminal: in words, within a screen."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from offramp.charts import number, percent
from offramp.findings.weights import OutcomeEffect, Trace, VerdictEffect, Weight
from offramp.report.lines import clean, say
from offramp.report.trace_words import (
    cell,
    element_text,
    headlines,
    how_sure,
    interval,
    is_mixed,
    is_sure,
    place_of,
    sentence_of,
    shortened,
    signed,
    size_of,
    verdict_text,
)
from offramp.report.words import count, listed

__all__ = ["print_trace"]

_ROWS = 6
"""Outcomes in the table by strategy, at most."""
_VERDICTS = 6
_ALSO = 5


def print_trace(trace: Trace, console: Console | None = None) -> None:
    """
    Print the answer to one question about the sentences of a case.

    Parameters
    ----------
    trace
        What was found.
    console
        Where to; by default standard output, 80 columns wide where it is not a terminal.
    """
    _Page(trace, console if console is not None else Console(highlight=False, soft_wrap=False)).show()


class _Page:
    def __init__(self, trace: Trace, out: Console) -> None:
        self.trace, self.out = trace, out

    def show(self) -> None:
        trace = self.trace
        if trace.kind == "mechanism":
            self._sentence((*trace.weights, *trace.left_out)[0])
        elif trace.kind == "claim":
            self._claim()
        else:
            self._ranking()
        if trace.also:
            self._say("")
            for match in trace.also[:_ALSO]:
                self._say(f"also: {match.id}  {shortened(match.text, 80)}", "dim", hang=6)
            if len(trace.also) > _ALSO:
                self._say(f"also: {len(trace.also) - _ALSO} more", "dim")
        if trace.failure is not None and any(weight.failed for weight in trace.weights):
            self._say(f"! Some worlds could not be computed and are left out: {trace.failure}", "red", hang=2)

    # Writing

    def _say(self, text: str, style: str = "", *, indent: int = 0, hang: int = 0) -> None:
        say(self.out, text, style, indent=indent, hang=hang)

    def _heading(self, text: str, under: str = "") -> None:
        self._say("")
        self._say(text.upper(), "bold")
        if under:
            self._say(under, "dim")

    def _quoted(self, says: str, quote: str | None, source: str | None, passage: str | None) -> None:
        if quote:
            self._say(f"“{quote}”", "italic")
        if place := place_of(self.trace, source, passage):
            self._say(place, "dim")
        self._say(says)

    # One sentence

    def _sentence(self, weight: Weight) -> None:
        trace = self.trace
        self._say(f"{weight.mechanism}  {size_of(weight)}", "bold")
        self._quoted(weight.says, weight.quote, weight.source, weight.passage)
        if weight.left_out is not None:
            self._say(f"The case leaves it out: {weight.left_out}")
            return
        self._heading("What it became")
        for made in weight.elements:
            self._say(f"- {element_text(made, 170)}", hang=2)
        if weight.same_as:
            self._say(f"The same elements carry {listed(weight.same_as)}: no switch can tell them apart.", "dim")
        self._effects(weight)
        self._by_strategy(weight)
        self._verdicts(weight.verdicts)
        self._heading("How sure")
        self._say(how_sure(trace, weight))

    def _effects(self, weight: Weight) -> None:
        trace = self.trace
        under = next(iter(trace.strategies), None)
        if under is None:
            return
        self._heading(f"Switched off, over the same {count(weight.worlds, 'world')}")
        self._say(f"Under “{trace.strategies[under]}”:", "dim")
        if weight.note:
            self._say(f"{weight.note[:1].upper()}{weight.note[1:]}.")
        for effect in headlines(trace, [e for e in weight.effects if e.strategy == under]):
            self._say(f"- {self._effect(effect)}", hang=2)

    def _by_strategy(self, weight: Weight) -> None:
        trace = self.trace
        if len(trace.strategies) < 2:
            return
        cells = {(e.strategy, e.outcome): e for e in weight.effects}
        sizes = {
            o: max((e.absolute for (_, other), e in cells.items() if other == o), default=0.0) for o in trace.outcomes
        }
        moved = sorted((o for o in sizes if sizes[o] > trace.margin), key=lambda o: -sizes[o])
        moved.sort(key=lambda o: not trace.outcomes[o].main)
        if not moved:
            self._say(f"Under no strategy does it move an outcome by more than {trace.margin:g} of its range.")
            return
        fewest = min(e.worlds for e in weight.effects)
        self._heading(
            "What it adds, by strategy",
            f"Mean with it, less without it; {count(fewest, 'world')} but for the first; · at most {trace.margin:g} "
            "of the range; ± either way.",
        )
        grid = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        across = max(6, (self.out.width - 30) // len(trace.strategies) - 2)
        grid.add_column("", width=28, no_wrap=True, overflow="ellipsis")
        for strategy in trace.strategies:
            grid.add_column("\n".join(wrap(strategy, across)), justify="right", width=across)
        for outcome in moved[:_ROWS]:
            info = trace.outcomes[outcome]
            row = [cell(trace, info, cells.get((s, outcome))) for s in trace.strategies]
            grid.add_row(Text(clean(self._name(outcome, 28))), *row)
        self.out.print(grid)
        if len(moved) > _ROWS:
            self._say(f"{count(len(moved) - _ROWS, 'outcome')} more in --json.", "dim")

    def _verdicts(self, verdicts: Sequence[VerdictEffect]) -> None:
        if not verdicts:
            return
        sure = [v for v in verdicts if is_sure(v)]
        maybe = [v for v in verdicts if v.with_it != v.without_it and v not in sure]
        worlds = count(max(v.worlds for v in verdicts), "world")
        self._heading("Verdicts", f"With it → without it, over {worlds}.")
        shown = sorted(sure, key=lambda v: -abs(v.difference))[:_VERDICTS]
        for v in shown:
            self._say(f"- {verdict_text(v)}", hang=2)
        if len(sure) > len(shown):
            self._say(f"- {len(sure) - len(shown)} more change", hang=2)
        if maybe:
            named = [f"{v.claim} ({v.with_it} → {v.without_it})" for v in maybe]
            self._say(f"Another word, but no clear difference at so few worlds: {listed(named)}.", "dim")
        if rest := len(verdicts) - len(sure) - len(maybe):
            others = "others" if sure or maybe else "verdicts"
            self._say(f"{rest} {others if rest > 1 else others[:-1]}: the same word with it and without it.", "dim")

    # A claim

    def _claim(self) -> None:
        trace, claim = self.trace, self.trace.claim
        assert claim is not None
        self._say(f"{claim.claim}  {claim.verdict}", "bold")
        self._quoted(claim.says, claim.quote, claim.source, claim.passage)
        if claim.test is None:
            self._say(f"It has no test here{': ' + claim.note if claim.note else ''}.")
            return
        self._say(f"Test: {claim.test}", "dim", hang=6)
        band = f" ({percent(claim.low)} to {percent(claim.high)})" if claim.low != claim.high else ""
        self._say(
            f"It holds in {percent(claim.share)} of the stated worlds{band}, over {count(claim.worlds, 'world')}."
        )
        self._heading("With and without the sentences it names" if trace.weights else "It names no sentence")
        for weight in trace.weights:
            self._say(f"{weight.mechanism}  {shortened(sentence_of(weight), 84)}", hang=len(weight.mechanism) + 2)
            for verdict in weight.verdicts:
                self._say(verdict_text(verdict, named=False), "bold" if is_sure(verdict) else "", indent=4)
            for made in weight.elements:
                self._say(element_text(made, 90), "dim", indent=4, hang=2)
        for weight in trace.left_out:
            self._say(f"{weight.mechanism}  left out: {weight.left_out}", "dim", hang=4)

    # Outcomes

    def _name(self, outcome: str, most: int) -> str:
        """Return an outcome's name; what stands in brackets behind it only where another is called the same."""
        name = self.trace.outcomes[outcome].name
        brief = name.partition(" (")[0]
        same = [info for info in self.trace.outcomes.values() if info.name.partition(" (")[0] == brief]
        return shortened(brief if len(same) == 1 else name, most)

    def _effect(self, effect: OutcomeEffect) -> str:
        """Say what happens to an outcome when the mechanism is switched off."""
        info = self.trace.outcomes[effect.outcome]
        name = f"“{shortened(info.name, 70)}”"
        on, off = number(effect.on, info.low, info.high), number(effect.off, info.low, info.high)
        if not effect.touched or (effect.raised == effect.lowered == 0 and on == off):
            return f"{name} stays at {on}."
        falls = effect.off < effect.on
        way = "stays at" if on == off else f"goes from {on} {'down' if falls else 'up'} to"
        shares = [f"lower in {percent(effect.raised)}", f"higher in {percent(effect.lowered)}"]
        one, two = shares if falls else reversed(shares)
        return (
            f"{name} {way} {off} ({signed(info, -effect.effect)}, 95\u00a0% interval {interval(info, effect, -1.0)}): "
            f"{one} of the stated worlds, {two}."
        )

    # Many sentences

    def _ranking(self) -> None:
        trace = self.trace
        self._say(self._title(), "bold")
        if trace.says:
            self._say(trace.says)
        under = next(iter(trace.strategies.values()), "")
        self._say(
            f"Each switched off in turn over the same worlds, under “{under}”. Size: how far it moves the outcome it "
            "moves most, as a share of that outcome's range, whichever way (±: now up, now down). Then what it adds on "
            "average, with its 95 % interval, and the worlds used.", "dim",
        )  # fmt: skip
        carrying = [w for w in trace.weights if w.worlds and w.weight > trace.margin]
        nothing = [w for w in trace.weights if w.worlds and not w.weight > trace.margin]
        if len(carrying) > 3:
            heaviest = listed(weight.mechanism for weight in carrying[:3])
            self._say(
                f"The heaviest are {heaviest}; {len(nothing)} of {len(nothing) + len(carrying)} carry nothing here."
            )
        self._say("")
        for weight in carrying:
            self._ranked(weight)
        if not carrying:
            self._say("No sentence carries it." if trace.kind == "outcome" else "None carries anything.")
        if nothing:
            what = "it" if trace.kind == "outcome" else "a main outcome" if trace.kind == "ranking" else "an outcome"
            self._heading(
                f"Carry nothing here ({len(nothing)})",
                f"Under this strategy they move {what} by no more than {trace.margin:g} of its range.",
            )
            for weight in nothing:
                note = f"  [{weight.note}]" if weight.note else ""
                self._say(f"{weight.mechanism:<5} {shortened(sentence_of(weight), 66)}{note}", "dim", hang=6)
        if trace.left_out:
            self._heading(f"Left out of the case ({len(trace.left_out)})")
            for weight in trace.left_out:
                self._say(f"{weight.mechanism:<5} {weight.left_out}", "dim", hang=6)
        for weight in trace.weights:
            if trace.kind == "tension" and weight.verdicts:
                self._heading(f"Verdicts with and without {weight.mechanism}")
                for verdict in weight.verdicts:
                    self._say(f"- {verdict_text(verdict)}", hang=2)

    def _title(self) -> str:
        trace = self.trace
        if trace.kind == "outcome":
            (info,) = trace.outcomes.values()
            return f"What carries “{info.name}”"
        if trace.kind == "tension":
            return f"{trace.id}: the sentences that pull against each other"
        return f"What the sentences of {trace.case} do"

    def _ranked(self, weight: Weight) -> None:
        trace, effect = self.trace, weight.largest
        assert effect is not None
        info = trace.outcomes[effect.outcome]
        moves = f"{self._name(effect.outcome, 34)} {signed(info, effect.effect)} ({interval(info, effect)})"
        sign = "±" if is_mixed(effect, trace.margin) else " "
        room = max(20, self.out.width - 27)
        self._say(f"{weight.mechanism:<14} {percent(weight.weight):>5}{sign}  {moves:<{room - 10}} {weight.worlds:>4}",
                  "bold", hang=16)  # fmt: skip
        half = max(20, (self.out.width - 10) // 2)
        made = weight.elements[0].text if weight.elements else ""
        more = f" (+{len(weight.elements) - 1})" if len(weight.elements) > 1 else ""
        became = f"{shortened(made, half - len(more))}{more}"
        self._say(f"{shortened(sentence_of(weight), half)} → {became}", "dim", indent=4, hang=2)
        changed = [v for v in weight.verdicts if is_sure(v)]
        if changed and trace.kind == "ranking":
            said = [f"{v.claim} {v.with_it} → {v.without_it}" for v in changed]
            self._say(f"verdicts without it: {'; '.join(said)}", "dim", indent=4, hang=2)
