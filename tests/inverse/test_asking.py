from __future__ import annotations

from math import nan

import pytest

from offramp.casefile import load_case
from offramp.errors import UsageError
from offramp.expressions import text_of
from offramp.inverse.asking import measured, target_of


@pytest.fixture(scope="module")
def cuba():
    return load_case("cuba-1962")


def test_a_target_of_the_case(cuba) -> None:
    found = target_of(cuba, " withdrawal ")
    assert found == cuba.targets["withdrawal"]
    other = target_of(cuba, "withdrawal", least=0.3, share=0.9)
    assert (other.least, other.share, other.that) == (0.3, 0.9, found.that)


def test_an_outcome_that_says_of_states_whether_they_are_wanted(cuba) -> None:
    found = target_of(cuba, "escalation")
    assert (found.outcome, found.most) == ("escalation", True)
    assert text_of(found.that) == "not ussr.escalate", "wanted is what is left when it is low"
    with pytest.raises(UsageError, match="does not say of states"):
        target_of(cuba, "payoff-us")


def test_a_condition_gets_an_outcome_of_its_own(cuba) -> None:
    found = target_of(cuba, "us.blockade and not ussr.escalate")
    case, target = measured(cuba, found)
    assert target.outcome not in cuba.outcomes
    outcome = case.outcomes[target.outcome]
    assert (outcome.measure, text_of(outcome.of)) == ("average", text_of(found.that))


@pytest.mark.parametrize(
    ("text", "said", "hint"),
    [
        ("withdrawl", "has no target `withdrawl`", "withdrawal"),
        ("peace", "has no target `peace`", "withdrawal, settled"),
        ("us.blokade and ussr.withdraw", "is no target", "us.blockade"),
        ("us.blockade == maybe", "is no target", ""),
        ("us.blockade +", "is no target", ""),
        ("us.blockade + ussr.withdraw", "it is a number", "compare it"),
        ("precision > 2", "is no target", ""),
    ],
)
def test_what_is_no_target(cuba, text: str, said: str, hint: str) -> None:
    with pytest.raises(UsageError) as raised:
        target_of(cuba, text)
    assert said in raised.value.message
    assert hint in raised.value.hint
    assert not raised.value.hint or str(raised.value).count(raised.value.hint[1:]) == 1


@pytest.mark.parametrize("asked", [{"least": 1.5}, {"least": -0.1}, {"least": nan}, {"share": 0.0}, {"share": nan}])
def test_what_can_never_or_always_be(cuba, asked) -> None:
    with pytest.raises(UsageError):
        target_of(cuba, "withdrawal", **asked)
