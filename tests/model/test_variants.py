"""A strategy with the changes that a claim puts into brackets."""

import pytest

from offramp.errors import CaseError
from offramp.expressions import Constant, measured, text_of
from offramp.model import build_case
from offramp.model.variants import Variant, apply_variant, variant_of


@pytest.fixture
def case(build):
    return build(
        {
            "unknowns.factor": {"range": [0.5, 2], "mechanism": "D1", "off": 1},
            "unknowns.plain": {"range": [0.5, 2], "mechanism": ["D1", "D2"]},
            "players.us.wants.0.mechanism": "D2",
            "players.us.wants.0.off": 0.25,
            "players.them.wants.0.mechanism": "D2",
            "conditions.anger.rises": [
                {"of": "us.pressure", "rate": [0.1, 0.3], "mechanism": "D3"},
                {"rate": {"range": [0.1, 0.2], "mechanism": "D3"}},
                {"rate": 0.1},
            ],
            "conditions.fear": {"levels": ["low", "high"], "rises": 0.1, "mechanism": "D4"},
            "players.third": {
                "factions": {
                    "a": {"influence": 0.4, "mechanism": "D5", "off": 0.1},
                    "b": {"influence": "rest"},
                }
            },
            "perceives.them": {
                "us.lam": {"range": [1, 2], "mechanism": "D6"},
                "third.lam": {"is": "1", "mechanism": "D6", "off": 2},
            },
            "strategies.yield": {"player": "them", "does": [{"set": {"concede": "yes"}}]},
        }
    )


@pytest.fixture
def ask(small):
    """A case with a claim on one outcome, and the variant that the claim asks for."""

    def asked(test, **changes):
        case = build_case(small(**changes, **{"claims.asked": {"says": "x", "test": f"{test} > 0"}}))
        (found,) = measured(case.claims["asked"].test)
        return case, variant_of(found, case, ("claims", "asked", "test"))

    return asked


def test_a_strategy_alone(ask):
    case, variant = ask("talks[press]")
    assert variant == Variant("press")
    assert str(variant) == "press"
    applied = apply_variant(case, variant)
    assert (applied.case, applied.delay, applied.numbers) == (case, 0.0, {})


def test_settings_and_starts(ask):
    case, variant = ask("talks[press; guarantee = offered, anger = furious, us.pressure = targeted]")
    assert variant.levels == (("anger", 2), ("guarantee", 1), ("us.pressure", 1))
    applied = apply_variant(case, variant)
    assert applied.strategy.settings == {"guarantee": 1}
    assert applied.case.conditions["anger"].start == 2
    assert applied.case.players["us"].options[0].start == 1
    assert case.players["us"].options[0].start == 0


def test_numbers_in_terms_of_what_was_drawn(ask):
    case, variant = ask("talks[press; cost = 2 * cost]")
    assert text_of(apply_variant(case, variant).numbers["cost"]) == "2 * cost"


def test_delay_and_another_player(ask):
    changes = {"strategies.yield": {"player": "them", "does": [{"set": {"concede": "yes"}}]}}
    case, variant = ask("talks[press; delay = 6, them: yield]", **changes)
    applied = apply_variant(case, variant)
    assert applied.delay == 6
    assert [rules.player for rules in applied.strategy.committed] == ["us", "them"]
    assert str(variant) == "press; them: yield, delay = 6"


@pytest.mark.parametrize("test", ["talks[press; delay = cost]", "talks[press; delay = -1]", "talks[press; delay = 99]"])
def test_a_delay_is_a_number_within_the_horizon(ask, test):
    with pytest.raises(CaseError) as raised:
        ask(test)
    assert "delay = 6" in raised.value.hint
    assert raised.value.path == ("claims", "asked", "test")


def test_another_player_needs_rules_there(ask):
    with pytest.raises(CaseError) as raised:
        ask("talks[press; them: free]")
    assert "no rules for `them`" in raised.value.message
    assert raised.value.hint


def without(case, *mechanisms):
    return apply_variant(case, Variant("press", without=mechanisms))


def test_unknowns_without_a_mechanism(case):
    assert without(case, "D1").numbers == {"factor": Constant(1.0), "plain": Constant(0.0)}
    assert without(case, "D2").numbers == {"plain": Constant(0.0)}


def test_wants_without_a_mechanism(case):
    players = without(case, "D2").case.players
    assert players["us"].factions[0].wants[0].worth == Constant(0.25)
    assert players["them"].factions[0].wants[0].worth == Constant(0.0)
    assert case.players["us"].factions[0].wants[0].worth == Constant(1.0)


def test_rates_without_a_mechanism(case):
    applied = without(case, "D3")
    assert applied.case.conditions["anger"].rises[0].rate == Constant(0.0)
    assert applied.case.conditions["anger"].rises[2].rate == Constant(0.1)
    assert applied.numbers == {"conditions.anger.rises.1.rate": Constant(0.0)}


def test_a_condition_without_its_mechanism_stays_at_its_start(case):
    assert without(case, "D4").case.conditions["fear"].rises == ()
    assert without(case, "D3").case.conditions["fear"].rises


def test_influence_without_a_mechanism(case):
    first, rest = without(case, "D5").case.players["third"].factions
    assert (first.influence, rest.influence) == (Constant(0.1), None)


def test_perceptions_without_a_mechanism_are_the_truth_or_what_is_stated(case):
    (left,) = without(case, "D6").case.players["them"].perceives
    assert (left.target, left.believed) == ("third.lam", Constant(2.0))
