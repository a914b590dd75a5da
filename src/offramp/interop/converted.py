"""What a conversion gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from offramp.casefile import CaseFile, parse_case
from offramp.casefile.tree import MOST_BYTES
from offramp.errors import CaseError, CaseErrors, Path, Place

__all__ = ["Converted"]


@dataclass(frozen=True, slots=True)
class Converted:
    """A text, and what to tell whoever asked for it."""

    text: str
    notes: tuple[str, ...] = ()
    """What was assumed, or lost."""
    places: Mapping[Path, Place] = field(default_factory=dict)
    """Of a case: where in the file it was made from an element has its place."""

    def case_file(self, name: str) -> CaseFile:
        """Read the text as a case; its faults stand at places of the file that it was made from.

        Parameters
        ----------
        name
            The case's name where the text gives none.

        Raises
        ------
        CaseErrors
            If the case is too large, or cannot be one.
        """
        whole = self.places[()]
        if (size := len(self.text.encode())) > MOST_BYTES:
            fault = CaseError(f"the case would have {size / 1e6:.1f} MB; the most is {MOST_BYTES / 1e6:.0f} MB",
                              code="too-large", hint="leave out options or players", place=whole)  # fmt: skip
            raise CaseErrors([fault])
        try:
            file = parse_case(self.text, whole.file, name=name)
        except CaseErrors as e:
            raise CaseErrors(CaseError(fault.message, code=fault.code, hint=fault.hint, path=fault.path,
                                       place=self._place(fault.path)) for fault in e.faults) from None  # fmt: skip
        return replace(file, tree=replace(file.tree, places=dict(self.places), key_places={}))

    def _place(self, path: Path) -> Place:
        while path not in self.places:
            path = path[:-1]
        return self.places[path]
