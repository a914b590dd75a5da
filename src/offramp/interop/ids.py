"""Names for people -> names that expressions can use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from offramp.expressions import is_name
from offramp.model.draft import RESERVED_HERE

__all__ = ["Ids"]

_MOST = 32
_GAPS = re.compile(r"[^A-Za-z0-9]+")


class Ids:
    """Gives out ids, each once.

    Parameters
    ----------
    taken
        What may not be given out.
    """

    def __init__(self, taken: Collection[str] = ()) -> None:
        self._taken = {each.lower() for each in taken}

    def take(self, name: str, otherwise: str) -> str:
        """Make an id of a name.

        Parameters
        ----------
        name
            Any text.
        otherwise
            What to take where nothing of the name can be used, as with names in Chinese; a prefix where the name
            begins with a digit.

        Examples
        --------
        >>> ids = Ids()
        >>> ids.take("U.S. Support", "player"), ids.take("US support", "player"), ids.take("2nd", "player")
        ('u-s-support', 'us-support', 'player-2nd')
        """
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
        wanted = _GAPS.sub("-", plain).strip("-").lower()
        if len(wanted) > _MOST:
            wanted = wanted[: _MOST + 1].rsplit("-", 1)[0][:_MOST].strip("-")
        if not is_name(wanted) or wanted in RESERVED_HERE:
            wanted = f"{otherwise}-{wanted}".strip("-")
        found, n = wanted, 1
        while found in self._taken:
            n += 1
            found = f"{wanted}-{n}"
        self._taken.add(found)
        return found
