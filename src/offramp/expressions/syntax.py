"""The parts of an expression: frozen values that know where in the text they stand."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "Arithmetic",
    "Call",
    "Change",
    "Choose",
    "Compare",
    "Constant",
    "Kept",
    "Level",
    "Logic",
    "Measured",
    "Name",
    "Negate",
    "Node",
    "Not",
    "Reached",
]


@dataclass(frozen=True, slots=True)
class Constant:
    """A number, or a truth (``True`` or ``False``, which count as 1 and 0)."""

    value: float
    at: int = 0


@dataclass(frozen=True, slots=True)
class Name:
    """An option, condition, setting, unknown, outcome or ``time``."""

    name: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class Level:
    """A level of an option, condition or setting, met in a comparison with it; ``index`` counts from 0."""

    of: str
    level: str
    index: int
    at: int = 0


@dataclass(frozen=True, slots=True)
class Negate:
    """Minus."""

    of: Node
    at: int = 0


@dataclass(frozen=True, slots=True)
class Not:
    """True where ``of`` is not."""

    of: Node
    at: int = 0


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """``+ - * /``"""

    op: str
    left: Node
    right: Node
    at: int = 0


@dataclass(frozen=True, slots=True)
class Compare:
    """``< <= > >= == !=``"""

    op: str
    left: Node
    right: Node
    at: int = 0


@dataclass(frozen=True, slots=True)
class Logic:
    """``and``, ``or``"""

    op: str
    left: Node
    right: Node
    at: int = 0


@dataclass(frozen=True, slots=True)
class Choose:
    """``then if test else otherwise``"""

    test: Node
    then: Node
    otherwise: Node
    at: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """``min max abs clip`` everywhere; ``share mean variance effect highest lowest`` in claims."""

    function: str
    arguments: tuple[Node, ...]
    at: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """One change inside the brackets of a claim, or of ``reach``.

    ``kind`` is ``set`` (an unknown, a setting or the start level of an option or condition:
    ``name = value``), ``without`` (a mechanism switched off: ``without(habit)``), ``player`` (another player
    committed too: ``partners: hold-firm``; the strategy is a `Name`) or ``delay`` (the strategy starts later:
    ``delay = 3``).
    """

    kind: str
    name: str
    value: Node | None = None
    at: int = 0


@dataclass(frozen=True, slots=True)
class Measured:
    """``outcome[strategy; change, ...]`` in a claim."""

    outcome: str
    strategy: str
    changes: tuple[Change, ...]
    at: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """A condition on packages: a lever is at a level (``==``), or is not (``!=``)."""

    lever: str
    op: str
    level: str
    at: int = 0
    level_at: int = 0


@dataclass(frozen=True, slots=True)
class Reached:
    """``reach(target, lever == level, ...; change, ...)``: what the best of the packages reaches, in a claim."""

    target: str
    kept: tuple[Kept, ...]
    changes: tuple[Change, ...]
    at: int = 0


Node = Constant | Name | Level | Negate | Not | Arithmetic | Compare | Logic | Choose | Call | Measured | Reached
