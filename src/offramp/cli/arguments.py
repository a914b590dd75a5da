"""The arguments that commands share."""

from __future__ import annotations

import json
import math
import sys
from typing import Any

import click
from click.shell_completion import CompletionItem

__all__ = [
    "CaseName",
    "Finite",
    "case_argument",
    "cluster_option",
    "fault_as_json",
    "json_option",
    "seed_option",
    "show_json",
    "workers_option",
]


class CaseName(click.ParamType[str]):
    """A shipped name or a file, with completion."""

    name = "case"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Complete shipped names, then files."""
        from offramp.cases import catalogue

        names = [case.name for case in catalogue() if case.name.startswith(incomplete)]
        return [CompletionItem(name) for name in names] + [CompletionItem(incomplete, type="file")]


class Finite(click.FloatRange):
    """A number in a range; not nan, and not infinite."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read it."""
        number = super().convert(value, param, ctx)
        return number if math.isfinite(number) else self.fail(f"{number} is not a finite number.", param, ctx)


case_argument = click.argument("case", type=CaseName())
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
seed_option = click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Of all draws.")
workers_option = click.option("--workers", type=click.IntRange(1, 1024), default=None,
                              help="Threads; default one per core.")  # fmt: skip
cluster_option = click.option("--cluster", metavar="ADDRESS", default=None,
                              help="Compute on the Dask cluster whose scheduler is there.")  # fmt: skip


def fault_as_json(fault: Any) -> dict[str, Any]:
    """Return a fault as plain data: where, what, what to write instead."""
    place = getattr(fault, "place", None)
    return {
        "file": getattr(fault, "file", place.file if place else None),
        "line": place.line if place else None,
        "column": place.column if place else None,
        "code": fault.code,
        "message": fault.message,
        "hint": fault.hint,
    }


def show_json(value: Any) -> None:
    """Print JSON on stdout."""
    plain = not (sys.stdout.encoding or "").lower().startswith("utf")
    click.echo(json.dumps(value, ensure_ascii=plain, indent=2, allow_nan=False))
