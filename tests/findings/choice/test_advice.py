"""The best strategy of each view, over its worlds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import offramp
from offramp.casefile import parse_case
from offramp.ensemble import Job, run_jobs
from offramp.model.variants import Variant
from offramp.worlds import draw

case = offramp.load_case(Path(__file__).parents[1] / "two_essays.yaml")


def test_advice_is_paired_over_the_worlds_of_a_view(essays) -> None:
    view = draw(case, 16, 1, view=case.views["hawk"])
    variants = [Variant(s) for s in case.strategies]
    table = run_jobs(case, [Job(v, "main", tuple(case.outcomes)) for v in variants], {"main": view})
    columns = {v.strategy: table.column(v, "talks")[1:] for v in variants}
    best = essays.advice["talks"].views["hawk"]
    assert best.strategy == "insist"
    assert best.mean == pytest.approx(columns["insist"].mean())
    gap = columns["insist"] - columns[best.next]
    assert best.gain == pytest.approx(gap.mean())
    assert best.low < best.gain < best.high
    assert best.rivals == ()
    assert sum(best.shares.values()) == pytest.approx(1)
    winners = np.argmax(np.stack(list(columns.values())), axis=0)
    assert best.shares["insist"] == pytest.approx((winners == list(columns).index("insist")).mean())
    assert best.worlds == 16


def test_advice_differs_where_each_view_has_a_clear_best_of_its_own(essays) -> None:
    talks, burden = essays.advice["talks"], essays.advice["burden"]
    assert (talks.views["dove"].strategy, talks.views["hawk"].strategy, talks.differs) == ("press", "insist", True)
    assert burden.all.strategy == "ease", "lower is better"
    assert burden.all.gain > 0
    assert not burden.differs
    assert "worn" not in essays.advice, "neither main nor of a stated direction"


def test_no_clear_best_among_strategies_that_do_the_same() -> None:
    text = """\
offramp: 1
players: {us: {options: {push: {}}, wants: [{that: us.push, worth: [0, 1]}]}}
outcomes: {pushed: {of: us.push, measure: average, better: high, for: us}}
strategies:
  one: {player: us, does: [{otherwise: {push: yes}}]}
  two: {player: us, does: [{otherwise: {push: up}}]}
  none: {player: us, does: [{otherwise: {push: no}}]}
views: {same: {}}
"""
    both = offramp.analyse(parse_case(text).case, worlds=4, seed=1)
    best = both.advice["pushed"].all
    assert {best.strategy, *best.rivals} == {"one", "two"}
    assert best.shares == pytest.approx({"one": 0.5, "two": 0.5, "none": 0})
    assert both.advice["pushed"].views["same"].rivals == best.rivals
    assert not both.advice["pushed"].differs


def test_one_world_settles_nothing() -> None:
    best = offramp.analyse(case, worlds=1, seed=1).advice["talks"].all
    assert len(best.rivals) == 3
