"""``offramp stability``"""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
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
    assert "of 4 configurations there hold" in done.out
    assert "[1] us: push no; them: bow yes" in done.out
    assert max(map(len, done.out.splitlines())) <= 80


def test_why(offramp) -> None:
    done = offramp("stability", "small.yaml", "--why", "start")
    assert done.code == 0
    assert "In the best guess it does not hold: them would leave (seq)." in done.out
    assert "This is the start." in done.out
    assert "them would leave" in done.out
    assert "Setting bow to yes would pay (0.00 to 0.50)" in done.out
    pushed = offramp("stability", "small.yaml", "--why", "us.push=yes", "--concept", "nash")
    assert "In the best guess it holds (nash)." in pushed.out
    assert "With the levels named there are 2 configurations; 1 hold in the best guess." in " ".join(pushed.out.split())
    assert "There is no better move from here (0.00)." in pushed.out
    by_number = offramp("stability", "small.yaml", "--why", "2", "--concept", "nash").out
    assert by_number.splitlines()[0] == pushed.out.splitlines()[0]


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("us.pull=yes", "there is no option `us.pull`"),
        ("us.push=maybe", "`us.push` has no level `maybe`. Take one of no, yes"),
        ("", "there is no option ``"),
        ("4", "there is no configuration 4. They are numbered from 0 to 3"),
        ("us.push=yes,us.push=no", "`us.push` stands twice"),
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
    assert "Assumed: fear calm; no condition drifts." in said
    assert "fear is calm at the start anyway; what changes is that no condition drifts." in " ".join(said.split())


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


def test_a_view(offramp) -> None:
    Path("fear.yaml").write_text(FEAR, encoding="utf-8")
    done = offramp("stability", "fear.yaml", "--view", "theirs")
    assert done.code == 2
    assert "there is no view `theirs`. The case has no views" in done.err
    full = offramp("stability", "coercion", "--worlds", 64, "--json")
    doubted = offramp("stability", "coercion", "--worlds", 64, "--json", "--view", "doubted")
    assert (json.loads(full.out)["view"], json.loads(doubted.out)["view"]) == (None, "doubted")


def test_ways_there_and_who_can_block_them(offramp) -> None:
    there = offramp("stability", "small.yaml", "--to", "us.push=yes,them.bow=yes")
    assert there.code == 0
    assert "moves by which their movers gain: there is no way" in there.out, "bowing under a push does not pay"
    assert "By any legal moves: 2 moves." in there.out
    assert "Can be blocked by us and them, each by staying put." in there.out
    onward = offramp("stability", "small.yaml", "--from", "us.push=yes,them.bow=yes", "--concept", "nash")
    assert "1 move, each of which pays its mover" in onward.out
    found = json.loads(offramp("stability", "small.yaml", "--from", "3", "--json", "--concept", "nash").out)
    assert [each["state"] for each in found["reached"]] == found["equilibria"]["nash"]
    assert found["reached"][-1] == {"state": 2, "improvements": 1, "moves": 1, "blockers": ["them"]}


def test_acting_together_and_looking_ahead(offramp) -> None:
    done = offramp("stability", "prisoners-dilemma", "--coalitions", "--strict", "--concept", "nash")
    assert done.code == 0, done.err
    assert "One sets cooperate to yes and Two sets cooperate to yes: [3]." in done.out
    ahead = offramp("stability", "prisoners-dilemma", "--moves", "1", "--json")
    found = json.loads(ahead.out)
    assert found["limited"]["stable"] == found["stable"]["nash"]
    many = offramp("stability", "iran-2009", "--moves", "3")
    assert many.code == 2
    assert "Traceback" not in many.err


def test_json_follows_its_schema(offramp) -> None:
    schema = json.loads(offramp("schema", "stability").out)
    for options in ((), ("--why", "start", "--to", "0"), ("--from", "0", "--coalitions", "--moves", "4")):
        done = offramp("stability", "prisoners-dilemma", "--worlds", 4, "--json", *options)
        assert done.code == 0, done.err
        jsonschema.validate(json.loads(done.out), schema)


def test_every_witness_bears_out_the_cell(offramp) -> None:
    found = json.loads(offramp("stability", "crisis-bargaining", "--worlds", 1, "--json").out)
    for concept, by_state in found["witnesses"].items():
        for n, by_player in by_state.items():
            for player, witness in by_player.items():
                assert witness["stable"] == found["stable"][concept][player][int(n)]
                assert witness["stable"] == all(each["sanction"] for each in witness["improvements"])
                for each in witness["improvements"]:
                    assert each["worth"] > witness["worth"]
                    assert player not in {step["player"] for step in each["sanction"]}
        assert set(map(str, found["equilibria"][concept])) <= set(by_state)


def large(options: int, players: int) -> str:
    text = "offramp: 1\nname: large\ntitle: Large\nplayers:\n"
    for p in range(players):
        own = ", ".join(f"o{k}: {{}}" for k in range(options // players))
        text += f"  p{p}:\n    options: {{{own}}}\n    wants: [{{that: p{p}.o0, worth: 1, origin: guess}}]\n"
    return text + "outcomes: {first: {of: p0.o0}}\n"


def test_more_postures_than_play_can_bear(offramp) -> None:
    Path("large.yaml").write_text(large(11, 1), encoding="utf-8")
    done = offramp("stability", "large.yaml", "--worlds", 1, "--why", "start")
    assert done.code == 0, done.err
    assert "Setting o0 to yes would pay" in done.out


@pytest.mark.parametrize(
    ("options", "players", "said"),
    [
        (40, 4, "of at most 1,099,511,627,776 configurations"),
        (13, 1, "`p0` has 8,192 combinations of levels; the most is 4,096"),
        (65, 13, "there are 3.7e+19 configurations, more than can be numbered"),
    ],
)
def test_what_would_not_fit_is_refused_with_its_size(offramp, options, players, said) -> None:
    Path("large.yaml").write_text(large(options, players), encoding="utf-8")
    done = offramp("stability", "large.yaml")
    assert done.code == 3
    assert said in done.err
    assert "large.yaml:" in done.err


def test_a_number_of_the_best_guess_that_cannot_be_used_is_placed(offramp) -> None:
    Path("fear.yaml").write_text(FEAR.replace('"0.3 * us.push"', '"0.3 - us.push"'), encoding="utf-8")
    done = offramp("stability", "fear.yaml")
    assert done.code == 3
    assert "fear.yaml:13:" in done.err
    assert "(in the best guess)" in done.err
