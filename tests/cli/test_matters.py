from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

from offramp.report.matters_json import matters_schema

CASE = """\
offramp: 1
name: toll
title: Is the bridge worth the toll?
time: {unit: month, horizon: 4, foresight: 6}
unknowns:
  gain: {range: [0, 2], origin: guess, why: what the road brings, mechanism: [M1]}
  dread: {range: [0, 1], origin: literature, mechanism: [M2]}
  spare: {range: [0, 1], origin: guess}
settings: {toll: {levels: [no, yes]}}
players:
  us:
    name: Us
    options: {cross: {}}
    wants: [{that: us.cross, worth: gain - dread, origin: guess}]
outcomes:
  crossed: {name: Crossings (share of the time), of: us.cross, measure: average}
  purse: {name: Purse, of: toll * gain + (1 - toll) * 0.6, measure: final, better: high, for: us}
  mixed: {name: Mixed, of: gain * dread, measure: final, main: false}
strategies:
  free: {name: No toll}
  paid: {name: A toll, settings: {toll: yes}}
mechanisms:
  M1: {says: Roads bring gain.}
  M2: {says: Bridges frighten.}
"""


@pytest.fixture
def toll(offramp, monkeypatch):
    """Ask about a small case."""
    Path("toll.yaml").write_text(CASE, encoding="utf-8")
    monkeypatch.setenv("COLUMNS", "80")
    return lambda *arguments: offramp("matters", "toll.yaml", *arguments)


def test_sentences_then_tables(toll) -> None:
    done = toll("--worlds", 64, "--outcome", "purse", "--strategy", "paid", "--against", "free")
    assert (done.code, done.err) == (0, "")
    lines, said = done.out.splitlines(), " ".join(done.out.split())
    assert max(map(len, lines)) <= 80
    assert [line for line in lines if line.isupper()] == [
        "WHAT DRIVES THEM, BY PLAYER", "ONE UNKNOWN AT A TIME", "WHERE THE CHOICE CHANGES"
    ]  # fmt: skip
    assert lines[0] == "What the outcomes of toll hang on"
    assert re.match(r"64 worlds, seed 0, \d+ solves", lines[1])
    assert "What drives “Purse”: Us, with 100 %" in said
    assert "Single unknowns that stand out for “Purse”, with what each explains by itself: gain (Us; a guess)" in said
    assert re.search(r"^Us +\d+ % \(\d+–\d+\) +\d+ % \(\d+–\d+\) +2$", done.out, re.MULTILINE)
    assert "With all unknowns at the best guess “Purse” is 1.00. Most by itself does gain (Us; a guess)" in said
    assert "from 0.1 to 1.9 it takes it from 0.10 to 1.90. 2 of 3 unknowns move it by no more than 0.01" in said
    assert re.search(r"^gain +0\.10 ░+│█+ 1\.90 +0\.1 to 1\.9$", done.out, re.MULTILINE)
    assert "in the best guess, “A toll” is 0.40 ahead of “No toll”" in said
    assert "“No toll” would be preferred, all else as guessed, with gain below 0.60 (best guess 1)." in said
    assert "2 of 3 unknowns would not change that by themselves, anywhere in their range." in said
    assert re.search(r"^gain +0 to 2 +1 +below 0\.60 +0\.60 +turns$", done.out, re.MULTILINE)
    assert "likely" not in done.out


@pytest.mark.parametrize("by", ["player", "origin", "mechanism", "unknown"])
def test_json_alone_on_stdout(toll, by) -> None:
    runs = [toll("--by", by, "--json", "--worlds", 16, "--workers", n) for n in (1, 2)]
    assert [(run.code, run.err) for run in runs] == [(0, "")] * 2
    assert runs[0].out == runs[1].out
    found = json.loads(runs[0].out)
    jsonschema.validate(found, matters_schema())
    assert found["by"] == by
    assert list(found["drives"]) == list(found["tornadoes"]) == ["crossed", "purse"]
    assert toll("--by", by, "--json", "--worlds", 16, "--seed", 1).out != runs[0].out


def test_without_a_direction_and_by_mechanism(toll) -> None:
    done = toll("--worlds", 32, "--outcome", "crossed", "--by", "mechanism")
    assert done.code == 0
    said = " ".join(done.out.split())
    assert "An unknown may carry several mechanisms and then counts in each." in said
    assert "M1: Roads bring gain." in said
    assert "“A toll” and “No toll” differ by 0.00, which counts as no difference." in said
    assert "What drives “Crossings”: M1: Roads bring gain, with " in said
    assert "all others together" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--strategy", "fre"), "there is no strategy `fre`"), (("--outcome", "purs"), "Did you mean purse?"),
        (("--outcome", "nothing"), "Choose among crossed, purse, mixed"), (("--against", "free"), "against itself"),
        (("--worlds", 1), "Usage: offramp matters"), (("--by", "colour"), "Usage: offramp matters"),
    ],
)  # fmt: skip
def test_what_is_not_there(toll, arguments, said) -> None:
    done = toll(*arguments)
    assert (done.code, done.out) == (2, "")
    assert said in " ".join(done.err.split())


def test_one_strategy_has_no_break_even(offramp) -> None:
    text = CASE.replace("  paid: {name: A toll, settings: {toll: yes}}\n", "")
    Path("toll.yaml").write_text(text, encoding="utf-8")
    done = offramp("matters", "toll.yaml", "--worlds", 8)
    assert done.code == 0
    assert "WHERE THE CHOICE CHANGES" not in done.out
    assert json.loads(offramp("matters", "toll.yaml", "--worlds", 8, "--json").out)["break_even"] is None


def test_ctrl_c_shows_what_is_done(toll, monkeypatch) -> None:
    import offramp.ensemble.run as module

    real, rounds = module._Run._finish, iter(range(99))

    def stopping(after):
        def finish(*args):
            if next(rounds) >= after:
                raise KeyboardInterrupt
            return real(*args)

        return finish

    monkeypatch.setattr(module._Run, "_finish", stopping(12))
    done = toll("--worlds", 64)
    assert done.code == 4
    assert "ONE UNKNOWN AT A TIME" in done.out
    assert "WHERE THE CHOICE CHANGES" not in done.out
    assert re.search(r"Stopped early, after \d+ of about \d+ solves\.", done.err)
    rounds = iter(range(99))
    monkeypatch.setattr(module._Run, "_finish", stopping(0))
    done = toll("--worlds", 64)
    assert (done.code, done.out, done.err.strip()) == (4, "", "Stopped.")


def test_ctrl_c_among_break_evens_is_told_as_that(toll, monkeypatch) -> None:
    import offramp.ensemble.run as module
    from offramp.findings.sensitivity.answering import Answer

    real, finish = Answer._solved, module._Run._finish

    def stop(*_):
        raise KeyboardInterrupt

    def solved(*args):
        monkeypatch.setattr(module._Run, "_finish", stop)
        return real(*args)

    monkeypatch.setattr(Answer, "_solved", solved)
    asked = ("--worlds", 8, "--outcome", "purse", "--strategy", "paid")
    done = toll(*asked)
    said = " ".join(done.out.split())
    assert done.code == 4
    assert "2 of 3 unknowns would not change that by themselves, anywhere in their range" in said
    assert "range; it was stopped before 1 was done." in said
    assert "could not be computed" not in said
    monkeypatch.setattr(module._Run, "_finish", finish)
    found = json.loads(toll(*asked, "--json").out)
    jsonschema.validate(found, matters_schema())
    assert (found["break_even"]["failed"], found["break_even"]["stopped"]) == (0, 1)


def test_without_a_best_guess_there_are_no_swings(offramp, monkeypatch) -> None:
    """A rate below 0 where the gain is near its best guess, and nowhere else."""
    monkeypatch.setenv("COLUMNS", "80")
    fear = "{levels: [low, high], rises: [{of: us.cross, rate: (gain - 1) * (gain - 1) - 0.01, origin: guess}]}"
    text = CASE.replace("outcomes:\n", f"conditions:\n  fear: {fear}\noutcomes:\n")
    Path("toll.yaml").write_text(text, encoding="utf-8")
    asked = ("matters", "toll.yaml", "--worlds", 32, "--outcome", "purse", "--strategy", "paid")
    assert offramp(*asked).code == 3, "as a run, it looks at the best guess first"
    monkeypatch.setattr("offramp.findings.check.check_case", lambda case: None)
    done = offramp(*asked)
    assert done.code == 0, done.err
    said = " ".join(done.out.split())
    assert "With all unknowns at the best guess “Purse” could not be computed: no swings around it can be told." in said
    assert "in the best guess, “No toll” and “A toll” could not both be computed. Over " in said
    assert "░" not in said
    found = json.loads(offramp(*asked, "--json").out)
    jsonschema.validate(found, matters_schema())
    tornado = found["tornadoes"]["purse"]
    assert (tornado["best_guess"], tornado["swings"], tornado["idle"]) == (None, [], 0)


def test_text_of_a_case_cannot_move_the_cursor(toll) -> None:
    text = CASE.replace("name: Us", 'name: "U\\e[2Js"').replace("name: Purse", 'name: "Pu\\e[2Jrse"')
    Path("toll.yaml").write_text(
        text.replace("says: Roads", 'says: "\\e[2J"').replace(" bring gain.", ""), encoding="utf-8"
    )
    for by in ("player", "mechanism"):
        assert "\x1b" not in toll("--worlds", 8, "--by", by, "--outcome", "purse").out


def test_it_explains_itself(offramp) -> None:
    done = offramp("matters", "--help")
    assert done.code == 0
    assert "Usage: offramp matters" in done.out
    jsonschema.Draft202012Validator.check_schema(json.loads(offramp("schema", "matters").out))
