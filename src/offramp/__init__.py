"""offramp: turn an argument about negotiating with an adversary into an executable model, and test its claims.

>>> import offramp
>>> case = offramp.load_case("coercion")
>>> case.title
'When does the threat of punishment buy a concession?'

``offramp.analyse(case, worlds=64)`` runs every strategy over 64 worlds and judges the claims.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from offramp.casefile import load_case, parse_case
    from offramp.findings import Findings
    from offramp.findings.analyse import analyse
    from offramp.model import Case, build_case

__version__ = "0.1.0"

__all__ = ["Case", "Findings", "analyse", "build_case", "load_case", "parse_case"]

_HOME = {
    "Case": "offramp.model",
    "Findings": "offramp.findings",
    "analyse": "offramp.findings.analyse",
    "build_case": "offramp.model",
    "load_case": "offramp.casefile",
    "parse_case": "offramp.casefile",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(importlib.import_module(_HOME[name]), name)
    if name in ("Findings", "analyse"):
        _show_in_notebooks()
    return found


def _show_in_notebooks() -> None:
    """Let findings show themselves as a table: how they look is the report's matter, which lies above them."""
    from offramp.findings import Findings

    # By name, as above: an import statement here would tie findings, which read the version, to the report.
    html_table = importlib.import_module("offramp.report.notebook").html_table
    setattr(Findings, "_repr_html_", html_table)  # noqa: B010
