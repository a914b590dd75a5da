"""Findings as Markdown, for a repository or a message."""

from __future__ import annotations

import html
import re

from offramp.charts import number, percent
from offramp.charts.bands import best_means
from offramp.charts.numbers import span
from offramp.findings.results import Findings
from offramp.report.trust import trust
from offramp.report.words import (
    answer,
    flips,
    ordered_outcomes,
    ordered_verdicts,
    origin_rows,
    share_words,
    source_of,
    verdict_label,
)

__all__ = ["render_markdown"]


def _safe(text: str) -> str:
    """Keep a text of the case from being read as Markdown or HTML."""
    clean = "".join(c if ord(c) >= 32 and not 0x7F <= ord(c) <= 0x9F else " " for c in text)
    return re.sub(r"([\\`*_{}\[\]()#+!|~$])", r"\\\1", html.escape(clean, quote=False))


def render_markdown(findings: Findings) -> str:
    """
    Write the headline, the outcomes, the verdicts and what they rest on.

    Parameters
    ----------
    findings
        What a run found.

    Returns
    -------
    str
        Markdown with pipe tables.
    """
    f = findings
    lines = [f"# {_safe(f.title)}", ""]
    if f.about:
        lines += [_safe(f.about), ""]
    lines += [_safe(" ".join(answer(f))), ""]
    lines += [f"> {_safe(note.text)}" for note in trust(f) if note.level == "warn"] + [""]
    if f.outcomes and f.strategies:
        keys = ordered_outcomes(f)
        lines += ["## Strategies and outcomes", "", f"Mean and 5–95 % band over {f.done} worlds; bold is best.", ""]
        lines += ["| | " + " | ".join(_safe(f.outcomes[o].name) for o in keys) + " |", "|---" * (len(keys) + 1) + "|"]
        for strategy, name in f.strategies.items():
            cells = []
            for o in keys:
                info, band = f.outcomes[o], f.outcomes_by.get(strategy, {}).get(o)
                if band is None:
                    cells.append("–")
                    continue
                mean = number(band.mean, info.low, info.high)
                shown = f"**{mean}**" if strategy in best_means(f, o) else mean
                cells.append(f"{shown} ({span(band.p05, band.p95, info.low, info.high)})")
            lines.append(f"| {_safe(name)} | " + " | ".join(cells) + " |")
        lines.append("")
    if f.verdicts:
        lines += ["## Verdicts", ""]
        for v in ordered_verdicts(f):
            built = " (by construction)" if v.by_construction else ""
            source = f" — {_safe(source_of(f, v.source))}" if v.source else ""
            lines.append(f"- **{_safe(verdict_label(v))}**{built}: {_safe(v.says)}{source}  ")
            lines.append(f"  {share_words(v).capitalize()}. {_safe(flips(v))}".rstrip())
        lines.append("")
    if f.assumptions:
        lines += ["## Taken for granted", "", *(f"- {_safe(a.says)}" for a in f.assumptions), ""]
    lines += ["## What it rests on", ""]
    lines += [f"- {percent(share)} {word} ({n}): {means}" for word, n, share, means in origin_rows(f.origins) if n]
    lines += ["", "## When not to trust it", "", *(f"- {_safe(note.text)}" for note in trust(f)), ""]
    lines.append(f"offramp {_safe(f.version)}, seed {f.seed}, case {_safe(f.digest[:16])}")
    return "\n".join(lines) + "\n"
