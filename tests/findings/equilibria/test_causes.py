"""Play without each cause, against the play lens itself."""

from __future__ import annotations

import numpy as np
import pytest

from offramp.casefile import parse_case
from offramp.ensemble import Job, run_jobs
from offramp.findings.equilibria.causes import time_spent
from offramp.findings.equilibria.lenses import lenses
from offramp.model.variants import Variant
from offramp.stability import free_graph
from offramp.worlds import draw

from .two import TWO


def play(text: str, outcome: str, movers: str = "foresight") -> float:
    """The average of an outcome in the best guess, as a run computes it."""
    case = parse_case(text).case
    table = run_jobs(case, [Job(Variant("free"), "main", (outcome,), movers)], {"main": draw(case, 1, 0)})  # type: ignore[arg-type]
    return float(table.values[Variant("free"), "main", movers][outcome][0])


def test_time_adds_up_with_and_without_each_cause() -> None:
    graph = free_graph(parse_case(TWO).case)
    spent = time_spent(graph, {}, np.eye(len(graph.codes), dtype=bool))
    assert set(spent.changed) == {"noise", "foresight", "time", "drift", "cost"}
    for shares in (spent.play, *spent.begun.T, *spent.changed.values()):
        assert shares.sum() == pytest.approx(1.0, abs=1e-4)
        assert (shares >= -1e-6).all()
    assert spent.begun[:, graph.start[0]] == pytest.approx(spent.play, abs=1e-4)


@pytest.mark.parametrize("outcome", ["pushed", "pressed", "bowed"])
def test_shares_are_the_averages_that_play_gives_for_the_changed_case(outcome: str) -> None:
    case = parse_case(TWO).case
    graph = free_graph(case)
    node = case.outcomes[outcome].of
    assert node is not None
    marked = np.asarray(graph.settled(node))[:, :1].T > 0
    spent = time_spent(graph, {}, marked, workers=1)

    def close(expected: float) -> object:
        return pytest.approx(expected, abs=2e-3)

    assert spent.play[0] == close(play(TWO, outcome))
    assert spent.changed["noise"][0] == close(
        play(TWO.replace("lam: 2", "lam: 20").replace("lam: 3", "lam: 30"), outcome)
    )
    assert spent.changed["foresight"][0] == close(play(TWO, outcome, "myopic"))
    assert spent.changed["time"][0] == close(
        play(TWO.replace("horizon: 6, foresight: 10", "horizon: 24, foresight: 28"), outcome)
    )
    assert spent.changed["drift"][0] == close(play(TWO.replace('"0.4 * us.push", falls: 0.2', "0, falls: 0"), outcome))
    assert spent.changed["cost"][0] == close(play(TWO.replace("{raise: 0.3, lower: 0.1}", "0"), outcome))
    begun = TWO.replace("{switching: {raise: 0.3, lower: 0.1}}", "{start: yes, switching: {raise: 0.3, lower: 0.1}}")
    pushing = np.flatnonzero(
        np.asarray(graph.env["us.push"].number)[:, 0] * (1 - np.asarray(graph.env["them.bow"].number)[:, 0]) == 1
    )
    assert spent.begun[0, pushing[0]] == close(play(begun, outcome))
    found = lenses(case, 2, 0).outcomes[outcome]
    assert found.play == close(play(TWO, outcome))
