"""Progress on stderr: a bar on a terminal, else a line a minute."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

__all__ = ["Advance", "progress"]

OFTEN = 60.0
"""Seconds between lines."""


class Advance(Protocol):
    """Called with how much is done, of how much, and what there is to say of it so far."""

    def __call__(self, done: int, total: int, said: str = "") -> None:
        """Show it."""
        ...


@contextmanager
def progress(title: str, *, begin: bool = False) -> Iterator[Advance]:
    """Show how far something got while it runs.

    Parameters
    ----------
    title
        What runs.
    begin
        Off a terminal, say at once that it has begun.
    """
    if not sys.stderr.isatty():
        yield _lines(title, begin=begin)
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from offramp.cli.visible import visible

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(escape(visible(title)), total=None)

        def advance(done: int, total: int, said: str = "") -> None:
            told = f"{title}: {said}" if said else title
            bar.update(task, completed=done, total=total or None, description=escape(visible(told)))

        yield advance


def _lines(title: str, *, begin: bool) -> Advance:
    from offramp.cli.visible import say

    begun = told = time.monotonic()
    if begin:
        say(f"{title}.", err=True)

    def advance(done: int, total: int, said: str = "") -> None:
        nonlocal told
        now = time.monotonic()
        if now - told >= OFTEN and total:
            told = now
            so_far = f", {said}" if said else ""
            say(f"{title}: {int(100 * done / total)} % after {round((now - begun) / 60)} min{so_far}.", err=True)

    return advance
