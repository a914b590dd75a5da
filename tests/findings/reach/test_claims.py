"""Verdicts of the search against every package in every world, counted here."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from offramp.casefile import load_case
from offramp.expressions import Constant, parse
from offramp.findings.reach import claims as judging
from offramp.findings.reach import reach as module
from offramp.findings.reach.reach import reach
from offramp.inverse.asking import measured, target_of
from offramp.inverse.packages import packages_of
from offramp.inverse.trial import Trial
from offramp.model.levers import packaged
from offramp.model.variants import Variant
from offramp.report.reach_claim_words import claim_line
from offramp.worlds import draw

WORLDS = 32
CLAIMS = {
    "only-assured": "reach(concession, threat != assured) < 0.5 and reach(concession, threat == assured) >= 0.5",
    "better": "reach(concession, threat == assured) > reach(concession, threat == doubtful)",
    "worse": "reach(concession, threat == assured) < reach(concession, threat == doubtful)",
    "standing": "reach(concession, standing == yes) > reach(concession, standing == no)",
    "dear": "reach(concession; cost = 0.9) < reach(concession)",
    "set": "reach(concession; sender.punish = yes) != reach(concession)",
    "number": "2 * reach(concession) > 1 or false",
}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    def read(name: str, claims: dict[str, str], rest: str = ""):
        file = tmp_path_factory.mktemp("case") / "more.yaml"
        told = "\n".join(f'  {id_}: {{says: It is so., reach: "{text}"}}' for id_, text in claims.items())
        file.write_text(f"offramp: 1\nname: more\nextends: {name}\nclaims:\n{told}\n{rest}", encoding="utf-8")
        return load_case(file)

    return read


@pytest.fixture(scope="module")
def coercion(written):
    return written("coercion", CLAIMS)


@pytest.fixture(scope="module")
def found(coercion):
    told = reach(coercion, target_of(coercion, "concession"), worlds=WORLDS, workers=2)
    return {judged.claim: judged for judged in told.claims}


@pytest.fixture(scope="module")
def counted(coercion):
    """Package by levels -> share, with changes made to its variant."""
    target, worlds = coercion.targets["concession"], draw(coercion, WORLDS, 0)
    trial = Trial(packages_of(coercion, target, ["sender"]), ["concession"], worlds)
    levers = coercion.levers

    def shares(change=lambda variant: variant):
        told = {}
        for levels in product(*(range(len(lever.levels)) for lever in levers.values())):
            variant = change(packaged(coercion, target, dict(zip(levers, levels, strict=True))))
            values = trial.of([(variant, w) for w in range(1, WORLDS + 1)])[:, 0]
            at = tuple(lever.levels[n].id for lever, n in zip(levers.values(), levels, strict=True))
            told[at] = float((values >= 0.5).mean())
        return told

    return shares


def best(shares, keep=lambda threat, standing: True):
    return max(share for at, share in shares.items() if keep(*at))


def test_shares_are_those_of_the_best_of_all_packages(found, counted) -> None:
    shares = counted()
    told = [each.share for each in found["only-assured"].shares]
    assert told == [best(shares, lambda t, _: t != "assured"), best(shares, lambda t, _: t == "assured")]
    assert [each.share for each in found["standing"].shares] == [
        best(shares, lambda _, s: s == "yes"),
        best(shares, lambda _, s: s == "no"),
    ]
    assert all(each.open == 0 for judged in found.values() for each in judged.shares)


def test_changes_are_made_to_the_best_package(found, counted) -> None:
    dear = counted(lambda variant: replace(variant, numbers=(("cost", Constant(0.9)),)))
    first, second = found["dear"].shares
    moved = {move.lever: move.level for move in second.moves}
    at = (moved.get("threat", "none"), moved.get("standing", "no"))
    assert first.moves == second.moves
    assert (first.share, first.changes) == (dear[at], "cost = 0.9")
    assert second.share == best(counted())
    assert first.share < second.share


@pytest.mark.parametrize(
    ("claim", "word"),
    [("better", "holds"), ("worse", "fails"), ("dear", "holds"), ("number", "holds"), ("standing", None)],
)
def test_the_word_follows_from_the_shares(found, claim: str, word: str | None) -> None:
    judged = found[claim]
    if word is None:
        gap = judged.shares[0].share - judged.shares[1].share
        word = "no difference" if abs(gap) <= 0.02 else "holds" if gap > 0 else "fails"
    assert judged.verdict == word
    assert 0.5 < judged.same <= 1.0
    assert judged.worlds == WORLDS


def test_what_brings_the_present_to_the_same_is_no_difference(written) -> None:
    case = written("coercion", {"same": "reach(concession) > reach(concession; sender.punish = no)"})
    (judged,) = reach(case, target_of(case, "concession"), worlds=16).claims
    assert judged.verdict == "no difference"
    assert judged.same == 1.0
    assert claim_line(judged).startswith("same shows no difference: ")


def test_a_share_and_a_number_are_compared_as_they_are(written) -> None:
    case = written("coercion", {"a": "reach(concession) > 0.5", "b": "reach(concession) <= 0.5"})
    one, other = reach(case, target_of(case, "concession"), worlds=16).claims
    level = one.shares[0].share
    exact = written("coercion", {"a": f"reach(concession) > {level}", "b": f"reach(concession) >= {level}"})
    over, least = reach(exact, target_of(exact, "concession"), worlds=16).claims
    assert {one.verdict, other.verdict} == {"holds", "fails"}
    assert (over.verdict, least.verdict) == ("fails", "holds")


def test_what_is_not_defined_cannot_be_told(written) -> None:
    case = written("coercion", {"none": "reach(concession, threat == none) / reach(concession, threat == none) > 1"})
    (judged,) = reach(case, target_of(case, "concession"), worlds=8).claims
    assert (judged.verdict, judged.why) == ("cannot be told", "a number in it is not defined for these shares")
    assert [each.share for each in judged.shares] == [0.0]


def test_resamples_are_paired(found, counted) -> None:
    """Where the verdict rests on one share, its spread is that of a share of the worlds."""
    share = found["number"].shares[0].share
    drawn = np.random.default_rng(1).binomial(WORLDS, share, 100_000) / WORLDS
    assert found["number"].same == pytest.approx((drawn > 0.5).mean(), abs=0.04)


def test_the_missile_crisis_by_full_enumeration(written) -> None:
    text = "reach(withdrawal, course != strike, course != free) - reach(withdrawal, course == free) > 0"
    case = written("cuba-1962", {"firm": text})
    (judged,) = reach(case, target_of(case, "withdrawal"), worlds=16).claims
    target, worlds = case.targets["withdrawal"], draw(case, 16, 0)
    changed, target = measured(case, target)
    trial = Trial(packages_of(changed, target, ["us"]), [target.outcome], worlds)
    shares = {}
    for n, level in enumerate(case.levers["course"].levels):
        variant: Variant = packaged(changed, target, {"course": n})
        values = trial.of([(variant, w) for w in range(1, 17)])[:, 0]
        shares[level.id] = float((values >= 0.5).mean())
    firm = max(shares["nothing"], shares["blockade"], shares["blockade-whatever"])
    assert [each.share for each in judged.shares] == [firm, shares["free"]]
    gap = firm - shares["free"]
    assert judged.verdict == ("no difference" if abs(gap) <= 0.02 else "holds" if gap > 0 else "fails")


def test_where_it_cannot_be_told(coercion) -> None:
    target = target_of(coercion, "concession")
    held = {j.claim: j for j in reach(coercion, target, worlds=16, held={"threat": "assured"}).claims}
    assert held["only-assured"].verdict == "cannot be told"
    assert held["only-assured"].why == "no package is left with threat not assured"
    assert held["number"].verdict == "holds"
    other = reach(coercion, target_of(coercion, "concession", least=0.9), worlds=16)
    assert {judged.verdict for judged in other.claims} == {"cannot be told"}
    assert "another level was asked for" in other.claims[0].why
    assert claim_line(other.claims[0]).startswith("only-assured cannot be told: it counts a world from 0.5 on")


def test_what_was_left_out_is_said(coercion) -> None:
    target = target_of(coercion, "concession")
    assert reach(coercion, target, worlds=8, held={"threat": None}, most=1).narrowed == (
        "threat none, a price of at most 1"
    )
    assert reach(coercion, target, worlds=8).narrowed == ""


def test_fewer_conditions_never_reach_less() -> None:
    """Also where the search ends early, and the estimate of the larger set leads elsewhere."""
    case = load_case("iran-2009")
    small, large = "reach(earnest, relief == withheld, pressure == none)", "reach(earnest, relief == withheld)"
    text = f"{small} <= {large} and reach(earnest) > 0"
    held = {lever: None for lever in case.levers if lever not in ("offer", "pressure", "relief", "line", "calm")}
    case = replace(case, claims={"E6": replace(case.claims["E6"], reach=parse(text, reach=True))})
    (judged,) = reach(case, target_of(case, "earnest"), worlds=8, solves=40, held=held, workers=2).claims
    shares = [each.share for each in judged.shares]
    assert shares == sorted(shares)
    assert judged.text == text


def test_another_question_hears_no_claims(coercion) -> None:
    assert reach(coercion, target_of(coercion, "not target.concede"), by=["sender"], worlds=8).claims == ()


def test_a_search_that_was_stopped(coercion, monkeypatch) -> None:
    race = module.race
    monkeypatch.setattr(module, "race", lambda *a, **k: replace(race(*a, **k), interrupted=True))
    told = reach(coercion, target_of(coercion, "concession"), worlds=8)
    assert {(judged.verdict, judged.why) for judged in told.claims} == {
        ("cannot be told", "the search was stopped early")
    }


def test_packages_that_may_turn_it(coercion, monkeypatch) -> None:
    """Where more than three may be better than the best, a verdict stands only if none of them could turn it."""
    race, more = module.race, judging.MORE

    def vague(*a, **k):
        raced = race(*a, **k)
        return replace(raced, high=np.ones_like(raced.high), solved=np.zeros_like(raced.solved))

    monkeypatch.setattr(module, "race", vague)
    monkeypatch.setattr(judging, "MORE", 0)
    told = {}
    for claim in ("better", "only-assured", "number", "dear"):
        alone = replace(coercion, claims={claim: coercion.claims[claim]})
        (told[claim],) = reach(alone, target_of(alone, "concession"), worlds=16).claims
    assert told["better"].verdict == "holds"  # two packages each: all solved
    assert told["only-assured"].verdict == "cannot be told"
    assert told["only-assured"].why == "2 more packages with threat not assured may reach up to 100 %"
    assert told["number"].verdict == "holds"  # more than half already, whatever the others reach
    assert told["dear"].verdict == "cannot be told"
    assert "So far " in claim_line(told["dear"])
    monkeypatch.setattr(judging, "MORE", more)  # then those that could turn it are solved
    alone = replace(coercion, claims={"only-assured": coercion.claims["only-assured"]})
    assert reach(alone, target_of(alone, "concession"), worlds=16).claims[0].verdict == "holds"
