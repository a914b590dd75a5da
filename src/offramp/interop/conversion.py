"""From one file to another: which it is follows from their endings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path as FilePath

from offramp.casefile import CaseFile
from offramp.cases import find_shipped
from offramp.errors import CaseErrors, UsageError, WorldError
from offramp.graph.limits import check_size
from offramp.interop.converted import Converted
from offramp.interop.reading import read_case
from offramp.model import Case

__all__ = ["convert"]

_CASES = (".yaml", ".yml")
_POSSIBLE = (
    "possible are X.gmcr case.yaml; table.csv case.yaml; table.xml case.yaml; CASE out.gmcr; CASE out.dot; and CASE "
    "out.graphml, where CASE is a shipped name, a .yaml or a .gmcr file"
)

_SMALLER = {
    ".gmcr": "leave out options of that decision maker, or make it two; `offramp stability` takes the .gmcr file as it "
    "is, with up to 12 options of each"
}
"""What to do about a model that is too large for a case."""


def convert(source: str, target: str) -> Converted:
    """Convert a file.

    Parameters
    ----------
    source
        A .gmcr file, a KTAB actor table (.csv or .xml), a case file, or the name of a shipped case. Nothing else is
        read, but for what a case extends.
    target
        What is wanted, by its ending: a case (.yaml), a model of GMCR+ (.gmcr), or the graph of what holds (.dot,
        .graphml). Nothing is written.

    Raises
    ------
    UsageError
        If there is no such conversion, or the file cannot be read.
    CaseErrors
        With every fault of the source, each at its line and column.
    """
    wanted, given = FilePath(target).suffix.lower(), FilePath(source).suffix.lower()
    if wanted in _CASES:
        if given not in _FOREIGN:
            raise UsageError(_no_source(source, given), code="conversion", hint=_POSSIBLE)
        found = _FOREIGN[given](FilePath(source))
        _checked(found.case_file(FilePath(source).stem), given)
        return found
    if wanted not in _WRITERS:
        said = f"{wanted} is not known" if wanted else f"{target[:60]} has no ending that would say what is wanted"
        raise UsageError(said, code="conversion", hint=_POSSIBLE)
    if given == wanted or given in (".csv", ".xml", ".dot", ".graphml"):
        raise UsageError(f"{source[:60]} cannot become {wanted}", code="conversion", hint=_POSSIBLE)
    file = read_case(source)
    try:
        return _WRITERS[wanted](file.case)
    except CaseErrors as e:
        raise file.locate(e.faults) from None
    except WorldError as e:
        raise file.locate([e]) from None


def _no_source(source: str, given: str) -> str:
    """Say why something cannot become a case."""
    if given in _CASES or find_shipped(source) is not None:
        return f"{source[:60]} is a case already"
    if given:
        return f"{source[:60]} cannot become a case"
    return f"`{source[:60]}` has no ending that would say what it is"


def _checked(file: CaseFile, given: str) -> None:
    """Refuse a case that is too large to be played."""
    if faults := check_size(file.case):
        for fault in faults:
            fault.hint = _SMALLER.get(given, fault.hint)
        raise file.locate(faults)


def _from_gmcr(path: FilePath) -> Converted:
    from offramp.interop.gmcr.reading import parse_gmcr, read_source
    from offramp.interop.gmcr.to_case import case_of

    source = read_source(path)
    return case_of(parse_gmcr(source), source)


def _from_csv(path: FilePath) -> Converted:
    from offramp.interop.ktab.csv_table import read_csv
    from offramp.interop.ktab.to_case import case_of

    return case_of(read_csv(path))


def _from_xml(path: FilePath) -> Converted:
    from offramp.interop.ktab.to_case import case_of
    from offramp.interop.ktab.xml_table import read_xml

    return case_of(read_xml(path))


def _to_gmcr(case: Case) -> Converted:
    from offramp.interop.gmcr.from_case import gmcr_of

    return gmcr_of(case)


def _to_dot(case: Case) -> Converted:
    from offramp.interop.stability_graph.dot import dot_text
    from offramp.interop.stability_graph.drawing import lay_out

    return Converted(dot_text(lay_out(case)))


def _to_graphml(case: Case) -> Converted:
    from offramp.interop.stability_graph.drawing import lay_out
    from offramp.interop.stability_graph.graphml import graphml_text

    return Converted(graphml_text(lay_out(case)))


_FOREIGN: dict[str, Callable[[FilePath], Converted]] = {".gmcr": _from_gmcr, ".csv": _from_csv, ".xml": _from_xml}
_WRITERS: dict[str, Callable[[Case], Converted]] = {".gmcr": _to_gmcr, ".dot": _to_dot, ".graphml": _to_graphml}
