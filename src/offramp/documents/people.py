"""Authors: gathered from a byline, a list of authors and the notes about them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from offramp.documents.names import fold_name
from offramp.documents.parts import Author
from offramp.documents.words import NAME, is_name, names_in, read_byline, split_addresses

__all__ = ["People"]

_ONE = re.compile(rf"(?P<names>{NAME})(?:, [^.]{{3,240}}?,)? (?:is|was) (?:an?|the|currently|now|formerly)\b")
_SEVERAL = re.compile(rf"(?P<names>{NAME}(?:, {NAME})*,? and {NAME}) (?:are|were)\b")
_OPENING = 400
"""Characters of a paragraph that are looked at."""
_NOTE = re.compile(r",|\b(?:is|was|serves|served|directs|heads|leads|teaches|writes|has)\b")
_OF_A_PERSON = re.compile(
    r"/(?:experts?|authors?|people|person|staff|scholars?|contributors?|profiles?|by)/", re.IGNORECASE
)


@dataclass(slots=True)
class _Known:
    name: str
    url: str | None = None
    bios: list[str] = field(default_factory=list)


class People:
    """The authors found so far, in order."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}
        self._spoken_of: list[_Known] = []

    @property
    def authors(self) -> tuple[Author, ...]:
        """The authors, with all that was found of them."""
        return tuple(Author(known.name, known.url, tuple(known.bios)) for known in self._known.values())

    def add(self, name: str, url: str | None = None) -> None:
        """Note an author."""
        known = self._known.setdefault(fold_name(name), _Known(name))
        known.url = known.url or url

    def take_byline(self, spelled: str) -> None:
        """Note the authors behind ``by``."""
        for names, url in split_addresses(read_byline(spelled) or ""):
            several = names_in(names)
            for name in several:
                self.add(name, url if len(several) == 1 else None)

    def take_listed(self, spelled: str) -> bool:
        """Note authors of a list of authors; whether the line was one."""
        pairs = split_addresses(spelled)
        if not pairs or not all(is_name(name) for name, _ in pairs):
            return False
        for name, url in pairs:
            self.add(name, url)
        return True

    def take_linked(self, spelled: str) -> bool:
        """Note a name with the address of a person; whether the line was one."""
        pairs = split_addresses(spelled)
        return bool(pairs) and all(url and _OF_A_PERSON.search(url) for _, url in pairs) and self.take_listed(spelled)

    def is_bio(self, text: str, *, new: bool = False) -> bool:
        """Whether a paragraph is about authors.

        Parameters
        ----------
        text
            A paragraph.
        new
            Where no author is known so far: whether it opens with a name as a note about an author does.
        """
        return bool(self._about(text)) or (new and not self._known and _opening(text) is not None)

    def take_bio(self, text: str, *, new: bool = False) -> bool:
        """Note what is said about authors; whether the text is about them, as in `is_bio`."""
        opens = _opening(text) if new and not self._known else None
        for name in names_in(opens["names"]) if opens else ():
            self.add(name)
        about = self._about(text)
        for known in about:
            known.bios.append(text)
        self._spoken_of = about or self._spoken_of
        return bool(about)

    def continue_bio(self, text: str) -> None:
        """Note a further paragraph about the authors that the last one was about."""
        for known in self._spoken_of:
            known.bios.append(text)

    def _about(self, text: str) -> list[_Known]:
        several = _SEVERAL.match(text[:_OPENING])
        if several is not None:
            named = {fold_name(name) for name in names_in(several["names"])}
            return [known for folded, known in self._known.items() if folded in named]
        return [known for folded, known in self._known.items()
                if re.match(rf"{re.escape(folded)}(?!\w)", fold_name(text[: 2 * len(known.name) + 8]))
                and _NOTE.search(text[: len(known.name) + _OPENING])]  # fmt: skip


def _opening(text: str) -> re.Match[str] | None:
    return _SEVERAL.match(text[:_OPENING]) or _ONE.match(text[:_OPENING])
