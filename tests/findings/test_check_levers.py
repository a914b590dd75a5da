from __future__ import annotations

import pytest

from offramp.casefile import parse_case
from offramp.errors import CaseErrors
from offramp.findings.check import check_case

TEXT = """\
offramp: 1
name: small
title: Who gives way?
time: {unit: month, horizon: 3, foresight: 4}
unknowns: {gain: {range: [-1, 1], origin: guess}}
settings:
  aid: {levels: [none, some, much]}
conditions:
  anger: {levels: [calm, cross], rises: 0.2}
players:
  us:
    options: {push: {}, fort: {start: "yes"}}
    wants: [{that: us.push, worth: gain}]
  them: {options: {bow: {}}, wants: [{that: "them.bow and not us.push", worth: 0.7}]}
irreversible: [us.fort]
impossible: [us.push and not us.fort]
strategies:
  free: {}
  hold: {player: us, does: [{otherwise: {push: no}}]}
levers:
  aid: {by: us, sets: aid, origin: guess}
  push: {by: us, sets: us.push, origin: guess}
  fort: {by: us, sets: us.fort, origin: guess}
targets:
  bow: {that: them.bow, by: us}
"""


def faults(*edits: tuple[str, str]) -> list[tuple[str, str]]:
    text = TEXT
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    with pytest.raises(CaseErrors) as raised:
        check_case(parse_case(text).case)
    return [(".".join(map(str, fault.path)), fault.message) for fault in raised.value.faults]


def test_a_level_that_others_make_possible_is_none() -> None:
    check_case(parse_case(TEXT).case)  # to push without a fort is impossible, but the fort is a lever too
    alone = TEXT.replace('start: "yes"', 'start: "no"')
    check_case(parse_case(alone).case)


@pytest.mark.parametrize("target", ["targets: {bow: {that: them.bow, by: us}}", "targets: {bow: {that: them.bow}}", ""])
def test_a_level_that_can_never_be_the_start(target: str) -> None:
    ((path, said),) = faults(
        ("us.push and not us.fort", "us.push"), ("targets:\n  bow: {that: them.bow, by: us}", target)
    )
    assert path == "levers.push"
    assert "with the level `yes` the start is impossible" in said


def test_the_present_cannot_be_the_start() -> None:
    ((path, said),) = faults(("sets: us.push,", "sets: us.push, now: yes,"), ("and not us.fort", "and us.fort"))
    assert path == "levers.push.now"
    assert "`push` at `yes`" in said


def test_numbers_that_a_level_spoils() -> None:
    ((path, said),) = faults(("rises: 0.2", 'rises: "0.2 - 0.3 * aid"'))
    assert path == "conditions.anger.rises"
    assert "the rate is negative (-0.1)" in said
    assert "with the level `much` of the lever `aid`" in said


def test_an_outcome_that_a_level_spoils() -> None:
    ((path, said),) = faults(("levers:\n", "outcomes: {paid: {of: 1 / (1 - aid)}}\nlevers:\n"))
    assert path == "outcomes.paid.of"
    assert "with the level `much` of the lever `aid`" in said


def test_numbers_that_a_level_spoils_in_some_world() -> None:
    ((_, said),) = faults(("rises: 0.2", 'rises: "0.2 + (gain - 0.9) * aid"'))
    assert "in the best guess" in said
    ((_, said),) = faults(("rises: 0.2", 'rises: "0.2 + gain * aid"'))
    assert "of seed 0, with the level `" in said


def test_rules_of_a_level_that_turn_on_too_many_dates() -> None:
    dated = ", ".join(f"{{when: time < {n} / 1000, set: {{push: yes}}}}" for n in range(1, 300))
    rules = f"levels: {{calm: {{}}, wild: {{does: [{dated}, {{otherwise: {{}}}}]}}}}"
    ((path, said),) = faults(("  push: {by: us, sets: us.push,", f"  push: {{by: us, {rules},"))
    assert path == "levers.push.levels.wild"
    assert "turn on 299 dates" in said
    assert "with the level `wild` of the lever `push`" in said


@pytest.mark.parametrize(("that", "starts"), [("us.push and not us.fort", "yes"), ("not us.fort", "yes")])
def test_a_target_that_no_state_meets(that: str, starts: str) -> None:
    ((path, said),) = faults(
        ("that: them.bow, by", f"that: {that}, by"), ("  fort: {by: us, sets: us.fort, origin: guess}\n", "")
    )
    assert path == "targets.bow.that"
    assert "no state that can come about" in said
