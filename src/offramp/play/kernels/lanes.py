"""Eight numbers at a time, told to the compiler as such.

Loops along one ladder are short, and the compiler packs short loops badly. Here a value of type ``Lanes`` is a vector
of `WIDTH` numbers, in single or double precision as the array it came from: `load` takes it from an array, ``+ - * /``
work on all of it, `store` puts it back. What is loaded stays in registers until it is used. On processors with shorter
registers it takes several of them.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic, lower_builtin, models, register_model, type_callable

from offramp.compiled import helper
from offramp.play.kernels import exponential
from offramp.shapes import Floats

__all__ = ["WIDTH", "above", "exp_lanes", "larger", "like", "load", "smaller", "spread", "store"]

WIDTH = 8

_FLAGS = ("contract",)
"""As for all kernels: fused multiply-adds only."""


class _Lanes(types.Type):
    """A vector of numbers of one precision."""

    def __init__(self, number: Any, element: Any, bits: int, whole: Any) -> None:
        super().__init__(name=f"Lanes({number})")
        self.number, self.element, self.bits, self.whole = number, element, bits, whole
        self.vector = ir.VectorType(element, WIDTH)


_LANES = {
    types.float32: _Lanes(types.float32, ir.FloatType(), 32, ir.IntType(32)),
    types.float64: _Lanes(types.float64, ir.DoubleType(), 64, ir.IntType(64)),
}


@register_model(_Lanes)
class _Model(models.PrimitiveModel):  # type: ignore[misc]
    def __init__(self, manager: Any, type_: Any) -> None:
        super().__init__(manager, type_, type_.vector)


def _operator(symbol: Callable[..., Any], instruction: str) -> None:
    """Let an operator work on two Lanes, or on Lanes and a number."""

    @type_callable(symbol)
    def typed(context: Any) -> Any:
        def typer(one: Any, other: Any) -> Any:
            lanes = [t for t in (one, other) if isinstance(t, _Lanes)]
            if lanes and all(t == lanes[0] or isinstance(t, types.Float) for t in (one, other)):
                return lanes[0]
            return None

        return typer

    def lowered(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        kind = signature.return_type
        sides = [a if t == kind else _splat(context, builder, kind, t, a)
                 for t, a in zip(signature.args, args, strict=True)]  # fmt: skip
        return getattr(builder, instruction)(*sides, flags=_FLAGS)

    for kind in _LANES.values():
        lower_builtin(symbol, kind, kind)(lowered)
        for number in _LANES:
            lower_builtin(symbol, kind, number)(lowered)
            lower_builtin(symbol, number, kind)(lowered)


for _symbol, _instruction in (
    (operator.add, "fadd"),
    (operator.sub, "fsub"),
    (operator.mul, "fmul"),
    (operator.truediv, "fdiv"),
    (operator.iadd, "fadd"),
    (operator.isub, "fsub"),
    (operator.imul, "fmul"),
):
    _operator(_symbol, _instruction)


def _splat(context: Any, builder: Any, kind: _Lanes, type_: Any, number: Any) -> Any:
    number = context.cast(builder, number, type_, kind.number)
    empty = ir.Constant(kind.vector, ir.Undefined)
    vector = builder.insert_element(empty, number, ir.Constant(ir.IntType(32), 0))
    return builder.shuffle_vector(vector, empty, ir.Constant(ir.VectorType(ir.IntType(32), WIDTH), [0] * WIDTH))


def _place(context: Any, builder: Any, array: Any, value: Any, at: Any, index: Any) -> Any:
    """Return the address of an element; no index counts from the end."""
    made = context.make_array(array)(context, builder, value=value)
    count = getattr(at, "count", None)  # of a tuple
    indices = [index] if count is None else [builder.extract_value(index, n) for n in range(count)]
    shape = cgutils.unpack_tuple(builder, made.shape, array.ndim)
    offset = indices[0]
    for size, one in zip(shape[1:], indices[1:], strict=True):
        offset = builder.add(builder.mul(offset, size), one)
    kind = _LANES[array.dtype]
    first = builder.bitcast(made.data, kind.element.as_pointer())
    return builder.bitcast(builder.gep(first, [offset]), kind.vector.as_pointer())


@helper
def like(array: Floats, number: float) -> float:
    """Return a number in the precision of an array: with one of another, a loop would work in double."""
    return array.dtype.type(number)


@intrinsic
def load(typing: Any, array: Any, at: Any) -> Any:
    """``load(array, at)``: the numbers of a contiguous array from an index (or a tuple of them) on."""

    def lowered(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        place = _place(context, builder, signature.args[0], args[0], signature.args[1], args[1])
        return builder.load(place, align=signature.return_type.bits // 8)

    return _LANES[array.dtype](array, at), lowered


@intrinsic
def store(typing: Any, array: Any, at: Any, lanes: Any) -> Any:
    """``store(array, at, lanes)``: the opposite of `load`; both are of one precision."""
    if lanes != _LANES[array.dtype]:
        return None

    def lowered(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        place = _place(context, builder, signature.args[0], args[0], signature.args[1], args[1])
        builder.store(args[2], place, align=lanes.bits // 8)
        return context.get_dummy_value()

    return types.void(array, at, lanes), lowered


@intrinsic
def spread(typing: Any, array: Any, number: Any) -> Any:
    """``spread(array, number)``: the same number in all lanes, in the precision of the array."""
    kind = _LANES[array.dtype]

    def lowered(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return _splat(context, builder, kind, signature.args[1], args[1])

    return kind(array, number), lowered


def _chosen(comparison: str) -> Callable[..., Any]:
    def lowered(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        one, other = args
        return builder.select(builder.fcmp_ordered(comparison, one, other), one, other)

    return lowered


@intrinsic
def larger(typing: Any, one: Any, other: Any) -> Any:
    """``larger(one, other)``, lane by lane."""
    return one(one, one), _chosen(">")


@intrinsic
def smaller(typing: Any, one: Any, other: Any) -> Any:
    """``smaller(one, other)``, lane by lane."""
    return one(one, one), _chosen("<")


@intrinsic
def above(typing: Any, lanes: Any, bound: Any) -> Any:
    """``above(lanes, bound)``: are all lanes above a number?"""

    def lowered(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        least = _splat(context, builder, lanes, signature.args[1], args[1])
        bits = builder.bitcast(builder.fcmp_ordered(">", args[0], least), ir.IntType(WIDTH))
        return builder.icmp_unsigned("==", bits, ir.Constant(ir.IntType(WIDTH), 2**WIDTH - 1))

    return types.boolean(lanes, bound), lowered


@intrinsic
def exp_lanes(typing: Any, lanes: Any) -> Any:
    """``exp_lanes(lanes)``: the polynomial of ``exponential``, in the precision of the lanes."""
    made = exponential.SINGLE if lanes.bits == 32 else exponential.DOUBLE

    def lowered(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        def number(x: float) -> Any:
            return ir.Constant(lanes.vector, [ir.Constant(lanes.element, x)] * WIDTH)

        def add(a: Any, b: Any) -> Any:
            return builder.fadd(a, b, flags=_FLAGS)

        def times(a: Any, b: Any) -> Any:
            return builder.fmul(a, b, flags=_FLAGS)

        x = args[0]
        for bound, comparison in ((number(made.highest), "<"), (number(made.lowest), ">")):
            x = builder.select(builder.fcmp_ordered(comparison, x, bound), x, bound)
        rounded = add(times(x, number(exponential.LOG2_E)), number(made.rounder))
        n = builder.fsub(rounded, number(made.rounder))
        r = add(x, times(n, number(-made.ln2_high)))
        r = add(r, times(n, number(-made.ln2_low)))
        y = number(made.series[0])
        for coefficient in made.series[1:]:
            y = add(times(y, r), number(coefficient))
        y = add(add(times(times(y, r), r), r), number(1.0))
        wholes = ir.VectorType(lanes.whole, WIDTH)
        power = builder.bitcast(rounded, wholes)
        for instruction, by in ((builder.add, made.bias), (builder.shl, made.fraction)):
            power = instruction(power, ir.Constant(wholes, [ir.Constant(lanes.whole, by)] * WIDTH))
        return times(y, builder.bitcast(power, lanes.vector))

    return lanes(lanes), lowered
