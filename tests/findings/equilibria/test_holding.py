"""What holds over worlds, why, and how it is reached: cases small enough to know the answers by hand."""

from __future__ import annotations

import numpy as np
import pytest

from offramp.casefile import parse_case
from offramp.errors import WorldError
from offramp.findings.equilibria.holding import Holding, what_holds
from offramp.findings.equilibria.ways import joint, looking_ahead, reaches, ways
from offramp.findings.equilibria.witnesses import witnesses
from offramp.stability import CONCEPTS

HEAD = "offramp: 1\nname: small\ntitle: Small\n"

# a wants x in worlds where gain > 0, b wants y in worlds where gain < 0: each alone leaves (no, no) in its own worlds
DISJOINT = (
    HEAD
    + """
unknowns:
  gain: {range: [-1, 1], mode: 0.5, origin: guess, why: which of them gains}
players:
  a: {options: {x: {}}, wants: [{that: a.x, worth: gain, origin: guess}]}
  b: {options: {y: {}}, wants: [{that: b.y, worth: 0 - gain, origin: guess}]}
outcomes:
  taken: {of: a.x, measure: average}
  given: {of: b.y, measure: average}
  both: {of: a.x + b.y, measure: average}
views:
  sure: {name: a gains, gain: [0.2, 1]}
"""
)

# They would answer a push by a strike that hurts both of them; their leaders gain by it, the people do not.
CONSENT = (
    HEAD
    + """
players:
  us:
    options: {push: {}}
    wants: [{that: us.push, worth: 1, origin: guess}, {that: them.strike, worth: -3, origin: guess}]
  them:
    options: {strike: {}}
    factions:
      leaders: {influence: 0.9, wants: [{that: us.push and them.strike, worth: 1, origin: guess}]}
      people:
        name: The people
        influence: rest
        consent: CONSENT
        wants: [{that: them.strike, worth: -1, origin: guess}]
outcomes:
  pushed: {of: us.push, measure: average}
"""
)

BLIND = (
    HEAD
    + """
players:
  a:
    options: {x: {}}
    wants: [{that: a.x, worth: 1, origin: guess}, {that: b.y, worth: -3, origin: guess}]
  b:
    options: {y: {}}
    wants: [{that: a.x and b.y, worth: 1, origin: guess}, {that: b.y and not a.x, worth: -1, origin: guess}]
unseen: {a: [a.x and b.y]}
outcomes: {taken: {of: a.x, measure: average}}
"""
)


def held(text: str, worlds: int = 32, **asked: object) -> Holding:
    return what_holds(parse_case(text).case, worlds, 0, **asked)  # type: ignore[arg-type]


def at(holding: Holding, **levels: str) -> int:
    return holding.configuration({name.replace("_", "."): level for name, level in levels.items()})


def test_who_leaves_alone_is_counted_world_by_world() -> None:
    found = held(DISJOINT)
    n = at(found, a_x="no", b_y="no")
    a, b = found.staying["nash"][:, n]
    assert 0.2 < a < 0.8
    assert a + b == pytest.approx(1.0)
    assert found.alone["nash"][0, n] == pytest.approx(1.0 - a)
    assert found.alone["nash"][1, n] == pytest.approx(1.0 - b)
    assert found.shares["nash"][n] == 0.0
    (most,) = {i for m, i, _ in found.nearly("nash") if m == n}
    assert most == int(b < a)


def test_what_can_be_and_what_must_be() -> None:
    found = held(DISJOINT)
    assert set(found.settled) == {"taken", "given"}, "a sum of two options is no yes or no"
    taken, given = found.settled["taken"], found.settled["given"]
    share = found.staying["nash"][1, at(found, a_x="yes", b_y="no")]  # b stays where it does not gain
    assert taken.some["nash"] == taken.all["nash"] == pytest.approx(share)
    assert given.some["nash"] == pytest.approx(1.0 - share)
    both = held(HEAD + "players: {a: {options: {x: {}}, wants: []}}\noutcomes: {taken: {of: a.x, measure: average}}\n")
    assert both.settled["taken"].some["nash"] == 1.0
    assert both.settled["taken"].all["nash"] == 0.0, "it also holds without"


def test_a_view_draws_its_own_worlds() -> None:
    found = held(DISJOINT, view="sure")
    assert found.shares["nash"][at(found, a_x="yes", b_y="no")] == 1.0
    assert found.view == "sure"


def test_levels_asked_for_that_are_there_anyway() -> None:
    found = held(DISJOINT, worlds=1, at={"a.x": "no", "b.y": "yes"})
    assert dict(found.idle) == {"a.x": "no"}
    assert found.levels(found.start) == {"a.x": "no", "b.y": "yes"}


def test_no_world_that_can_be_judged_is_no_result() -> None:
    bad = DISJOINT.replace("worth: gain,", "worth: 1 / (1 if gain == 0.5 else 0),")
    with pytest.raises(WorldError, match="none of 4 worlds could be judged"):
        held(bad, worlds=4)


def test_why_a_faction_does_not_let_a_move_pass() -> None:
    alone, blocked = (held(CONSENT.replace("CONSENT", word), worlds=1) for word in ("false", "true"))
    n = at(alone, us_push="yes", them_strike="no")
    us, them = witnesses(alone, "seq", [n])[n]
    assert not them.reason.stable
    assert not them.reason.refused
    assert us.reason.stable
    them = witnesses(blocked, "seq", [n])[n][1]
    assert them.reason.stable
    (refused,) = them.reason.refused
    assert refused.end == at(blocked, us_push="yes", them_strike="yes")
    assert [faction.name for faction in them.factions(refused.factions)] == ["The people"]
    start = witnesses(alone, "seq", [alone.start])[alone.start][0]
    assert start.reason.stable, "a push would be answered by a strike"
    assert [step.end for step in start.reason.deterrents[0].sanction] == [refused.end]
    assert not witnesses(blocked, "seq", [blocked.start])[blocked.start][0].reason.stable


def test_what_is_not_seen_has_no_reason() -> None:
    found = held(BLIND, worlds=1)
    n = at(found, a_x="yes", b_y="yes")
    a, b = witnesses(found, "nash", [n])[n]
    assert not a.sees
    assert a.reason.stable
    assert b.sees


def test_ways_agree_with_the_counts_of_moves() -> None:
    for text in (DISJOINT, CONSENT.replace("CONSENT", "true"), BLIND):
        found = held(text, worlds=1)
        states = range(len(found.graph.codes))
        for start in states:
            for each in reaches(found, start, states):
                gaining, moving = ways(found, start, each.end)
                assert each.gaining == (len(gaining.paths[0]) if gaining.paths else -1)
                assert each.moving == (len(moving.paths[0]) if moving.paths else -1)
                assert each.blockers == (gaining if gaining.paths else moving).blockers


def test_nobody_moves_from_or_to_what_it_does_not_see() -> None:
    found = held(BLIND, worlds=1)
    hidden, before = at(found, a_x="yes", b_y="yes"), at(found, a_x="no", b_y="yes")
    for way in ways(found, before, hidden):
        assert [(step.player, step.end) for step in way.paths[0]] == [
            (1, at(found, a_x="no", b_y="no")),
            (0, at(found, a_x="yes", b_y="no")),
            (1, hidden),
        ]
    assert not any(end == hidden for each in joint(found, "nash", [0, 1, 2, 3], strict=False) for _, end in each.jumps)


def test_joint_moves_by_the_smallest_coalitions() -> None:
    dilemma = HEAD + "players:\n"
    for one, other in (("a", "b"), ("b", "a")):
        dilemma += f"""
  {one}:
    options: {{give: {{}}}}
    wants: [{{that: {other}.give, worth: 2, origin: guess}}, {{that: {one}.give, worth: -1, origin: guess}}]
"""
    dilemma += "  c: {options: {z: {}}, wants: []}\noutcomes: {given: {of: a.give, measure: average}}\n"
    found = held(dilemma, worlds=1)
    (kept,) = [n for n in found.best.equilibria["nash"] if found.levels(int(n))["c.z"] == "no"]
    (each,) = joint(found, "nash", [int(kept)], strict=True)
    assert each.leaving == ((0, 1),)
    given = at(found, a_give="yes", b_give="yes")
    assert each.jumps == (((0, 1), given),)
    (weak,) = joint(found, "nash", [int(kept)], strict=False)
    assert ((0, 1), given) in weak.jumps
    assert not any(end == given for members, end in weak.jumps if members != (0, 1))


def test_a_larger_coalition_is_named_where_others_would_deter_a_smaller_one() -> None:
    """Ann and bob gain by a little of it, but cyd answers that; only all three could go there, or two further."""
    found = held(
        HEAD
        + """
players:
  ann:
    options: {a: {levels: [no, little, much]}}
    wants:
      - {that: ann.a == little and bob.b, worth: 2, origin: guess}
      - {that: ann.a == much and bob.b, worth: 1, origin: guess}
      - {that: ann.a and not bob.b, worth: -1, origin: guess}
      - {that: cyd.c, worth: -3, origin: guess}
  bob:
    options: {b: {}}
    wants:
      - {that: ann.a == little and bob.b, worth: 2, origin: guess}
      - {that: ann.a == much and bob.b, worth: 1, origin: guess}
      - {that: bob.b and not ann.a, worth: -1, origin: guess}
  cyd:
    options: {c: {}}
    wants:
      - {that: cyd.c and ann.a == little, worth: 1, origin: guess}
      - {that: cyd.c and not ann.a == little, worth: -1, origin: guess}
      - {that: ann.a == little and bob.b, worth: 0.5, origin: guess}
outcomes: {met: {of: bob.b, measure: average}}
""",
        worlds=1,
    )
    start, further = at(found, ann_a="no"), at(found, ann_a="much", bob_b="yes")
    near = at(found, ann_a="little", bob_b="yes")
    (open_to,) = joint(found, "seq", [start], strict=False)
    assert ((0, 1), further) in open_to.jumps
    assert ((0, 1), near) not in open_to.jumps, "cyd would answer"
    assert ((0, 1, 2), near) in open_to.jumps
    (nash,) = joint(found, "nash", [start], strict=False)
    assert ((0, 1), near) in nash.jumps
    assert ((0, 1, 2), near) not in nash.jumps, "two are enough where nobody answers"


def test_looking_ahead_is_each_in_the_game_that_it_perceives() -> None:
    believed = "perceives: {a: {b.wants.far.worth: 2}}\n"
    text = (
        HEAD
        + """
players:
  a:
    options: {x: {}}
    wants: [{that: a.x, worth: 1, origin: guess}, {that: b.y, worth: -3, origin: guess}]
  b:
    options: {y: {}}
    wants: [{id: far, that: a.x and b.y, worth: -1, origin: guess}, {that: b.y and not a.x, worth: -1, origin: guess}]
outcomes: {taken: {of: a.x, measure: average}}
"""
    )
    told, wrong = held(text, worlds=1), held(text + believed, worlds=1)
    assert not looking_ahead(told, 2).stable[0, told.start]
    assert looking_ahead(wrong, 2).stable[0, wrong.start], "it fears an answer that would never come"
    for found in (told, wrong):
        nash = found.best.stable["nash"]
        np.testing.assert_array_equal(looking_ahead(found, 1).stable, nash)
        assert not (looking_ahead(found, 2).stable & ~found.best.stable["seq"]).any()


def test_all_concepts_are_told() -> None:
    assert set(held(DISJOINT, worlds=2).shares) == set(CONCEPTS)
