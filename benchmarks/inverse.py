"""Inverse stability on random cases: the least change of one player's worths for states that others would keep."""

from __future__ import annotations

import argparse
import time

import numpy as np

from offramp.inverse.stability import AffineGame, Budget, Inverse, Payoffs, Unknowns, least_change
from offramp.stability import CONCEPTS, conflict, judge


def random_case(options: int, players: int, unknowns: int, moving: int, seed: int) -> tuple[AffineGame, Unknowns]:
    """Draw wants of two options each, of all players; those of some have worths in ranges, which are the unknowns."""
    rng = np.random.default_rng(seed)
    levels = (np.arange(1 << options)[None, :] >> np.arange(options)[:, None]) & 1
    levels = np.ascontiguousarray(levels[:, rng.permutation(1 << options)[: int((1 << options) * 0.98)]])
    owners = [k * players // options for k in range(options)]
    base, slope = np.zeros((players, levels.shape[1])), np.zeros((players, levels.shape[1], unknowns * moving))
    best, low, high = [], [], []
    for i in range(players):
        for n in range(unknowns):
            one, other = rng.choice(options, 2, replace=False)
            holds = levels[one] * (1 - levels[other]) if rng.random() < 0.7 else levels[one] * levels[other]
            worth = rng.uniform(-1, 1)
            base[i] += worth * holds
            if i < moving:
                slope[i, :, i * unknowns + n] = holds
                best.append(worth)
                low.append(min(worth, rng.uniform(-1, worth)))
                high.append(max(worth, rng.uniform(worth, 1)))
    laid = conflict(levels, [2] * options, owners, [False] * options, base)
    none = tuple(Payoffs(np.zeros((0, base.shape[1])), np.zeros((0, base.shape[1], slope.shape[2]))) for _ in owners)
    game = AffineGame(
        laid.movers, Payoffs(base, slope), none[:players], tuple(range(players)), np.arange(base.shape[1])
    )
    return game, Unknowns.of([f"worth-{k}" for k in range(len(best))], best, low, high)


def targets(game: AffineGame, concept: str, moving: int, count: int) -> list[int]:
    """Give states that those who do not move would keep, and one of those who do would leave."""
    cells = judge(game.at(np.zeros(game.payoffs.slope.shape[2])), [concept]).stable[concept]
    wanted = np.flatnonzero(cells[moving:].all(axis=0) & ~cells[:moving].all(axis=0))
    return [int(s) for s in wanted[:: max(1, len(wanted) // count)][:count]]


def told(found: Inverse) -> str:
    if not found.answers:
        blocked = found.blocked[0] if found.blocked else None
        why = "" if blocked is None else f" ({len(blocked.requirements)} moves, {len(blocked.ends)} ends)"
        return ("nothing will do" if found.complete else "not known") + why
    least = found.answers[0]
    return f"{len(least.changes)} changes, cost {least.cost:.3f}" + ("" if least.proven else f", gap {least.gap:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--options", type=int, default=9)
    parser.add_argument("--players", type=int, default=4)
    parser.add_argument("--unknowns", type=int, default=12, help="of each player whose worths may move")
    parser.add_argument("--moving", type=int, default=1, help="players whose worths may move")
    parser.add_argument("--cases", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=60.0)
    asked = parser.parse_args()
    print("case  states  concept  seconds  1 answer                       seconds  4 answers")
    for seed in range(asked.cases):
        game, unknowns = random_case(asked.options, asked.players, asked.unknowns, asked.moving, seed)
        for concept in CONCEPTS:
            for state in targets(game, concept, asked.moving, 2):
                line = f"{seed:4}  {len(game.states):6}  {concept:7}"
                for answers in (1, 4):
                    start = time.perf_counter()
                    found = least_change([game], unknowns, [state], concept, answers=answers,
                                         budget=Budget(asked.seconds))  # fmt: skip
                    took = time.perf_counter() - start
                    line += f"  {took:7.2f}  " + (f"{told(found):30}" if answers == 1 else f"{len(found.answers)}")
                print(line)


if __name__ == "__main__":
    main()
