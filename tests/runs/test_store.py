"""Numbers on disk: the same bits back, whatever happens to the files."""

from __future__ import annotations

import errno
from pathlib import Path

import duckdb
import numpy as np
import pytest

from offramp.casefile import load_case
from offramp.ensemble import Failure, Job, Keyed, Keys, Remembered, Row, run_jobs
from offramp.errors import StoppedError
from offramp.model.variants import Variant
from offramp.runs import Store
from offramp.worlds import draw

CASE = load_case(Path(__file__).parents[1] / "small.yaml")
FREE, HOLD = Variant("free"), Variant("hold")
BOTH = ("pushed", "bowed")
JOBS = [Job(FREE, "main", BOTH), Job(HOLD, "main", BOTH), Job(HOLD, "main", ("bowed",), "random", most=5)]
KEYED = [Keyed(job, Keys(CASE).of(job, draw(CASE, 20, 3))) for job in JOBS]


def computed(kept, worlds=20, jobs=JOBS):
    return run_jobs(CASE, jobs, {"main": draw(CASE, worlds, 3)}, kept=kept, workers=2)


def same(one, other) -> None:
    assert one.done == other.done
    assert one.failures == other.failures
    for key, columns in one.values.items():
        for name, column in columns.items():
            assert column.tobytes() == other.values[key][name].tobytes()


@pytest.fixture
def solved(monkeypatch):
    """The (strategy, world) pairs that are solved."""
    import offramp.ensemble.work as module

    seen: list[tuple[str, str, int]] = []
    real = module.Work.solve

    def solve(self, numbers, w):
        seen.extend((self.jobs[n].variant.strategy, self.jobs[n].movers, w) for n in numbers)
        return real(self, numbers, w)

    monkeypatch.setattr(module.Work, "solve", solve)
    return seen


def test_what_is_there_is_not_solved_again_and_has_the_same_bits(tmp_path, solved) -> None:
    plain = computed(None)
    assert plain.failures, "some worlds have a negative pace"
    for make in (Remembered, lambda: Store(tmp_path)):
        kept = make()
        solved.clear()
        same(computed(kept), plain)
        assert len(solved) == 21 + 21 + 6
        again = kept if isinstance(kept, Remembered) else Store(tmp_path)
        solved.clear()
        same(computed(again), plain)
        assert solved == []


def test_more_worlds_and_another_strategy_use_what_is_there(tmp_path, solved) -> None:
    computed(Store(tmp_path), worlds=8, jobs=JOBS[:1])
    solved.clear()
    more = computed(Store(tmp_path), worlds=20)
    assert sorted(w for strategy, _, w in solved if strategy == "free") == list(range(9, 21))
    same(more, computed(None))
    solved.clear()
    fewer = computed(Store(tmp_path), worlds=4)
    assert solved == []
    same(fewer, computed(None, worlds=4))


def test_a_file_is_a_table_that_others_can_read(tmp_path) -> None:
    table = computed(Store(tmp_path))
    files = str(tmp_path / "*.parquet")
    mean = duckdb.execute(
        "SELECT avg(value) FROM read_parquet(?) WHERE variant = 'hold' AND movers = 'foresight' AND outcome = 'bowed'",
        [files],
    ).fetchone()
    assert mean == pytest.approx((np.nanmean(table.column(HOLD, "bowed")),), abs=1e-12)
    failed = duckdb.execute("SELECT world, message, draws FROM read_parquet(?) WHERE message IS NOT NULL", [files])
    rows = failed.fetchall()
    assert {world for world, *_ in rows} == {f.world for f in table.failures}
    assert all("gain" in draws and message for _, message, draws in rows)


def test_files_half_written_are_passed_over_and_damaged_ones_set_aside(tmp_path) -> None:
    plain = computed(Store(tmp_path))
    name = min(tmp_path.glob("*.parquet"))
    (tmp_path / ".000001.parquet.part").write_bytes(b"half")
    (tmp_path / "000007.parquet").write_bytes(name.read_bytes()[:-40])
    duckdb.execute(f"COPY (SELECT 1 AS other) TO '{tmp_path}/000008.parquet' (FORMAT parquet)")
    again = Store(tmp_path)
    assert sorted(path.name for path in again.damaged) == ["000007.damaged", "000008.damaged"]
    same(computed(again), plain)


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_file_with_one_bit_changed_is_set_aside(tmp_path, share) -> None:
    plain = computed(Store(tmp_path))
    name = min(tmp_path.glob("*.parquet"))
    text = bytearray(name.read_bytes())
    text[int(share * len(text))] ^= 4
    name.write_bytes(text)
    again = Store(tmp_path)
    assert len(again.damaged) == 1
    same(computed(again), plain)


def test_rows_written_twice_count_once_and_many_files_become_one(tmp_path) -> None:
    plain = computed(None)
    rows = [
        Row(n, w, values=tuple(plain.column(job.variant, o, movers=job.movers)[w] for o in job.outcomes))
        for n, job in enumerate(JOBS[:2])
        for w in range(21)
        if not any(f.world == w for f in plain.failures)
    ]
    writer = Store(tmp_path)
    for together in (1, 2):
        for n in range(0, len(rows), together):
            writer.keep(KEYED, rows[n : n + together])
            writer.flush()
    assert len(list(tmp_path.glob("*.parquet"))) == len(rows) * 3 // 2
    same(computed(Store(tmp_path)), plain)
    assert len(list(tmp_path.glob("*.parquet"))) == 2  # the one they became, and the worlds that were missing


def test_a_full_disk_stops_the_run_and_loses_nothing(tmp_path, monkeypatch) -> None:
    import offramp.files as module

    kept = Store(tmp_path)
    computed(kept, worlds=6)

    def full(path: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(module, "_to_disk", full)
        with pytest.raises(StoppedError, match=r"No space left on device.*offramp resume"):
            computed(Store(tmp_path))
    assert not list(tmp_path.glob(".*")), "nothing half-written is left"
    same(computed(Store(tmp_path)), computed(None))


def test_quotes_in_the_name_of_a_folder(tmp_path) -> None:
    folder = tmp_path / "it's; DROP 'x'"
    computed(Store(folder), worlds=2)
    same(computed(Store(folder), worlds=2), computed(None, worlds=2))


def test_a_failure_comes_back_with_its_message_and_draws(tmp_path) -> None:
    failure = Failure("main", 4, FREE, "foresight", "too steep", {"gain": 0.5})
    writer = Store(tmp_path)
    writer.keep(KEYED, [Row(0, 4, failure=failure)])
    writer.flush()
    found = Store(tmp_path).load(KEYED[0])
    assert (found.worlds.tolist(), dict(found.failures)) == ([], {4: "too steep"})


def test_a_job_without_outcomes_is_kept_too(tmp_path, solved) -> None:
    jobs = [Job(FREE, "main", ())]
    plain = computed(Store(tmp_path), jobs=jobs)
    assert len(solved) == 21
    solved.clear()
    same(computed(Store(tmp_path), jobs=jobs), plain)
    assert solved == []


def test_a_folder_that_cannot_be_written(tmp_path, monkeypatch) -> None:
    computed(Store(tmp_path), worlds=2)
    (tmp_path / "000007.parquet").write_bytes(b"half")

    def refused(self, target):
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(StoppedError, match=r"Permission denied: .*000007.parquet\. Make room"):
        Store(tmp_path)
