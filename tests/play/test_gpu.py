"""The play lens on a GPU, against the CPU: simulated, compiled for the CPU, and on a GPU where there is one."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import play_problems as build
import pytest
from play_problems import CASES, PLAYERS, many_outcomes

from offramp.casefile import load_case
from offramp.graph import build_graph, pose
from offramp.play.gpu import available, batch, outcomes_on_gpu
from offramp.play.outcomes import outcomes_under
from offramp.worlds import draw

HERE = Path(__file__).parent
MOVERS = ("foresight", "myopic", "random")
LOOSE, DOUBLE = 3e-2, 9e-4
"""Tolerances: at that of ensembles the CPU computes in single precision, at the other in double, as a GPU always."""

cuda_here = importlib.util.find_spec("numba.cuda") is not None
needs_cuda = pytest.mark.skipif(not cuda_here, reason="numba.cuda cannot be imported: install offramp[gpu]")
needs_gpu = pytest.mark.skipif(not available(), reason="no GPU at hand")


@pytest.fixture(scope="session")
def compiled():
    pytest.importorskip("numba.cuda", reason="numba.cuda cannot be imported: install offramp[gpu]")
    spec = importlib.util.spec_from_file_location("one_thread", HERE / "one_thread.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def one_thread(compiled, monkeypatch):
    """Compute on the CPU, by the kernel's own source."""
    monkeypatch.setattr("offramp.play.gpu.kernels.start", compiled.start)
    monkeypatch.setattr(batch, "THREADS", 1)


def both(problems, movers, first, tolerance):
    found = outcomes_on_gpu(problems, movers, first, tolerance=tolerance)
    expected = [outcomes_under(problem, movers, first, tolerance=tolerance) for problem in problems]
    assert all(np.isnan(each[:first]).all() for each in found)
    return np.array(found)[:, first:], np.array(expected)[:, first:]


@needs_cuda
def test_simulated() -> None:
    run = subprocess.run(
        [sys.executable, "-W", "error", HERE / "gpu_simulated.py"],
        env={**os.environ, "NUMBA_ENABLE_CUDASIM": "1"},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    differences = dict(line.split() for line in run.stdout.splitlines())
    assert set(differences) == set(MOVERS)
    assert max(map(float, differences.values())) < 1e-5


@needs_gpu
@pytest.mark.parametrize("movers", MOVERS)
@pytest.mark.parametrize("name", CASES)
def test_on_a_gpu(name, movers) -> None:
    found, expected = both([many_outcomes(**CASES[name])] * 3, movers, PLAYERS, DOUBLE)
    assert found == pytest.approx(expected, abs=1e-3 if "very precise" in name else 1e-9)


@pytest.mark.parametrize("movers", MOVERS)
@pytest.mark.parametrize("name", CASES)
def test_same_numbers(name, movers, one_thread) -> None:
    found, expected = both([many_outcomes(**CASES[name])], movers, PLAYERS, DOUBLE)
    assert found == pytest.approx(expected, abs=1e-3 if "very precise" in name else 1e-11)


@pytest.mark.parametrize("movers", MOVERS)
def test_same_numbers_as_in_single_precision(movers, one_thread) -> None:
    found, expected = both([many_outcomes(consent=True, holes=3)], movers, PLAYERS, LOOSE)
    assert found == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("movers", MOVERS)
def test_who_pays_for_moves(movers, one_thread) -> None:
    case = many_outcomes(cost=0.2)
    names = [replace(c, payer=0) if n == PLAYERS + 3 else c for n, c in enumerate(case.columns)]
    found, expected = both([replace(case, columns=tuple(names))], movers, PLAYERS, DOUBLE)
    assert found == pytest.approx(expected, abs=1e-11)


def test_few_outcomes(one_thread) -> None:
    found, expected = both([build.random_problem(1, outcomes=2)], "foresight", PLAYERS, DOUBLE)
    assert found == pytest.approx(expected, abs=1e-11)


def test_no_outcomes() -> None:
    (found,) = outcomes_on_gpu([build.random_problem(outcomes=0)], "foresight", PLAYERS, tolerance=LOOSE)
    assert np.isnan(found).all()
    assert outcomes_on_gpu([], "foresight", PLAYERS, tolerance=LOOSE) == []


def test_worlds_of_one_strategy_in_several_launches(one_thread, monkeypatch) -> None:
    monkeypatch.setattr(batch, "MOST_WORLDS", 2)
    case = load_case("coercion")
    graph = build_graph(case, next(iter(case.strategies.values())))
    worlds = draw(case, 4, 0)
    posed = [pose(graph, worlds.world(w), tuple(case.outcomes.values())) for w in range(5)]
    found, expected = both([p.problem for p in posed], "foresight", posed[0].first_outcome, DOUBLE)
    assert found == pytest.approx(expected, abs=1e-10)
    assert len({tuple(row) for row in found}) > 1


def test_worlds_whose_segments_differ(one_thread) -> None:
    whole = build.random_problem(2, outcomes=5)
    late, early = whole.segments
    parted = replace(
        whole, segments=(late, replace(early, start=2.0), replace(early, end=2.0, terminal=())), start=whole.start
    )
    found, expected = both([whole, parted, whole], "foresight", PLAYERS, DOUBLE)
    assert found == pytest.approx(expected, abs=1e-11)
    assert found[0].tolist() == found[2].tolist()


def test_a_world_that_fails_leaves_the_others_alone(one_thread) -> None:
    sound = build.random_problem(2, outcomes=5)
    late, early = sound.segments
    endless = replace(sound, segments=(replace(late, flow=late.flow * np.inf), early))
    negative = replace(sound, segments=(late, replace(early, rise=early.rise - 1.0)))
    found = outcomes_on_gpu([endless, sound, negative], "foresight", PLAYERS, tolerance=LOOSE)
    assert np.isnan(found[0]).all()
    assert np.isfinite(found[1][PLAYERS:]).all()
    assert np.isnan(found[2]).all()


def test_problems_of_several_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="one shape"):
        outcomes_on_gpu([many_outcomes(), many_outcomes(rungs=(2,))], "random", PLAYERS, tolerance=LOOSE)


def test_nothing_of_cuda_is_imported_before_it_is_asked_for() -> None:
    code = "import offramp, offramp.play.gpu, sys; sys.exit('numba.cuda' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_half_an_installation_is_no_gpu(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "numba.cuda", None)
    monkeypatch.delattr("numba.cuda", raising=False)
    assert available.__wrapped__() is False
