"""``offramp cases``"""

from __future__ import annotations

import click

from offramp.cli.arguments import json_option, show_json


@click.command("cases")
@json_option
def command(as_json: bool) -> None:
    """List the shipped cases: the name to call them by, and the question they ask."""
    from offramp.casefile import read_tree
    from offramp.cases import catalogue

    texts = {case.name: read_tree(case.text(), case.name).data for case in catalogue()}

    def runs(name: str) -> bool:
        """Tell whether a case or one that it extends has strategies."""
        data = texts.get(name, {})
        return bool(data.get("strategies")) or ("extends" in data and runs(str(data["extends"])))

    rows = [
        {"name": c.name, "group": c.group, "title": str(texts[c.name].get("title", "")), "strategies": runs(c.name)}
        for c in catalogue()
    ]
    if as_json:
        show_json(rows)
        return
    width = max(len(str(row["name"])) for row in rows)
    for row in rows:
        base = "" if row["strategies"] else "  (a base to extend, without strategies)"
        click.echo(f"{row['name']:<{width}}  {row['title']}{base}")
    click.echo("\nRun one with: offramp run coercion", err=True)
