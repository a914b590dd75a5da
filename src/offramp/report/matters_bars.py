"""A tornado as bars of block characters."""

from __future__ import annotations

from offramp.charts import number
from offramp.findings.common.labels import shortened
from offramp.findings.outcomes.values import OutcomeInfo
from offramp.findings.sensitivity.matters_values import Tornado
from offramp.report.matters_words import figure

__all__ = ["LEGEND", "tornado_rows"]

LEGEND = (
    "░ towards its low value, █ towards its high one, │ best guess. Low and high: what 5\u00a0% and 95\u00a0% of the "
    "stated worlds stay below."
)
_LABEL, _END, _BAR = 25, 5, 22


def tornado_rows(tornado: Tornado, info: OutcomeInfo, width: int = 80) -> list[str]:
    """Draw each swing as a bar from the outcome at the unknown's low value to that at its high one.

    Parameters
    ----------
    width
        Columns there are; at least 80 are used.
    """
    across = _BAR + max(0, width - 80)
    ends = [end for swing in tornado.swings for end in (swing.at_low, swing.at_high)] + [tornado.best_guess]
    least, most = min(ends), max(ends)
    scale = (across - 1) / (most - least) if most > least else 0.0

    def column(value: float) -> int:
        return round((value - least) * scale)

    rows = []
    for swing in tornado.swings:
        low, high, best = column(swing.at_low), column(swing.at_high), column(tornado.best_guess)
        bar = [" "] * across
        for mark, end in (("░", low), ("█", high)):
            for at in range(min(end, best), max(end, best) + 1):
                bar[at] = mark
        bar[best] = "│"
        left, right = sorted((swing.at_low, swing.at_high))
        shown = f"{figure(swing.low)} to {figure(swing.high)}"
        rows.append(
            f"{_label(swing.unknown.label):<{_LABEL}} {number(left, info.low, info.high):>{_END}} "
            f"{''.join(bar)} {number(right, info.low, info.high):<{_END}} {shown:>{17}}".rstrip()
        )
    return rows


def _label(label: str) -> str:
    """Cut a label to its column, but keep what stands in brackets behind it and tells it from others."""
    head, bracket, tail = label.rpartition(" (")
    if len(label) <= _LABEL or not bracket or len(tail) > _LABEL // 2:
        return shortened(label, _LABEL)
    return f"{shortened(head, _LABEL - len(tail) - 2)} ({tail}"
