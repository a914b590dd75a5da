"""The page of an answer, and the guard that keeps other files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from offramp.cli.visible import say
from offramp.errors import UsageError

if TYPE_CHECKING:
    from offramp.findings.reach.values import Reach

__all__ = ["refuse_page", "write_page"]

_HEAD = 4000
"""Bytes of a file in which a page says what wrote it."""


def refuse_page(path: Path) -> None:
    """Refuse a place that cannot be written, or holds anything but such a page: a new answer replaces an old one only.

    Raises
    ------
    UsageError
        If so: before a long search, not after it.
    """
    from offramp.report.reach_page import MADE_BY
    from offramp.report.shell import generator_line

    hint = "choose another name with --page"
    try:
        if not os.access(path.absolute().parent, os.W_OK | os.X_OK):
            reason = "cannot be written" if path.absolute().parent.is_dir() else "is no folder"
            raise UsageError(f"cannot write {path}: {path.parent} {reason}", code="no-file", hint=hint)
        path.lstat()
        if path.is_file():
            with path.open("rb") as stream:
                if generator_line(MADE_BY).encode() in stream.read(_HEAD):
                    return
    except FileNotFoundError:
        return
    except (OSError, ValueError) as e:
        raise UsageError(f"cannot write {path}: {getattr(e, 'strerror', None) or e}", code="no-file", hint=hint) from e
    raise UsageError(f"{path} is there already, and is no page of `offramp reach`", code="exists",
                     hint="choose another name with --page, or remove it")  # fmt: skip


def write_page(path: Path, found: Reach, asked: str) -> None:
    """Write the page, and say where it is.

    Raises
    ------
    UsageError
        If it cannot be written. What stood there before still does.
    """
    from offramp.files import write_whole
    from offramp.report.reach_page import render_reach

    page = render_reach(found, asked)
    try:
        write_whole(path, page)
    except (OSError, ValueError) as e:
        raise UsageError(f"cannot write {path}: {getattr(e, 'strerror', None) or e}", code="no-file",
                         hint="choose another folder with --page, or make room there") from e  # fmt: skip
    click.echo(err=True)
    say(f"Page: {path}", err=True)
