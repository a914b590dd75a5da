"""What a sentence does, in words."""

from __future__ import annotations

import math
from collections.abc import Sequence

from offramp.charts import numbers, percent
from offramp.findings.results import OutcomeInfo
from offramp.findings.weights import Became, OutcomeEffect, Trace, VerdictEffect, Weight

__all__ = [
    "cell",
    "element_text",
    "headlines",
    "how_sure",
    "interval",
    "is_mixed",
    "is_sure",
    "place_of",
    "sentence_of",
    "shortened",
    "signed",
    "size_of",
    "verdict_text",
]

_SAID = {"quoted": "quoted", "literature": "literature", "guess": "a guess", "default": "no origin stated"}


def shortened(text: str, most: int) -> str:
    """Cut a text to a length."""
    return text if len(text) <= most else text[: most - 1].rstrip(" ,;:") + "…"


def place_of(trace: Trace, source: str | None, passage: str | None) -> str:
    """Return where a quotation stands: author, title, date, passage."""
    if source is None:
        return ""
    where = f", passage {passage}" if passage and passage[:1].isdigit() else f", {passage}" if passage else ""
    return trace.sources.get(source, source) + where


def sentence_of(weight: Weight) -> str:
    """Return the quotation, or what the mechanism says where there is none."""
    return f"“{weight.quote}”" if weight.quote else weight.says


def size_of(weight: Weight) -> str:
    """Say how much a sentence moves."""
    if not math.isfinite(weight.weight) or weight.largest is None:
        return ""
    return (
        f"moves an outcome by {percent(weight.weight)} of its range" if weight.weight > 0 else "moves no main outcome"
    )


def _figure(value: float) -> str:
    return f"{value + 0.0:.3g}".replace("-", "−")


def element_text(made: Became, most: int) -> str:
    """Describe an element with its number and what that rests on."""
    said = _SAID.get(made.origin, made.origin)
    text = shortened(made.text, most)
    if made.low is None or made.high is None:
        return f"{text} ({said})" if made.kind != "condition" else text
    span = _figure(made.low) if made.low == made.high else f"{_figure(made.low)} to {_figure(made.high)}"
    return f"{text}: {span} ({said})"


def signed(info: OutcomeInfo, value: float) -> str:
    """Write a change of an outcome with its sign."""
    return numbers.signed(value, info.low, info.high)


def interval(info: OutcomeInfo, effect: OutcomeEffect, sign: float = 1.0) -> str:
    """Write the 95 % interval of an effect; with sign -1 that of switching it off."""
    low, high = (effect.low, effect.high) if sign > 0 else (-effect.high, -effect.low)
    return f"{signed(info, low)} to {signed(info, high)}"


def is_mixed(effect: OutcomeEffect, margin: float) -> bool:
    """Is the outcome moved up in some worlds and down in others, so that the mean hides it?"""
    return effect.absolute > margin and abs(effect.effect) < 0.5 * effect.absolute * effect.width


def cell(trace: Trace, info: OutcomeInfo, effect: OutcomeEffect | None) -> str:
    """Write an effect for the table by strategy."""
    if effect is None:
        return "–"
    if not effect.absolute > trace.margin:
        return "·"
    return signed(info, effect.effect) + (" ±" if is_mixed(effect, trace.margin) else "")


def headlines(trace: Trace, effects: Sequence[OutcomeEffect]) -> list[OutcomeEffect]:
    """Return the largest effects, and that on the case's first main outcome whatever its size."""
    largest = sorted((e for e in effects if e.absolute > trace.margin), key=lambda e: -e.absolute)
    main = [e for e in largest if trace.outcomes[e.outcome].main]
    shown = (main or largest)[:2]
    first = next((e for e in effects if trace.outcomes[e.outcome].main), None)
    if first is not None and first not in shown:
        shown.append(first)
    return shown


def is_sure(v: VerdictEffect) -> bool:
    """Does the interval of the difference leave 0 out?"""
    return v.touched and (v.low > 0 or v.high < 0)


def verdict_text(v: VerdictEffect, *, named: bool = True) -> str:
    """Say what becomes of a verdict without a sentence."""
    name = f"{v.claim} " if named else ""
    if not v.touched:
        return f"{name}{v.with_it}: nothing that it compares depends on this"
    word = v.with_it if v.with_it == v.without_it else f"{v.with_it} → {v.without_it}"
    points = ""
    if math.isfinite(v.low) and math.isfinite(v.high):
        points = f"; {_points(-v.difference)} points, 95\u00a0% interval {_points(-v.high)} to {_points(-v.low)}"
    return f"{name}{word} ({percent(v.share_with)} → {percent(v.share_without)} of the stated worlds{points})"


def _points(share: float) -> str:
    value = round(100 * share)
    return f"−{-value}" if value < 0 else f"+{value}" if value > 0 else "0"


def how_sure(trace: Trace, weight: Weight) -> str:
    """Say what it rests on and what the intervals speak of, in a sentence or two."""
    sized = [made for made in weight.elements if made.low is not None and made.low != made.high]
    sentence = {
        "quoted": "The quotation carries that it matters and in which direction",
        "literature": "Published work carries that it matters and in which direction",
        "guess": "That it matters at all is the modeller's guess",
    }.get(weight.origin, "Where it comes from is not stated")
    if sized:
        size = "; how much is a range that the modeller chose"
        if all(made.origin == "literature" for made in sized):
            size = "; how much is a range, with published work behind it"
    elif any(made.low is not None for made in weight.elements):
        size = "; how much is a single number, so no world tries another"
    else:
        size = "; it is either there or not, without a size"
    return (
        f"{sentence}{size}. The intervals (paired t) say how well {weight.worlds} worlds pin down a mean over the "
        "stated ranges, not how right the ranges are."
    )
