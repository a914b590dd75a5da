"""``offramp convert SOURCE TARGET``"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import click

from offramp.cli.visible import say


@click.command("convert")
@click.argument("source")
@click.argument("target")
@click.option("--force", is_flag=True, help="Overwrite a file that is there.")
def command(source: str, target: str, force: bool) -> None:
    """Convert models of other programs into cases, and cases into theirs.

    \b
    X.gmcr case.yaml       a model of GMCR+
    table.csv case.yaml    an actor table of KTAB (.csv or .xml)
    CASE out.gmcr          a case for GMCR+: options of two levels, rankings
    CASE out.dot           what holds, as a graph for Graphviz
    CASE out.graphml       the same for network programs

    CASE is a shipped name, a .yaml or a .gmcr file. Tells what was assumed, and what is lost.
    """
    from offramp.errors import UsageError
    from offramp.files import write_whole
    from offramp.interop.conversion import convert

    path = Path(target)
    there = UsageError(f"{path} is there already", code="exists", hint="choose another name, or add --force")
    if os.path.lexists(target) and not force:
        raise there
    if _same(source, target):
        raise UsageError(f"{path} is the very file that is to be converted", code="exists",
                         hint="choose another name")  # fmt: skip
    found = convert(source, target)
    try:
        write_whole(path, found.text, force=force, follow=True)
    except FileExistsError:
        raise there from None
    except (OSError, ValueError) as e:
        raise UsageError(f"cannot write {path}: {getattr(e, 'strerror', None) or e}", code="no-file",
                         hint="choose another folder, or make room there") from e  # fmt: skip
    for note in found.notes:
        say(note, err=True)
    say(f"Wrote {path}.")


def _same(source: str, target: str) -> bool:
    with suppress(OSError, ValueError):
        return os.path.samefile(source, target)
    return False
