"""An answer of `offramp reach` in which every part of the page has something to say."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from offramp.findings.discovery.values import Region, RegionClause, Where
from offramp.findings.reach import values as v
from offramp.inverse.mediation import Ending, Mediation

from .sample import HOSTILE


def package(
    number: int,
    price: tuple[float, float],
    share: float,
    minds: tuple[float, float],
    *moves: tuple[str, str],
    wide: float = 0.0,
) -> v.Package:
    return v.Package(
        number=number,
        moves=tuple(v.Move(*each) for each in moves),
        price_low=price[0],
        price_high=price[1],
        share=share,
        low=share - wide,
        high=share + wide,
        worlds=128 if not wide else 40,
        minds={key: v.Minded(x, x, x) for key, x in zip(("room", "earned"), minds, strict=True)},
        certain=not wide,
    )


NOW = package(0, (0, 0), 0.18, (0.1, 2.0))
TERMS = package(1, (0.2, 0.8), 0.33, (0.12, 1.9), ("terms", "balanced"))
BOTH = package(4, (0.5, 1.7), 0.56, (0.14, 1.8), ("terms", "balanced"), ("pressure", "targeted"), wide=0.07)
RELIEF = package(5, (0.6, 2.5), 0.51, (0.16, 1.2), ("relief", "offered"))
ALL = package(9, (0.8, 3.4), 0.81, (0.18, 1.1), ("terms", "balanced"), ("relief", "offered"))
OPEN = package(11, (1.0, 2.0), 0.3, (0.4, 2.2), ("pressure", "none"))


def _level(id_: str, low: float, high: float, *, stated: bool = True) -> v.LevelInfo:
    return v.LevelInfo(id_, f"{id_} terms", f"some {id_} terms", low, high, stated)


def _where() -> Where:
    clause = RegionClause("stake", "the partners' stake", "above", 0.62, None, (), 1.0, 0.01)
    region = Region((clause,), 20, 15, 0.75, 0.6, 0.16, 0.7, 18, 0.02)
    return Where("fails", 0.19, 128, 5, (region,))


def sample_reach() -> v.Reach:
    held = Mediation(
        parties=("us", "them"),
        concept="seq",
        worlds=64,
        wanted=5,
        present={"us.push": "yes", "them.talk": "no"},
        present_wanted=False,
        endings=tuple(
            Ending(n, {"us.push": "no", "them.talk": f"earnest {n}"}, 0.8, {"us": 0.9, "them": 0.4},
                   {"us": 0.1, "them": 0.6}, 0.3, way, unlocked)
            for n, (way, unlocked) in enumerate([
                ((("us", {"us.push": "no"}), ("them", {"them.talk": "earnest 0"})), 1),
                (None, None), ((), 0), (None, None), (None, None), (None, None),
            ])
        ),
        some=0.2,
        holding=0.7,
        first_choice={"us": 0.1, "them": 0.5},
    )  # fmt: skip
    kept = (v.Kept("relief", at=False, level="offered"),)
    judged = v.Judged("no-relief-no-talks", "Without relief nothing moves.", None, None, "reach(relief) > 0.5", "fails",
                      0.93, (v.Reachable("a", kept, "", 4, BOTH.moves, 0.56, 0.6, 1),), 128)  # fmt: skip
    turning = tuple(
        v.Turning(f"stake-{n}", f"stake {n}", "Them", 0.5, 0.0, 1.0, 0.5 + 0.03 * (n + 1), n % 2 == 0)
        for n in range(13)
    )
    return v.Reach(
        case="strait",
        title="Who talks",
        version="0.1.0",
        seed=7,
        goal=v.Goal("talks", "Earnest talks", "them.talk == earnest", "Earnest talks (share of the time)", "month", 0.5,
                    most=False, share=0.5, by=("us", "them"), strategy="drift", concept="seq",
                    view="elsewhere", price=5.0),
        names={"us": "The Alliance", "them": "The Republic", "us.push": "pressure", "them.talk": "talks",
               "room": "Room for reform (index)", "earned": "What the Alliance earns a month", "drift": "Drift"},
        levers=(
            v.LeverInfo("terms", "The terms", "us", (_level("bare", 0, 0), _level("balanced", 0.2, 0.8)), "bare",
                        held=None),
            v.LeverInfo("pressure", "How far pressure may climb", "us",
                        (_level("none", 0, 0), _level("targeted", 0.3, 0.9), _level("broad", 1, 1, stated=False)),
                        "none", held="none"),
            v.LeverInfo("relief", "Relief", "them", (_level("withheld", 0, 0), _level("offered", 0.6, 0.6)),
                        "withheld", held=None),
        ),
        search=v.Search(packages=12, within=12, worlds=128, solves=900, budget=900, finished=False, left=3, failed=2,
                        failure="no rest", interrupted=True),
        now=NOW,
        best=ALL,
        front=(NOW, TERMS, BOTH, ALL),
        further=2,
        earns=("earned",),
        fronts={"room": (ALL, OPEN), "earned": (ALL, NOW)},
        minimal=(RELIEF, BOTH),
        worst_tenth=RELIEF,
        worst_mean=0.05,
        adds=(v.Adds("terms", "balanced", 0.15, 0.3, 0.23, 0.2, 0.26), v.Adds("relief", "offered", -0.02, 0.48, -0.04,
                                                                             -0.1, 0.02)),
        blocked=_where(),
        theirs=v.Theirs(0.31, reached=False, turning=turning, none=40, failed=1),
        held={"now": held, "best": held},
        claims=(judged, replace(judged, claim="never", verdict="cannot be told", why="too few worlds")),
        assumed=v.Assumed("Elsewhere", 0.3, 0.6, False, (v.Assumption("stake", "the partners' stake", 0.5, 0.8, 0.65),
                                                  v.Assumption("cost", "cost", 0.1, 0.2, 0.8))),
        narrowed="the lever pressure held",
    )  # fmt: skip


def hostile_reach() -> v.Reach:
    """Every text of the case is an attempt to break out of the page."""
    found: v.Reach = _hostile(sample_reach())
    return found


def _hostile(value: Any) -> Any:
    if isinstance(value, str):
        return value + HOSTILE
    if isinstance(value, tuple):
        return tuple(map(_hostile, value))
    if isinstance(value, dict):
        ours = {"now", "best"}  # words of this package, not of a case
        return {key if key in ours else _hostile(key): _hostile(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        ours = {"verdict", "relation", "side"}
        return replace(value, **{f.name: _hostile(getattr(value, f.name)) for f in fields(value) if f.name not in ours})
    return value
