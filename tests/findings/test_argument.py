"""What became of the sentences: two essays, what they disagree on, and what rests on guesses."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import numpy as np
import pytest

import offramp
from offramp.casefile import parse_case
from offramp.ensemble import Job, run_jobs
from offramp.findings.advice import focal_strategy
from offramp.findings.became import carriers_of
from offramp.findings.elements import grouped, say
from offramp.findings.fates import fates_of
from offramp.findings.guesses import unknowns_by_kind
from offramp.findings.labels import names_of
from offramp.findings.origins import count_origins
from offramp.model.elements import elements_of
from offramp.model.variants import Variant
from offramp.report import results_schema, to_json
from offramp.worlds import draw

case = offramp.load_case(Path(__file__).parent / "two_essays.yaml")


@pytest.fixture(scope="module")
def found():
    return offramp.analyse(case, worlds=32, seed=1, workers=2)


def test_sentences_come_in_reading_order(found) -> None:
    order = {source: [s.id for s in told] for source, told in found.sentences.documents.items()}
    assert order == {"hawk": ["E2", "M2", "E1", "M10"], "dove": ["M4", "E5", "M3", "M5", "E3", "E4"]}
    assert list(order) == ["hawk", "dove"], "as the case lists its sources"
    assert [s.id for s in found.sentences.counters] == ["L1"]
    assert [s.id for s in found.sentences.others] == ["E6", "own"]


def test_what_became_of_each(found) -> None:
    told = {s.id: s for group in found.sentences.documents.values() for s in group}
    fates = {id_: s.fate for id_, s in told.items()}
    assert fates == {
        "E1": "tested", "E2": "assumption", "E3": "tested", "E4": "untestable", "E5": "elsewhere",
        "M2": "in the model", "M3": "in the model", "M4": "in the model", "M5": "left out", "M10": "in the model",
    }  # fmt: skip
    assert [c.words for c in told["M4"].carriers] == ["setting “table”: two or many", "want `target.talk` of Target"]
    assert [c.words for c in told["M2"].carriers] == ["number “toll”, in want “relief” of Target"]
    assert (told["M10"].carriers[0].words, told["M10"].carriers[0].formula) == (
        "want “relief” of Target", "sender.press and not target.talk",
    )  # fmt: skip
    counter = found.sentences.counters[0]
    assert (counter.counters, counter.carriers[0].words) == (("M2", "M10"), "rate at which “wear” rises")
    assert (told["M5"].reason, told["E4"].reason) == ("the case has no crowd", "the case has no friendship")
    assert (told["M2"].quote, told["M2"].passage) == ("pressure hurts those who decide", "p2")
    assert found.left_out == {"M5": "the case has no crowd"}
    assert found.elsewhere == {"E5": "two-essays-earlier"}
    assert told["E5"].tested_in == "two-essays-earlier"
    assert "E5" not in found.verdicts, "what another case tests has no verdict here"
    assert told["E1"].mechanism == ("M2",)


def test_claims_of_strategies_that_were_not_run() -> None:
    some = offramp.analyse(case, worlds=2, seed=1, strategies=["free"])
    fates = {s.id: s.fate for s in some.sentences.documents["hawk"]}
    assert (fates["E1"], fates["E2"]) == ("not run", "assumption")
    assert some.advice == {}
    assert some.focal == "free"


def test_passages_that_are_no_numbers() -> None:
    text = "offramp: 1\nsources: {a: {title: A}}\nplayers: {us: {options: {push: {}}}}\nclaims:\n" + "".join(
        f"  C{n}: {{says: So., source: a, factual: true{passage}}}\n"
        for n, passage in enumerate(["", *(f", passage: {place}" for place in ("p10", "p9b", "note 2", "p9", "p²"))])
    )
    told = fates_of(parse_case(text).case, ())
    assert [s.id for s in told.documents["a"]] == ["C3", "C4", "C2", "C1", "C5", "C0"]


def test_elements_in_words() -> None:
    text = """\
offramp: 1
players:
  us:
    name: The United States
    options: {push: {switching: {raise: [0.1, 0.2]}}}
    factions:
      hawks: {name: the hawks, influence: [0.2, 0.5], mechanism: [m], wants: [{id: win, that: us.push, worth: [0, 1]}]}
      doves: {influence: rest}
  them: {name: Them, options: {bow: {}}}
perceives: {them: {us.factions.hawks.wants.win.worth: {range: [0, 1], mechanism: [m], off: 1}}}
conditions: {dread: {name: dread of war, levels: [low, high], rises: [{rate: 0.1, mechanism: [m]}], mechanism: [m]}}
strategies: {go: {player: us, does: [{chance: {range: [0.5, 0.9], mechanism: [m]}, set: {push: yes}}]}}
"""
    small = parse_case(text).case
    words = [carrier.words for carrier in carriers_of(small)["m"]]
    assert words[1:] == [
        "influence of the hawks (The United States)",
        "what Them believes of the worth of win to the hawks",
        "drift of “dread of war”", "rate at which “dread of war” rises",
    ]  # fmt: skip
    assert words[0] == "chance in the rules of go"
    names = names_of(small)
    assert all(say(small, group, names).text for group in grouped(elements_of(small)))


def test_a_number_is_told_by_what_uses_it() -> None:
    text = """\
offramp: 1
unknowns:
  one: {range: [0, 1], mechanism: [one]}
  twice: {is: 2 * one}
  chance: {range: [0.1, 0.9], mechanism: [chance]}
  many: {range: [0, 1], mechanism: [many]}
  idle: {range: [0, 1], mechanism: [idle]}
players:
  us:
    name: The United States
    pace: 1 + many
    options: {push: {switching: many}}
    factions:
      hawks:
        name: the hawks
        influence: 0.5
        wants: [{id: win, that: us.push, worth: twice}, {id: tire, that: us.push, worth: -many}]
      doves: {name: the doves, influence: rest, wants: [{id: win, that: us.push, worth: -twice}]}
conditions: {dread: {name: dread of war, levels: [low, high], rises: [{rate: many, of: us.push}]}}
outcomes: {pushed: {name: Pushed, of: us.push * many}}
strategies: {go: {name: Go on, player: us, does: [{chance: chance, set: {push: yes}}]}}
"""
    small = parse_case(text).case
    said = {id_: [c.words for c in carriers] for id_, carriers in carriers_of(small).items()}
    assert said == {
        "one": ["number “one”, in want “win” of the hawks and the doves (The United States)"],
        "chance": ["number “chance”, in the rules of “Go on”"],
        "many": [
            "number “many”, in want “tire” of the hawks (The United States), rate at which “dread of war” rises and 3 "
            "more"
        ],
        "idle": ["number “idle”"],
    }


def test_advice_is_paired_over_the_worlds_of_a_view(found) -> None:
    view = draw(case, 16, 1, view=case.views["hawk"])
    variants = [Variant(s) for s in case.strategies]
    table = run_jobs(case, [Job(v, "main", tuple(case.outcomes)) for v in variants], {"main": view})
    columns = {v.strategy: table.column(v, "talks")[1:] for v in variants}
    best = found.advice["talks"].views["hawk"]
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


def test_advice_differs_where_each_view_has_a_clear_best_of_its_own(found) -> None:
    talks, burden = found.advice["talks"], found.advice["burden"]
    assert (talks.views["dove"].strategy, talks.views["hawk"].strategy, talks.differs) == ("press", "insist", True)
    assert burden.all.strategy == "ease", "lower is better"
    assert burden.all.gain > 0
    assert not burden.differs
    assert "worn" not in found.advice, "neither main nor of a stated direction"


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


def test_tensions_show_every_view(found) -> None:
    tension = found.tensions["X1"]
    assert [(s.id, s.kind, s.source) for s in tension.between] == [
        ("M2", "mechanism", "hawk"), ("M3", "mechanism", "dove"), ("E1", "claim", "hawk"),
    ]  # fmt: skip
    assert list(tension.views) == ["hawk", "dove"]
    for view, cells in tension.views.items():
        band = found.views[view].outcomes["press"]["talks"]
        assert (cells["talks"].mean, cells["talks"].p05) == (band.mean, band.p05)
        assert cells["talks"].best[0] == found.advice["talks"].views[view].strategy
        assert cells["worn"].best == ()
    assert tension.outcomes["talks"].mean == found.outcomes_by["press"]["talks"].mean
    assert tension.claims == ("E1", "E3", "E2")
    assert found.focal == "press", "the first committed strategy"
    assert focal_strategy(case, ["free", "ease"]) == "ease"


def test_what_rests_on_guesses(found) -> None:
    shares = found.guesses
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


def test_any_number_of_workers_gives_the_same_json(found) -> None:
    text = json.dumps(to_json(replace(found, interrupted=False)))
    assert json.dumps(to_json(offramp.analyse(case, worlds=32, seed=1, workers=1))) == text
    jsonschema.validate(json.loads(text), results_schema())
