"""``offramp runs``"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from offramp.cli.arguments import json_option, show_json
from offramp.cli.visible import say, visible

if TYPE_CHECKING:
    from offramp.runs import Listed


@click.command("runs")
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@json_option
def command(folder: Path, as_json: bool) -> None:
    """List the runs in a folder (default: here) and right below it, the latest first."""
    from offramp.runs import listing

    found = listing(folder)
    if as_json:
        show_json([_plain(each) for each in found])
    elif not found:
        say(f"No runs in {folder.absolute()}. Start one with `offramp run CASE`.")
    else:
        _print(found)


def _plain(each: Listed) -> dict[str, Any]:
    m = each.manifest
    asked = m.asked if m else None
    return {
        "folder": str(each.folder),
        "state": _state(each),
        "case": m.case if m else None,
        "source": asked.source if asked else None,
        "digest": m.digest if m else None,
        "seed": asked.seed if asked else None,
        "worlds": asked.worlds if asked else None,
        "drawn": m.drawn if m else None,
        "strategies": list(asked.strategies) if asked and asked.strategies else None,
        "until": asked.until if asked else None,
        "begun": asked.begun if asked else None,
        "command": asked.command if asked else None,
        "done": each.done,
        "units": m.units if m else None,
        "failed": each.failed,
        "bytes": each.size,
    }


def _state(each: Listed) -> str:
    if each.manifest is None:
        return "damaged"
    if each.done < each.manifest.units:
        return "unfinished"
    return "complete" if each.found else "computed"


def _print(found: list[Listed]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for name in ("folder", "case"):
        grid.add_column(name, overflow="fold")
    for name in ("worlds", "seed", "computed", "failed"):
        grid.add_column(name, justify="right", no_wrap=True)
    grid.add_column("begun (UTC)", no_wrap=True)
    for each in found:
        m = each.manifest
        if m is None:
            grid.add_row(Text(visible(str(each.folder))), Text("(the manifest is damaged)"), "", "", "", "", "")
            continue
        share = each.done / m.units if m.units else 0.0
        done = "all" if share >= 1.0 and each.found else f"{int(100 * share)} %"
        named = Text(visible(str(each.folder))), Text(visible(m.case))
        begun = visible(m.asked.begun.replace("T", " ")[:16])
        grid.add_row(*named, f"{m.drawn:,}", str(m.asked.seed), done, f"{each.failed:,}", begun)
    Console(highlight=False).print(grid)
    if any(_state(each) in ("unfinished", "computed") for each in found):
        click.echo("\n`offramp resume FOLDER` goes on with what is not done.")
