"""What is named as blocking cannot be met together, and can be if any part of it is left out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from inverse_affine import Drawn, random_affine

from offramp.inverse.stability import Budget, Requirement, least_change
from offramp.inverse.stability.blocking import feasible
from offramp.inverse.stability.tree import Clock
from offramp.stability import CONCEPTS, judge


def possible(drawn: Drawn, state: int, concept: str, requirements: Sequence[Requirement], ends: list) -> bool | None:
    return feasible([drawn.affine], drawn.unknowns, state, concept, requirements, ends, Clock(Budget()))


@pytest.mark.parametrize("concept", CONCEPTS)
def test_it_is_irreducible(concept) -> None:
    told = several = 0
    for seed in range(30):
        drawn = random_affine(seed, 3, most=10, movable=None if seed % 3 else 1)
        still = np.zeros(3)
        kept = judge(drawn.affine.at(still), [concept]).equilibria[concept].tolist()
        others = [s for s in range(len(drawn.game.states)) if s not in kept]
        found = [least_change([drawn.affine], drawn.unknowns, [s], concept) for s in others[:3]]
        for each in (blocked for one in found for blocked in one.blocked):
            assert least_change([drawn.affine], drawn.unknowns, [each.state], concept).impossible == (each.state,)
            assert each.irreducible
            names = list(drawn.unknowns.names)
            ends = [(names.index(e.unknown), e.end == "high") for e in each.ends]
            for e, (k, up) in zip(each.ends, ends, strict=True):
                assert e.value == (drawn.unknowns.high if up else drawn.unknowns.low)[k]

            assert possible(drawn, each.state, concept, each.requirements, ends) is False
            for n in range(len(each.requirements)):
                assert possible(
                    drawn, each.state, concept, [r for m, r in enumerate(each.requirements) if m != n], ends
                )
            for n in range(len(ends)):
                assert possible(
                    drawn, each.state, concept, each.requirements, [e for m, e in enumerate(ends) if m != n]
                )
            told += 1
            several += len(each.requirements) > 1 or len(ends) > 1
    assert told > 3
    assert several


def test_without_time_nothing_is_claimed() -> None:
    for seed in range(40):
        drawn = random_affine(seed, 2, most=10)
        full = least_change([drawn.affine], drawn.unknowns, [0], "seq")
        if full.answers or not full.blocked or len(full.blocked[0].ends) < 2:
            continue
        found = least_change([drawn.affine], drawn.unknowns, [0], "seq", budget=Budget(60, 1))
        assert all(not each.irreducible or each == full.blocked[0] for each in found.blocked)
        assert np.isinf(found.bound) or found.undecided
