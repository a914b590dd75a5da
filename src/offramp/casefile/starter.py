"""The commented case that ``offramp new`` writes."""

from __future__ import annotations

from importlib import resources

__all__ = ["starter_text"]


def starter_text(name: str) -> str:
    """Return a case that runs as it stands, under a name of the reader's choice."""
    text = resources.files(__package__).joinpath("starter.yaml").read_text(encoding="utf-8")
    return text.replace("NAME", name)
