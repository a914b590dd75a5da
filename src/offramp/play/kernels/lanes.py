"""Eight numbers at a time, told to the compiler as such.

Loops along one ladder are short, and the compiler packs short loops badly. Here a value of type ``Lanes`` is a vector
of `WIDTH` numbers: `load` takes it from an array, ``+ - * /`` work on all of it, `store` puts it back. What is loaded
stays in registers until it is used. On processors with shorter registers it takes several of them.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic, lower_builtin, models, register_model, type_callable

__all__ = ["WIDTH", "above", "exp_lanes", "larger", "load", "smaller", "spread", "store"]

WIDTH = 8

_DOUBLE, _LONG = ir.DoubleType(), ir.IntType(64)
_VECTOR = ir.VectorType(_DOUBLE, WIDTH)
_FLAGS = ("contract",)
"""As for all kernels: fused multiply-adds only."""


class _Lanes(types.Type):
    def __init__(self) -> None:
        super().__init__(name="Lanes")


_LANES = _Lanes()


@register_model(_Lanes)
class _Model(models.PrimitiveModel):  # type: ignore[misc]
    def __init__(self, manager: Any, type_: Any) -> None:
        super().__init__(manager, type_, _VECTOR)


def _operator(symbol: Callable[..., Any], instruction: str) -> None:
    """Let an operator work on two Lanes, or on Lanes and a number."""

    @type_callable(symbol)
    def typed(context: Any) -> Any:
        def typer(one: Any, other: Any) -> Any:
            both = (one, other)
            if _LANES in both and all(t == _LANES or isinstance(t, types.Float) for t in both):
                return _LANES
            return None

        return typer

    def lowered(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        sides = [a if t == _LANES else _splat(builder, a) for t, a in zip(signature.args, args, strict=True)]
        return getattr(builder, instruction)(*sides, flags=_FLAGS)

    for signature in ((_LANES, _LANES), (_LANES, types.float64), (types.float64, _LANES)):
        lower_builtin(symbol, *signature)(lowered)


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


def _splat(builder: Any, number: Any) -> Any:
    vector = builder.insert_element(ir.Constant(_VECTOR, ir.Undefined), number, ir.Constant(ir.IntType(32), 0))
    mask = ir.Constant(ir.VectorType(ir.IntType(32), WIDTH), [0] * WIDTH)
    return builder.shuffle_vector(vector, ir.Constant(_VECTOR, ir.Undefined), mask)


def _place(context: Any, builder: Any, array: Any, value: Any, at: Any, index: Any) -> Any:
    """Return the address of an element; no index counts from the end."""
    made = context.make_array(array)(context, builder, value=value)
    count = getattr(at, "count", None)  # of a tuple
    indices = [index] if count is None else [builder.extract_value(index, n) for n in range(count)]
    shape = cgutils.unpack_tuple(builder, made.shape, array.ndim)
    offset = indices[0]
    for size, one in zip(shape[1:], indices[1:], strict=True):
        offset = builder.add(builder.mul(offset, size), one)
    first = builder.bitcast(made.data, _DOUBLE.as_pointer())
    return builder.bitcast(builder.gep(first, [offset]), _VECTOR.as_pointer())


@intrinsic
def load(typing: Any, array: Any, at: Any) -> Any:
    """``load(array, at)``: the numbers of a contiguous array from an index (or a tuple of them) on."""

    def lowered(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        place = _place(context, builder, signature.args[0], args[0], signature.args[1], args[1])
        return builder.load(place, align=8)

    return _LANES(array, at), lowered


@intrinsic
def store(typing: Any, array: Any, at: Any, lanes: Any) -> Any:
    """``store(array, at, lanes)``: the opposite of `load`."""

    def lowered(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        place = _place(context, builder, signature.args[0], args[0], signature.args[1], args[1])
        builder.store(args[2], place, align=8)
        return context.get_dummy_value()

    return types.void(array, at, lanes), lowered


@intrinsic
def spread(typing: Any, number: Any) -> Any:
    """``spread(number)``: the same number in all lanes."""

    def lowered(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return _splat(builder, args[0])

    return _LANES(types.float64), lowered


def _chosen(comparison: str) -> Callable[..., Any]:
    def lowered(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        one, other = args
        return builder.select(builder.fcmp_ordered(comparison, one, other), one, other)

    return lowered


@intrinsic
def larger(typing: Any, one: Any, other: Any) -> Any:
    """``larger(one, other)``, lane by lane."""
    return _LANES(_LANES, _LANES), _chosen(">")


@intrinsic
def smaller(typing: Any, one: Any, other: Any) -> Any:
    """``smaller(one, other)``, lane by lane."""
    return _LANES(_LANES, _LANES), _chosen("<")


@intrinsic
def above(typing: Any, lanes: Any, bound: Any) -> Any:
    """``above(lanes, bound)``: are all lanes above a number?"""

    def lowered(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        held = builder.fcmp_ordered(">", args[0], _splat(builder, args[1]))
        bits = builder.bitcast(held, ir.IntType(WIDTH))
        return builder.icmp_unsigned("==", bits, ir.Constant(ir.IntType(WIDTH), 2**WIDTH - 1))

    return types.boolean(_LANES, types.float64), lowered


@intrinsic
def exp_lanes(typing: Any, lanes: Any) -> Any:
    """``exp_lanes(lanes)``: as `exponential.exp`."""
    from offramp.play.kernels import exponential as e

    def lowered(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        def number(x: float) -> Any:
            return ir.Constant(_VECTOR, [ir.Constant(_DOUBLE, x)] * WIDTH)

        def add(a: Any, b: Any) -> Any:
            return builder.fadd(a, b, flags=_FLAGS)

        def times(a: Any, b: Any) -> Any:
            return builder.fmul(a, b, flags=_FLAGS)

        x = args[0]
        for bound, comparison in ((number(700.0), "<"), (number(-700.0), ">")):
            x = builder.select(builder.fcmp_ordered(comparison, x, bound), x, bound)
        rounded = add(times(x, number(e.LOG2_E)), number(e.ROUNDER))
        n = builder.fsub(rounded, number(e.ROUNDER))
        r = add(x, times(n, number(-e.LN2_HIGH)))
        r = add(r, times(n, number(-e.LN2_LOW)))
        y = number(e.SERIES[0])
        for coefficient in e.SERIES[1:]:
            y = add(times(y, r), number(coefficient))
        y = add(add(times(times(y, r), r), r), number(1.0))
        longs = ir.VectorType(_LONG, WIDTH)
        power = builder.add(builder.bitcast(rounded, longs), ir.Constant(longs, [ir.Constant(_LONG, 1023)] * WIDTH))
        power = builder.shl(power, ir.Constant(longs, [ir.Constant(_LONG, 52)] * WIDTH))
        return times(y, builder.bitcast(power, _VECTOR))

    return _LANES(_LANES), lowered
