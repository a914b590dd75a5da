"""Lines on a terminal: wrapped, and without anything that could move a cursor."""

from __future__ import annotations

import errno
import os
from textwrap import wrap

from rich.console import Console
from rich.text import Text

__all__ = ["clean", "say", "terminal"]


class _Terminal(Console):
    def on_broken_pipe(self) -> None:
        """Let the command line see that the reader has left: that is no failure."""
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))


def terminal() -> Console:
    """Return standard output, 80 columns wide where it is not a terminal."""
    return _Terminal(highlight=False, soft_wrap=False)


def clean(text: str) -> str:
    """Drop what could move a cursor or turn a line around; a line break becomes a blank."""
    return "".join(
        " " if c == "\n" else "\ufffd" if ord(c) < 32 or 0x7F <= ord(c) <= 0x9F or 0x202A <= ord(c) <= 0x202E
        or 0x2066 <= ord(c) <= 0x2069 else c for c in text
    )  # fmt: skip


def say(out: Console, text: str, style: str = "", *, lead: str = "", indent: int = 0, hang: int = 0) -> None:
    """Print a text, wrapped to the width there is.

    Parameters
    ----------
    lead
        A word before the text, in bold, that takes the place of the first indent.
    indent
        Of every line.
    hang
        Of every line but the first, on top of that.
    """
    # textwrap, not rich: it keeps "12 %" together, and leaves no blanks at the ends of lines
    lines = wrap(
        clean(text), max(30, out.width), initial_indent=lead.ljust(indent), subsequent_indent=" " * (indent + hang),
        break_on_hyphens=False,
    )  # fmt: skip
    for n, line in enumerate(lines or [lead]):
        shown = Text(line.replace("\u00a0", " "), style=style)
        if n == 0:
            shown.stylize("bold", 0, len(lead))
        out.print(shown, highlight=False)
