"""What a sentence does, in words."""

from __future__ import annotations

import math
from collections.abc import Sequence

from offramp.charts import number, numbers, percent
from offramp.findings.common.labels import shortened
from offramp.findings.outcomes.values import OutcomeInfo
from offramp.findings.sentences.trace_values import Trace
from offramp.findings.sentences.values import Carrier
from offramp.findings.sentences.weight_values import OutcomeEffect, VerdictEffect, Weight

__all__ = [
    "carrier_text",
    "cell",
    "certainty",
    "effect_text",
    "headlines",
    "interval",
    "is_clear",
    "is_sure",
    "place_of",
    "rests_on",
    "sentence_of",
    "signed",
    "verdict_text",
]

_SAID = {"quoted": "quoted", "literature": "literature", "guess": "a guess", "default": "no origin stated"}


def place_of(trace: Trace, source: str | None, passage: str | None) -> str:
    """Return where a quotation stands: author, title, date, passage."""
    if source is None:
        return ""
    where = f", passage {passage}" if passage and passage[:1].isdigit() else f", {passage}" if passage else ""
    return trace.sources.get(source, source) + where


def sentence_of(weight: Weight) -> str:
    """Return the quotation, or what the mechanism says where there is none."""
    return f"“{weight.quote}”" if weight.quote else weight.says


def _figure(value: float) -> str:
    return f"{value + 0.0:.3g}".replace("-", "−")


def carrier_text(carrier: Carrier, most: int | None) -> str:
    """Describe an element with its number and what that rests on, its words cut to a length."""
    said = _SAID[carrier.origin]
    text = carrier.words + carrier.detail
    text = text if most is None else shortened(text, most)
    low, high = carrier.low, carrier.high
    if low is None or high is None:
        return f"{text} ({said})" if carrier.kind != "condition" else text
    span = _figure(low) if low == high else f"{_figure(low)} to {_figure(high)}"
    return f"{text}: {span} ({said})"


def signed(info: OutcomeInfo, value: float) -> str:
    """Write a change of an outcome with its sign."""
    return numbers.signed(value, info.low, info.high)


def interval(info: OutcomeInfo, effect: OutcomeEffect) -> str:
    """Write the 95 % interval of an effect."""
    return f"{signed(info, effect.low)} to {signed(info, effect.high)}"


def cell(trace: Trace, info: OutcomeInfo, effect: OutcomeEffect | None) -> str:
    """Write an effect for the table by strategy."""
    if effect is None:
        return "–"
    if not effect.absolute > trace.margin:
        return "·"
    return signed(info, effect.effect) + (" ±" if effect.mixed else "")


def headlines(trace: Trace, effects: Sequence[OutcomeEffect]) -> list[OutcomeEffect]:
    """Return the effect on the case's first main outcome and the two largest; what is not moved comes last."""
    moved = sorted((e for e in effects if e.absolute > trace.margin), key=lambda e: -e.absolute)
    main = [e for e in effects if trace.outcomes[e.outcome].main]
    largest = ([e for e in moved if e in main] or moved)[:2]
    first = main[:1]
    return sorted(dict.fromkeys([*first, *largest]), key=lambda e: e not in moved)


def effect_text(trace: Trace, effect: OutcomeEffect) -> str:
    """Compare an outcome with a sentence and without it."""
    info = trace.outcomes[effect.outcome]
    name = f"“{shortened(info.name, 70)}”"
    on, off = number(effect.on, info.low, info.high), number(effect.off, info.low, info.high)
    if not effect.touched or (effect.raised == effect.lowered == 0 and on == off):
        return f"{name}: {on} with it and without it."
    return (
        f"{name}: {on} with it, {off} without it ({signed(info, effect.effect)}, 95\u00a0% interval "
        f"{interval(info, effect)}); higher with it in {percent(effect.raised)} of the stated worlds, lower in "
        f"{percent(effect.lowered)}."
    )


def is_clear(effect: OutcomeEffect) -> bool:
    """Does the interval of the effect leave 0 out?"""
    return effect.low > 0 or effect.high < 0


def certainty(effect: OutcomeEffect) -> str:
    """Say what the interval of an effect tells of its direction."""
    if not effect.touched:
        return "Nothing that the outcome depends on carries it, so it does exactly nothing there."
    if not math.isfinite(effect.high - effect.low):
        return "One world has no interval."
    if is_clear(effect):
        return f"The interval leaves out 0: these {effect.worlds} worlds tell clearly which way it goes on average."
    return f"The interval reaches 0: these {effect.worlds} worlds do not tell which way it goes on average."


def is_sure(v: VerdictEffect) -> bool:
    """Does the interval of the difference leave 0 out?"""
    return v.touched and (v.low > 0 or v.high < 0)


def verdict_text(v: VerdictEffect, *, named: bool = True, points: bool = True) -> str:
    """Say what becomes of a verdict without a sentence; with points, by how many percentage points and how surely."""
    name = f"{v.claim} " if named else ""
    if not v.touched:
        return f"{name}{v.with_it}: nothing that it compares depends on this"
    word = v.with_it if v.with_it == v.without_it else f"{v.with_it} → {v.without_it}"
    more = ""
    if points and math.isfinite(v.low) and math.isfinite(v.high):
        more = f"; {_points(-v.difference)} points, 95\u00a0% interval {_points(-v.high)} to {_points(-v.low)}"
    return f"{name}{word} ({percent(v.share_with)} → {percent(v.share_without)} of the stated worlds{more})"


def _points(share: float) -> str:
    value = round(100 * share)
    return f"−{-value}" if value < 0 else f"+{value}" if value > 0 else "0"


def rests_on(weight: Weight) -> str:
    """Say what a sentence and its size rest on, and what the intervals speak of."""
    sized = [carrier for carrier in weight.carriers if carrier.low is not None and carrier.low != carrier.high]
    sentence = {
        "quoted": "The quotation carries that it matters and in which direction",
        "literature": "Published work carries that it matters and in which direction",
        "guess": "That it matters at all is the modeller's guess",
        "default": "Where it comes from is not stated",
    }[weight.origin]
    if sized:
        size = "; how much is a range that the modeller chose"
        if all(carrier.origin == "literature" for carrier in sized):
            size = "; how much is a range, with published work behind it"
    elif any(carrier.low is not None for carrier in weight.carriers):
        size = "; how much is a single number, so no world tries another"
    else:
        size = "; it is either there or not, without a size"
    return (
        f"{sentence}{size}. The interval (paired t) is of the mean over the stated ranges; it does not say how right "
        "the ranges are."
    )
