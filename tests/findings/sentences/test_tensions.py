"""Where two essays disagree."""

from __future__ import annotations

from pathlib import Path

import offramp
from offramp.findings.choice.focal import focal_strategy

case = offramp.load_case(Path(__file__).parents[1] / "two_essays.yaml")


def test_tensions_show_every_view(essays) -> None:
    tension = essays.tensions["X1"]
    assert [(s.id, s.kind, s.source) for s in tension.between] == [
        ("M2", "mechanism", "hawk"), ("M3", "mechanism", "dove"), ("E1", "claim", "hawk"),
    ]  # fmt: skip
    assert list(tension.views) == ["hawk", "dove"]
    for view, cells in tension.views.items():
        band = essays.views[view].outcomes["press"]["talks"]
        assert (cells["talks"].mean, cells["talks"].p05) == (band.mean, band.p05)
        assert cells["talks"].best[0] == essays.advice["talks"].views[view].strategy
        assert cells["worn"].best == ()
    assert tension.outcomes["talks"].mean == essays.outcomes_by["press"]["talks"].mean
    assert tension.claims == ("E1", "E3", "E2")
    assert essays.focal == "press", "the first committed strategy"
    assert focal_strategy(case, ["free", "ease"]) == "ease"
