"""What rests on guesses."""

from __future__ import annotations

from pathlib import Path

import pytest

import offramp
from offramp.casefile import parse_case
from offramp.findings.sensitivity.guesses import unknowns_by_kind
from offramp.findings.sensitivity.origins import count_origins

case = offramp.load_case(Path(__file__).parents[1] / "two_essays.yaml")


def test_what_rests_on_guesses(essays) -> None:
    shares = essays.guesses
    assert shares is not None
    assert shares.strategy == "press"
    assert shares.unknowns == {"quoted": 1, "literature": 2, "guess": 4}
    talks = shares.outcomes["talks"]
    assert 0 <= talks.low <= talks.share <= talks.high <= 1
    assert talks.alone["quoted"].share > 0.5, "the toll decides"
    assert talks.share < 0.5
    assert set(shares.outcomes) == {"talks", "burden"}, "the main outcomes"


def test_each_number_counts_once_by_what_it_rests_on() -> None:
    groups = unknowns_by_kind(case)
    assert groups["quoted"] == [("toll",)]
    assert groups["literature"] == [("players.target.discount",), ("conditions.wear.rises.0.rate",)]
    assert groups["guess"] == [("pride",), ("stake",), ("players.sender.wants.tiring.worth",), ("players.sender.lam",)]
    counted = count_origins(case)
    assert (counted.quoted, counted.literature, counted.guess) == (1, 2, 2)
    # lam and tiring vary without an origin; pace, the other's lam and pace, switching, the table's worth, the rate of
    # falling, and the chance 0.9 are points.
    assert (counted.default, counted.fixed) == (2 + 7, 7)


@pytest.mark.parametrize(
    ("said", "share"),
    [("origin: guess", 1.0), ("origin: literature", 0.0), ("source: s, quote: it is so", 0.0)],
)
def test_all_guesses_or_none(said, share) -> None:
    text = f"""\
offramp: 1
sources: {{s: {{title: S}}}}
players: {{us: {{options: {{push: {{}}}}, wants: [{{that: us.push, worth: {{range: [0, 1], {said}}}}}]}}}}
outcomes: {{pushed: {{of: us.push, measure: average}}, nothing: {{of: 0 * us.push, measure: average}}}}
strategies: {{free: {{}}}}
"""
    guesses = offramp.analyse(parse_case(text).case, worlds=16, seed=1).guesses
    assert guesses is not None
    assert guesses.outcomes["pushed"].share == share
    assert "is a guess" in guesses.outcomes["pushed"].note
    assert "does not vary" in guesses.outcomes["nothing"].note


def test_nothing_varies() -> None:
    bare = parse_case("offramp: 1\nplayers: {us: {options: {push: {}}}}\nstrategies: {free: {}}\n").case
    assert offramp.analyse(bare, worlds=4).guesses is None


def test_ordered_worths_go_together() -> None:
    text = """\
offramp: 1
sources: {s: {title: S}}
players:
  us: {options: {push: {}}, prefers: [{that: us.push, source: s, quote: first}, {that: not us.push, origin: guess}]}
  them: {options: {bow: {}}, prefers: [{that: them.bow, source: s, quote: first of all}]}
"""
    groups = unknowns_by_kind(parse_case(text).case)
    assert groups["guess"] == [("players.us.prefers.0", "players.us.prefers.1")]
    assert groups["quoted"] == [("players.them.prefers.0",)]
