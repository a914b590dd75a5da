"""Where claims flip and strategies fail: tables in which the region is known, and tables of noise."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from offramp.casefile import parse_case
from offramp.ensemble import Table
from offramp.findings.choice.robust import robust_of
from offramp.findings.claims.plan import plan_claims
from offramp.findings.claims.testing import Sample
from offramp.findings.common.dependence import unknowns_behind, unknowns_within
from offramp.findings.discovery.flips import flips_of
from offramp.measures.boxes import Box, Limit, contains
from offramp.model.variants import Variant
from offramp.worlds import draw

NOISE = 20
CASE = f"""\
offramp: 1
name: flipping
time: {{unit: month, horizon: 4, foresight: 6}}
unknowns:
  stake: {{range: [0, 1], origin: guess}}
  crackdown: {{choice: [0, 1], origin: guess}}
  half: stake / 2
  idle: {{range: [0, 1], origin: guess}}
  ours: {{range: [0, 1], origin: guess}}
{"".join(f"  n{n}: {{range: [0, 1], origin: guess}}{chr(10)}" for n in range(NOISE))}
players:
  us: {{options: {{push: {{}}}}, wants: [{{that: us.push, worth: ours}}]}}
  them:
    options: {{bow: {{}}}}
    wants:
      - {{that: them.bow, worth: half + crackdown}}
      - {{that: them.bow, worth: {" + ".join(f"n{n}" for n in range(NOISE))}}}
outcomes:
  bowed: {{of: them.bow, measure: average, better: high}}
  calm: {{of: not us.push, measure: average, better: low}}
strategies:
  hold: {{player: us, does: [{{otherwise: {{push: no}}}}]}}
  shove: {{player: us, does: [{{set: {{push: yes}}}}]}}
  free: {{}}
claims:
  flipping: {{says: Holding does better than shoving., test: "bowed[hold] > bowed[shove]"}}
  noise: {{says: Holding is calm., test: "calm[hold] > 0.5"}}
  sure: {{says: Bowing happens., test: "bowed[hold] > 0"}}
  few: {{says: Seen in few worlds., test: "bowed[hold; n0 = 0.5] > 0.5"}}
  together: {{says: Of all worlds., test: "mean(bowed[hold]) > 0.5"}}
  fact: {{says: A fact., factual: true}}
"""
case = parse_case(CASE).case
STRATEGIES = tuple(case.strategies)
WORLDS = 256


def looked(seed: int = 0, worlds: int = WORLDS, *, sure: float = 0.95, twin: str = ""):
    """In the region holding does worse than shoving, elsewhere better, each with some exceptions."""
    sample, rng = draw(case, worlds, seed), np.random.default_rng(seed)
    if twin:
        values = sample.values.copy()
        values[:, sample.names.index(twin)] = sample.column("stake")
        sample = replace(sample, values=values)
    inside = (sample.column("stake") > 0.6) & (sample.column("crackdown") == 1)
    turned = rng.random(worlds + 1) > sure
    hold = np.where(inside != turned, 0.4, 0.6)
    few = np.where(np.arange(worlds + 1) <= 40, hold, np.nan)
    calm = rng.random(worlds + 1)
    values = {
        (Variant("hold"), "main", "foresight"): {"bowed": hold, "calm": calm},
        (Variant("shove"), "main", "foresight"): {"bowed": np.full(worlds + 1, 0.5), "calm": calm},
        (Variant("free"), "main", "foresight"): {"bowed": np.full(worlds + 1, 0.5), "calm": rng.random(worlds + 1)},
    }
    asked = plan_claims(case, [case.claims["few"]]).asks["few"][0]
    values[asked.variant, "main", "foresight"] = {"bowed": few}
    table = Table(values, {"main": worlds + 1}, (), False)
    rows = np.arange(1, worlds + 1)
    claims = case.claims.values()
    robust = robust_of(case, table, STRATEGIES, claims, sample, seed)
    found = flips_of(Sample(case, table, sample, "main", "foresight", rows), STRATEGIES, claims, robust, seed)
    return found, sample, hold


@pytest.fixture(scope="module")
def found():
    return looked()[0]


def test_the_region_is_found_and_told(found) -> None:
    where = found.claims["flipping"]
    (region,) = where.regions
    by = {clause.unknown: clause for clause in region.clauses}
    assert set(by) == {"stake", "crackdown"}
    assert (by["stake"].relation, by["crackdown"].relation, by["crackdown"].words) == ("above", "is", ("1",))
    assert by["stake"].low == pytest.approx(0.6, abs=0.06)
    assert where.side == "fails"
    assert (where.worlds, where.unknowns) == (WORLDS, NOISE + 2)
    assert min(region.density, region.held_out) > 0.7 > 3 * where.share / 2
    assert region.p_value <= found.level <= 0.05


def test_shares_are_those_of_the_table() -> None:
    found, sample, hold = looked(3)
    where = found.claims["flipping"]
    fails = hold[1:] <= 0.51
    region = where.regions[0]
    inside = np.ones(WORLDS, dtype=bool)
    for c in region.clauses:
        column = sample.column(c.unknown)[1:]
        limit = Limit(0, low=-np.inf if c.low is None else c.low, high=np.inf if c.high is None else c.high)
        inside &= np.isin(column, [float(w) for w in c.words]) if c.words else contains(Box((limit,)), column[:, None])
        assert c.width == np.ptp(column)
    assert where.share == fails.mean()
    assert (region.worlds, region.hits) == (inside.sum(), (inside & fails).sum())
    assert region.density == pytest.approx(fails[inside].mean())
    assert region.coverage == pytest.approx(inside[fails].mean())
    assert region.mass == pytest.approx(inside.mean())


def test_what_is_left_out(found) -> None:
    assert list(found.claims) == ["flipping", "noise", "sure", "few"]
    assert found.claims["sure"] is None, "all worlds on one side"
    assert found.claims["few"] is None, "too few worlds"
    assert found.claims["noise"].regions == ()
    few = looked(worlds=48)[0]
    assert few.searches == 0
    assert set(few.claims.values()) == {None}


def test_contests_are_told_of_the_focal_strategy_and_of_each_beside_the_best(found) -> None:
    named = [(c.strategy, c.rival, c.outcome) for c in found.contests]
    for outcome in ("bowed", "calm"):
        pairs = [(one, rival) for one, rival, of in named if of == outcome]
        assert pairs == [("hold", "shove"), ("hold", "free"), ("hold", None), ("shove", None), ("free", None)]
    first = found.contests[0]
    assert first.where.side == "does worse"
    assert first.worse == first.where.share == found.claims["flipping"].share
    assert first.where.regions == found.claims["flipping"].regions
    others = {(c.strategy, c.rival): c for c in found.contests if c.outcome == "bowed"}
    assert others["shove", None].where.side == "keeps up"
    tie = next(c for c in found.contests if c.outcome == "calm" and c.rival == "shove")
    assert (tie.worse, tie.where) == (0.0, None)


def test_nothing_stands_out_in_noise() -> None:
    told = []
    for seed in range(12):
        found = looked(seed, 128, sure=0.5)[0]
        told += [where for where in (*found.claims.values(), *(c.where for c in found.contests)) if where is not None]
    assert len(told) > 80
    assert sum(bool(where.regions or where.tree) for where in told) <= 6


def test_only_what_can_matter() -> None:
    hold = unknowns_behind(case, Variant("hold"), ["bowed"])
    assert hold == set(case.unknowns) - {"idle", "ours"}
    assert "ours" in unknowns_behind(case, Variant("free"), ["bowed"])
    fixed = plan_claims(case, [case.claims["few"]]).asks["few"][0].variant
    assert hold - unknowns_behind(case, fixed, ["bowed"]) == {"n0"}
    assert unknowns_within(case, ["half", "time"]) == {"half", "stake"}


def test_unknowns_that_move_along_are_named() -> None:
    """Over few worlds draws of many unknowns move together by chance: here two are made to."""
    found = looked(1, twin="n3")[0]
    told = {c.unknown: c.twins for region in found.claims["flipping"].regions for c in region.clauses}
    assert told["crackdown"] == ()
    assert (told.get("stake"), told.get("n3")) in ((("n3",), None), (None, ("stake",)))


def test_the_same_again(found) -> None:
    assert looked()[0] == found
