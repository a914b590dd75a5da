"""A case from any file that commands take."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path as FilePath

from offramp import casefile
from offramp.casefile import CaseFile

__all__ = ["read_case", "read_gmcr"]


def read_case(source: str | FilePath) -> CaseFile:
    """Read a case by its shipped name, from a YAML file or from a model of GMCR+ (``.gmcr``).

    Raises
    ------
    CaseErrors
        With every fault, each at its line and column.
    UsageError
        If there is no such case or file, or it cannot be read.
    """
    return read_gmcr(source) if str(source).lower().endswith(".gmcr") else casefile.read_case(source)


def read_gmcr(path: str | FilePath) -> CaseFile:
    """Read a model of GMCR+ as a case, with notes; faults found later stand at places of the model.

    Raises
    ------
    CaseErrors
        With every fault, each at its line and column.
    UsageError
        If the file cannot be read.
    """
    from offramp.interop.gmcr.reading import parse_gmcr, read_source
    from offramp.interop.gmcr.to_case import case_of

    source = read_source(FilePath(path))
    found = case_of(parse_gmcr(source), source)
    return replace(found.case_file(FilePath(path).stem), notes=found.notes)
