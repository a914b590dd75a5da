"""How two readings of a case differ."""

from __future__ import annotations

import pytest

from offramp.runs import differences

BEFORE = {"title": "A", "players": {"us": {"wants": [{"worth": 1}, {"worth": 2}]}}, "gone": 3}


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (BEFORE, []),
        ({**BEFORE, "title": "B"}, ['title: "A" is now "B"']),
        ({**BEFORE, "new": [1]}, ["new: [1] is new"]),
        ({k: v for k, v in BEFORE.items() if k != "gone"}, ["gone: 3 is gone"]),
        ({**BEFORE, "players": {"us": {"wants": [{"worth": 1.5}]}}},
         ["players.us.wants[0].worth: 1 is now 1.5", 'players.us.wants[1]: {"worth": 2} is gone']),
        ({**BEFORE, "gone": True}, ["gone: 3 is now true"]),
        ({**BEFORE, "gone": [3]}, ["gone: 3 is now [3]"]),
        (dict(reversed(BEFORE.items())), ["the case: in another order"]),
    ],
)  # fmt: skip
def test_each_place_is_named(after, said) -> None:
    assert list(differences(BEFORE, after)) == said


def test_one_and_true_are_not_the_same() -> None:
    assert list(differences({"a": 1}, {"a": True})) == ["a: 1 is now true"]


def test_long_values_are_cut() -> None:
    (line,) = differences({"a": "x" * 500}, {"a": "y"})
    assert len(line) < 100
