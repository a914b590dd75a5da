"""Ids, YAML, sets and rankings written for people."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offramp.casefile import parse_case, read_tree
from offramp.expressions import Rungs, evaluate, is_name, truth
from offramp.interop.cubes import cover
from offramp.interop.formulas import Literals, any_of, rank_formulas, within
from offramp.interop.ids import Ids
from offramp.interop.sizes import power
from offramp.interop.yaml_text import comment, flow, folded, scalar
from offramp.model.draft import RESERVED_HERE


@settings(deadline=None)
@given(st.lists(st.text(max_size=60), max_size=12))
def test_ids_are_names_and_differ(texts: list[str]) -> None:
    ids = Ids(["taken"])
    found = [ids.take(text, "option") for text in texts]
    assert len(set(found)) == len(found)
    assert all(is_name(id_) and id_ not in RESERVED_HERE and id_ != "taken" for id_ in found)


def test_ids_read_well() -> None:
    ids = Ids()
    for name, id_ in {
        "U.S. Support": "u-s-support",
        "us support": "us-support",
        "\u00c9tranger": "etranger",
        "2nd": "option-2nd",
        "delay": "option-delay",
        "\u4e2d\u56fd": "option",
        "Ministry of the Environment of Ontario": "ministry-of-the-environment-of",
    }.items():
        assert ids.take(name, "option") == id_
    assert [ids.take("Full", "option"), ids.take("full!", "option")] == ["full", "full-2"]


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", categories=["L", "N", "P", "S"]) | st.just(" "), max_size=80))
def test_scalars_are_read_back(text: str) -> None:
    tree = read_tree(f"a: {scalar(text)}\nb: {flow({'c': scalar(text)})}\n", "t")
    assert tree.data == {"a": text, "b": {"c": text}}


def test_long_texts_are_folded_and_read_back() -> None:
    text = " and ".join(f"player.option-{k} == no" for k in range(40))
    lines = folded("that", text, 4)
    assert max(map(len, lines)) <= 116
    assert read_tree("a:\n" + "\n".join(lines), "t").data == {"a": {"that": text}}
    assert all(line.startswith("# ") for line in comment(text).splitlines())
    assert comment(text, item=True).startswith("# - player")


LITERALS = Literals(tuple(f"p.o{k}" for k in range(6)), tuple(f"not p.o{k}" for k in range(6)))


def case_with(expressions: list[str]) -> list[object]:
    """Read expressions as a case would, and give their trees."""
    wants = "\n".join(f"      - {{that: {scalar(text)}, worth: 1}}" for text in expressions)
    options = ", ".join(f"o{k}: {{}}" for k in range(6))
    case = parse_case(f"offramp: 1\nplayers:\n  p:\n    options: {{{options}}}\n    wants:\n{wants}\n").case
    return [want.that for want in case.players["p"].factions[0].wants]


def scope() -> dict[str, Rungs]:
    return {f"p.o{k}": Rungs(np.arange(64) >> k & 1, 1) for k in range(6)}


def as_number(holds: np.ndarray) -> int:
    return sum(1 << int(state) for state in np.flatnonzero(np.broadcast_to(holds, 64)))


@settings(deadline=None)
@given(st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1))
def test_covers_hold_what_they_must_and_no_more_than_they_may(needed: int, free: int) -> None:
    allowed = needed | free
    cubes = cover(needed, allowed, 6)
    held = as_number(truth(case_with([any_of(cubes, LITERALS)])[0], scope()))
    assert needed & ~held == 0
    assert held & ~allowed == 0
    text = within(needed, ~free & (2**64 - 1), LITERALS)
    assert as_number(truth(case_with([text])[0], scope())) & ~free == needed & ~free


def test_hundreds_of_conjunctions_are_not_nested_too_deeply() -> None:
    cubes = [tuple((k, bool(n >> k & 1)) for k in range(6)) for n in range(64)] * 2
    text = any_of(cubes, LITERALS)
    assert as_number(truth(case_with([text])[0], scope())) == 2**64 - 1


@pytest.mark.parametrize("most", [60, 200, 9_000])
def test_rank_formulas_add_up(most: int) -> None:
    rng = random.Random(most)
    for states in (1, 2, 17, 50, 64):
        which = np.array(sorted(rng.sample(range(64), states)))
        ranks = np.array([rng.randrange(rng.choice([1, 3, 64])) for _ in range(states)])
        texts = rank_formulas(which, ranks, LITERALS, most)
        total = sum((evaluate(node, scope()) for node in case_with(texts)), np.zeros(64)) if texts else np.zeros(64)
        assert np.broadcast_to(total, 64)[which].tolist() == ranks.tolist()
        assert all(len(text) <= max(most, 110) for text in texts)


def test_powers() -> None:
    assert [power(2, 20), power(3, 40), power(2, 100_000)] == ["1,048,576", "1.2e+19", "2^100000"]
