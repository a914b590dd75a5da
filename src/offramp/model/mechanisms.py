"""Mechanisms, what was left out of them, and tensions: the sentences behind a case, and where they disagree."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from offramp.errors import Path
from offramp.model import shape as shapes
from offramp.model.draft import Draft, nearest
from offramp.model.elements import elements_of
from offramp.model.parts import Case, Claim, Lever, Mechanism, Tension

__all__ = ["check_mechanisms", "read_mechanisms", "read_tension"]


def read_mechanisms(
    draft: Draft, given: Mapping[str, shapes.MechanismShape], left_out: Mapping[str, str]
) -> dict[str, Mechanism]:
    """Read the list of mechanisms, each with the reason where it was left out."""
    found = {}
    for id_, shape in given.items():
        path: Path = ("mechanisms", id_)
        draft.check_name(id_, path, "a mechanism")
        origin = draft.origin(shape, path)
        for other in shape.counters:
            if other not in given:
                draft.no_such((*path, "counters"), f"there is no mechanism `{other}`", other, given)
        reason = left_out.get(id_)
        found[id_] = Mechanism(id_, shape.says, origin, tuple(shape.counters), reason, path)
    for id_ in left_out:
        if id_ not in given:
            draft.no_such(("left_out", id_), f"there is no mechanism `{id_}`", id_, given, at_key=True)
    return found


def check_mechanisms(draft: Draft, case: Case) -> None:
    """Where mechanisms are listed, each must be carried by an element or left out, and no other may be named."""
    if not case.mechanisms or draft.lost.within(("mechanisms",)):
        return
    carried: set[str] = set()
    for element in elements_of(case):
        carried.update(element.mechanism)
        _check_listed(draft, element.mechanism, (*element.path, "mechanism"), case.mechanisms)
    named: tuple[Claim | Lever, ...] = (*case.claims.values(), *case.levers.values())
    for part in named:
        _check_listed(draft, part.mechanism, (*part.path, "mechanism"), case.mechanisms)
    if draft.lost.paths:
        return
    for mechanism in case.mechanisms.values():
        if mechanism.left_out is None and mechanism.id not in carried:
            hint = f"add `mechanism: [{mechanism.id}]` to the want, rate, unknown or setting that it became"
            draft.fault(mechanism.path, f"no element carries the mechanism `{mechanism.id}`",
                        f"{hint}, or say why not: left_out: {{{mechanism.id}: the reason}}", at_key=True,
                        code="mechanism")  # fmt: skip
        elif mechanism.left_out is not None and mechanism.id in carried:
            draft.fault(("left_out", mechanism.id), f"`{mechanism.id}` is left out, yet an element carries it",
                        "take it off one of the two", at_key=True, code="mechanism")  # fmt: skip


def _check_listed(draft: Draft, ids: Iterable[str], path: Path, known: Mapping[str, Mechanism]) -> None:
    for id_ in ids:
        if id_ not in known:
            draft.fault(path, f"the mechanism `{id_}` is not listed", f"{nearest(id_, known)}; or add it: "
                        f"mechanisms: {{{id_}: {{says: ...}}}}", code="unknown-name")  # fmt: skip


def read_tension(
    draft: Draft, id_: str, shape: shapes.TensionShape, case: Case, claims: Mapping[str, Claim]
) -> Tension:
    """Read one tension."""
    path: Path = ("tensions", id_)
    draft.check_name(id_, path, "a tension")
    sections: tuple[tuple[str, list[str], str, Collection[str]], ...] = (
        ("between", shape.between, "mechanism or claim", {**case.mechanisms, **claims}),
        ("outcomes", shape.outcomes, "outcome", case.outcomes),
        ("claims", shape.claims, "claim", claims),
    )
    for key, ids, what, known in sections:
        for at, name in enumerate(ids):
            if name not in known:
                draft.no_such((*path, key, at), f"there is no {what} `{name}`", name, known)
    if len(set(shape.between)) < 2 and not draft.lost.within(path):
        draft.fault((*path, "between"), "a tension is between two at least", "name mechanisms or claims of both sides",
                    code="case")  # fmt: skip
    return Tension(id_, shape.says, tuple(shape.between), tuple(shape.outcomes), tuple(shape.claims), path)
