"""When not to trust a result, in sentences."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from offramp.charts.numbers import percent
from offramp.findings.results import Findings
from offramp.report.flip_words import failing_lines
from offramp.report.words import count, listed

__all__ = ["Note", "trust"]

AMPLIFIED = 10.0
FORESIGHT = 0.05
ERROR = 0.005


@dataclass(frozen=True, slots=True)
class Note:
    """One reason to trust a result less; `warn` for those that come first."""

    level: Literal["warn", "note"]
    text: str


def trust(findings: Findings) -> list[Note]:
    """
    Say when not to trust the result.

    Parameters
    ----------
    findings
        What a run found.

    Returns
    -------
    list of Note
        Warnings first.
    """
    notes: list[Note] = []
    if findings.failed:
        worlds = len({f.world for f in findings.failed})
        where = listed(dict.fromkeys(findings.strategies.get(f.strategy, f.strategy) for f in findings.failed))
        notes.append(
            Note(
                "warn",
                f"{count(worlds, 'world')} could not be computed under {where}, and count in no number there. "
                + " ".join(
                    failing_lines(findings.failing) or ["If such worlds are alike, the shares lean away from them."]
                ),
            )
        )
    missing = findings.worlds - findings.done - len({f.world for f in findings.failed if f.world > 0})
    if findings.interrupted or missing > 0:
        notes.append(Note("warn", f"The run stopped early: {findings.done} of {findings.worlds} worlds are done."))
    notes += _numerics(findings)
    guessed = findings.origins.guess + findings.origins.default
    total = guessed + findings.origins.quoted + findings.origins.literature
    if total:
        notes.append(Note("note", f"{percent(guessed / total)} of the numbers are guesses or defaults."))
    built = sum(v.by_construction for v in findings.verdicts.values())
    if built:
        same = f"{count(built, 'verdict')} would be the same if every player moved at random (marked “by construction”)"
        notes.append(Note("note", f"{same}: that shows how the case is built, not what its players want."))
    if findings.blind:
        notes.append(Note("warn", f"{listed(findings.blind)} should not see some configurations (`unseen`). What holds "
                                  "minds that; play does not: there everybody sees everything."))  # fmt: skip
    untested = sum(v.verdict == "cannot be tested here" for v in findings.verdicts.values())
    if untested:
        notes.append(Note("note", f"{count(untested, 'claim')} cannot be tested in this model at all."))
    notes.append(
        Note(
            "note",
            "A share of the stated worlds is not a probability: it says in how much of the stated "
            "ranges something is so. Other ranges give other shares.",
        )
    )
    last = "This is one case, as its author wrote it down. No number here shows what it leaves out."
    notes.append(Note("note", last))
    return notes


def _numerics(findings: Findings) -> list[Note]:
    notes = []
    numerics = findings.numerics
    unknown = [s for s, x in {**numerics.amplification, **numerics.foresight}.items() if not math.isfinite(x)]
    if unknown:
        names = listed(dict.fromkeys(findings.strategies.get(s, s) for s in unknown))
        notes.append(Note("warn", f"How much the end of foresight matters could not be measured under {names}."))
    error = _largest(numerics.error)
    if error is not None and error[1] > ERROR:
        name = findings.strategies.get(error[0], error[0])
        notes.append(
            Note(
                "warn",
                f"Under {name} outcomes may be off by {percent(error[1])} of their range, from "
                "rounding and step sizes alone.",
            )
        )
    worst = _largest(numerics.amplification)
    if worst is not None and worst[1] > AMPLIFIED:
        name = findings.strategies.get(worst[0], worst[0])
        notes.append(
            Note(
                "warn",
                f"Under {name} the outcomes react violently to what is "
                f" assumed at the foresight date (amplified {worst[1]:.3g} times).",
            )
        )
    longer = _largest(numerics.foresight)
    if longer is not None:
        text = (
            f"With foresight a quarter longer, outcomes change by up to {percent(longer[1])} of their range "
            f"(most under {findings.strategies.get(longer[0], longer[0])})."
        )
        notes.append(Note("warn" if longer[1] > FORESIGHT else "note", text))
    return sorted(notes, key=lambda n: n.level != "warn")


def _largest(values: Mapping[str, float]) -> tuple[str, float] | None:
    known = [(key, x) for key, x in values.items() if math.isfinite(x)]
    return max(known, key=lambda item: item[1]) if known else None
