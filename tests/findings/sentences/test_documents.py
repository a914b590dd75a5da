"""What became of the sentences of two essays."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema

import offramp
from offramp.casefile import parse_case
from offramp.findings.sentences.documents import fates_of
from offramp.report import results_schema, to_json

case = offramp.load_case(Path(__file__).parents[1] / "two_essays.yaml")


def test_sentences_come_in_reading_order(essays) -> None:
    order = {source: [s.id for s in told] for source, told in essays.sentences.documents.items()}
    assert order == {"hawk": ["E2", "M2", "E1", "M10"], "dove": ["M4", "E5", "M3", "M5", "E3", "E4"]}
    assert list(order) == ["hawk", "dove"], "as the case lists its sources"
    assert [s.id for s in essays.sentences.counters] == ["L1"]
    assert [s.id for s in essays.sentences.others] == ["E6", "own"]


def test_what_became_of_each(essays) -> None:
    told = {s.id: s for group in essays.sentences.documents.values() for s in group}
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
    counter = essays.sentences.counters[0]
    assert (counter.counters, counter.carriers[0].words) == (("M2", "M10"), "rate at which “wear” rises")
    assert (told["M5"].reason, told["E4"].reason) == ("the case has no crowd", "the case has no friendship")
    assert (told["M2"].quote, told["M2"].passage) == ("pressure hurts those who decide", "p2")
    assert essays.left_out == {"M5": "the case has no crowd"}
    assert essays.elsewhere == {"E5": "two-essays-earlier"}
    assert told["E5"].tested_in == "two-essays-earlier"
    assert "E5" not in essays.verdicts, "what another case tests has no verdict here"
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


def test_any_number_of_workers_gives_the_same_json(essays) -> None:
    text = json.dumps(to_json(replace(essays, interrupted=False)))
    assert json.dumps(to_json(offramp.analyse(case, worlds=32, seed=1, workers=1))) == text
    jsonschema.validate(json.loads(text), results_schema())
