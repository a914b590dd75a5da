from __future__ import annotations

import pytest

from offramp.casefile import load_case
from offramp.errors import CaseErrors
from offramp.findings.sentences.coverage import coverage
from offramp.model import BY_SEARCH

HEAD = "offramp: 1\nname: more\nextends: coercion\nclaims:\n"


@pytest.fixture
def read(tmp_path):
    def written(claims: str, head: str = HEAD):
        file = tmp_path / "more.yaml"
        file.write_text(head + claims, encoding="utf-8")
        return load_case(file)

    return written


def test_it_adds_no_unknown_and_no_verdict(read) -> None:
    case = read('  only: {says: x, reach: "reach(concession, threat != assured) < 0.5"}\n')
    assert case.unknowns.keys() == load_case("coercion").unknowns.keys()
    assert case.claims["only"].elsewhere == BY_SEARCH
    assert coverage(case).elsewhere["only"] == BY_SEARCH


def test_beside_a_test_the_run_judges_that(read) -> None:
    case = read('  both: {says: x, test: "concession[assured-threat] > 0", reach: "reach(concession) > 0.5"}\n')
    assert case.claims["both"].elsewhere is None
    assert case.claims["both"].reach is not None


def test_another_case_may_test_it_too(read) -> None:
    case = read('  there: {says: x, tested_in: chicken, reach: "reach(concession) > 0.5"}\n')
    assert case.claims["there"].elsewhere == "chicken"


@pytest.mark.parametrize(
    ("claim", "said", "hint"),
    [
        ("{says: x, reach: reach(concesion) > 0}", "'concesion' is not a target", "Did you mean concession?"),
        ("{says: x, reach: 1 > 0}", "it says nothing of a target", "write e.g. reach(concession) >= 0.5"),
        ("{says: x, reach: reach(concession)}", "a yes or no is wanted here", "compare it with a number"),
        ("{says: x, factual: true, reach: reach(concession) > 0}", "a factual claim is not judged", "keep `factual`"),
        ("{says: x, test: reach(concession) > 0}", "There is no function 'reach' here", "reach stands only"),
        ("{says: x}", "a claim without a test", "add `test:`"),
    ],
)
def test_faults_have_their_place_and_a_mend(read, claim: str, said: str, hint: str) -> None:
    with pytest.raises(CaseErrors) as raised:
        read(f"  one: {claim}\n")
    (fault,) = raised.value.faults
    assert said in fault.message
    assert hint.lower() in fault.hint.lower()
    assert fault.path[:2] == ("claims", "one")


def test_one_claim_speaks_of_one_target(read) -> None:
    targets = "targets:\n  none: {that: not target.concede, by: sender}\n"
    with pytest.raises(CaseErrors, match="it speaks of 2 targets, concession and none"):
        read("  one: {says: x, reach: reach(concession) > reach(none)}\n" + targets)


def test_a_case_without_targets(read) -> None:
    head = "offramp: 1\nname: bare\nplayers: {us: {options: {press: {}}}}\nclaims:\n"
    with pytest.raises(CaseErrors) as raised:
        read("  one: {says: x, reach: reach(concession) > 0}\n", head)
    (fault,) = raised.value.faults
    assert fault.message == "`reach` in a case without targets"
    assert "`targets:`" in fault.hint


def test_a_lever_that_cannot_be_read_is_faulted_once(read) -> None:
    levers = "levers:\n  threat: {sets: nothing, levels: null, now: null}\n"
    with pytest.raises(CaseErrors) as raised:
        read('  one: {says: x, reach: "reach(concession, threat == assured) > 0"}\n' + levers)
    assert all(fault.path[0] == "levers" for fault in raised.value.faults)
