"""Claims: sentences of a source, each with a test, or taken for granted, or beyond the model."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from offramp.errors import Path
from offramp.expressions import is_name, reached
from offramp.model import shape as shapes
from offramp.model.draft import NOTHING, Draft
from offramp.model.levers import levers_of
from offramp.model.parts import Case, Claim

__all__ = ["read_claim", "with_reach"]


def read_claim(draft: Draft, id_: str, shape: shapes.ClaimShape, case: Case) -> Claim:
    """Read one claim; `case` holds everything that its test may name."""
    path: Path = ("claims", id_)
    origin = draft.origin(shape, path)
    given = [shape.test is not None, shape.factual, shape.untestable is not None]
    if sum(given) == 0 and shape.tested_in is None and shape.reach is None and not draft.lost.within(path):
        draft.fault(path, "a claim without a test", "add `test:`, or `factual: true`, or `untestable:` and why, or "
                    "`tested_in:` and another case", at_key=True, code="claim")  # fmt: skip
    elif sum(given) > 1:
        draft.fault(path, "a claim is either tested, factual or untestable", "keep one of the three", at_key=True,
                    code="claim")  # fmt: skip
    if shape.tested_in is not None and not is_name(shape.tested_in):
        draft.fault((*path, "tested_in"), f"`{shape.tested_in[:40]}` is not the name of a case",
                    "name a shipped case, or a file beside this one without its .yaml", code="name")  # fmt: skip
    elif shape.tested_in is not None and shape.factual:
        draft.fault((*path, "tested_in"), "a factual claim is tested nowhere", "keep `factual` or `tested_in`",
                    at_key=True, code="claim")  # fmt: skip
    if shape.reach is not None and shape.factual:
        draft.fault((*path, "reach"), "a factual claim is not judged", "keep `factual` or `reach`", at_key=True,
                    code="claim")  # fmt: skip
    test = None
    if shape.test is not None:
        test = draft.claim_test(shape.test, (*path, "test"), case)
    return Claim(id_, shape.says, origin, test, shape.factual, shape.untestable, shape.margin,
                 tuple(shape.mechanism), shape.tested_in, path)  # fmt: skip


def with_reach(
    draft: Draft, claim: Claim, shape: shapes.ClaimShape, case: Case, mechanisms: Collection[str], whole: bool
) -> Claim:
    """Add what a claim says of the packages that reach a target; `case` has its levers and targets.

    Parameters
    ----------
    mechanisms
        Those that can be switched off.
    whole
        Whether all levers and targets could be read; else names are not checked.
    """
    path: Path = (*claim.path, "reach")
    if shape.reach is None or not whole:
        return claim
    if not case.targets:
        draft.fault(path, "`reach` in a case without targets", "say under `targets:` what is wanted, and under "
                    "`levers:` what can be moved, or drop `reach:`", at_key=True, code="claim")  # fmt: skip
        return claim
    targets = {
        target.id: {lever.id: tuple(level.id for level in lever.levels) for lever in levers_of(case, target)}
        for target in case.targets.values()
    }
    node = draft.claim_reach(shape.reach, path, mechanisms, targets)
    if node is NOTHING:
        return claim
    asked = list(dict.fromkeys(part.target for part in reached(node)))
    if not asked:
        hint = f"write e.g. reach({next(iter(targets))}) >= 0.5"
        draft.fault(path, "it says nothing of a target", hint, code="claim")
    elif len(asked) > 1:
        draft.fault(path, f"it speaks of {len(asked)} targets, {' and '.join(asked[:2])}, and a search has one",
                    "make it a claim for each", code="claim")  # fmt: skip
    return replace(claim, reach=node)
