from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

from offramp.report.trace_json import trace_schema

CASE = """\
offramp: 1
name: door
title: Who pushes?
time: {unit: month, horizon: 6, foresight: 10}
sources: {essay: {title: On doors, author: A. Author, date: 2001}}
unknowns: {gain: {range: [1, 2], origin: guess}}
players:
  us:
    name: Us
    options: {push: {}}
    wants:
      - {id: win, that: us.push, worth: gain, mechanism: [M1], source: essay, quote: "the door’s worth it"}
      - {id: fear, that: us.push, worth: [-0.4, -0.2], mechanism: [M2], origin: guess}
  them:
    options: {bow: {}}
    wants: [{id: pride, that: them.bow, worth: -0.5, mechanism: [M3], origin: guess}]
outcomes:
  pushed: {name: Door pushed (share of the time), of: us.push, measure: average}
  calm: {name: Quiet, of: not us.push, measure: final}
strategies:
  free: {}
  hold: {name: They hold, player: them, does: [{otherwise: {bow: no}}]}
  bend: {name: They bend, player: them, does: [{otherwise: {bow: yes}}]}
claims:
  E1: {says: We push most of the time., test: "pushed[hold] > 0.5", mechanism: [M1, M3]}
  E2: {says: It is so., test: "pushed[hold] > 0"}
mechanisms:
  M1: {says: What lies behind is worth a push., source: essay, quote: "the door’s worth it", passage: "3"}
  M2: {says: Whoever pushes is afraid.}
  M3: {says: They are proud.}
  M4: {says: The door may be locked.}
left_out: {M4: nobody says so}
"""


@pytest.fixture
def door(offramp, monkeypatch):
    """Trace something in a small case."""
    Path("door.yaml").write_text(CASE, encoding="utf-8")
    monkeypatch.setenv("COLUMNS", "100")
    return lambda *arguments: offramp("trace", "door.yaml", *arguments)


def test_one_sentence_within_a_screen(door, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    done = door("M1")
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert 24 <= len(lines) <= 40
    assert max(map(len, lines)) <= 80
    assert lines[0].startswith("M1  clearly raises “Door pushed” from 0.")
    assert [line for line in lines if line.isupper()] == [
        "WHAT IT DOES", "HOW SURE", "WHAT IT BECAME", "VERDICTS, WITH IT → WITHOUT IT"
    ]  # fmt: skip
    assert lines[1:4] == ["“the door’s worth it”", "A. Author, On doors, 2001, passage 3",
                          "What lies behind is worth a push."]  # fmt: skip
    assert "- want “win” of Us, worth a month: 1 to 2 (quoted)" in lines
    said = " ".join(done.out.split())
    assert "Under “They hold”, over the same " in said
    assert "- “Door pushed (share of the time)”: 0." in said
    assert "higher with it in 100 % of the stated worlds, lower in 0 %." in said
    assert "To “Door pushed” it adds, under other strategies: bend +0." in said
    assert "The interval leaves out 0" in said
    assert "- E1 holds → fails (100 % → 0 % of the stated worlds)" in lines
    assert "1 other: the same word with it and without it." in lines
    assert "it does not say how right the ranges are." in said
    assert lines[-1] == "Shortened to a screen: --all shows every outcome, strategy, verdict and element."
    assert "likely" not in done.out


def test_all_of_one_sentence(door) -> None:
    brief, whole = door("M1", "--worlds", 16).out, door("M1", "--worlds", 16, "--all").out
    assert whole.splitlines()[:4] == brief.splitlines()[:4]
    assert "WHAT IT ADDS, BY STRATEGY" in whole
    assert re.search(r"^ +hold +bend$", whole, re.MULTILINE)
    assert re.search(r"^Door pushed +\+0\.\d+ +\+0\.\d+$", whole, re.MULTILINE)
    assert re.search(r"^- E1 holds → fails .* points, 95 % interval ", whole, re.MULTILINE)
    assert "Shortened" not in whole
    assert "also: M2  " in door("worth", "--worlds", 2, "--all").out


def test_what_does_nothing_and_what_one_world_tells(door) -> None:
    assert door("M3", "--worlds", 2).out.startswith("M3  moves no main outcome\n")
    assert "it does exactly nothing there" in " ".join(door("M3", "--worlds", 2).out.split())
    one = door("M1", "--worlds", 1).out
    assert one.startswith("M1  raises “Door pushed” from ")
    assert "One world has no interval." in one


def test_words_of_a_sentence_need_no_quotation_marks(door) -> None:
    assert door("the", "Door's", "worth").out.startswith("M1 ")
    done = door("worth", "--worlds", 2)
    assert "“worth” also fits M2" in done.out


def test_the_whole_ranking(door) -> None:
    done = door("--worlds", 16)
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0] == "What the sentences of door do"
    (first,) = [n for n, line in enumerate(lines) if line.startswith("M1 ")]
    assert "Quiet −0." in lines[first]
    assert lines[first].endswith(" 16")
    assert "“the door’s worth it” → want “win” of Us" in lines[first + 1]
    assert "CARRY NOTHING HERE (1)" in lines
    assert any(line.startswith("M3    They are proud.  [nothing under this strategy depends on it]") for line in lines)
    assert lines[-2:] == ["LEFT OUT OF THE CASE (1)", "M4    nobody says so"]
    assert "verdicts without it: E1 holds → fails" in door("--worlds", 16, "--verdicts").out


def test_an_outcome_a_claim_and_what_is_left_out(door) -> None:
    assert door("pushed").out.startswith("What carries “Door pushed (share of the time)”\n")
    claim = door("E1").out
    assert claim.startswith("E1  holds\nWe push most of the time.\nTest: pushed[hold] > 0.5\nIt holds in 100 %")
    assert "    holds → fails (100 % → 0 % of the stated worlds" in claim
    assert "    holds: nothing that it compares depends on this" in claim
    for case, head in (
        ("factual: true", "taken for granted"), ("untestable: no wind", "cannot be tested here"),
        ("tested_in: window", "tested in window"),
    ):  # fmt: skip
        text = CASE.replace('says: It is so., test: "pushed[hold] > 0"', f"says: It is so., {case}")
        Path("door.yaml").write_text(text, encoding="utf-8")
        assert door("E2").out.splitlines()[0] == f"E2  {head}"
        jsonschema.validate(json.loads(door("E2", "--json").out), trace_schema())
    assert door("E2").out.splitlines()[2:] == ["For its verdict: offramp trace window E2"]
    assert door("M4").out == "M4\nThe door may be locked.\nThe case leaves it out: nobody says so\n"


@pytest.mark.parametrize("asked", [(), ("M1",), ("M4",), ("E1",), ("calm",)])
def test_json_alone_on_stdout(door, asked) -> None:
    runs = [door(*asked, "--json", "--worlds", 3, "--workers", n) for n in (1, 2)]
    assert [(run.code, run.err) for run in runs] == [(0, "")] * 2
    assert runs[0].out == runs[1].out
    jsonschema.validate(json.loads(runs[0].out), trace_schema())
    assert door("--json", "--worlds", 3, "--seed", 1).out != door("--json", "--worlds", 3).out


def test_options_are_heeded(door) -> None:
    found = json.loads(door("M1", "--json", "--strategy", "free", "--worlds", 5, "--precision", 0.5).out)
    assert (list(found["strategies"]), found["most"], found["precision"]) == (["free"], 5, 0.5)
    assert found["weights"][0]["worlds"] == 5


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("M9",), "no sentence of door fits “M9”. Did you mean M"), (("nonsense",), "Ask for a mechanism (M1 to M4)"),
     (("M1", "--strategy", "fold"), "there is no strategy `fold`"), (("--worlds", 0), "Usage: offramp trace"),
     (("--precision", 0), "Usage: offramp trace")],
)  # fmt: skip
def test_what_is_not_there(door, arguments, said) -> None:
    done = door(*arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_a_case_without_sentences(offramp) -> None:
    done = offramp("trace", "small.yaml")
    assert done.code == 2
    assert "no element of small says which sentence it stands for" in done.err


def test_ctrl_c_shows_what_is_done(door, monkeypatch) -> None:
    import offramp.ensemble.run as module

    real = module._Run._finish
    rounds = iter(range(9))

    def stopping(*args):
        if next(rounds) == 2:
            raise KeyboardInterrupt
        return real(*args)

    monkeypatch.setattr(module._Run, "_finish", stopping)
    done = door()
    assert done.code == 4
    assert "What the sentences of door do" in done.out
    assert "Stopped early: 7 of at most 64 worlds" in done.err
    monkeypatch.setattr(module._Run, "_finish", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    done = door()
    assert (done.code, done.out, done.err.strip()) == (4, "", "Stopped.")


def test_text_of_a_case_cannot_move_the_cursor(door) -> None:
    Path("door.yaml").write_text(CASE.replace("They are proud.", '"They are \\e[2J proud."'), encoding="utf-8")
    assert "\x1b" not in door("--worlds", 1).out
    assert "\x1b" not in door("M3", "--worlds", 1).out


def test_it_explains_itself(offramp) -> None:
    done = offramp("trace", "--help")
    assert done.code == 0
    assert "Usage: offramp trace" in done.out
    assert '"WORDS"' in done.out
    jsonschema.Draft202012Validator.check_schema(json.loads(offramp("schema", "trace").out))
