"""The workers of a Dask cluster give the bits that threads give, even where one of them dies."""

from __future__ import annotations

import os
import pickle
import signal
import threading
import time

import pytest

from offramp.casefile import parse_case
from offramp.ensemble import Job, Keyed, Keys, Remembered, Work, crew_of, run_jobs
from offramp.errors import StoppedError, UsageError
from offramp.expressions import Constant
from offramp.model.variants import Variant
from offramp.shapes import ENSEMBLE_TOLERANCE
from offramp.worlds import draw

distributed = pytest.importorskip("distributed", reason="the cluster extra is not installed")
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

TEXT = """\
offramp: 1
name: small
title: Small
time: {unit: month, horizon: 12, foresight: 24}
unknowns: {gain: {range: [-1, 1], origin: guess}, pace: {range: [-0.05, 1], origin: guess}}
players:
  us: {options: {push: {}, pull: {}}, wants: [{that: us.push, worth: gain}]}
  them: {options: {bow: {}, bend: {}}, pace: pace, wants: [{that: "them.bow and not us.push", worth: 0.7}]}
outcomes:
  pushed: {of: us.push, measure: average}
  bowed: {of: them.bow, measure: average}
strategies:
  free: {}
  hold: {player: us, does: [{otherwise: {push: no}}]}
"""
CASE = parse_case(TEXT).case
VARIANTS = [
    Variant("free"),
    Variant("hold"),
    *(Variant("free", numbers=(("gain", Constant(n / 10)),)) for n in range(6)),
]
JOBS = [Job(variant, "main", ("pushed", "bowed"), movers) for variant in VARIANTS for movers in ("foresight", "random")]
SAMPLES = {"main": draw(CASE, 100, 3)}


@pytest.fixture
def cluster():
    """Two processes with one thread each."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as made:
        yield made


def same(one, other) -> None:
    assert one.done == other.done
    assert one.failures == other.failures
    for key, columns in one.values.items():
        for name, column in columns.items():
            assert column.tobytes() == other.values[key][name].tobytes()


def test_a_worker_killed_in_mid_run_changes_no_bit(cluster) -> None:
    plain = run_jobs(CASE, JOBS, SAMPLES, workers=1)
    assert plain.failures
    same(run_jobs(CASE, JOBS, SAMPLES, workers=2), plain)
    started, killed = threading.Event(), []

    def kill() -> None:
        started.wait()
        pid = next(iter(cluster.workers.values())).pid
        os.kill(pid, signal.SIGKILL)
        killed.append(time.monotonic())

    def progress(done: int, total: int) -> None:
        if done > total // 5:
            started.set()

    killer = threading.Thread(target=kill)
    killer.start()
    kept = Remembered()
    found = run_jobs(CASE, JOBS, SAMPLES, crew=crew_of(cluster.scheduler_address), progress=progress, kept=kept)
    ended = time.monotonic()
    started.set()
    killer.join()
    assert killed
    assert killed[0] < ended, "killed while the run went on"
    same(found, plain)
    same(run_jobs(CASE, JOBS, SAMPLES, kept=kept), plain)


def test_work_travels_as_its_recipe() -> None:
    work = Work(CASE, JOBS, SAMPLES, ENSEMBLE_TOLERANCE)
    text = pickle.dumps(work)
    assert len(text) < 3 * SAMPLES["main"].values.nbytes + 200_000
    there = pickle.loads(text)
    assert there.solve([0, 3], 5) == work.solve([0, 3], 5)


def test_a_cluster_that_is_lost_stops_the_run_and_what_was_computed_is_kept(cluster) -> None:
    kept = Remembered()

    def progress(done: int, total: int) -> None:
        if done > total // 5:
            cluster.close()

    with pytest.raises(StoppedError, match="was lost"):
        run_jobs(CASE, JOBS, SAMPLES, crew=crew_of(cluster.scheduler_address), progress=progress, kept=kept)
    first = Keyed(JOBS[0], Keys(CASE).of(JOBS[0], SAMPLES["main"]))
    assert len(kept.load(first).worlds) > 10
    same(run_jobs(CASE, JOBS, SAMPLES, kept=kept), run_jobs(CASE, JOBS, SAMPLES))


def test_no_cluster_there(monkeypatch) -> None:
    monkeypatch.setattr("offramp.ensemble.cluster._PATIENCE", 2)
    monkeypatch.setattr(distributed, "Client", None)  # one that finds nobody keeps the process up for a minute
    work = Work(CASE, JOBS[:1], SAMPLES, ENSEMBLE_TOLERANCE)
    with pytest.raises(UsageError, match="no cluster"), crew_of("tcp://127.0.0.1:9")(work):
        pass
    with pytest.raises(UsageError, match="no cluster"), crew_of("nonsense:::")(work):
        pass
