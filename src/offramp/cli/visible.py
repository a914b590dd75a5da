"""Names of files as a terminal may show them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from offramp.errors import DocumentError

__all__ = ["visible", "visible_fault"]


def visible(file: str) -> str:
    """Return a file name with its control characters escaped: a terminal would obey them."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in file) or "''"


def visible_fault(fault: DocumentError) -> DocumentError:
    """Return a fault of a document with its control characters escaped."""
    place = fault.place and replace(fault.place, file=visible(fault.file))
    hint = fault.hint and visible(fault.hint)
    return type(fault)(visible(fault.message), file=visible(fault.file), code=fault.code, hint=hint, place=place)
