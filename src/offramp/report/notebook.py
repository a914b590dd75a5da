"""A small table for a notebook."""

from __future__ import annotations

from offramp.charts import number
from offramp.charts.bands import best_means
from offramp.charts.numbers import span
from offramp.findings.results import Findings
from offramp.report.markup import Child, join, tag
from offramp.report.words import ordered_outcomes, tally

__all__ = ["html_table"]


def html_table(findings: Findings) -> str:
    """
    Write strategies by main outcomes and the count of verdicts, as a fragment of HTML without scripts.

    Parameters
    ----------
    findings
        What a run found.

    Returns
    -------
    str
        HTML in which every text of the case is escaped.
    """
    keys = [o for o in ordered_outcomes(findings) if findings.outcomes[o].main] or list(findings.outcomes)
    rows = []
    for strategy, name in findings.strategies.items():
        cells: list[Child] = [tag("th", name, scope="row", style="text-align:left")]
        for o in keys:
            info = findings.outcomes[o]
            band = findings.outcomes_by.get(strategy, {}).get(o)
            if band is None:
                cells.append(tag("td", "–"))
                continue
            mean = number(band.mean, info.low, info.high)
            shown = tag("b", mean) if strategy in best_means(findings, o) else mean
            cells.append(tag("td", shown, " ", tag("small", f"({span(band.p05, band.p95, info.low, info.high)})")))
        rows.append(tag("tr", *cells))
    head = tag("tr", tag("th", ""), *(tag("th", findings.outcomes[o].name, scope="col") for o in keys))
    counts = ", ".join(f"{n} {word}" for word, n in tally(findings.verdicts.values()).items())
    caption = f"{findings.title}: mean and 5–95 % band over {findings.done} worlds"
    caption += f". Claims: {counts}" if counts else ""
    return tag("table", tag("caption", caption), tag("thead", head), tag("tbody", join(rows)))
