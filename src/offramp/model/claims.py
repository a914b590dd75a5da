"""Claims: sentences of a source, each with a test, or taken for granted, or beyond the model."""

from __future__ import annotations

from offramp.errors import Path
from offramp.expressions import is_name
from offramp.model import shape as shapes
from offramp.model.draft import Draft
from offramp.model.parts import Case, Claim

__all__ = ["read_claim"]


def read_claim(draft: Draft, id_: str, shape: shapes.ClaimShape, case: Case) -> Claim:
    """Read one claim; `case` holds everything that its test may name."""
    path: Path = ("claims", id_)
    origin = draft.origin(shape, path)
    given = [shape.test is not None, shape.factual, shape.untestable is not None]
    if sum(given) == 0 and shape.tested_in is None and not draft.lost.within(path):
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
    test = None
    if shape.test is not None:
        test = draft.claim_test(shape.test, (*path, "test"), case)
    return Claim(id_, shape.says, origin, test, shape.factual, shape.untestable, shape.margin,
                 tuple(shape.mechanism), shape.tested_in, path)  # fmt: skip
