"""Where a yes or no turns on a number that is none."""

from __future__ import annotations

import numpy as np
import pytest

from offramp.expressions import Rungs, parse
from offramp.expressions.doubt import doubtful

ENV = {"x": np.array([0.0, 1.0, 2.0]), "o": Rungs(np.array([0, 1, 1]), 1)}


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("1 / x > 1", [0]),
        ("x / x > 1", [0]),
        ("x / 0 > 0", [0, 1, 2]),
        ("not 1 / x > 1", [0]),
        ("1 / (1 / x) > 1", []),
        ("1e308 * 10 * x > 0", [0, 1, 2]),
        ("x > 0 and 1 / x > 1", []),
        ("1 / x > 1 and x > 0", []),
        ("x < 1 and 1 / x > 1", [0]),
        ("x == 0 or 1 / x > 1", []),
        ("x == 1 or 1 / x > 1", [0]),
        ("1 / x > 1 if x else false", []),
        ("x > 5 if 1 / x > 1 else x > 6", [0]),
        ("(1 / x > 1) == true", [0]),
        ("(1 / x if x else 3) > 1", []),
        ("min(1 / x, 3) > 1", []),
        ("abs(-(1 / x)) > 1", [0]),
        ("1 / x", []),
        ("2 * (1 / x > 1)", [0]),
        ("max(2, 1 / x > 1)", [0]),
        ("3 if 1 / x > 1 else 2", [0]),
        ("3 / o if o else 2", []),
        ("1 / o > 1", [0]),
        ("o", []),
        ("true", []),
    ],
)
def test_where(text: str, where: list[int]) -> None:
    found = np.broadcast_to(doubtful(parse(text), ENV), 3)
    assert np.flatnonzero(found).tolist() == where
