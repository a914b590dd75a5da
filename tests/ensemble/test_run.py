"""Worlds in threads: the same numbers whoever does the work, failures by name, a clean stop."""

from __future__ import annotations

import numpy as np
import pytest

from offramp.casefile import parse_case
from offramp.ensemble import Job, prepare, run_jobs
from offramp.errors import UsageError
from offramp.model.variants import Variant
from offramp.worlds import draw

CASE = """\
offramp: 1
time: {horizon: 4, foresight: 6}
unknowns:
  gain: {range: [-1, 1], mechanism: [hope]}
  speed: {range: [-0.2, 0.8]}
  twice: 2 * gain
settings: {offer: {levels: [none, some, all]}}
players:
  us: {options: {push: {}}, wants: [{id: win, that: us.push * (1 + dread), worth: twice}]}
  them: {options: {bow: {}}, wants: [{id: deal, that: them.bow and offer, worth: 0.5, mechanism: [deal], off: -3}]}
conditions: {dread: {levels: [low, high], rises: speed, falls: 0.2}}
outcomes:
  pushed: {of: us.push, measure: average}
  bowed: {of: them.bow, measure: final}
strategies:
  free: {}
  shove: {player: us, settings: {offer: all}, does: [{set: {push: yes}}]}
  bend: {player: them, does: [{set: {bow: yes}}]}
"""
case = parse_case(CASE).case
FREE, SHOVE = Variant("free"), Variant("shove")


def jobs(*variants, sample="main", **more):
    return [Job(v, sample, tuple(case.outcomes), **more) for v in variants]


def run(worlds=9, *variants, **more):
    return run_jobs(case, jobs(*(variants or (FREE, SHOVE))), {"main": draw(case, worlds, 1)}, **more)


def test_same_bits_for_any_number_of_workers() -> None:
    one, *others = (run(workers=n) for n in (1, 2, 5))
    for other in others:
        assert other.failures == one.failures
        for variant in (FREE, SHOVE):
            for name in case.outcomes:
                assert one.column(variant, name).tobytes() == other.column(variant, name).tobytes()


def test_longer_runs_begin_with_shorter_ones() -> None:
    few, many = run(5), run(12)
    np.testing.assert_array_equal(few.column(FREE, "pushed"), many.column(FREE, "pushed")[:6])


def test_a_failed_world_is_told_with_its_draws_and_counts_in_nothing() -> None:
    table, worlds = run(16), draw(case, 16, 1)
    negative = set(np.flatnonzero(worlds.column("speed") < 0))
    assert 0 < len(negative) < 16
    assert {f.world for f in table.failures} == negative
    assert len(table.failures) == 2 * len(negative)
    for failure in table.failures:
        assert failure.draws == worlds.world(failure.world)
        assert "conditions.dread.rises" in failure.message
        assert "negative" in failure.message
    assert set(np.flatnonzero(np.isnan(table.column(FREE, "pushed")))) == negative


def test_first_worlds_only() -> None:
    table = run_jobs(case, [*jobs(FREE), *jobs(SHOVE, most=3)], {"main": draw(case, 9, 1)})
    assert np.isnan(table.column(SHOVE, "pushed")[4:]).all()
    np.testing.assert_array_equal(table.column(SHOVE, "pushed")[:4], run(9).column(SHOVE, "pushed")[:4])
    assert max((f.world for f in table.failures if f.variant == SHOVE), default=0) <= 3


@pytest.mark.parametrize("chunks", [0, 1, 2])
def test_a_stop_leaves_whole_worlds(chunks) -> None:
    seen = []

    def progress(done, total):
        seen.append((done, total))
        if len(seen) > chunks:
            raise KeyboardInterrupt

    table = run(16, progress=progress, workers=2)
    assert table.interrupted
    assert [total for _, total in seen] == [34] * len(seen)
    whole = run(16)
    reached = table.done["main"]
    assert reached == 4 * (chunks + 1)
    np.testing.assert_array_equal(table.column(FREE, "pushed"), whole.column(FREE, "pushed")[:reached])
    assert all(f.world < reached for f in table.failures)
    assert not whole.interrupted


def test_a_stop_inside_a_chunk_forgets_it(monkeypatch) -> None:
    import offramp.ensemble.work as module

    real = module.outcomes_of
    count = iter(range(1000))

    def stopping(*args):
        if next(count) == 13:
            raise KeyboardInterrupt
        return real(*args)

    monkeypatch.setattr(module, "outcomes_of", stopping)
    table = run(16, workers=1)
    assert table.interrupted
    assert table.done == {"main": 4}
    assert all(f.world < 4 for f in table.failures)


def test_faults_of_the_program_are_not_hidden_as_failed_worlds(monkeypatch) -> None:
    import offramp.ensemble.work as module

    monkeypatch.setattr(module, "outcomes_of", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(3)


def test_a_changed_unknown_carries_over_to_what_is_derived_from_it() -> None:
    from offramp.expressions import Constant

    worlds = draw(case, 4, 1)
    ready = prepare(case, Variant("free", numbers=(("gain", Constant(0.25)),)), worlds)
    assert ready.worlds.column("twice").tolist() == [0.5] * 5
    np.testing.assert_array_equal(ready.worlds.column("speed"), worlds.column("speed"))
    ready = prepare(case, Variant("free", without=("hope",)), worlds)
    assert ready.worlds.column("gain").tolist() == [0] * 5


def test_a_mechanism_off_takes_what_off_says() -> None:
    """Beside the same case with those numbers written down."""
    plain = parse_case(CASE.replace("worth: 0.5, mechanism: [deal], off: -3", "worth: -3")).case
    variant = Variant("shove", without=("deal",))
    worlds = draw(case, 3, 1)
    off = run_jobs(case, jobs(variant), {"main": worlds}).column(variant, "bowed")
    written = run_jobs(plain, jobs(SHOVE), {"main": draw(plain, 3, 1)}).column(SHOVE, "bowed")
    np.testing.assert_array_equal(off, written)


def test_settings_starts_and_another_players_strategy() -> None:
    made = CASE.replace("levels: [none, some, all]}", "levels: [none, some, all], start: some}").replace(
        "dread: {levels: [low, high],", "dread: {levels: [low, high], start: high,"
    )
    other = parse_case(made).case
    variant = Variant("free", levels=(("dread", 1), ("offer", 1)))
    here = run_jobs(case, jobs(variant), {"main": draw(case, 3, 1)}).column(variant, "bowed")
    there = run_jobs(other, jobs(FREE), {"main": draw(other, 3, 1)}).column(FREE, "bowed")
    np.testing.assert_array_equal(here, there)
    both = Variant("shove", also=(("them", "bend"),), delay=1.5)
    found = run_jobs(case, jobs(both), {"main": draw(case, 1, 1)}).column(both, "bowed")[0]
    assert found == pytest.approx(1 - np.exp(-2.5), abs=1e-3), "them at pace 1, from 1.5 to 4"
    pushed = run_jobs(case, jobs(both), {"main": draw(case, 1, 1)}).column(both, "pushed")[0]
    assert pushed == pytest.approx((2.5 - (1 - np.exp(-2.5))) / 4, abs=1e-3)


def test_views_are_paired_by_point() -> None:
    text = CASE + "views: {hopeful: {gain: [0, 1]}}\n"
    viewed = parse_case(text).case
    main, view = draw(viewed, 8, 1), draw(viewed, 8, 1, view=viewed.views["hopeful"])
    np.testing.assert_array_equal(main.column("speed"), view.column("speed"))
    np.testing.assert_allclose(view.column("gain"), (main.column("gain") + 1) / 2)
    assert main.column("gain").tobytes() == draw(case, 8, 1).column("gain").tobytes()


def test_samples_of_other_lengths_side_by_side() -> None:
    samples = {"main": draw(case, 9, 1), "few": draw(case, 2, 1)}
    table = run_jobs(case, [*jobs(FREE), *jobs(FREE, sample="few", movers="random")], samples)
    assert table.done == {"main": 10, "few": 3}
    assert table.column(FREE, "bowed", "few", "random").shape == (3,)


def test_no_worlds_but_the_best_guess() -> None:
    table = run(0)
    assert table.done == {"main": 1}
    assert np.isfinite(table.column(FREE, "pushed")).all()


def test_a_sample_without_draws_is_refused() -> None:
    with pytest.raises(UsageError):
        draw(case, -1, 0)
