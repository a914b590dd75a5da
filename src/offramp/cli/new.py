"""``offramp new NAME``"""

from __future__ import annotations

import os
from pathlib import Path

import click


@click.command("new")
@click.argument("name")
@click.option("--force", is_flag=True, help="Overwrite a file that is there.")
def command(name: str, force: bool) -> None:
    """Write NAME.yaml in this folder: a commented starter case that runs."""
    from offramp.casefile import starter_text
    from offramp.errors import UsageError
    from offramp.expressions import is_name

    stem = name.removesuffix(".yaml")
    if not is_name(stem):
        raise UsageError(f"`{name[:60]}` cannot be the name of a case", code="name",
                         hint="use letters, digits, _ and hyphens, starting with a letter")  # fmt: skip
    path = Path(f"{stem}.yaml")
    if os.path.lexists(path) and not force:
        raise UsageError(f"{path} is there already", code="exists", hint="choose another name, or add --force")
    try:
        path.write_text(starter_text(stem), encoding="utf-8")
    except OSError as e:
        raise UsageError(f"cannot write {path}: {e.strerror}", code="no-file") from e
    click.echo(f"Wrote {path}. Next:\n  offramp check {path}\n  offramp run {path}")
