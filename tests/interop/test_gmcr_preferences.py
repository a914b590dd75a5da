"""Every world of a converted case ranks the states as the model does, ties included, however long the list."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from interop_by_hand import feasible, payoffs
from interop_models import condition, ranking

from offramp.casefile.tree import MOST_BYTES
from offramp.interop.gmcr.reading import parse_gmcr
from offramp.interop.gmcr.to_case import case_of
from offramp.interop.source_text import SourceText
from offramp.model import Case
from offramp.stability import free_graph, perceived
from offramp.worlds import draw


def model(options: int, makers: list[dict[str, Any]], *, manual: bool, infeasible: list[Any] = ()) -> dict[str, Any]:
    """Share the options out in stretches, to one more than the decision makers with preferences."""
    states = len(feasible({"options": [0] * options, "infeasibles": infeasible}))
    makers = [*makers, {"preferenceRanking": [list(range(1, states + 1))], "preferences": []}]
    for i, (maker, own) in enumerate(zip(makers, np.array_split(np.arange(options), len(makers)), strict=True)):
        maker |= {"name": f"Maker {i}", "options": own.tolist()}
    return {
        "options": [{"name": f"Option {k}", "permittedDirection": "both"} for k in range(options)],
        "decisionMakers": makers,
        "infeasibles": list(infeasible),
        "useManualPreferenceRanking": manual,
    }


def case_text(data: dict[str, Any]) -> tuple[str, Case]:
    source = SourceText("m.gmcr", json.dumps(data))
    found = case_of(parse_gmcr(source), source)
    assert len(found.text.encode()) <= MOST_BYTES
    return found.text, found.case_file("m").case


def assert_ranked(data: dict[str, Any], case: Case, worlds: int) -> None:
    """Compare the order of the states in every world with that of the model."""
    graph, drawn = free_graph(case), draw(case, worlds, seed=0)
    rungs = graph.space.rungs(graph.codes)
    order = np.argsort((rungs << np.arange(len(rungs))[:, None]).sum(axis=0))
    for i, maker in enumerate(data["decisionMakers"]):
        wanted = payoffs(data, maker)
        levels = {worth: rank for rank, worth in enumerate(sorted(set(wanted.values())))}
        expected = [levels[wanted[state]] for state in feasible(data)]
        for w in range(worlds + 1):
            found = [game.conflict.ranks[i] for game in perceived(graph, drawn.world(w)) if i in game.players]
            assert found[0][order].tolist() == expected, (i, w)


@pytest.mark.parametrize("count", [1, 5, 12, 13, 20, 28, 29, 40])
def test_statements_of_any_number(count: int) -> None:
    rng = random.Random(count)
    stated = {"preferences": [condition(rng, 7) for _ in range(count)]}
    data = model(7, [stated], manual=False)
    text, case = case_text(data)
    distinct = len(parse_gmcr(SourceText("m.gmcr", json.dumps(data))).makers[0].statements)
    assert ("prefers:" in text) is (distinct <= 12)
    assert_ranked(data, case, worlds=64)


def test_many_statements_on_single_states_keep_their_words() -> None:
    """Statements that exclude one another need no large weights."""
    singles = [[[k, "Y" if n >> k & 1 else "N"] for k in range(6)] for n in random.Random(1).sample(range(64), 40)]
    data = model(6, [{"preferences": singles}], manual=False)
    text, case = case_text(data)
    assert text.count('worth: "40 * maker-0-step"') == 1
    assert "if" not in text.split("players:")[1]
    assert_ranked(data, case, worlds=8)


def test_statements_whose_weights_would_be_too_large_become_a_ranking() -> None:
    rng = random.Random(3)
    atoms = [[[k, answer]] for k in range(10) for answer in "YN"]
    pairs = [[[a, rng.choice("YN")], [b, rng.choice("YN")]] for a in range(10) for b in range(a)]
    data = model(10, [{"preferences": rng.sample(atoms, 20) + pairs}], manual=False)
    text, case = case_text(data)
    assert "the 65 statements became a ranking of the states" in text
    assert_ranked(data, case, worlds=4)


@pytest.mark.parametrize(("options", "ties"), [(1, 0.0), (3, 0.0), (3, 1.0), (4, 0.4), (6, 0.9), (8, 0.0), (10, 0.5)])
def test_rankings_of_any_length(options: int, ties: float) -> None:
    rng = random.Random(options)
    states = 1 << options
    levels: list[Any] = []
    for number in rng.sample(range(1, states + 1), states):
        if levels and rng.random() < ties:
            levels[-1].append(number)
        else:
            levels.append([number])
    data = model(options, [{"preferenceRanking": levels}], manual=True)
    text, case = case_text(data)
    steps = text.count("id: step-")
    assert steps == (len(levels) - 1 if len(levels) <= 12 else 0)
    if 12 < len(levels) <= 300:
        assert text.count("worth: maker-0-step") == 1
    assert_ranked(data, case, worlds=8)


def test_a_thousand_states_of_three_players_fit_into_a_small_file() -> None:
    rng = random.Random(5)
    apart = [[[8, "Y"], [9, "Y"]]]
    makers = [{"preferenceRanking": ranking(rng, 768)} for _ in range(3)]
    data = model(10, makers, manual=True, infeasible=apart)
    text, case = case_text(data)
    assert len(text) < 150_000
    assert_ranked(data, case, worlds=2)


def test_twelve_levels_over_many_states() -> None:
    """Steps that would take very long expressions become one rank."""
    rng = random.Random(6)
    numbers = rng.sample(range(1, 1025), 1024)
    data = model(10, [{"preferenceRanking": [numbers[n::12] for n in range(12)]}], manual=True)
    _, case = case_text(data)
    assert_ranked(data, case, worlds=2)


def test_infeasible_states_make_steps_short() -> None:
    """What cannot be may be counted in or out, whichever reads better."""
    only = [[[0, "Y"], [1, "Y"]], [[0, "N"], [1, "N"]]]
    text, _ = case_text(model(2, [{"preferenceRanking": [1, 2]}], manual=True, infeasible=only))
    assert "{id: step-1, that: maker-0.option-0, worth: [0.1, 1], origin: guess, why: only the order is given}" in text


@pytest.mark.parametrize("which", [range(200), random.Random(8).sample(range(512), 200)], ids=["some", "any"])
def test_a_statement_too_long_to_be_written_says_the_same_of_the_states(which: Sequence[int]) -> None:
    """Where it can be written shorter it is; else it becomes part of a ranking."""
    members = [[[k, "Y" if n >> k & 1 else "N"] for k in range(9)] for n in which]
    more = [[[k, "Y"], [0, "N"]] for k in range(1, 9)] + [[[k, "N"], [8, "N"]] for k in range(5)]
    for stated in (more[:2], more):
        data = model(9, [{"preferences": [{"compound": True, "members": members}, *stated]}], manual=False)
        _, case = case_text(data)
        assert_ranked(data, case, worlds=2)
