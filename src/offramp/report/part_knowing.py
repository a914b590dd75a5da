"""The part of the page on what it would help to know before choosing a strategy."""

from __future__ import annotations

from offramp.charts import percent
from offramp.findings.choice.values import RobustOutcome
from offramp.findings.results import Findings
from offramp.report.figures import table
from offramp.report.markup import Child, Html, join, tag
from offramp.report.robust_words import chosen_words, knowing_lines
from offramp.report.words import count

__all__ = ["knowing"]


def knowing(findings: Findings, judged: RobustOutcome) -> Html:
    """Write how far regret would fall if an unknown were known, beside what noise would seem to be worth."""
    lines = knowing_lines(findings, judged)
    parts: list[Child] = [tag("h3", "What it would help to know"), tag("p", join(lines, " "))]
    if judged.knowing:
        full = max(judged.floor, *(one.value for one in judged.knowing))
        rows: list[list[Child]] = []
        for one in judged.knowing:
            length, noise = (f"{100 * part / full:.1f}%" for part in (one.value, judged.floor))
            bar = tag("i", style=f"width:{length}"), tag("s", style=f"left:{noise}")
            cell = tag("td", tag("span", *bar, class_="worth", aria_hidden="true"), percent(one.value / judged.regret))
            rows.append([one.label, cell, chosen_words(findings, one.chosen)])
        head = ["If known", "Regret falls by", "One would choose"]
        parts.append(table(head, rows, "The value of information", class_="weights knowing"))
        under = f"The upright stroke is noise. {_noise(judged)} The estimates lean upwards."
        parts.append(tag("p", under, class_="how"))
    return join(parts)


def _noise(judged: RobustOutcome) -> str:
    """Say how much the most telling of so many unknowns would seem to be worth by chance."""
    return (
        f"The most telling of {count(judged.unknowns, 'unknown')} seems to be worth up to "
        f"{percent(judged.floor / judged.regret)} where worlds are shuffled, so that none is worth anything."
    )
