"""``offramp cases``"""

from __future__ import annotations

import click

from offramp.cli.arguments import json_option, show_json


@click.command("cases")
@json_option
def command(as_json: bool) -> None:
    """List the shipped cases: the name to call them by, and the question they ask."""
    from offramp.casefile import load_case
    from offramp.cases import catalogue

    rows = []
    for case in catalogue():
        whole = load_case(case.name)
        rows.append(
            {"name": case.name, "group": case.group, "title": whole.title, "strategies": bool(whole.strategies)}
        )
    if as_json:
        show_json(rows)
        return
    width = max(len(str(row["name"])) for row in rows)
    for row in rows:
        base = "" if row["strategies"] else "  (a base to extend, without strategies)"
        click.echo(f"{row['name']:<{width}}  {row['title']}{base}")
    click.echo("\nRun one with: offramp run coercion", err=True)
