"""``offramp reach`` asked for what cannot be had: one message, an exit code, nothing written."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

CASE = """\
offramp: 1
name: mine
title: "Wer gibt nach? Ω 北京 <b>[red]"
time: {unit: month, horizon: 3, foresight: 4}
unknowns: {gain: {range: [-1, 1], origin: guess}}
settings:
  aid: {levels: [none, some, much]}
  aim: {levels: [low, high]}
conditions:
  anger: {levels: [calm, cross], rises: [{of: us.push, rate: 0.2}]}
  mood: {levels: [sour, sweet]}
players:
  us:
    options: {push: {}, fort: {start: "yes"}}
    wants: [{that: us.push, worth: gain}]
  them:
    options: {bow: {}}
    wants:
      - {that: them.bow and not us.push, worth: 0.7}
      - {that: them.bow, worth: -0.6}
      - {that: them.bow and aid, worth: 1}
  idle: {options: {nod: {}}}
irreversible: [us.fort]
impossible: [us.push and idle.nod]
outcomes:
  bowed: {of: them.bow, measure: average, better: high, for: us}
  cost: {payoff: us, better: high, for: us}
strategies:
  hold: {player: us, does: [{otherwise: {push: no}}]}
  free: {}
views:
  hopeful: {gain: [0, 1]}
levers:
  line: {by: us, levels: {hold: {}, free: {follows: free, cost: 2}}, origin: guess}
  aid: {by: us, sets: aid, cost: {some: [1, 2], much: 3}, origin: guess}
targets:
  bow: {that: them.bow, by: us}
  nod: {that: idle.nod, by: idle}
claims:
  fact: {says: It is cold., factual: true}
"""


@pytest.fixture(autouse=True)
def mine(here):
    Path("mine.yaml").write_text(CASE, encoding="utf-8")
    return here


def edited(*edits: tuple[str, str]) -> None:
    text = CASE
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    Path("mine.yaml").write_text(text, encoding="utf-8")


def refused(done, code: int, *said: str) -> None:
    told = " ".join(done.err.split())
    assert done.code == code, told
    assert all(each in told for each in said), told
    assert done.out == ""
    assert sorted(path.name for path in Path().iterdir()) == ["mine.yaml", "small.yaml"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["not us.fort", "--by", "us"], ["cannot come about", "`us.fort` can only be yes"]),
        (["us.push and idle.nod", "--by", "us"], ["no possible configuration"]),
        (["mood == sweet", "--by", "us"], ["`mood` can only be sour"]),
        (["aim == high", "--by", "us"], ["`aim` can only be low"]),
        (["aid == much", "--hold", "aid"], ["`aid` can only be none"]),
        (["them.bow or not them.bow", "--by", "us"], ["holds in every state"]),
        (["true"], ["holds in every state"]),
        (["nod"], ["`idle` has no lever", "Say --by us"]),
        (["bow", "--by", "nobody"], ["no player `nobody`"]),
        (["bow", "--by", "them"], ["`them` has no lever", "Say --by us"]),
        (["bow", "--hold", "aid="], ["`--hold aid=` names no level", "--hold LEVER=LEVEL"]),
        (["bow", "--hold", ""], ["names no lever"]),
        (["bow", "--hold", "=some"], ["names no lever"]),
        (["bow", "--hold", "aid=lots"], ["no level `lots`", "none, some, much"]),
        (["bow", "--hold", "aid=some", "--hold", "aid"], ["`aid` is held twice"]),
        (["bow", "--hold", "line=free", "--budget", "1"], ["the cheapest costs 2", "--budget"]),
        (["bow", "--budget", "nan"], ["nan is not a finite number"]),
        (["bow", "--budget", "-1"], ["not in the range"]),
        (["bow", "--level", "nan"], ["nan is not a finite number"]),
        (["bow", "--level", "inf"], ["inf is not a finite number"]),
        (["bow", "--level", "x"], ["'x' is not a valid number"]),
        (["bow", "--level", "1.2"], ["cannot come to 1.2", "between 0 and 1"]),
        (["bowed", "--level", "-0.2"], ["cannot come to -0.2", "between 0 and 1"]),
        (["bow", "--in", "0"], ["not in the range"]),
        (["bow", "--in", "nan"], ["nan is not a finite number"]),
        (["bow", "--view", "yours"], ["no view `yours`", "hopeful"]),
        (["bow", "--worlds", "7"], ["not in the range"]),
        (["bow", "--solves", "0"], ["not in the range"]),
        (["cost"], ["does not say of states"]),
        (["thm.bow"], ["Nothing is called 'thm.bow'", "Did you mean them.bow?"]),
        (["aid == lots"], ["aid has no level 'lots'"]),
        (["gain > 0"], ["Nothing is called 'gain'"]),
        (["them.bow \x1b[31m"], ["is no target", "U+001B"]),
        ([""], ["has no target ``", "bow, nod"]),
        (["bow", "--page", "mine.yaml"], ["mine.yaml is there already"]),
        (["bow", "--page", "."], ["is there already"]),
        (["bow", "--page", "a" * 300], ["File name too long"]),
    ],
)
def test_what_cannot_be_asked(offramp, arguments, said) -> None:
    done = offramp("reach", "mine.yaml", *arguments, "--json")
    refused(done, 2, *said)
    assert "\x1b" not in done.err
    hint = done.err.strip().rpartition(". ")[2]
    assert done.err.count(hint) == 1


def test_all_of_them_are_also_each_of_them(offramp) -> None:
    assert offramp("reach", "mine.yaml", "bow", "--by", "us", "--by", "all", "--worlds", 8).code == 0


def test_too_many_packages_are_counted(offramp) -> None:
    settings = "".join(f"  s{n}: {{levels: [a, b]}}\n" for n in range(16))
    levers = "".join(f"  s{n}: {{by: us, sets: s{n}, origin: guess}}\n" for n in range(16))
    edited(("settings:\n", f"settings:\n{settings}"), ("levers:\n", f"levers:\n{levers}"))
    refused(offramp("reach", "mine.yaml", "bow"), 2, "make 393,216 packages; 50,000 can be searched", "--hold")
    held = [word for n in range(8) for word in ("--hold", f"s{n}")]
    done = offramp("reach", "mine.yaml", "bow", *held, "--solves", 300, "--worlds", 8, "--json")
    found = json.loads(done.out)["search"]
    assert (done.code, found["packages"], found["finished"]) == (0, 1536, False)
    assert 0 < found["solves"] <= 300


def test_a_level_that_cannot_be_the_start_is_found_before_the_search(offramp) -> None:
    edited(
        ("us.push and idle.nod", "us.push"),
        ("  aid: {by", "  push: {by: us, sets: us.push, origin: guess}\n  aid: {by"),
    )
    refused(offramp("reach", "mine.yaml", "bow"), 3, "with the level `yes` the start is impossible")


def test_levers_that_stand_where_nothing_can_start(offramp) -> None:
    edited(
        ("us.push and idle.nod", "us.push and us.fort"),
        ("  aid: {by", "  push: {by: us, sets: us.push, origin: guess}\n  aid: {by"),
        ("irreversible: [us.fort]\n", ""),
        ('push: {}, fort: {start: "yes"}', "push: {}, fort: {}"),
        ("levers:\n", "levers:\n  fort: {by: us, sets: us.fort, origin: guess}\n"),
    )
    held = ["--hold", "push=yes", "--hold", "fort=yes"]
    refused(offramp("reach", "mine.yaml", "bow", *held, "--worlds", 8), 3, "all 48 worlds that were solved failed",
            "impossible configuration")  # fmt: skip


def test_all_packages_but_the_present_fail(offramp, monkeypatch) -> None:
    from offramp.errors import WorldError
    from offramp.inverse import trial as module

    real = module.outcomes_of

    def moved(graph, world, asked, job, tolerance):
        if job.variant.levels or job.variant.strategy != "hold":
            raise WorldError("no such world")
        return real(graph, world, asked, job, tolerance)

    monkeypatch.setattr(module, "outcomes_of", moved)
    done = offramp("reach", "mine.yaml", "bow", "--worlds", 8, "--json")
    found = json.loads(done.out)
    assert (done.code, found["search"]["failed"], found["best"]["moves"]) == (0, 40, [])
    monkeypatch.setattr(module, "outcomes_of", lambda *_: (_ for _ in ()).throw(WorldError("no such world")))
    refused(offramp("reach", "mine.yaml", "bow", "--worlds", 8), 3, "no such world", "failed")


def test_a_target_of_settings_alone(offramp) -> None:
    # as things stand no state is wanted: that is no reason to fail once the search is done
    done = offramp("reach", "mine.yaml", "them.bow and aid == much", "--level", 0.3, "--worlds", 8, "--json")
    held = json.loads(done.out)["held"]
    assert (done.code, held["now"]["wanted"], held["now"]["holding"]) == (0, 0, 0.0)
    assert held["best"]["wanted"] > 0
    stay = offramp("reach", "mine.yaml", "them.bow and aid == much", "--level", 1, "--worlds", 8)
    assert stay.code == 0
    assert "no wanted state is possible" in " ".join(stay.out.split())


def test_names_are_shown_as_they_are(offramp) -> None:
    done = offramp("reach", "mine.yaml", "bow", "--worlds", 8, "--page", "answer.html")
    assert done.code == 0
    assert "Wer gibt nach? Ω 北京 <b>[red]" in done.out
    assert "北京 <b>" not in Path("answer.html").read_text(encoding="utf-8")


# Ctrl-C and readers who leave


def test_stopped_before_anything_was_solved(offramp, monkeypatch) -> None:
    from offramp.inverse.trial import Trial

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Trial, "of", stop)
    done = offramp("reach", "mine.yaml", "bow", "--worlds", 8, "--page", "answer.html")
    refused(done, 4, "Stopped.")


def test_stopped_while_searching(offramp, monkeypatch) -> None:
    from offramp.inverse.trial import Trial

    real, calls = Trial.of, []

    def stop(self, keys):
        calls.append(len(keys))
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(self, keys)

    monkeypatch.setattr(Trial, "of", stop)
    done = offramp("reach", "mine.yaml", "bow", "--worlds", 64, "--json", "--page", "answer.html")
    found = json.loads(done.out)["search"]
    assert (done.code, found["interrupted"], found["solves"]) == (4, True, calls[0])
    assert f"Stopped early, after {calls[0]} solves." in done.err
    assert Path("answer.html").exists()


@pytest.mark.parametrize("late", ["reach.blocked", "reach.turning_points", "lasting.mediate", "lasting.other_wants"])
def test_stopped_once_the_search_is_done(offramp, monkeypatch, late: str) -> None:
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(f"offramp.findings.reach.{late}", stop)
    done = offramp("reach", "mine.yaml", "bow", "--worlds", 8)
    assert done.code == 4
    assert "What would it take?" in done.out
    assert "Stopped early, after 48 solves." in done.err


def test_ctrl_c_is_heard_once(offramp, monkeypatch) -> None:
    from offramp.findings.reach import reach as module

    def stop(*_, **__):
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)  # a second one, at once, changes nothing

    monkeypatch.setattr(module, "turning_points", stop)
    before = signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        done = offramp("reach", "mine.yaml", "bow", "--worlds", 8)
    finally:
        signal.signal(signal.SIGINT, before)
    assert done.code == 4
    assert "What would it take?" in done.out


def test_a_page_is_written_although_the_reader_left(here) -> None:
    read, write = os.pipe()
    os.close(read)
    asked = ["reach", "mine.yaml", "bow", "--worlds", "8", "--page", "answer.html"]
    done = subprocess.run([sys.executable, "-m", "offramp", *asked], stdout=write, stderr=subprocess.PIPE, timeout=60)
    os.close(write)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
    assert Path("answer.html").exists()
