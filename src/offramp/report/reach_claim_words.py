"""What the search makes of the claims of the sources, in words: the same for terminal and page. Plain text."""

from __future__ import annotations

from collections.abc import Mapping

from offramp.charts.numbers import percent
from offramp.findings.reach.values import Judged, JudgedWord, Reachable
from offramp.report.reach_words import Telling, lever_words

__all__ = ["claim_line", "claim_lines", "claims_note"]

_VERDICT: Mapping[JudgedWord, str] = {"holds": "holds", "fails": "fails", "no difference": "shows no difference"}


def claims_note(telling: Telling) -> str:
    """Say which packages the question left out when claims were judged; empty where it left out none."""
    narrowed = telling.reach.narrowed
    return f"Judged by the packages that are left with {narrowed} alone." if narrowed else ""


def claim_line(judged: Judged, *, brief: bool = False) -> str:
    """Say what the search makes of a claim: in brief with what it says, else with the numbers that decide."""
    shares = "; ".join(map(_reachable, judged.shares))
    if brief:
        return f"{judged.claim} {_VERDICT.get(judged.verdict, judged.verdict)}: {judged.says}"
    if judged.verdict == "cannot be told":
        so_far = f". So far {shares}" if shares else ""
        return f"{judged.claim} cannot be told: {judged.why}{so_far}."
    sure = f"the same in {percent(judged.same)} of resamples of the stated worlds"
    return f"{judged.claim} {_VERDICT[judged.verdict]}: {shares} ({sure})."


def claim_lines(telling: Telling, judged: Judged) -> list[str]:
    """Say of a claim what it says, how it was judged, and which packages decide."""
    lines = [judged.says, f"Judged as {judged.text}"]
    for each in judged.shares:
        moved = "; ".join(lever_words(telling, move.lever, move.level) for move in each.moves) or "nothing moved"
        lines.append(f"{_reachable(each)}: {moved}.")
    return lines


def _reachable(each: Reachable) -> str:
    """Write a share with what it is of, ``4 % with relief withheld, pressure not none (orientation = open)``."""
    kept = ", ".join(f"{k.lever} {'not ' * (not k.at)}{k.level}" for k in each.kept)
    changes = f" ({each.changes})" if each.changes else ""
    return f"{percent(each.share)} with {kept or 'any package'}{changes}"
