"""``offramp schema``"""

from __future__ import annotations

import click

from offramp.cli.arguments import show_json


@click.command("schema")
@click.argument(
    "what", type=click.Choice(["case", "results", "trace", "matters", "reach", "stability"]), default="case"
)
def command(what: str) -> None:
    """Print the JSON Schema of case files (for editors), of results.json, or of what a command prints with --json."""
    if what == "case":
        from offramp.model.schema import case_schema

        show_json(case_schema())
    elif what == "results":
        from offramp.report import results_schema

        show_json(results_schema())
    elif what == "trace":
        from offramp.report.trace_json import trace_schema

        show_json(trace_schema())
    elif what == "matters":
        from offramp.report.matters_json import matters_schema

        show_json(matters_schema())
    elif what == "reach":
        from offramp.report.reach_json import reach_schema

        show_json(reach_schema())
    else:
        from offramp.report.stability_json import stability_schema

        show_json(stability_schema())
