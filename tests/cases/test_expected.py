"""The literature cases give the answers that their literature gives, world by world; the Iran cases stay in size."""

from __future__ import annotations

import numpy as np
import pytest

import offramp
from offramp.ensemble import Job, Table, run_jobs
from offramp.graph import build_graph
from offramp.model import Case, elements_of
from offramp.model.variants import Variant
from offramp.worlds import Worlds, draw

WORLDS = 32


def play(name: str, *variants: Variant) -> tuple[Case, Worlds, Table]:
    case = offramp.load_case(name)
    worlds = draw(case, WORLDS, 3)
    jobs = [Job(variant, "main", tuple(case.outcomes)) for variant in variants]
    return case, worlds, run_jobs(case, jobs, {"main": worlds})


@pytest.fixture(scope="module")
def coercion() -> tuple[Case, Worlds, Table]:
    return play("coercion", *(Variant(s) for s in offramp.load_case("coercion").strategies))


@pytest.fixture(scope="module")
def crisis() -> tuple[Case, Worlds, Table]:
    begun = (("challenger.demand", 1),)
    names = offramp.load_case("crisis-bargaining").strategies
    return play("crisis-bargaining", *(Variant(s) for s in names), Variant("public", begun), Variant("private", begun))


def test_a_target_concedes_where_cost_is_below_punishment_times_the_difference(coercion) -> None:
    _, worlds, table = coercion
    q, p = worlds.column("after-resistance"), worlds.column("after-concession")
    gain = worlds.column("punishment") * (q - p) - worlds.column("cost")
    conceded = table.column(Variant("doubtful-threat"), "concession")
    clear = abs(gain) > 0.05
    assert clear.sum() > WORLDS / 2
    np.testing.assert_array_equal(conceded[clear] > 0.5, gain[clear] > 0)


def test_an_assured_threat_needs_no_more_than_cost_below_punishment_times_chance(coercion) -> None:
    _, worlds, table = coercion
    gain = worlds.column("punishment") * worlds.column("after-resistance") - worlds.column("cost")
    conceded = table.column(Variant("assured-threat"), "concession")
    clear = abs(gain) > 0.05
    np.testing.assert_array_equal(conceded[clear] > 0.5, gain[clear] > 0)


def test_punishing_whatever_the_target_does_buys_nothing(coercion) -> None:
    _, _, table = coercion
    always = table.column(Variant("threat-without-assurance"), "concession")
    never = table.column(Variant("never-punish"), "concession")
    np.testing.assert_allclose(always, never, atol=1e-4)


def expected(worlds: Worlds, backing_down: np.ndarray) -> dict[str, np.ndarray]:
    """Backward induction."""
    challenger, defender = worlds.column("war-challenger"), worlds.column("war-defender")
    would_fight, would_yield = challenger > -backing_down, defender < 0
    given_in = would_fight & would_yield
    war = would_fight & ~would_yield & (challenger > 0)
    return {"given-in": given_in, "war": war, "quiet": ~given_in & ~war, "would-fight": would_fight}


def far_from_ties(worlds: Worlds, backing_down: np.ndarray) -> np.ndarray:
    challenger, defender = worlds.column("war-challenger"), worlds.column("war-defender")
    return (abs(challenger) > 0.03) & (abs(defender) > 0.03) & (abs(challenger + backing_down) > 0.03)


@pytest.mark.parametrize("how", ["public", "private"])
def test_a_crisis_ends_as_backward_induction_says(crisis, how: str) -> None:
    _, worlds, table = crisis
    backing_down = worlds.column("face") + (worlds.column("audience") if how == "public" else 0)
    clear = far_from_ties(worlds, backing_down)
    assert clear.sum() > WORLDS / 2
    answers = expected(worlds, backing_down)
    for outcome in ("given-in", "war", "quiet"):
        found = table.column(Variant(how), outcome)
        np.testing.assert_array_equal(found[clear] > 0.5, answers[outcome][clear], err_msg=outcome)


@pytest.mark.parametrize("how", ["public", "private"])
def test_who_backs_down_once_a_crisis_has_begun(crisis, how: str) -> None:
    _, worlds, table = crisis
    backing_down = worlds.column("face") + (worlds.column("audience") if how == "public" else 0)
    clear = far_from_ties(worlds, backing_down)
    would_fight = expected(worlds, backing_down)["would-fight"]
    begun = Variant(how, (("challenger.demand", 1),))
    yields = worlds.column("war-defender") < 0
    np.testing.assert_array_equal(table.column(begun, "backed-down")[clear] > 0.5, ~would_fight[clear])
    np.testing.assert_array_equal(table.column(begun, "given-in")[clear] > 0.5, (would_fight & yields)[clear])
    np.testing.assert_array_equal(table.column(begun, "war")[clear] > 0.5, (would_fight & ~yields)[clear])


def test_a_bluff_is_called(crisis) -> None:
    _, _, table = crisis
    assert table.column(Variant("bluff"), "backed-down").min() > 0.95


IRAN = ("iran-2006", "iran-2009")


@pytest.mark.parametrize("name", [*IRAN, "iran-2013"])
def test_the_iran_cases_stay_in_their_size(name: str) -> None:
    case = offramp.load_case(name)
    sizes = {name: build_graph(case, strategy).states for name, strategy in case.strategies.items()}
    assert sizes.pop("free-play", 0) <= 15_000
    assert max(sizes.values()) <= 4_000
    assert sorted(sizes.values())[(len(sizes) - 1) // 2] <= 2_200


def test_every_claim_is_tested_or_assumed_in_one_of_the_cases() -> None:
    cases = {name: offramp.load_case(name) for name in IRAN}
    fates: dict[str, set[str]] = {f"E{n}": set() for n in range(1, 45)}
    for name, case in cases.items():
        assert list(case.claims) == list(fates)
        for claim in case.claims.values():
            assert claim.origin.quote
            if claim.test is not None or claim.untestable:
                fates[claim.id].add("tested" if claim.test is not None else "untestable")
                assert claim.tested_in == name
            elif claim.factual:
                fates[claim.id].add("factual")
            else:
                assert claim.tested_in in cases
    assert all(len(fate) == 1 for fate in fates.values()), fates
    assert sum(fate == {"factual"} for fate in fates.values()) == 6
    assert [id_ for id_, fate in fates.items() if fate == {"untestable"}] == ["E32"]


@pytest.mark.parametrize("name", IRAN)
def test_every_mechanism_is_an_element_or_left_out_with_a_reason(name: str) -> None:
    case = offramp.load_case(name)
    carried = {id_ for element in elements_of(case) for id_ in element.mechanism}
    sentences = {f"D{n}" for n in range(1, 59)}
    left_out = {m.id for m in case.mechanisms.values() if m.left_out}
    assert sentences == (sentences & carried) | left_out
    assert not carried & left_out
    assert len(left_out) <= 6
    assert set(case.mechanisms) - sentences <= carried, "what was given room against them"
    assert list(case.tensions) == [f"X{n}" for n in range(1, 9)]
