"""``offramp convert SOURCE TARGET``"""

from __future__ import annotations

import os
from pathlib import Path

import click


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
    from offramp.interop.conversion import convert

    path = Path(target)
    there = UsageError(f"{path} is there already", code="exists", hint="choose another name, or add --force")
    if os.path.lexists(target) and not force:
        raise there
    found = convert(source, target)
    try:
        with path.open("w" if force else "x", encoding="utf-8", newline="\n") as stream:
            stream.write(found.text)
    except FileExistsError:
        raise there from None
    except (OSError, ValueError) as e:
        raise UsageError(f"cannot write {path}: {getattr(e, 'strerror', None) or e}", code="no-file") from e
    for note in found.notes:
        click.echo(note, err=True)
    click.echo(f"Wrote {path}.")
