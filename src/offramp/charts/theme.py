"""Colours and the shared look of all charts.

The strategy colours follow Okabe and Ito's palette, which stays distinct under the common colour-vision
deficiencies, darkened or lightened until each has a contrast of at least 3 against its background.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from offramp.findings.results import Findings

__all__ = [
    "COLOURS", "FONT", "Spec", "base", "coloured", "player_colours", "printable", "safe", "shorten", "shorten_middle",
    "strategy_colours", "var",
]  # fmt: skip

Spec = dict[str, Any]
"""A Vega-Lite specification."""

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
FONT = 'Inter, system-ui, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif'

COLOURS: Mapping[str, tuple[str, str]] = {
    # name: (light, dark)
    "paper": ("#ffffff", "#14181d"),
    "ink": ("#1c2127", "#e8eaed"),
    "muted": ("#59626d", "#a3adb8"),
    "grid": ("#e4e7eb", "#2a3139"),
    "line": ("#c3c9d0", "#46505b"),
    "s1": ("#0069a8", "#56b0ea"),
    "s2": ("#c4560a", "#f0894a"),
    "s3": ("#00805f", "#35c39a"),
    "s4": ("#a3478a", "#dd8cc6"),
    "s5": ("#8a6d00", "#d9b93b"),
    "s6": ("#3f4a5a", "#c5ced8"),
    "s0": ("#858d96", "#7b848e"),
    "p1": ("#33568a", "#86aee8"),
    "p2": ("#b0413e", "#f0918c"),
    "p3": ("#4f7a28", "#a2cb74"),
    "p4": ("#7a5195", "#c39be0"),
    "p5": ("#96630f", "#e3b262"),
    "p6": ("#2f7f86", "#74c7ce"),
    "p0": ("#858d96", "#7b848e"),
    "holds": ("#1f6f9f", "#5fb0e0"),
    "nodiff": ("#cfd5db", "#4a545f"),
    "reversed": ("#c9701c", "#e8984f"),
    "node": ("#e8edf3", "#28323d"),
}

_UNPRINTABLE = re.compile("[^\\t\\n\\r\\x20-\\x7e\\xa0-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
_VAR = re.compile(r"var\(--([a-z0-9]+)\)")


def var(name: str) -> str:
    """The CSS reference to a colour of `COLOURS`."""
    if name not in COLOURS:
        raise KeyError(name)
    return f"var(--{name})"


def coloured(spec: Spec, theme: Literal["light", "dark"] = "light") -> Spec:
    """
    Replace CSS references by plain colours, for drawing outside a page that defines them.

    Parameters
    ----------
    spec
        A specification from this package.
    theme
        Which of the two colours to take.

    Returns
    -------
    dict
        A new specification, with the background of the theme.
    """
    column = 0 if theme == "light" else 1

    def replace(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: item if key == "values" and _is_text(item) else replace(item) for key, item in value.items()}
        if isinstance(value, list):
            return [replace(item) for item in value]
        if isinstance(value, str):
            whole = _VAR.fullmatch(value)
            if whole and whole[1] in COLOURS:
                return COLOURS[whole[1]][column]
        return value

    out: Spec = replace(spec)
    out["background"] = COLOURS["paper"][column]
    return out


def _is_text(item: Any) -> bool:
    return isinstance(item, str)


def strategy_colours(findings: Findings) -> dict[str, str]:
    """Colour of each strategy: the first six are told apart, any more share a grey."""
    return _assign(list(findings.strategies), "s", 6)


def player_colours(findings: Findings) -> dict[str, str]:
    """Colour of each player that moves in some map, in order of their names' ids."""
    movers = sorted({edge.player for chart in findings.maps.values() for edge in chart.edges})
    return _assign(movers, "p", 6)


def _assign(ids: Sequence[str], family: str, count: int) -> dict[str, str]:
    return {key: var(f"{family}{k + 1 if k < count else 0}") for k, key in enumerate(ids)}


def printable(text: str) -> str:
    """Replace the characters that no XML may contain, an SVG neither: vl-convert ends the process over them."""
    return _UNPRINTABLE.sub("\ufffd", text)


def safe(spec: Spec) -> Spec:
    """Make every text of a specification printable."""

    def clean(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: clean(item) for key, item in value.items()}
        if isinstance(value, list):
            return [clean(item) for item in value]
        return printable(value) if isinstance(value, str) else value

    out: Spec = clean(spec)
    return out


def shorten(text: str, limit: int) -> str:
    """Cut a text at a word, in Python: cutting in Vega would depend on the fonts of the machine."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1].rsplit(" ", 1)[0]
    return (cut if len(cut) > limit // 2 else text[: limit - 1]).rstrip(" ,;:") + "…"


def shorten_middle(text: str, limit: int) -> str:
    """Cut a text in its middle: names that start alike mostly differ at their ends."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    tail = text[-(limit // 2 - 2) :]
    if text[-len(tail) - 1] != " " and " " in tail.strip():
        tail = tail.split(" ", 1)[1]
    return shorten(text, limit - len(tail) - 1) + " " + tail.strip()


def base(width: int, height: int, padding: Mapping[str, int], description: str) -> Spec:
    """
    The frame that every chart shares.

    Sizes are fixed (`autosize` none) so that no text is measured: the same bytes come out on every machine.
    """
    return {
        "$schema": SCHEMA,
        "description": description,
        "width": width,
        "height": height,
        "autosize": {"type": "none"},
        "padding": dict(padding),
        "background": "transparent",
        "config": {
            "aria": False,
            "font": FONT,
            "view": {"stroke": None},
            "text": {"fill": var("ink"), "fontSize": 11},
            "axis": {
                "labelColor": var("muted"),
                "labelFontSize": 10,
                "labelPadding": 4,
                "titleColor": var("muted"),
                "titleFontSize": 10,
                "titleFontWeight": 400,
                "gridColor": var("grid"),
                "domainColor": var("line"),
                "tickColor": var("line"),
                "tickSize": 3,
                "domain": False,
                "ticks": False,
                "labelOverlap": "greedy",
                "labelFlush": True,
            },
        },
    }
