"""Runs on disk: what was asked, what was computed so far, what was found.

A run's folder holds ``manifest.json`` (what was asked, of which case, by which versions), ``case.json`` (the case as
read), ``worlds/ID/*.parquet`` (every number computed, ID telling what it depends on), and once there are findings
``findings.json``, ``results.json`` and ``report.html``. Every file is written under a hidden name, brought to disk, and
renamed, so that a run that dies at any instant leaves whole files only.
"""

from offramp.runs.carry_out import carry_out, here
from offramp.runs.difference import differences
from offramp.runs.found import load_findings, save_findings
from offramp.runs.identity import identity
from offramp.runs.listing import Listed, listed, listing
from offramp.runs.lock import at_work
from offramp.runs.manifest import Asked, Manifest, Versions, read_manifest, write_manifest
from offramp.runs.store import Store
from offramp.runs.writing import write_or_stop

__all__ = [
    "Asked",
    "Listed",
    "Manifest",
    "Store",
    "Versions",
    "at_work",
    "carry_out",
    "differences",
    "here",
    "identity",
    "listed",
    "listing",
    "load_findings",
    "read_manifest",
    "save_findings",
    "write_manifest",
    "write_or_stop",
]
