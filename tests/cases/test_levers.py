"""What the shipped cases say can be moved, and for what; without it they are the same cases."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import prod

import numpy as np
import pytest

import offramp
from offramp.cases import catalogue
from offramp.ensemble import Job, run_jobs
from offramp.graph import build_graph
from offramp.model.levers import beneath, can_start, levers_of, packaged
from offramp.model.variants import Variant, apply_variant
from offramp.worlds import draw

IRAN = ["iran-base", "iran-essays", "iran-2006", "iran-2009", "iran-2013"]
CASES = [*IRAN, "coercion", "cuba-1962"]


def now(case):
    return {lever.id: lever.levels[lever.now].id for lever in case.levers.values()}


def at(case, **levels):
    return {id_: [level.id for level in case.levers[id_].levels].index(level) for id_, level in levels.items()}


def test_which_cases_have_them():
    assert {shipped.name for shipped in catalogue() if offramp.load_case(shipped.name).targets} == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_prices_are_guesses_that_say_what_they_are(name):
    case = offramp.load_case(name)
    for lever in case.levers.values():
        assert lever.origin.kind == "guess"
        assert lever.origin.why
        for level in lever.levels:
            assert (
                level.price.low < level.price.high or level.id == lever.levels[lever.now].id or not level.price.stated
            )
    assert all(target.why for target in case.targets.values())


@pytest.mark.parametrize("name", CASES)
def test_they_draw_nothing_and_play_nothing(name):
    case = offramp.load_case(name)
    bare = replace(case, levers={}, targets={})
    assert not any(path[:1] in (("levers",), ("targets",)) for path in (u.path for u in case.unknowns.values()))
    one, other = draw(case, 4, 1), draw(bare, 4, 1)
    assert one.names == other.names
    assert all(np.array_equal(one.column(column), other.column(column)) for column in one.names)


@pytest.mark.parametrize("name", CASES)
def test_every_level_can_be_played(name):
    case = offramp.load_case(name)
    for target in case.targets.values():
        for lever in levers_of(case, target):
            for n in range(len(lever.levels)):
                variant = packaged(case, target, {lever.id: n})
                assert can_start(case, variant)
                applied = apply_variant(case, variant)
                assert build_graph(applied.case, applied.strategy, applied.delay).states


@pytest.mark.parametrize("name", IRAN)
def test_washington_has_many_packages(name):
    case = offramp.load_case(name)
    assert prod(len(lever.levels) for lever in levers_of(case, case.targets["earnest"])) >= 500


def test_where_things_stand_at_each_date():
    before, after = now(offramp.load_case("iran-2006")), now(offramp.load_case("iran-2009"))
    assert {id_: (before[id_], after[id_]) for id_ in before if id_ in after and before[id_] != after[id_]} == {
        "offer": ("none", "standing"),
    }
    assert (after["sequence"], before["table"]) == ("engagement-first", "bilateral")
    assert (before["pressure"], before["relief"], after["guarantee"], before["line"]) == (
        "none", "withheld", "none", "free",
    )  # fmt: skip


def test_moving_nothing_in_2009():
    case = offramp.load_case("iran-2009")
    assert packaged(case, case.targets["earnest"], {}) == Variant(
        "parallel-off-ramp", (("ceiling", 0), ("relief", 0), ("sequence", 1))
    )
    whole = at(case, pressure="broad", relief="offered", sequence="parallel")
    assert packaged(case, case.targets["earnest"], whole) == Variant("parallel-off-ramp")


def test_what_tehran_answers():
    assert beneath(offramp.load_case("iran-2009"), offramp.load_case("iran-2009").targets["relief"]) == "free-play"
    case = offramp.load_case("iran-2006")
    variant = packaged(case, case.targets["relief"], at(case, line="earnest", calm="no"))
    assert variant == Variant("parallel-off-ramp", (("regime.crackdown", 0),), also=(("regime", "line.earnest"),))
    committed = {rules.player: dict(rules.rules[-1].set) for rules in apply_variant(case, variant).strategy.committed}
    assert committed["regime"] == {"willingness": 2, "enrichment": 0}
    assert set(committed) == {"us", "regime"}


def test_packages_of_cuba():
    """A withdrawal that is promised whatever happens is there in every world; a blockade brings it in most."""
    case = offramp.load_case("cuba-1962")
    target = case.targets["settled"]
    course, missiles = ([level.id for level in case.levers[id_].levels] for id_ in ("course", "missiles"))
    variants = {both: packaged(case, target, at(case, course=both[0], missiles=both[1]))
                for both in product(course, missiles)}  # fmt: skip
    assert len(set(variants.values())) == len(variants) == 15
    some = [variants["nothing", "free"], variants["nothing", "withdraw"], variants["blockade", "free"]]
    table = run_jobs(case, [Job(variant, "main", ("settled",)) for variant in some], {"main": draw(case, 8, 1)})
    reached = [target.reached(table.column(variant, "settled")[1:]).mean() for variant in some]
    assert reached[0] < 0.5 < reached[2]
    assert reached[1] == 1
