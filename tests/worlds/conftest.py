from types import SimpleNamespace

import pytest

from offramp.expressions import parse
from offramp.model.parts import Case, Choice, Derived, Order, Origin, Range, Time, Unknown, View


def law(stated):
    """A tuple is a range (with a mode), a list a choice, a text an expression."""
    match stated:
        case tuple():
            return Range(*map(float, stated))
        case list():
            return Choice(tuple(map(float, stated)))
        case str():
            return Derived(parse(stated))


def case(unknowns=None, orders=None, **more):
    """A case with unknowns and orders (owner -> number of statements), and nothing else unless given."""
    built = {
        name: Unknown(name, law(stated), Origin(), path=("unknowns", name)) for name, stated in (unknowns or {}).items()
    }
    ordered = tuple(
        Order(tuple(f"{owner}.prefers.{place}" for place in range(count)), (*owner.split("."), "prefers"))
        for owner, count in (orders or {}).items()
    )
    parts = {
        "sources": {}, "settings": {}, "players": {}, "conditions": {}, "impossible": (), "irreversible": (),
        "outcomes": {}, "strategies": {}, "views": {}, "claims": {},
    }  # fmt: skip
    return Case("test", "Test", Time(), unknowns=built, orders=ordered, **(parts | more))


def view(**restricted):
    return View("one", "One", {name: law(stated) for name, stated in restricted.items()}, ("views", "one"))


@pytest.fixture(scope="session")
def make():
    return SimpleNamespace(case=case, view=view)
