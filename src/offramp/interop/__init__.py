"""Models of other programs, from and to cases.

* reading.py          a case from any file that commands take
* conversion.py       from one file to another, by their endings
* gmcr/               models of GMCR+
* ktab/               actor tables of KTAB
* stability_graph/    Graphviz and GraphML
* source_text.py      files of other programs, and their faults
* converted.py        what a conversion gives
* ids.py, yaml_text.py, sizes.py, formulas.py, cubes.py   names, YAML, numbers, expressions written for people
"""

from __future__ import annotations

from offramp.interop.reading import read_case, read_gmcr

__all__ = ["read_case", "read_gmcr"]
