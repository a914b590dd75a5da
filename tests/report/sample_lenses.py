"""What holds in the synthetic findings, for every kind of answer: explained, unexplained, unreached, agreed."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from offramp.findings.equilibria import values as s

START = {
    "us.offer": "none", "us.sanctions": "light", "iran.talks": "refuse", "iran.enrichment": "running",
    "iran.crackdown": "no", "europe.trade": "no",
}  # fmt: skip
CONCEPTS = ("nash", "sseq", "seq", "smr", "gmr")


def compared(holds: bool, play: float, cause: s.Cause | None = None, **changed: float) -> s.Comparison:
    agree = play >= 0.5 if holds else play <= 0.1
    usual: dict[s.Cause, float] = {"noise": play, "foresight": play, "time": play, "drift": play, "cost": play}
    closes = 0.0 if cause is None else abs(changed[cause] - play) / abs(holds - play)
    return s.Comparison(holds, play, usual | changed, agree, cause, closes)  # type: ignore[operator]


def standing(number: int, comparison: s.Comparison, shares: tuple[float, ...], **more: Any) -> s.Standing:
    label = START | {key.replace("_", "."): level for key, level in more.pop("levels", {}).items()}
    best = CONCEPTS[more.pop("best", 2 if comparison.holds else 5) :]
    return s.Standing(
        **{"start": label == START, "reached": True, "final": 0.02, "begun": 0.1} | more,
        number=number,
        label=label,
        shares=dict(zip(CONCEPTS, shares, strict=True)),
        best_guess=best,
        compared=comparison,
    )


def sample_lenses() -> s.Lenses:
    earnest = {"iran_talks": "earnest", "iran_enrichment": "suspended"}
    return s.Lenses(
        worlds=63,
        failed=1,
        configurations=96,
        start=START,
        equilibria=dict(zip(CONCEPTS, (0, 10, 12, 30, 30), strict=True)),
        concept="seq",
        standings=(
            standing(41, compared(True, 0.02, "noise", noise=0.7), (0.08, 0.6, 0.83, 0.9, 0.9), levels=earnest),
            standing(
                7, compared(True, 0.004, noise=math.nan), (0.1, 0.5, 0.6, 0.8, 0.8), levels={"us_offer": "standing"}
            ),
            standing(
                8, compared(True, 0.03, "time", time=0.3), (0.3, 0.4, 0.5, 0.6, 0.6), best=0, levels={"us_force": "yes"}
            ),
            standing(
                9, compared(True, 0.0), (0.3, 0.4, 0.5, 0.6, 0.6), reached=False, levels={"iran_crackdown": "yes"}
            ),
            standing(10, compared(True, 0.01), (0.3, 0.4, 0.5, 0.6, 0.6), begun=0.9, levels={"europe_trade": "yes"}),
            standing(0, compared(False, 0.04), (0.0, 0.0, 0.0, 0.1, 0.1)),
            standing(
                2, compared(False, 0.35, "cost", cost=0.05), (0.0, 0.0, 0.1, 0.1, 0.2), levels={"us_sanctions": "heavy"}
            ),
        ),
        together=compared(True, 0.11, "noise", noise=0.8),
        outcomes={
            "earnest-talks": s.OutcomeHolds(dict.fromkeys(CONCEPTS, 0.9), dict.fromkeys(CONCEPTS, 0.25), 0.31),
        },
        nearly=(s.NearlyHolds("us", 5, 40, START | {"iran.talks": "stall"}, 0.875),),
        longer=4.0,
    )


def hostile_lenses(base: s.Lenses, h: str) -> s.Lenses:
    """Every text of the case is an attempt to break out of the page."""

    def label(levels: Any) -> dict[str, str]:
        return {key + h: level + h for key, level in levels.items()}

    return replace(
        base,
        start=label(base.start),
        standings=tuple(replace(each, label=label(each.label)) for each in base.standings),
        outcomes={key + h: each for key, each in base.outcomes.items()},
        nearly=tuple(replace(each, player=each.player + h, label=label(each.label)) for each in base.nearly),
    )
