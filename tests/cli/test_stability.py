"""``offramp stability``"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from offramp.stability import CONCEPTS


def test_what_holds_for_programs(offramp) -> None:
    done = offramp("stability", "small.yaml", "--worlds", 16, "--json")
    assert done.code == 0
    found = json.loads(done.out)
    vectors = [(s["us.push"], s["them.bow"]) for s in found["states"]]
    assert sorted(vectors) == [("no", "no"), ("no", "yes"), ("yes", "no"), ("yes", "yes")]
    assert vectors[found["start"]] == ("no", "no")
    assert (found["worlds"], found["failed"]) == (16, 0)
    assert list(found["stable"]) == list(CONCEPTS)
    # to bow is worth 0.5 unless pushed, then -0.2; in the best guess a push is worth nothing
    assert found["stable"]["nash"]["us"] == [True] * 4
    bows = dict(zip(vectors, found["stable"]["nash"]["them"], strict=True))
    assert bows == {("no", "no"): False, ("no", "yes"): True, ("yes", "no"): True, ("yes", "yes"): False}
    assert found["equilibria"]["nash"] == [n for n, v in enumerate(vectors) if bows[v]]
    shares = dict(zip(vectors, found["shares"]["nash"], strict=True))
    assert shares["no", "no"] == shares["yes", "yes"] == 0.0
    assert shares["no", "yes"] + shares["yes", "no"] == 1.0, "a push pays or does not"
    assert shares["yes", "no"] == pytest.approx(0.5, abs=0.1)


def test_what_holds_for_readers(offramp) -> None:
    done = offramp("stability", "small.yaml", "--worlds", 4)
    assert done.code == 0
    assert "4 configurations can be reached" in done.out
    assert "us: push no; them: bow yes" in done.out
    assert max(map(len, done.out.splitlines())) <= 80


def test_why(offramp) -> None:
    done = offramp("stability", "small.yaml", "--why", "start")
    assert done.code == 0
    assert "Why it does not hold (seq, best guess)" in done.out
    assert "them: would leave" in done.out
    assert "It would gain by setting bow to yes (0.00 to 0.50)" in done.out
    pushed = offramp("stability", "small.yaml", "--why", "us.push=yes", "--concept", "nash")
    assert "Why it holds (nash, best guess)" in pushed.out
    assert "It has no better move from here (0.00)." in pushed.out


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("us.pull=yes", "there is no option `us.pull`"),
        ("us.push=maybe", "`us.push` has no level `maybe`. Take one of no, yes"),
        ("", "there is no option ``"),
    ],
)
def test_states_that_are_not_there(offramp, why, said) -> None:
    done = offramp("stability", "small.yaml", "--why", why)
    assert done.code == 2
    assert said in done.err
    assert "Traceback" not in done.err


FEAR = """
offramp: 1
name: fear
title: Fear
time: {unit: month, horizon: 10, foresight: 20}
settings:
  cheap: {levels: ["no", "yes"]}
players:
  us:
    options: {push: {}}
    wants: [{that: us.push and not cheap, worth: -0.3}, {that: fear, worth: 1}, {that: us.push and fear, worth: -0.2}]
conditions:
  fear: {levels: [calm, afraid], start: calm, rises: "0.3 * us.push"}
outcomes:
  pushed: {of: us.push, measure: average}
strategies:
  free: {}
"""


def test_fixed_levels(offramp) -> None:
    Path("fear.yaml").write_text(FEAR, encoding="utf-8")

    def holds(*at: str) -> list[bool]:
        done = offramp("stability", "fear.yaml", "--worlds", 1, "--json", *(x for name in at for x in ("--at", name)))
        assert done.code == 0, done.err
        return json.loads(done.out)["stable"]["nash"]["us"]

    assert holds() == [False, True], "pushing makes them afraid"
    assert holds("fear=calm") == [True, False], "with fear as it is, pushing only costs"
    assert holds("fear=calm", "cheap=yes") == [True, True]
    assert holds("fear=afraid", "cheap=yes") == [True, False]
    said = offramp("stability", "fear.yaml", "--at", "fear=calm").out
    assert "the conditions as they start" in said


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("feer=calm", "there is no setting, condition or option `feer`. Take one of cheap, fear, us.push"),
        ("fear=high", "`fear` has no level `high`. Take one of calm, afraid"),
        ("fear", "`fear` has no level ``"),
    ],
)
def test_levels_that_are_not_there(offramp, at, said) -> None:
    Path("fear.yaml").write_text(FEAR, encoding="utf-8")
    done = offramp("stability", "fear.yaml", "--at", at)
    assert done.code == 2
    assert said in done.err
