"""Published games, and random ones solved by a program that nobody here wrote: every cell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from stability_games import conflict_of, game_of

from offramp.stability import CONCEPTS, judge

ORACLES = Path(__file__).resolve().parents[3] / "shared" / "oracles" / "stability"
FILES = {"published.json": 6, "random.json": 12}


@pytest.mark.parametrize("file", FILES)
def test_every_cell(file) -> None:
    if not ORACLES.is_dir():
        pytest.skip("../shared/oracles is not here")
    cases = json.loads((ORACLES / file).read_text())["cases"]
    cases = list(cases.values()) if isinstance(cases, dict) else cases
    assert len(cases) == FILES[file]
    for case in cases:
        found = judge(conflict_of(game_of(case["options"], case["states"], case["payoff_ranks"])))
        for concept in CONCEPTS:
            assert found.stable[concept].tolist() == case["stable"][concept], (case.get("name"), concept)
            if "equilibria" in case:
                assert [case["states"][n] for n in found.equilibria[concept]] == case["equilibria"][concept]
