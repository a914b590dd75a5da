"""What the kernels read: one segment as flat arrays, and the room they work in.

Letters: C configurations, P positions, N columns of the problem, A postures, G groups, K conditions. A block is what
one configuration holds: for each column, S numbers, the values at the positions and then idle ones that round up to
whole vector registers, so that rows start on register boundaries and loops have no remainder.
"""

from __future__ import annotations

from typing import NamedTuple

from offramp.compiled import helper
from offramp.shapes import Bools, Floats, Ints

__all__ = ["TOGETHER", "Choice", "Room", "Tables", "choice_at"]

TOGETHER = 4
"""Members of a group whose moves are added up in one go: their sums fit the vector registers."""

SHARED, PAIRWISE, FIXED, CONSENTING = range(4)
"""How a policy is computed: weights shared by a group, pair by pair, from a table, or shared and with consent."""

METHOD, GROUPS, POSTURES, MEMBERS, DECIDES, DECIDE_COUNT, CONSENTS, CONSENT_COUNT = range(8)
DRIVES, DRIVE_COUNT, PAYERS, PAYER_COUNT, MATRICES, WEIGHT, ALIKE, PRICED = range(8, 16)
FIRST_ENTRY, END_ENTRY = 16, 17
FIELDS = 18


class Tables(NamedTuple):
    """One segment."""

    positions: int
    """P"""
    span: int
    """S"""
    active: int
    flow: Floats
    """[C, active, S]"""
    decay: Floats
    """[active] discount plus the paces of the logit players, who put back what stays."""
    sharpest: Floats
    """[active] the precision of the sharpest choice that goes by the column."""
    strides: Ints
    """[K]"""
    rates: Ints
    """[C] which row of ``rise`` and ``fall`` holds."""
    leave: Floats
    """[distinct, S] all rates of a row together"""
    rise: Floats
    """[distinct, K, S]"""
    fall: Floats
    """[distinct, K, S]"""
    policies: Ints
    """[policies, FIELDS] offsets into ``whole`` and ``real``."""
    pace: Floats
    """[policies]"""
    precision: Floats
    """[policies]"""
    whole: Ints
    real: Floats
    sources: Ints
    """[entries] of the tabulated policies: from this configuration ..."""
    targets: Ints
    """[entries] ... to this one ..."""
    chances: Floats
    """[entries, S] ... at this rate ..."""
    prices: Floats
    """[entries] ... at this switching cost."""
    held_columns: Ints
    held: Bools
    """[masks, C, S]"""


class Choice(NamedTuple):
    """One logit policy, as views into the tables."""

    members: Ints
    """[G, A]"""
    blend: Floats
    """[A, A] exp(-precision * cost) where allowed, else 0."""
    cost: Floats
    """[A, A]"""
    charge: Floats
    """[A, A] blend * cost."""
    turned: Floats
    """[A, A] the transpose of ``blend``."""
    decides: Ints
    weight: Floats
    """[len(decides), S]"""
    consents: Ints
    drives: Ints
    """[ranges, 2]"""
    payers: Ints
    positions: int
    span: int
    pace: float
    precision: float
    alike: bool
    """Every entry of ``blend`` is 1: all members of a group choose alike."""
    priced: bool
    """Some column pays switching costs."""


class Room(NamedTuple):
    """Scratch of the right-hand side; contents never outlive one group of configurations."""

    appeal: Floats
    """[A, S]"""
    odds: Floats
    """[A, S]"""
    totals: Floats
    """[A, S]"""
    best: Floats
    """[S]"""
    gates: Floats
    """[A, S]"""
    rates: Floats
    """[TOGETHER, A, S]"""
    present: Ints
    """[A] the postures of the group that are no holes"""
    reached: Ints
    """[A] the configurations that these make"""
    parts: Floats
    """[A, N, S]"""
    mixed: Floats
    """[A, N, S]"""
    flat_parts: Floats
    """[A, N * S] the same memory as ``parts``"""
    flat_mixed: Floats
    """[A, N * S] the same memory as ``mixed``"""


@helper
def choice_at(tables: Tables, i: int) -> Choice:
    """Policy ``i`` of the segment."""
    f = tables.policies[i]
    groups, postures, span = f[GROUPS], f[POSTURES], tables.span
    whole, real, square = tables.whole, tables.real, f[POSTURES] * f[POSTURES]
    return Choice(
        whole[f[MEMBERS] : f[MEMBERS] + groups * postures].reshape(groups, postures),
        real[f[MATRICES] : f[MATRICES] + square].reshape(postures, postures),
        real[f[MATRICES] + square : f[MATRICES] + 2 * square].reshape(postures, postures),
        real[f[MATRICES] + 2 * square : f[MATRICES] + 3 * square].reshape(postures, postures),
        real[f[MATRICES] + 3 * square : f[MATRICES] + 4 * square].reshape(postures, postures),
        whole[f[DECIDES] : f[DECIDES] + f[DECIDE_COUNT]],
        real[f[WEIGHT] : f[WEIGHT] + f[DECIDE_COUNT] * span].reshape(f[DECIDE_COUNT], span),
        whole[f[CONSENTS] : f[CONSENTS] + f[CONSENT_COUNT]],
        whole[f[DRIVES] : f[DRIVES] + 2 * f[DRIVE_COUNT]].reshape(f[DRIVE_COUNT], 2),
        whole[f[PAYERS] : f[PAYERS] + f[PAYER_COUNT]],
        tables.positions,
        span,
        tables.pace[i],
        tables.precision[i],
        f[ALIKE] != 0,
        f[PRICED] != 0,
    )
