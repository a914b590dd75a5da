"""Both lenses on one configuration: against the play lens itself, against closed forms, and where each cause counts."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy.linalg import expm

import offramp
from offramp.casefile import parse_case
from offramp.errors import CaseErrors, WorldError
from offramp.findings.equilibria import causes
from offramp.findings.equilibria import lenses as module
from offramp.findings.equilibria.lenses import compare, lenses
from offramp.findings.equilibria.values import Lenses, Standing
from offramp.model import Case

from .two import TWO


def told(case: Case, **levels: str) -> Standing:
    wanted = {key.replace("_", "."): level for key, level in levels.items()}
    return next(s for s in lenses(case, 4, 0).standings if s.label == wanted)


ONE = """\
offramp: 1
name: one
time: {horizon: HORIZON, foresight: 1000}
players: {us: {lam: LAM, pace: PACE, options: {go: {levels: [a, b, c]}}, wants: [{that: us.go == c, worth: 1}]}}
strategies: {free: {}}
"""


def alone(lam: float, pace: float, horizon: float) -> float:
    """The share of its time that a lone player spends in the best of three levels, begun in another.

    Whatever it has, the next opportunity gives it the same chances: so the best is worth 1 / pace more.
    """
    best = math.exp(lam) / (math.exp(lam) + 2)
    return best * (1 - (1 - math.exp(-pace * horizon)) / (pace * horizon))


def lone(lam: float, pace: float, horizon: float) -> Standing:
    text = ONE.replace("HORIZON", str(horizon)).replace("LAM", str(lam)).replace("PACE", str(pace))
    return told(parse_case(text).case, us_go="c")


def test_noise_is_the_reason() -> None:
    found = lone(0.5, 1.0, 60.0).compared
    assert found.holds
    assert found.play == pytest.approx(alone(0.5, 1.0, 60.0), abs=1e-3)
    assert found.changed["noise"] == pytest.approx(alone(5.0, 1.0, 60.0), abs=2e-3)
    assert found.changed["time"] == pytest.approx(alone(0.5, 1.0, 240.0), abs=1e-3)
    assert (found.agree, found.cause) == (False, "noise")
    gone = (found.changed["noise"] - found.play) / (1 - found.play)
    assert found.closes == pytest.approx(gone)
    assert gone > 0.5
    assert set(found.changed) == {"noise", "foresight", "time"}, "nothing drifts or costs"


def test_time_is_the_reason() -> None:
    standing = lone(8.0, 0.02, 24.0)
    found = standing.compared
    assert found.play == pytest.approx(alone(8.0, 0.02, 24.0), abs=1e-3)
    assert found.changed["time"] == pytest.approx(alone(8.0, 0.02, 96.0), abs=2e-3)
    assert (found.holds, found.agree, found.cause) == (True, False, "time")
    assert standing.begun == pytest.approx(found.play + (1 - math.exp(-0.48)) / 0.48, abs=2e-3)
    assert standing.final == pytest.approx(1 - math.exp(-0.48), abs=2e-3)


STAG = """\
offramp: 1
name: stag
time: {horizon: 30, foresight: 80}
players:
  one: {lam: 4, options: {stag: {}}, wants: [{that: one.stag and two.stag, worth: 2}, {that: not one.stag, worth: 1}]}
  two: {lam: 4, options: {stag: {}}, wants: [{that: one.stag and two.stag, worth: 2}, {that: not two.stag, worth: 1}]}
strategies: {free: {}}
"""


def test_foresight_is_the_reason() -> None:
    """Both hunt hare: nobody gains by hunting stag alone, but who looks ahead knows that the other will follow."""
    found = told(parse_case(STAG).case, one_stag="no", two_stag="no")
    assert found.start
    assert found.best_guess == ("nash", "sseq", "seq", "smr", "gmr")
    assert found.shares == dict.fromkeys(("nash", "sseq", "seq", "smr", "gmr"), 1.0)
    compared = found.compared
    assert compared.play < 0.2
    assert (compared.holds, compared.agree, compared.cause) == (True, False, "foresight")
    stay, follow = (1 / (1 + math.exp(4 * (other - own))) for own, other in ((1, 0), (2, 1)))
    # States: none, the one, the other, both hunt stag. Each moves at rate 1, to what is best given what the other has.
    rates = np.array(
        [[0, 1 - stay, 1 - stay, 0], [stay, 0, 0, follow], [stay, 0, 0, follow], [0, 1 - follow, 1 - follow, 0]]
    )
    rates -= np.diag(rates.sum(axis=1))
    steps = np.linspace(0, 30, 601)
    there = [expm(rates * t)[0, 0] for t in steps]
    assert compared.changed["foresight"] == pytest.approx(np.trapezoid(there, steps) / 30, abs=2e-3)


CHICKEN = STAG.replace("one.stag and two.stag, worth: 2", "one.stag or two.stag, worth: 2").replace(
    "not one.stag, worth: 1", "two.stag and not one.stag, worth: 1").replace(
    "not two.stag, worth: 1", "one.stag and not two.stag, worth: 1")  # fmt: skip


def test_what_turns_on_the_last_date_tells_nothing() -> None:
    """Without noise one of two mirror images comes about, and only what is assumed at the last date says which."""
    case = parse_case(CHICKEN.replace("lam: 4", "lam: 1")).case
    first, second = told(case, one_stag="yes", two_stag="no"), told(case, one_stag="no", two_stag="yes")
    for each in (first.compared, second.compared):
        assert each.holds
        assert math.isnan(each.changed["noise"])
        assert each.cause != "noise"
    assert first.compared.play == pytest.approx(second.compared.play, abs=1e-3)


def test_the_cost_of_moves_is_the_reason() -> None:
    """What is gained up to the foresight date does not make up for the cost, and stability does not know it."""
    text = ONE.replace("HORIZON", "60").replace("1000", "62").replace("LAM", "6").replace("PACE", "1")
    found = told(parse_case(text.replace("[a, b, c]", "[a, b, c], switching: 800")).case, us_go="a").compared
    assert not found.holds
    assert found.play == pytest.approx(1.0, abs=1e-3)
    assert found.changed["cost"] < 0.03
    assert (found.agree, found.cause) == (False, "cost")


def test_where_no_legal_move_leads() -> None:
    text = ONE.replace("HORIZON", "12").replace("LAM", "3").replace("PACE", "1")
    text = text.replace("levels: [a, b, c]", "levels: [a, b, c], start: b").replace("us.go == c", "us.go == a")
    found = told(parse_case(text + "irreversible: [us.go]\n").case, us_go="a")
    assert (found.reached, found.compared.play, found.compared.cause) == (False, 0.0, None)
    assert found.begun > 0.5
    assert told(parse_case(text).case, us_go="a").reached


def test_all_that_holds_together() -> None:
    found = lenses(parse_case(STAG).case, 4, 0)
    assert found.together is not None
    held = [s for s in found.standings if s.compared.holds]
    assert found.equilibria == dict.fromkeys(("nash", "sseq", "seq", "smr", "gmr"), 2)
    assert (found.configurations, len(held)) == (4, 2)
    assert found.together.play == pytest.approx(sum(s.compared.play for s in held), abs=1e-4)
    assert found.together.agree
    assert sum(s.compared.play for s in found.standings) == pytest.approx(1, abs=1e-4)
    assert sum(s.final for s in found.standings) == pytest.approx(1, abs=1e-4)


def test_who_alone_would_leave() -> None:
    """The others hold to it in every world, and the one would gain in every world."""
    text = STAG.replace(
        "one.stag and two.stag, worth: 2}, {that: not one.stag", "one.stag, worth: 2}, {that: not one.stag"
    )
    found = lenses(parse_case(text).case, 4, 0)
    (nearly,) = (each for each in found.nearly if each.player == "one")
    assert (nearly.count, nearly.label, nearly.share) == (1, {"one.stag": "no", "two.stag": "no"}, 1.0)


@pytest.mark.parametrize(
    ("holds", "share", "changed", "expected"),
    [
        (True, 0.5, {"noise": 1.0}, (True, None, 0.0)),
        (True, 0.2, {"noise": 0.4, "time": 0.7}, (False, "time", 0.625)),
        (True, 0.2, {"noise": 0.27, "time": 0.1}, (False, None, 0.0)),
        (True, 0.2, {"noise": math.nan, "foresight": 0.3}, (False, "foresight", 0.125)),
        (True, 0.0, {}, (False, None, 0.0)),
        (False, 0.1, {"noise": 0.0}, (True, None, 0.0)),
        (False, 0.4, {"noise": 0.1, "cost": 0.2}, (False, "noise", 0.75)),
        (False, 0.4, {"noise": 0.5}, (False, None, 0.0)),
    ],
)  # fmt: skip
def test_the_nearest_change_is_the_cause(
    holds: bool, share: float, changed: dict[str, float], expected: object
) -> None:
    found = compare(holds, share, changed)  # type: ignore[arg-type]
    assert (found.agree, found.cause, pytest.approx(found.closes)) == expected


def test_a_case_too_large_is_told_of_and_the_rest_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    case = parse_case(TWO).case
    monkeypatch.setattr(module, "LARGEST", 17)
    with pytest.raises(CaseErrors, match="18 states"):
        lenses(case, 2, 0)
    found = offramp.analyse(case, worlds=2)
    assert found.lenses is None
    assert "18 states" in found.no_lenses
    assert set(found.outcomes_by) == {"free"}


def test_a_best_guess_that_cannot_be_played_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> object:
        raise WorldError("The policies do not converge")

    monkeypatch.setattr(module, "solve", fail)
    found = offramp.analyse(parse_case(TWO).case, worlds=2)
    assert (found.lenses, found.no_lenses) == (None, "The policies do not converge")


def test_a_change_that_cannot_be_played_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> object:
        raise WorldError("The policies do not converge")

    monkeypatch.setattr(causes, "outcomes_under", fail)
    found = lenses(parse_case(STAG).case, 2, 0)
    for each in found.standings:
        assert all(math.isnan(share) for share in each.compared.changed.values())
        assert each.compared.cause is None


def test_a_run_stopped_before_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    from offramp.findings import beside

    def stop(*_: object) -> Lenses:
        raise KeyboardInterrupt

    monkeypatch.setattr(beside, "lenses", stop)
    found = offramp.analyse(parse_case(TWO).case, worlds=2)
    assert (found.interrupted, found.lenses, found.no_lenses) == (True, None, "")
    assert found.maps


def test_large_cases_are_judged_in_fewer_worlds(monkeypatch: pytest.MonkeyPatch) -> None:
    case = parse_case(TWO.replace("worth: 0.6", "worth: [0.2, 0.9]")).case
    assert lenses(case, 100, 0).worlds == 64
    assert lenses(case, 3, 0).worlds == 3
    monkeypatch.setattr(module, "CELLS", 60)
    assert lenses(case, 100, 0).worlds == 10
    assert replace(lenses(case, 100, 0), worlds=0) == replace(lenses(case, 100, 0, workers=1), worlds=0)
