"""Student's interval against SciPy's."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import ttest_1samp

from offramp.measures import paired


def test_is_student_s_interval() -> None:
    x = np.random.default_rng(1).normal(0.3, 1.0, 17)
    expected = ttest_1samp(x, 0.0).confidence_interval(0.95)
    found = paired(x)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))
    assert (found.mean, found.worlds) == (pytest.approx(x.mean()), 17)


def test_one_world_or_none() -> None:
    assert (paired(np.array([0.2])).mean, paired(np.array([0.2])).worlds) == (0.2, 1)
    assert math.isnan(paired(np.array([0.2])).low)
    assert math.isnan(paired(np.zeros(0)).mean)
    same = paired(np.zeros(5))
    assert (same.low, same.high) == (0, 0)
