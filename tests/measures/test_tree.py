import math
from itertools import chain, combinations

import numpy as np
import pytest

from offramp.measures.boxes import Box, Fit, Limit, contains
from offramp.measures.statements import Clause, statement
from offramp.measures.tree import grow_tree


def impurity(labels):
    return 2 * labels.mean() * (1 - labels.mean()) * len(labels) if len(labels) else 0.0


def best_by_force(table, interest, kinds, least):
    """The least impurity left by any cut in two."""
    best = impurity(interest)
    for values, kind in zip(table.T, kinds, strict=True):
        levels = np.unique(values)
        if kind == "category":
            sides = chain.from_iterable(combinations(levels, n) for n in range(1, len(levels)))
            masks = [np.isin(values, side) for side in sides]
        else:
            masks = [values <= level for level in levels[:-1]]
        for mask in masks:
            if min(mask.sum(), (~mask).sum()) >= least:
                best = min(best, impurity(interest[mask]) + impurity(interest[~mask]))
    return best


def sample(seed, worlds=90):
    rng = np.random.default_rng(seed)
    table = np.column_stack((rng.random((worlds, 2)), rng.integers(4, size=worlds), rng.integers(5, size=worlds)))
    score = table[:, 0] + 0.2 * table[:, 2] + np.isin(table[:, 3], (1, 4)) + rng.normal(0, 0.3, worlds)
    return table, score > 1.2, ["real", "real", "integer", "category"]


@pytest.mark.parametrize("seed", range(8))
def test_cuts_are_the_best_there_are(seed):
    table, interest, kinds = sample(seed)
    root = grow_tree(table, interest, kinds, least_gain=0.0)

    def check(node):
        if node.branches:
            inside = contains(node.box, table)
            after = sum(impurity(interest[contains(b.box, table)]) for b in node.branches)
            assert after == pytest.approx(best_by_force(table[inside], interest[inside], kinds, 5))
            for branch in node.branches:
                check(branch)

    assert root.branches
    check(root)


@pytest.mark.parametrize("depth", [0, 1, 2, 3])
def test_leaves_part_the_worlds(depth):
    table, interest, kinds = sample(1)
    leaves = grow_tree(table, interest, kinds, depth=depth, least_mass=0.1).leaves
    assert (np.sum([contains(leaf.box, table) for leaf in leaves], axis=0) == 1).all()
    assert 1 <= len(leaves) <= 2**depth
    assert sum(leaf.fit.hits for leaf in leaves) == interest.sum()
    assert min(leaf.fit.worlds for leaf in leaves) >= 9
    for leaf in leaves:
        inside = contains(leaf.box, table)
        assert (leaf.fit.worlds, leaf.fit.hits) == (inside.sum(), interest[inside].sum())


def test_leaves_part_worlds_that_were_not_seen():
    table, interest, kinds = sample(2, worlds=1000)
    leaves = grow_tree(table, interest, kinds).leaves
    edges = np.unique([e for leaf in leaves for limit in leaf.box.limits for e in (limit.low, limit.high)])
    other, _, _ = sample(3, worlds=200)
    other[: len(edges), 0] = np.where(np.isfinite(edges), edges, 0.5)
    assert (np.sum([contains(leaf.box, other) for leaf in leaves], axis=0) == 1).all()


def test_one_cut():
    x = np.column_stack((np.tile([0.0, 1.0], 10), np.arange(20.0)))
    root = grow_tree(x, x[:, 1] >= 12, ["category", "integer"])
    assert root.column == 1
    low, high = root.branches
    assert low.box == Box((Limit(1, "integer", high=11.0),))
    assert high.box == Box((Limit(1, "integer", low=12.0),))
    assert (low.fit.density, high.fit.density) == (0.0, 1.0)
    assert high.fit == Fit(8, 8, 1.0, 1.0, 0.4)
    root = grow_tree(x, x[:, 1] >= 12)
    assert root.branches[0].box.limits[0].high == 11.5
    assert root.branches[1].box.limits[0].low == np.nextafter(11.5, 12)


def test_two_cuts_of_one_column_make_one_limit():
    x = np.arange(100.0)[:, None]
    leaves = grow_tree(x, (x[:, 0] > 30) & (x[:, 0] < 60)).leaves
    inner = next(leaf for leaf in leaves if leaf.fit.density == 1.0)
    assert len(inner.box.limits) == 1
    assert inner.box.limits[0].low == pytest.approx(30.5)
    assert inner.box.limits[0].high == 59.5


@pytest.mark.parametrize("interest", [np.zeros(30, dtype=bool), np.ones(30, dtype=bool)])
def test_nothing_to_part(interest):
    root = grow_tree(np.random.default_rng(1).random((30, 2)), interest)
    assert root.column is None
    assert root.leaves == (root,)


def test_constant_columns_and_few_worlds():
    assert not grow_tree(np.ones((30, 2)), np.arange(30) < 9).branches
    assert not grow_tree(np.ones((1, 1)), np.array([True])).branches
    assert len(grow_tree(np.array([[1.0], [2.0]]), np.array([True, False])).leaves) == 2


def test_a_cut_must_be_worth_it():
    rng = np.random.default_rng(1)
    x, interest = rng.random((500, 3)), rng.random(500) < 0.5
    assert not grow_tree(x, interest, least_gain=0.05).branches
    assert grow_tree(x, interest, least_gain=0.0).branches


def test_other_order_and_scale():
    table, interest, kinds = sample(5)
    order = np.random.default_rng(0).permutation(len(table))
    root = grow_tree(table, interest, kinds)
    assert grow_tree(table[order], interest[order], kinds) == root
    other = table.copy()
    other[:, :2] = np.exp(5 * table[:, :2])
    fits = [leaf.fit for leaf in grow_tree(other, interest, kinds).leaves]
    assert fits == [leaf.fit for leaf in root.leaves]


def test_refused():
    table, interest, kinds = sample(5)
    with pytest.raises(ValueError, match="depth"):
        grow_tree(table, interest, kinds, depth=4)
    table[0, 0] = math.nan
    with pytest.raises(ValueError, match="finite"):
        grow_tree(table, interest, kinds)


NAMES = ["stake", "pressure", "format", "guarantee"]
LABELS = {1: {0.0: "low", 1.0: "middle", 2.0: "high"}, 2: {0.0: "two", 1.0: "many", 2.0: "none"}}
FIT = Fit(100, 87, 0.6, 0.87, 0.1)


@pytest.mark.parametrize(
    ("limit", "relation", "words"),
    [
        (Limit(0, low=0.6), "above", ()),
        (Limit(0, high=0.6), "below", ()),
        (Limit(0, low=0.2, high=0.6), "between", ()),
        (Limit(1, "integer", low=1.0), "at least", ("middle",)),
        (Limit(1, "integer", low=2.0), "is", ("high",)),
        (Limit(1, "integer", high=1.0), "at most", ("middle",)),
        (Limit(1, "integer", high=0.0), "is", ("low",)),
        (Limit(3, "integer", low=3.0, high=12.0), "between", ("3", "12")),
        (Limit(3, "integer", low=3.0), "at least", ("3",)),
        (Limit(3, "integer", low=3.0, high=3.0), "is", ("3",)),
        (Limit(2, "category", among=(1.0,)), "is", ("many",)),
        (Limit(2, "category", among=(0.0, 2.0)), "is not", ("many",)),
        (Limit(3, "category", among=(0.0, 2.0)), "one of", ("0", "2")),
    ],
)
def test_clauses(limit, relation, words):
    (clause,) = statement(Box((limit,)), FIT, NAMES, LABELS).clauses
    assert (clause.column, clause.name) == (limit.column, NAMES[limit.column])
    assert (clause.relation, clause.words) == (relation, words)
    assert clause.low == (limit.low if math.isfinite(limit.low) else None)
    assert clause.high == (limit.high if math.isfinite(limit.high) else None)


def test_statement():
    box = Box((Limit(0, low=0.6), Limit(1, "integer", low=1.0, high=1.0), Limit(2, "category", among=(1.0,))))
    made = statement(box, FIT, NAMES, LABELS, [(0.2, math.nan), (1e-9, 1e-3), (1e-5, math.nan)])
    assert [clause.name for clause in made.clauses] == ["format", "pressure", "stake"]
    assert made.clauses[2] == Clause(0, "stake", "above", 0.6, None, (), 0.2)
    assert made.clauses[1].quasi_p == 1e-3
    assert (made.density, made.coverage, made.mass, made.worlds, made.hits) == (0.87, 0.6, 0.1, 100, 87)
    assert statement(Box(), FIT, NAMES).clauses == ()
    with pytest.raises(ValueError, match="names"):
        statement(box, FIT, NAMES[:2])
    with pytest.raises(ValueError, match="no label for the value 1 of column 2"):
        statement(box, FIT, NAMES, {2: {0.0: "two"}})
