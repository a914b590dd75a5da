"""A division by zero in a yes or no over options is a fault, as it is in a number."""

from __future__ import annotations

import pytest

from offramp.casefile import load_case, parse_case
from offramp.cases import catalogue
from offramp.errors import CaseErrors

HEAD = "offramp: 1\nplayers:\n  a: {{options: {{x: {{}}, z: {{}}}}, {a}}}\n  b: {{options: {{y: {{}}}}, {b}}}\n"


def faults_of(a: str = "wants: []", b: str = "wants: []", rest: str = "") -> list[str]:
    try:
        parse_case(HEAD.format(a=a, b=b) + rest, "c.yaml")
    except CaseErrors as e:
        return [str(fault) for fault in e.faults]
    return []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"rest": 'unseen: {a: [a.x, "a.x / 0 > 0"]}\n'}, "c.yaml:5:19: a number in it is not finite where a.x == no"),
        ({"rest": 'impossible: ["1 / (a.x - b.y) < 0"]\n'}, "c.yaml:5:14: a number in it is not finite where a.x =="),
        ({"a": 'prefers: ["1 / a.z > 1"]'}, "c.yaml:3:42: a number in it is not finite where a.z == no. Look for a"),
        ({"a": 'prefers: [{that: "1 / a.z > 1"}]'}, "c.yaml:3:49: a number in it is not finite where a.z == no"),
        ({"b": 'wants: [{that: "1 / 0 > 1", worth: 1}]'}, "c.yaml:4:40: a number in it is not finite. Look for a"),
        ({"b": 'at_end: [{that: "0 / 0 != 1", worth: 1}]'}, "a number in it is not finite. Look for a division by 0"),
        ({"rest": 'outcomes: {o: {of: "1 / a.x > 2"}}\n'}, "c.yaml:5:20: a number in it is not finite where a.x =="),
    ],
)
def test_a_division_by_zero(given: dict[str, str], said: str) -> None:
    (fault,) = faults_of(**given)
    assert said in fault


@pytest.mark.parametrize(
    "given",
    [
        {"a": 'prefers: ["a.z and 1 / a.z > 1", "1 / (1 + a.x) > 0.6", "1 / a.x > 1 if a.x else false"]'},
        {"rest": "unknowns: {u: [0, 1]}\n", "a": 'wants: [{that: "1 / u > 1", worth: 1}]'},
        {"rest": "conditions: {c: {levels: [lo, hi]}}\n", "a": 'wants: [{that: "1 / c > 1", worth: 1}]'},
    ],
)
def test_none_that_counts(given: dict[str, str]) -> None:
    assert faults_of(**given) == []


def test_only_what_is_possible_counts() -> None:
    want = 'wants: [{that: "1 / (1 - a.x) > 1", worth: 1}]'
    assert len(faults_of(b=want)) == 1
    assert faults_of(b=want, rest="impossible: [a.x]\n") == []


@pytest.mark.parametrize("name", [case.name for case in catalogue()])
def test_shipped_cases(name: str) -> None:
    load_case(name)


@pytest.mark.parametrize("unseen", ["null", "{a: null}", "{a: []}", "{}"])
def test_nothing_may_be_unseen(unseen: str) -> None:
    assert faults_of(rest=f"unseen: {unseen}\n") == []
