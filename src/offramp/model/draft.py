"""A case being built: the names known so far, and every fault met on the way."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from offramp.errors import CaseError, Path
from offramp.expressions import (
    RESERVED,
    Constant,
    ExpressionError,
    Kind,
    Measured,
    Name,
    Node,
    Reached,
    Scope,
    Symbol,
    constant,
    is_name,
    is_truth,
    names,
    parse,
    resolve,
    walk,
)
from offramp.expressions.advice import listed
from offramp.expressions.advice import nearest as closest
from offramp.model.laws import check_floor, effort_of, least, read_law
from offramp.model.lost import Lost
from offramp.model.parts import Case, Origin, OriginKind, Unknown

__all__ = ["NOTHING", "Draft", "Enough", "label", "mentioned", "nearest"]

RESERVED_HERE = RESERVED | {"time", "delay", "rest", "up", "down", "name", "why"}
QUOTE_WORDS = 15
NOTHING = Constant(False)
"""What stands in for an expression at fault."""
_SECTION = {"strategy": "strategies", "setting": "settings", "player": "players", "outcome": "outcomes"}
MOST_FAULTS = 100
"""After so many faults the rest of the case is not looked at."""


class Enough(Exception):
    """There are so many faults that naming more would not help."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return a hint that names what may have been meant, or what there is."""
    known = list(known)
    if hint := closest(word, known):
        return hint
    if len(known) < 2:
        return f"the only one is {known[0]}" if known else "there is none yet"
    return f"choose among {listed(known, 'and', most=12)}"


def label(data: Any, path: Path) -> str:
    """Return the name of an element by its path: ids where list items have them, else positions from 0."""
    words: list[str] = []
    at: Any = data
    for step in path:
        try:
            at = at[step]
        except (KeyError, IndexError, TypeError):
            at = None
        own = at.get("id") if isinstance(step, int) and isinstance(at, dict) else None
        words.append(own if isinstance(own, str) else str(step))
    return ".".join(words)


def mentioned(node: Node) -> set[str]:
    """Return everything that an expression names, also inside the brackets of a claim."""
    found = set(names(node))
    for part in walk(node):
        if isinstance(part, Measured):
            found |= {part.outcome, part.strategy, *(change.name for change in part.changes)}
        elif isinstance(part, Reached):
            found |= {change.name for change in part.changes}
    return found


class Draft:
    """Collects the parts of one case and every fault in it.

    Parameters
    ----------
    data
        The case as plain mappings and lists.
    lost
        What was dropped because its shape is wrong: expressions that use it are not faulted a second time.
    deleted
        Elements of a base that the case takes out.
    """

    def __init__(
        self, data: Mapping[str, Any], lost: Lost | None = None, deleted: Collection[Path] = frozenset()
    ) -> None:
        self.data = data
        self.lost = lost or Lost()
        self.deleted = deleted
        self._faults: dict[tuple[Path, str], CaseError] = {}
        self.unknowns: dict[str, Unknown] = {}
        self.symbols: dict[str, Symbol] = {}
        self.sources: frozenset[str] = frozenset()
        self.mechanisms: set[str] = set()
        self.outcomes: frozenset[str] = frozenset()
        self.players: frozenset[str] = frozenset()
        self._scopes: dict[tuple[frozenset[Kind], str], Scope] = {}

    @property
    def faults(self) -> list[CaseError]:
        """All faults noted so far, each once."""
        return list(self._faults.values())

    def fault(self, path: Path, message: str, hint: str, *, at_key: bool = False, code: str = "case") -> None:
        """Note one fault.

        Raises
        ------
        Enough
            If there are very many already.
        """
        fault = CaseError(message, code=code, hint=hint, path=path, at_key=at_key)
        self._faults.setdefault((path, message), fault)
        if len(self._faults) >= MOST_FAULTS:
            raise Enough

    def no_such(self, path: Path, message: str, name: str, known: Iterable[str], *, at_key: bool = False) -> None:
        """Note a name that stands for nothing, unless what it stands for has been faulted itself."""
        if not self.lost.any_name and not self.lost.has(name):
            self.fault(path, message, nearest(name, known), at_key=at_key, code="unknown-name")

    def missing(self, path: Path, kind: str, name: str, known: Iterable[str], user: str, *, at_key: bool = False,
                mend: str = "") -> None:  # fmt: skip
        """Note that a part of the case refers to an element of the top that is not there.

        Where the case deletes the element of a base, the fault stands there.

        Parameters
        ----------
        kind
            What the element is: ``strategy``, of the section ``strategies``.
        user
            What refers to it, in words that begin a sentence.
        mend
            What to write where the element was deleted.
        """
        here = (_SECTION[kind], name)
        if here in self.deleted:
            known = list(known)
            instead = f", or name another: {listed(known, 'or')}" if known else ""
            self.fault(here, f"the {kind} `{name}` is deleted here, and {user} needs it", f"{mend}{instead}",
                       at_key=True, code="deleted")  # fmt: skip
        else:
            self.no_such(path, f"there is no {kind} `{name}`", name, known, at_key=at_key)

    def check_name(self, name: str, path: Path, what: str) -> None:
        """Fault a name that expressions could not use."""
        if name in RESERVED_HERE:
            self.fault(
                path, f"`{name}` is a word of the language", f"give {what} another name", at_key=True, code="name"
            )
        elif not is_name(name):
            self.fault(
                path,
                f"`{name[:40]}` cannot be the name of {what}",
                "use letters, digits, _ and single hyphens between them, starting with a letter",
                at_key=True,
                code="name",
            )

    def check_level(self, level: str, path: Path, *, at_key: bool = False) -> None:
        """Fault a level that could not be written in a comparison."""
        if level in ("up", "down"):
            hint = "give the level another name"
            self.fault(path, f"`{level}` is a word of the language", hint, at_key=at_key, code="name")
        elif not is_name(level):
            hint = "use letters, digits, _ and single hyphens between them, starting with a letter"
            said = f"`{level[:40]}` cannot be the name of a level"
            self.fault(path, said, hint, at_key=at_key, code="name")

    def label(self, path: Path) -> str:
        """Return the name of an element by its path."""
        return label(self.data, path)

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
        if quote is not None and source is None and not self.lost.within((*path, "source")):
            self.fault(
                (*path, "quote"), "a quote without a source", "add `source:` and the id of a source", code="quote"
            )
        if source is not None and source not in self.sources:
            if not self.sources and not self.lost.any_name and not self.lost.has(source):
                hint = f"list it at the top: sources: {{{source}: {{title: ...}}}}"
                self.fault((*path, "source"), f"there is no source `{source}`", hint, code="unknown-name")
            else:
                self.no_such((*path, "source"), f"there is no source `{source}`", source, self.sources)
        kind: OriginKind = shape.origin or ("literature" if source is not None else "default")
        if quote is not None:
            kind = "quoted"
        return Origin(kind, source, quote, getattr(shape, "why", None), shape.passage)

    def mechanism(self, shape: Any) -> tuple[str, ...]:
        """Read the mechanisms that an element belongs to; a claim may then be tested without them."""
        self.mechanisms.update(shape.mechanism)
        return tuple(shape.mechanism)

    def expression(self, text: str, path: Path, allowed: Iterable[Kind], where: str, *, yes_no: bool = False) -> Node:
        """Parse a text and check its names; a faulty one becomes `NOTHING` so that the rest can be checked too."""
        kinds = frozenset(allowed)
        if (kinds, where) not in self._scopes:
            self._scopes[kinds, where] = Scope.of(
                self.symbols.values(), allowed=kinds, place=where, outcomes=self.outcomes, players=self.players
            )
        return self._read(text, path, self._scopes[kinds, where], yes_no=yes_no)

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

    def claim_reach(
        self, text: str, path: Path, mechanisms: Collection[str], targets: Mapping[str, Mapping[str, tuple[str, ...]]]
    ) -> Node:
        """Parse and check what a claim says of the packages that reach a target.

        Parameters
        ----------
        mechanisms
            Those that can be switched off.
        targets
            Target to its levers to their levels.
        """
        scope = Scope.of(
            self.symbols.values(),
            allowed=(),
            place="here, beside reach(target)",
            outcomes=self.outcomes,
            players=self.players,
            mechanisms=mechanisms,
            targets=targets,
        )
        return self._read(text, path, scope, reach=True, yes_no=True)

    def _read(
        self, text: str, path: Path, scope: Scope, *, yes_no: bool, claim: bool = False, reach: bool = False
    ) -> Node:
        try:
            node = parse(text, claim=claim, reach=reach)
        except ExpressionError as e:
            self.fault(path, e.message, e.hint, code=e.code)
            return NOTHING
        if any(self.lost.has(name) for name in mentioned(node)):
            return NOTHING
        node, faults = resolve(node, scope)
        for fault in faults:
            if not self.lost.any_name or fault.code not in ("unknown-name", "level"):
                self.fault(path, fault.message, fault.hint, code=fault.code)
        if faults:
            return NOTHING
        if yes_no and not is_truth(node, scope):
            self.fault(
                path, "a yes or no is wanted here, not a number", "compare it with a number, e.g. `> 0.5`", code="type"
            )
        return node

    def quantity(
        self,
        value: Any,
        path: Path,
        *,
        origin: Origin | None = None,
        allowed: Iterable[Kind] = ("unknown", "setting"),
        where: str = "in a number",
        low: float | None = None,
    ) -> Node:
        """Turn any number into an expression; a range or choice becomes an unknown named by its path.

        Parameters
        ----------
        origin
            What an inline unknown rests on where it says nothing itself.
        low
            Fault what is stated to lie below this.
        """
        if isinstance(value, (int, float)):
            return self._floored(Constant(float(value)), low, path)
        if isinstance(value, str):
            return self._floored(self.expression(value, path, allowed, where), low, path)
        name = self.label(path)
        law = read_law(self, value, path)
        if law is None:
            return NOTHING
        stated = origin or Origin()
        mechanism: tuple[str, ...] = ()
        off: Node | None = None
        if not isinstance(value, list):
            mechanism, off = self.mechanism(value), self.off(value, path)
            own = self.origin(value, path)
            stated = own if own != Origin() else stated
        if name in self.unknowns:
            self.fault(path, f"two numbers are named `{name}`", "give each list item an `id` of its own", code="clash")
        self.unknowns[name] = Unknown(name, law, stated, mechanism, off, path, inline=True, effort=effort_of(value))
        check_floor(self, least(law), low, path)
        return Name(name)

    def off(self, shape: Any, path: Path, allowed: Iterable[Kind] = ("unknown",)) -> Node | None:
        """Read what an element is when its mechanism is switched off."""
        if shape.off is None:
            return None
        if not shape.mechanism and not self.lost.within((*path, "mechanism")):
            self.fault((*path, "off"), "`off` without a mechanism", "add `mechanism:` and its id", at_key=True)
        return self.quantity(shape.off, (*path, "off"), allowed=allowed, where="in what it is when switched off")

    def _floored(self, number: Node, low: float | None, path: Path) -> Node:
        check_floor(self, constant(number), low, path)
        return number
