"""A case being built: the names known so far, and every fault met on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from offramp.errors import CaseError, Path
from offramp.expressions import (
    Constant,
    RESERVED,
    ExpressionError,
    Kind,
    Measured,
    Name,
    Node,
    Number,
    Scope,
    Symbol,
    is_name,
    is_truth,
    names,
    parse,
    resolve,
    walk,
)
from offramp.expressions.advice import listed
from offramp.expressions.advice import nearest as closest
from offramp.model.parts import Case, Choice, Derived, Origin, OriginKind, Range, Unknown

__all__ = ["NOTHING", "Draft", "mentioned", "nearest"]

RESERVED_HERE = RESERVED | {"time", "delay", "rest", "up", "down", "name", "why"}
QUOTE_WORDS = 15
NOTHING = Constant(False)
"""What stands in for an expression at fault."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return a hint that names what may have been meant, or what there is."""
    known = list(known)
    if hint := closest(word, known):
        return hint
    return f"There is {listed(known, 'and', most=12)}" if known else ""


def mentioned(node: Node) -> set[str]:
    """Return everything that an expression names, also inside the brackets of a claim."""
    found = set(names(node))
    for part in walk(node):
        if isinstance(part, Measured):
            found |= {part.outcome, part.strategy, *(change.name for change in part.changes)}
    return found


class Draft:
    """Collects the parts of one case and every fault in it.

    Parameters
    ----------
    data
        The case as plain mappings and lists.
    lost
        Names of elements that were dropped because their shape is wrong: expressions that use them are not
        faulted a second time.
    """

    def __init__(self, data: Mapping[str, Any], lost: frozenset[str] = frozenset()) -> None:
        self.data = data
        self.lost = lost
        self.faults: list[CaseError] = []
        self.unknowns: dict[str, Unknown] = {}
        self.symbols: dict[str, Symbol] = {}
        self.sources: frozenset[str] = frozenset()
        self.mechanisms: set[str] = set()

    def fault(self, path: Path, message: str, hint: str = "", *, at_key: bool = False, code: str = "case") -> None:
        """Note one fault."""
        self.faults.append(CaseError(message, code=code, hint=hint, path=path, at_key=at_key))

    def check_name(self, name: str, path: Path, what: str) -> None:
        """Fault a name that expressions could not use."""
        if not is_name(name) and name not in RESERVED_HERE:
            self.fault(
                path,
                f"`{name[:40]}` cannot be the name of {what}",
                "use letters, digits, _ and single hyphens between them, starting with a letter",
                at_key=True,
                code="name",
            )
        elif name in RESERVED_HERE:
            self.fault(path, f"`{name}` is a word of the language", f"give {what} another name", at_key=True, code="name")

    def check_level(self, level: str, path: Path) -> None:
        """Fault a level that could not be written in a comparison."""
        if not is_name(level) or level in ("up", "down"):
            self.fault(path, f"`{level[:40]}` cannot be the name of a level",
                       "Use letters, digits, _ and single hyphens, starting with a letter", code="name")  # fmt: skip

    def label(self, path: Path) -> str:
        """Return the name of an element by its path: ids where list items have them, else positions from 0."""
        words: list[str] = []
        at: Any = self.data
        for step in path:
            try:
                at = at[step]
            except (KeyError, IndexError, TypeError):
                at = None
            own = at.get("id") if isinstance(step, int) and isinstance(at, dict) else None
            words.append(own if isinstance(own, str) else str(step))
        return ".".join(words)

    def origin(self, shape: Any, path: Path) -> Origin:
        """Read source, quote, origin and why; check the quote's length and that the source is listed."""
        source, quote = shape.source, shape.quote
        if quote is not None and len(quote.split()) > QUOTE_WORDS:
            self.fault(
                (*path, "quote"),
                f"the quote has {len(quote.split())} words",
                f"quote at most {QUOTE_WORDS}",
                code="quote",
            )
        if quote is not None and source is None:
            self.fault((*path, "quote"), "a quote without a source", "add `source:` and the id of a source", code="quote")
        if source is not None and source not in self.sources:
            self.fault(
                (*path, "source"), f"no source `{source}`", nearest(source, self.sources), code="unknown-name"
            )
        kind: OriginKind = shape.origin or ("literature" if source is not None else "default")
        if quote is not None:
            kind = "quoted"
        self.mechanisms.update(getattr(shape, "mechanism", ()))
        return Origin(kind, source, quote, getattr(shape, "why", None))

    def expression(
        self, text: str, path: Path, allowed: Iterable[Kind], where: str, *, yes_no: bool = False
    ) -> Node:
        """Parse a text and check its names; a faulty one becomes `NOTHING` so that the rest can be checked too."""
        scope = Scope.of(self.symbols.values(), allowed=allowed, place=where)
        return self._read(text, path, scope, yes_no=yes_no)

    def claim_test(self, text: str, path: Path, case: Case) -> Node:
        """Parse and check the test of a claim."""
        scope = Scope.of(
            self.symbols.values(),
            allowed=("unknown",),
            place="in a test",
            outcomes=case.outcomes,
            strategies=case.strategies,
            players=case.players,
            mechanisms=self.mechanisms,
        )
        return self._read(text, path, scope, claim=True, yes_no=True)

    def _read(self, text: str, path: Path, scope: Scope, *, yes_no: bool, claim: bool = False) -> Node:
        try:
            node = parse(text, claim=claim)
        except ExpressionError as e:
            self.fault(path, e.message, e.hint, code=e.code)
            return NOTHING
        if self.lost and self.lost.intersection(mentioned(node)):
            return NOTHING
        node, faults = resolve(node, scope)
        for fault in faults:
            self.fault(path, fault.message, fault.hint, code=fault.code)
        if faults:
            return NOTHING
        if yes_no and not is_truth(node, scope):
            self.fault(path, "a yes or no is wanted here, not a number", "Compare it with a level or a number", code="type")
        return node

    def quantity(
        self,
        value: Any,
        path: Path,
        *,
        origin: Origin | None = None,
        mechanism: tuple[str, ...] = (),
        off: Node | None = None,
        allowed: tuple[Kind, ...] = ("unknown", "setting"),
        where: str = "in a number",
    ) -> Node:
        """Turn any number into an expression; a range or choice becomes an unknown named by its path."""
        if isinstance(value, (int, float)):
            return Constant(float(value))
        if isinstance(value, str):
            return self.expression(value, path, allowed, where)
        name = self.label(path)
        law = self.law(value, path)
        if law is None:
            return NOTHING
        stated = origin or Origin()
        if not isinstance(value, list):
            mechanism = tuple(value.mechanism) or mechanism
            own = self.origin(value, path)
            stated = own if own != Origin() else stated
            off = self.quantity(value.off, (*path, "off")) if value.off is not None else off
        self.unknowns[name] = Unknown(name, law, stated, mechanism, off, path, inline=True)
        self.symbols[name] = Number(name)
        return Name(name)

    def law(self, value: Any, path: Path) -> Range | Choice | Derived | None:
        """Read how an unknown is distributed; None, with a fault, where that cannot be told."""
        if isinstance(value, (int, float)):
            return Choice((float(value),))
        if isinstance(value, str):
            return Derived(self.expression(value, path, ("unknown",), "in an unknown"))
        if isinstance(value, list):
            return self._range(value, None, path)
        given = [key for key in ("range", "choice", "is_") if getattr(value, key) is not None]
        if len(given) != 1:
            self.fault(path, "an unknown needs exactly one of range, choice and is", "write e.g. range: [0.1, 0.5]")
            return None
        if value.mode is not None and value.range is None:
            self.fault((*path, "mode"), "a mode without a range", "add range: [low, high]")
            return None
        if value.choice is not None:
            if not value.choice:
                self.fault((*path, "choice"), "a choice among nothing", "list the values, the best guess first")
                return None
            return Choice(tuple(value.choice))
        if value.range is not None:
            return self._range(value.range, value.mode, (*path, "range"))
        return Derived(self.expression(value.is_, (*path, "is"), ("unknown",), "in an unknown"))

    def _range(self, ends: list[float], mode: float | None, path: Path) -> Range | None:
        low, high = ends
        if low > high:
            self.fault(path, f"the range [{low:g}, {high:g}] is upside down", f"write [{high:g}, {low:g}]", code="range")
            return None
        if low == high:
            self.fault(path, f"the range [{low:g}, {high:g}] has no width", f"write {low:g}", code="range")
            return None
        if mode is not None and not low <= mode <= high:
            self.fault(path, f"the mode {mode:g} lies outside [{low:g}, {high:g}]", "move it inside", code="range")
            return None
        return Range(low, high, mode)
