"""One sentence on a terminal: what it does and how sure that is, then what it became and what changes without it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from textwrap import wrap

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from offramp.charts import number
from offramp.findings.sentences.weight_values import OutcomeEffect, VerdictEffect, Weight
from offramp.report.lines import clean
from offramp.report.trace_page import Page
from offramp.report.trace_words import (
    carrier_text,
    cell,
    certainty,
    effect_text,
    headlines,
    is_clear,
    is_sure,
    rests_on,
    verdict_text,
)
from offramp.report.words import count, listed

__all__ = ["print_sentence"]

_EFFECTS, _CARRIERS, _VERDICTS = 2, 2, 3
"""Shown where it has to fit a screen."""
_NAMES = 22
"""Columns for the names of outcomes beside the strategies."""


def print_sentence(page: Page, weight: Weight) -> None:
    """Print what one sentence does; shortened to a screen unless the whole is wanted."""
    trace = page.trace
    under = next(iter(trace.strategies), None)
    effects = headlines(trace, [e for e in weight.effects if e.strategy == under])
    page.say(f"{weight.mechanism}  {_answer(page, effects[0])}" if effects else weight.mechanism, "bold")
    page.quoted(weight.says, weight.quote, weight.source, weight.passage)
    if weight.left_out is not None:
        page.say(f"The case leaves it out: {weight.left_out}")
        return
    if under is not None:
        page.heading("What it does")
        page.say(f"Under “{trace.strategies[under]}”, over the same {count(weight.worlds, 'world')}:", "dim")
        _effects(page, weight, effects)
    page.heading("How sure")
    page.say(f"{certainty(effects[0])} {rests_on(weight)}" if effects else rests_on(weight))
    _became(page, weight)
    if page.whole:
        _by_strategy(page, weight)
    _verdicts(page, weight.verdicts)


def _answer(page: Page, effect: OutcomeEffect) -> str:
    """Say in a line what a sentence does to an outcome, and how sure that is."""
    info, name = page.trace.outcomes[effect.outcome], f"“{page.name(effect.outcome, 40)}”"
    if not effect.absolute > page.trace.margin:
        return "moves no main outcome" if info.main else "moves no outcome"
    if effect.mixed:
        return f"moves {name} up in some worlds, down in others"
    on, off = number(effect.on, info.low, info.high), number(effect.off, info.low, info.high)
    way = f"{'raises' if effect.effect > 0 else 'lowers'} {name} from {off} to {on}"
    if not math.isfinite(effect.high - effect.low):
        return way
    return f"{'clearly' if is_clear(effect) else 'perhaps'} {way}"


def _effects(page: Page, weight: Weight, effects: Sequence[OutcomeEffect]) -> None:
    if weight.note:
        page.say(f"{weight.note[:1].upper()}{weight.note[1:]}.")
    for effect in effects if page.whole else effects[:_EFFECTS]:
        page.say(f"- {effect_text(page.trace, effect)}", hang=2)
    if effects and not page.whole:
        _elsewhere(page, weight, effects[0].outcome)


def _elsewhere(page: Page, weight: Weight, outcome: str) -> None:
    """Say what it adds to one outcome under the other strategies."""
    trace, info = page.trace, page.trace.outcomes[outcome]
    cells = {e.strategy: cell(trace, info, e) for e in weight.effects if e.outcome == outcome}
    others = [f"{s} {cells[s].replace('·', '0')}" for s in list(trace.strategies)[1:] if s in cells]
    if others:
        either = " ±: up in some worlds, down in others." if any("±" in other for other in others) else ""
        page.say(f"To “{page.name(outcome, 50)}” it adds, under other strategies: {listed(others)}.{either}")


def _became(page: Page, weight: Weight) -> None:
    page.heading("What it became")
    shown = weight.carriers if page.whole else weight.carriers[:_CARRIERS]
    for carrier in shown:
        page.say(f"- {carrier_text(carrier, None if page.whole else 115)}", hang=2)
    if more := len(weight.carriers) - len(shown):
        page.say(f"- {count(more, 'element')} more")
    if weight.same_as:
        page.say(f"The same elements carry {listed(weight.same_as)}: no switch can tell them apart.", "dim")


def _by_strategy(page: Page, weight: Weight) -> None:
    """Print what it adds to each outcome that it moves, a column for each strategy."""
    trace = page.trace
    if len(trace.strategies) < 2:
        return
    cells = {(e.strategy, e.outcome): e for e in weight.effects}
    sizes = {o: max((e.absolute for (_, other), e in cells.items() if other == o), default=0.0) for o in trace.outcomes}
    moved = sorted((o for o in sizes if sizes[o] > trace.margin), key=lambda o: -sizes[o])
    moved.sort(key=lambda o: not trace.outcomes[o].main)
    if not moved:
        page.say(f"Under no strategy does it move an outcome by more than {trace.margin:g} of its range.")
        return
    fewest = min(e.worlds for e in weight.effects)
    page.heading(
        "What it adds, by strategy",
        f"Mean with it, less without it; {count(fewest, 'world')} but for the first; · at most {trace.margin:g} of the "
        "range; ± up in some worlds, down in others.",
    )
    grid = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=0, header_style="dim")
    across = max(6, (page.out.width - _NAMES - 1) // len(trace.strategies) - 1)
    grid.add_column("", width=_NAMES)
    for strategy in trace.strategies:
        grid.add_column("\n".join(wrap(strategy.replace("-", " "), across)), justify="right", width=across)
    for outcome in moved:
        info = trace.outcomes[outcome]
        row = [cell(trace, info, cells.get((s, outcome))) for s in trace.strategies]
        grid.add_row(Text(clean(page.name(outcome, 3 * _NAMES))), *row)
    page.out.print(grid)


def _verdicts(page: Page, verdicts: Sequence[VerdictEffect]) -> None:
    if not verdicts:
        return
    sure = sorted((v for v in verdicts if is_sure(v)), key=lambda v: -abs(v.difference))
    maybe = [v for v in verdicts if v.with_it != v.without_it and v not in sure]
    page.heading("Verdicts, with it → without it")
    shown = sure if page.whole else sure[:_VERDICTS]
    for v in shown:
        page.say(f"- {verdict_text(v, points=page.whole)}", hang=2)
    if more := len(sure) - len(shown):
        page.say(f"- {more} more change", hang=2)
    if maybe and page.whole:
        named = [f"{v.claim} ({v.with_it} → {v.without_it})" for v in maybe]
        worlds = count(max(v.worlds for v in verdicts), "world")
        page.say(f"Another word, but no clear difference over {worlds}: {listed(named)}.", "dim")
    elif maybe:
        page.say(f"Another word, but no clear difference: {listed(v.claim for v in maybe)}.", "dim")
    if rest := len(verdicts) - len(sure) - len(maybe):
        others = "others" if sure or maybe else "verdicts"
        page.say(f"{rest} {others if rest > 1 else others[:-1]}: the same word with it and without it.", "dim")
