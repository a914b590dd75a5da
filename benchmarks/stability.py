"""The stability lens on random games with binary options, beside dense matrices and brute force on the smaller."""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable

import numpy as np

from offramp.casefile import parse_case
from offramp.stability import CONCEPTS, Conflict, conflict, free_graph, judge, judge_world
from offramp.worlds import draw


def random_game(players: int, options: int, seed: int = 0) -> Conflict:
    """Draw strict preferences over all combinations of options, which are dealt out in turn."""
    states = 1 << options
    levels = (np.arange(states)[None, :] >> np.arange(options)[:, None]) & 1
    owners = [k * players // options for k in range(options)]
    rng = np.random.default_rng(seed)
    payoffs = np.array([rng.permutation(states) for _ in range(players)], dtype=float)
    return conflict(levels, [2] * options, owners, [False] * options, payoffs)


def dense(game: Conflict) -> dict[str, np.ndarray]:
    """All five concepts by Boolean matrices, [states, states]: what the field's papers state."""
    stable = {}
    moves = []
    for mover in game.movers:
        matrix = mover.group[:, None] == mover.group[None, :]
        moves.append(matrix & ~np.eye(game.states, dtype=bool))
    better = [row[None, :] > row[:, None] for row in game.ranks]
    improving = [m & b for m, b in zip(moves, better, strict=True)]
    for concept in CONCEPTS:
        rows = []
        for i in range(len(moves)):
            if concept == "nash":
                rows.append(~improving[i].any(axis=1))
                continue
            steps = improving if concept in ("seq", "sseq") else moves
            reach = np.logical_or.reduce([m for j, m in enumerate(steps) if j != i])
            while True:
                further = reach | (reach.astype(np.float32) @ reach.astype(np.float32) > 0)
                if (further == reach).all():
                    break
                reach = further
            worth = game.ranks[i].astype(float)
            if concept in ("smr", "sseq"):
                worth = np.maximum(worth, np.where(moves[i], worth[None, :], -1.0).max(axis=1))
            least = np.where(reach, worth[None, :], np.inf).min(axis=1)
            worst = np.where(improving[i], least[None, :], -np.inf).max(axis=1)
            rows.append(worst <= game.ranks[i])
        stable[concept] = np.array(rows)
    return stable


def brute_force(game: Conflict) -> dict[str, np.ndarray]:
    """All five concepts from the definitions: for every improvement, all that the opponents can reach from there."""
    players = range(len(game.movers))
    moves = [
        [[int(s) for s in mover.members[mover.group[at]] if s != at] for at in range(game.states)]
        for mover in game.movers
    ]
    better = [[[s for s in ends if row[s] > row[at]] for at, ends in enumerate(own)]
              for own, row in zip(moves, game.ranks.tolist(), strict=True)]  # fmt: skip
    stable = {concept: np.ones((len(moves), game.states), dtype=bool) for concept in CONCEPTS}
    for i in players:
        rank = game.ranks[i].tolist()
        best = [max([rank[at], *(rank[s] for s in moves[i][at])]) for at in range(game.states)]
        for concept in CONCEPTS:
            steps = better if concept in ("seq", "sseq") else moves
            worth = best if concept in ("smr", "sseq") else rank
            for at in range(game.states):
                deterred = (
                    concept != "nash" and any(worth[end] <= rank[at] for end in _answers(steps, i, first))
                    for first in better[i][at]
                )
                stable[concept][i, at] = all(deterred)
    return stable


def _answers(steps: list[list[list[int]]], i: int, first: int) -> set[int]:
    reached: set[int] = set()
    waiting = [first]
    while waiting:
        at = waiting.pop()
        for j, own in enumerate(steps):
            fresh = [s for s in own[at] if s not in reached] if j != i else ()
            reached.update(fresh)
            waiting.extend(fresh)
    return reached


CASE = """
offramp: 1
name: three
title: Three players with three options each
players:
"""


def many_worlds(count: int = 1000) -> tuple[int, float]:
    """Judge a case of 512 configurations, whose worths are ranges, in many worlds, one thread."""
    rng = np.random.default_rng(0)
    names = [f"p{i}.o{k}" for i in range(3) for k in range(3)]
    text = CASE
    for i in range(3):
        text += f"  p{i}:\n    options: {{o0: {{}}, o1: {{}}, o2: {{}}}}\n    wants:\n"
        for _ in range(8):
            one, other = rng.choice(names, 2, replace=False)
            text += f"      - {{that: {one} and not {other}, worth: [-1, 1], origin: guess}}\n"
    case = parse_case(text + "outcomes: {first: {of: p0.o0}}\n").case
    graph, drawn = free_graph(case), draw(case, count, 0)
    judge_world(graph, drawn.world(0))
    start = time.perf_counter()
    for w in range(1, count + 1):
        judge_world(graph, drawn.world(w))
    return len(graph.codes), time.perf_counter() - start


def timed(judged: Callable[[Conflict], dict[str, np.ndarray]], game: Conflict) -> tuple[dict[str, np.ndarray], float]:
    start = time.perf_counter()
    found = judged(game)
    return found, time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=20, help="options of the largest game")
    asked = parser.parse_args()
    judge(random_game(2, 4))
    print("options  states   players  lens       dense matrices  brute force")
    for options in (8, 10, 12, 16, 20):
        if options > asked.most:
            break
        for players in (2, 3, 4):
            game = random_game(players, options)
            found, took = timed(lambda each: dict(judge(each).stable), game)
            line = f"{options:7}  {game.states:7}  {players:7}  {took:7.4f} s"
            for other, most in ((dense, 10), (brute_force, 8)):
                if options <= most:
                    by_other, slower = timed(other, game)
                    line += f"  {slower:10.3f} s"
                    assert all((found[concept] == by_other[concept]).all() for concept in CONCEPTS)
            print(line)
    states, took = many_worlds()
    print(f"1,000 worlds of a case of {states} configurations: {took:.2f} s")
    print(f"largest memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB")


if __name__ == "__main__":
    main()
