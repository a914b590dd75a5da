from __future__ import annotations

from dataclasses import replace

import pytest

from offramp.casefile import parse_case
from offramp.errors import UsageError
from offramp.inverse.asking import measured, target_of
from offramp.inverse.attainable import holds, lowest, refuse_idle

TEXT = """\
offramp: 1
name: small
title: Who gives way?
time: {unit: month, horizon: 3, foresight: 4}
settings:
  aid: {levels: [none, some, much]}
  aim: {levels: [low, high]}
conditions:
  anger: {levels: [calm, cross, furious], start: cross, rises: 0.2}
players:
  us:
    options: {push: {}, fort: {levels: [none, half, whole], start: half}}
    wants: [{that: us.push, worth: 0.3}]
  them: {options: {bow: {}}, wants: [{that: "them.bow and not us.push", worth: 0.7}]}
irreversible: [us.fort]
impossible: [us.push and them.bow]
strategies:
  free: {}
  lavish: {settings: {aid: much}}
levers:
  course: {by: us, levels: {free: {}, lavish: {follows: lavish}}, origin: guess}
  fort: {by: us, sets: us.fort, origin: guess}
"""


@pytest.fixture(scope="module")
def case():
    return parse_case(TEXT).case


def refuse(case, text: str, levers=("course", "fort")) -> None:
    case, target = measured(case, target_of(case, text))
    refuse_idle(case, replace(target, by="us"), [case.levers[name] for name in levers])


@pytest.mark.parametrize(
    ("text", "levers", "said"),
    [
        ("us.push and them.bow", ["course"], "no possible configuration"),
        ("us.fort == none", ["course"], "`us.fort` can only be half or whole"),
        ("anger == calm and them.bow", ["course", "fort"], "`anger` can only be cross or furious"),
        ("aid == some", ["course", "fort"], "`aid` can only be none or much"),
        ("aid == much", ["fort"], "`aid` can only be none"),
        ("aim == high", ["course", "fort"], "`aim` can only be low"),
        ("not (us.push and them.bow)", ["course"], "holds in every state"),
        ("us.fort", ["course"], "holds in every state"),
    ],
)
def test_what_cannot_be_otherwise(case, text: str, levers: list[str], said: str) -> None:
    with pytest.raises(UsageError) as raised:
        refuse(case, text, levers)
    assert said in raised.value.message


@pytest.mark.parametrize("text", ["us.fort == none", "us.fort", "anger == furious", "aid == much", "aid == none"])
def test_what_can_be(case, text: str) -> None:
    refuse(case, text)


def test_too_many_states_are_not_looked_at() -> None:
    options = ", ".join(f"o{n}: {{}}" for n in range(21))
    case = parse_case(f"offramp: 1\nname: wide\nplayers: {{us: {{options: {{{options}}}}}}}\n").case
    everything = " and ".join(f"us.o{n}" for n in range(21))
    assert holds(case, target_of(case, everything).that, {}) is None
    assert holds(case, target_of(case, everything.replace(" and us.o20", "")).that, lowest(case, [])).sum() == 1
