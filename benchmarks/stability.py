"""The stability lens on random games with binary options, beside brute force on the smallest."""

from __future__ import annotations

import argparse
import resource
import time

import numpy as np

from offramp.stability import CONCEPTS, Conflict, conflict, judge


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=20, help="options of the largest game")
    asked = parser.parse_args()
    judge(random_game(2, 4))
    print("options  states   players  lens      dense matrices")
    for options in (8, 10, 12, 16, 20):
        if options > asked.most:
            break
        for players in (2, 3, 4):
            game = random_game(players, options)
            start = time.perf_counter()
            found = judge(game).stable
            lens = time.perf_counter() - start
            line = f"{options:7}  {game.states:7}  {players:7}  {lens:7.4f} s"
            if options <= 10:
                start = time.perf_counter()
                by_matrices = dense(game)
                line += f"  {time.perf_counter() - start:7.3f} s"
                assert all((found[concept] == by_matrices[concept]).all() for concept in CONCEPTS)
            print(line)
    print(f"largest memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB")


if __name__ == "__main__":
    main()
