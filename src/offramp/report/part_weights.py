"""The part of the page on weight: which sentences carry the outcomes, and which carry nothing."""

from __future__ import annotations

import math

from offramp.charts import percent
from offramp.findings.results import Findings
from offramp.findings.sentences.weight_values import Weight
from offramp.report.argument_words import between, sentences_by_key
from offramp.report.figures import rest, table
from offramp.report.markup import Child, Html, join, tag
from offramp.report.weight_words import (
    HOW,
    NOTHING,
    carrying,
    effect_words,
    idle,
    idle_words,
    outcome_name,
    same_words,
    trace_command,
    worlds_words,
)

__all__ = ["weights"]

SHOWN = 12
"""Sentences that stand open, and as many of those that carry nothing; more unfold."""


def weights(findings: Findings) -> Html | None:
    """Write what each sentence moves, the heaviest first, then those that carry nothing."""
    if not findings.weights:
        return None
    heavy, light = carrying(findings), idle(findings)
    focal = findings.strategies.get(findings.focal, findings.focal)
    how = (
        f"{HOW} Here over {worlds_words(findings.weights)} under “{focal}”; in brackets and as a thin line its 95 % "
        "interval. Then what it adds to that outcome on average (± where it goes up in some worlds and down in "
        "others). So few worlds tell heavy from light, not neighbours apart."
    )
    parts: list[Child] = [tag("h2", "What the sentences carry", id="weights"), tag("p", how, class_="how")]
    if heavy:
        parts.append(_table(findings, heavy[:SHOWN], heavy))
        if more := heavy[SHOWN:]:
            parts.append(rest(f"… and {len(more)} lighter ones", _table(findings, more, heavy)))
    if light:
        parts.append(tag("h3", f"Carry nothing under this strategy ({len(light)})"))
        parts.append(tag("p", f"Switched off, these {NOTHING}. Under another strategy they may.", class_="how"))
        parts.append(_list(findings, light[:SHOWN]))
        if more := light[SHOWN:]:
            parts.append(rest(f"… and {len(more)} more", _list(findings, more)))
    parts.append(
        tag(
            "p",
            tag("code", trace_command(findings)),
            " tells the whole story of one sentence, over more worlds.",
            class_="how",
        )
    )
    return tag("section", *parts)


def _table(findings: Findings, shown: list[Weight], all_: list[Weight]) -> Html:
    full = max(max(w.weight, w.high if math.isfinite(w.high) else 0.0) for w in all_)
    uneven = len({w.worlds for w in findings.weights}) > 1  # else the text above says how many
    rows: list[list[Child]] = []
    for w in shown:
        effect, interval = effect_words(findings, w)
        bracket = between(w.low, w.high) if math.isfinite(w.low) and math.isfinite(w.high) else ""
        rows.append(
            [
                _sentence(findings, w),
                tag("td", _bar(w, full), tag("span", percent(w.weight), tag("small", bracket)), class_="weight"),
                tag(
                    "td",
                    f"{outcome_name(findings, w)} ",
                    tag("b", effect, class_="nowrap"),
                    tag("small", interval, class_="beneath") if interval else None,
                ),
                *([str(w.worlds)] if uneven else []),
            ]
        )
    head = ["Sentence", "Weight", "Moves most", *(["Worlds"] if uneven else [])]
    return table(head, rows, "Sentences by weight", class_="weights")


def _bar(w: Weight, full: float) -> Html:
    """Draw a weight as a bar, and its interval as a thin line."""
    bar = tag("i", style=f"width:{100 * min(w.weight / full, 1):.1f}%")
    line = None
    if math.isfinite(w.low) and math.isfinite(w.high):
        low, high = (100 * min(max(end / full, 0.0), 1.0) for end in (w.low, w.high))
        line = tag("s", style=f"left:{low:.1f}%;width:{high - low:.1f}%")
    return tag("span", bar, line, class_="weigh", aria_hidden="true")


def _sentence(findings: Findings, w: Weight) -> Html:
    said = tag("q", w.quote) if w.quote else tag("span", w.says)
    same = same_words(w)
    return join([_name(findings, w), " ", said, tag("small", same, class_="beneath") if same else None])


def _name(findings: Findings, w: Weight) -> Html:
    """Write a mechanism's id, and lead to its place among the sentences where it has one."""
    name = tag("b", w.mechanism, class_="id")
    told = sentences_by_key(findings).get(("mechanism", w.mechanism))
    return name if told is None else tag("a", name, href=f"#{told[0]}")


def _list(findings: Findings, light: list[Weight]) -> Html:
    items = [
        tag("li", _name(findings, w), f" {w.says}", tag("span", f" – {said}", class_="dim") if said else None)
        for w, said in ((w, idle_words(w)) for w in light)
    ]
    return tag("ul", *items, class_="plain")
