"""What was dropped from a case because its shape is wrong, so that nothing that needs it is faulted a second time."""

from __future__ import annotations

from dataclasses import dataclass, field

from offramp.errors import Path

__all__ = ["Lost"]

_SECTIONS = frozenset({"players", "conditions", "settings", "unknowns", "outcomes", "strategies", "sources"})


@dataclass(slots=True)
class Lost:
    """Paths and names that cannot be relied on.

    Attributes
    ----------
    paths : set of Path
        Elements that were dropped, filled in, or read in part.
    names : set of str
        What expressions and references call them; a name stands for everything below it too.
    any_name : bool
        A whole section is gone: no unknown name can be told from a lost one.
    """

    paths: set[Path] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    any_name: bool = False

    def add(self, path: Path, label: str) -> None:
        """Note an element; ``label`` is its path in words, as an inline unknown would be named."""
        self.paths.add(path)
        self.names.add(label)
        match path:
            case (str(section),) if section in _SECTIONS:
                self.any_name = True
            case ("players", str(player)) | ("players", str(player), "options"):
                self.names.add(player)
            case ("players", str(player), "options", str(option)):
                self.names.add(f"{player}.{option}")
            case ("players", str(player), "options", str(option), "levels", *_):
                self.names.add(f"{player}.{option}")
            case ("players", str(player), "factions", str(faction)):
                self.names.add(f"{player}.{faction}")
            case (str(section), str(name)) if section in _SECTIONS:
                self.names.add(name)
            case (("conditions" | "settings"), str(name), "levels", *_):
                self.names.add(name)

    def add_part(self, path: Path) -> None:
        """Note a mapping or list from which something was left out."""
        self.paths.add(path)
        match path:
            case ():
                self.any_name = True
            case (str(section),) if section in _SECTIONS:
                self.any_name = True
            case ("players", str(player), "options") | ("players", str(player), "factions"):
                self.names.add(player)

    def has(self, name: str) -> bool:
        """Tell whether a name, or what it is a part of, was dropped."""
        if name in self.names:
            return True
        steps = name.split(".")
        return any(".".join(steps[:n]) in self.names for n in range(1, len(steps)))

    def within(self, path: Path) -> bool:
        """Tell whether an element, or anything in it, was dropped."""
        return any(lost[: len(path)] == path for lost in self.paths)
