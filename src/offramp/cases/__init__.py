"""The shipped cases, filed by source. Each is one YAML file with its citations and expected findings."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable

__all__ = ["Shipped", "catalogue", "find_shipped"]


@dataclass(frozen=True, slots=True)
class Shipped:
    """One shipped case."""

    name: str
    """What it is called on the command line, e.g. ``coercion``."""
    group: str
    """The folder it is filed in, e.g. ``literature``."""
    file: Traversable

    def text(self) -> str:
        """Return the YAML text."""
        return self.file.read_text(encoding="utf-8")


def catalogue() -> tuple[Shipped, ...]:
    """Return all shipped cases, by group and name."""
    found = []
    for folder in resources.files(__package__).iterdir():
        if folder.is_dir():
            found += [
                Shipped(file.name.removesuffix(".yaml"), folder.name, file)
                for file in folder.iterdir()
                if file.name.endswith(".yaml")
            ]
    return tuple(sorted(found, key=lambda case: (case.group, case.name)))


def find_shipped(name: str) -> Shipped | None:
    """Return the shipped case of a name, with or without its folder; None where there is none."""
    wanted = name.removesuffix(".yaml").rpartition("/")
    for case in catalogue():
        if case.name == wanted[2] and wanted[0] in ("", case.group):
            return case
    return None
