"""What holds in a model holds in the case made from it, in every world, and in the model made from that."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from interop_by_hand import CONCEPTS, judged
from interop_models import random_model

from offramp.graph import option_levels
from offramp.interop import read_gmcr
from offramp.interop.gmcr.from_case import gmcr_of
from offramp.model import Case
from offramp.stability import free_graph, judge_world
from offramp.worlds import draw

Cells = dict[tuple[str, str], dict[frozenset[tuple[str, str]], bool]]


def converted(model: dict[str, Any], folder: Path) -> Case:
    path = folder / "model.gmcr"
    path.write_text(json.dumps(model), encoding="utf-8")
    return read_gmcr(path).case


def by_the_lens(case: Case, worlds: int) -> list[Cells]:
    """Judge a case in the best guess and some worlds, in the terms of the model."""
    graph, drawn = free_graph(case), draw(case, worlds, seed=1)
    taken = []
    for n in range(len(graph.codes)):
        levels = option_levels(graph, n)
        taken.append(frozenset((p.name, o.name) for p in case.players.values() for o in p.options
                               if levels[f"{p.id}.{o.id}"] == "yes"))  # fmt: skip
    found = []
    for w in range(worlds + 1):
        stable = judge_world(graph, drawn.world(w)).stable
        found.append({(concept, p.name): dict(zip(taken, stable[concept][i].tolist(), strict=True))
                      for i, p in enumerate(case.players.values()) for concept in CONCEPTS})  # fmt: skip
    return found


@pytest.mark.parametrize("block", range(8))
def test_what_holds_stays_the_same_there_and_back(block: int, tmp_path: Path) -> None:
    for seed in range(20 * block, 20 * (block + 1)):
        model = random_model(seed)
        expected = judged(model)
        case = converted(model, tmp_path)
        for cells in by_the_lens(case, worlds=4):
            assert cells == expected, seed
        back = json.loads(gmcr_of(case).text)
        assert judged(back) == expected, seed
        if any(maker.get("preferences") for maker in model["decisionMakers"]):
            assert back["useManualPreferenceRanking"] is False, seed
