"""An actor table from a CSV file.

The header is a row that begins with ``Actor``: actor, description, influence, then a position and a salience for each
dimension. Above it there may be KTAB's row on the scenario: its name, a description, how many actors, how many
dimensions. Cells are parted by commas, semicolons or tabs.
"""

from __future__ import annotations

import re
from pathlib import Path as FilePath

from offramp.errors import Place
from offramp.interop.ktab.checks import Cell, TableChecks
from offramp.interop.ktab.parts import ActorTable
from offramp.interop.source_text import Faults, SourceText, plain, read_text, shorten

__all__ = ["read_csv"]

MOST_BYTES = 1_000_000
_HEADER = "Actor,Description,Influence,X Position,X Salience"
_KIND = re.compile(r"[\s_-]*(position|pstn|pos|salience|sal)[\s_-]*", re.IGNORECASE)

_COUNT = re.compile("[0-9]{1,9}")


def read_csv(path: FilePath) -> ActorTable:
    """Read a table.

    Raises
    ------
    UsageError
        If the file cannot be read.
    CaseErrors
        With every fault, each at its line and column.
    """
    source = read_text(path, MOST_BYTES)
    faults = Faults(source.file)
    rows = [row for row in _rows(source, faults) if any(text for text, _ in row)]
    heads = [n for n, row in enumerate(rows[:2]) if row[0][0].lower() in ("actor", "actors", "actor name")]
    if not heads:
        place = rows[0][0][1] if rows else Place(source.file, 1, 1)
        said = "the header is missing" if rows else "the file is empty"
        faults.add(place, said, f"begin with {_HEADER}, or with KTAB's row on the scenario above it", code="table")
        raise faults.errors
    scenario, header, below = rows[: heads[0]], rows[heads[0]], rows[heads[0] + 1 :]
    checks = TableChecks(faults, _dimensions(header, faults))
    for row in below:
        _actor(row, len(header), checks)
    told = [text for text, _ in scenario[0]] if scenario else []
    _counts(scenario[0] if scenario else [], checks)
    title, about = (told[0] if told else "") or plain(path.stem), told[1] if len(told) > 1 else ""
    return checks.table(source.file, title, about)


def _rows(source: SourceText, faults: Faults) -> list[list[Cell]]:
    """Cut a text into cells, without those that are empty at the end of a row."""
    lines = source.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    head = next((line for line in lines if line.strip().lower().lstrip('"').startswith("actor")), "")
    mark = max(",;\t", key=head.count)
    cell = re.compile(rf'[ ]*"((?:[^"]|"")*)"[^{mark}]*|([^{mark}]*)')
    found = []
    for number, line in enumerate(lines, 1):
        row: list[Cell] = []
        at = 0
        while at <= len(line):
            match = cell.match(line, at)
            assert match is not None
            text = match[1].replace('""', '"') if match[1] is not None else match[2]
            place = Place(source.file, number, at + 1 + len(match[0]) - len(match[0].lstrip()))
            if match[1] is None and text.lstrip().startswith('"'):
                faults.add(place, "the quote opened here does not close on its line", "close it", code="table")
            row.append((plain(text), place))
            at = match.end() + 1
        while len(row) > 1 and not row[-1][0]:
            row.pop()
        found.append(row)
    return found


def _dimensions(header: list[Cell], faults: Faults) -> list[Cell]:
    """Read the header: two columns for each dimension."""
    for (text, place), wanted in zip(header[1:3], (("description", "desc"), ("influence", "power", "capability")),
                                     strict=False):  # fmt: skip
        if text.lower() not in wanted:
            faults.add(place, f"{wanted[0]} is wanted here, not {shorten(text)}", f"begin with {_HEADER}", code="table")
    columns = header[3:]
    if not columns or len(columns) % 2:
        faults.add(header[-1][1], "each dimension needs two columns, a position and a salience",
                   f"write a header such as {_HEADER}", code="table")  # fmt: skip
        raise faults.errors
    found: list[Cell] = []
    for (position, place), (salience, beside) in zip(columns[::2], columns[1::2], strict=True):
        if _names(position, "s") or _names(salience, "p"):
            faults.add(place, f"{shorten(position)} and {shorten(salience)} are the wrong way round",
                       "the position comes first, then the salience", code="table")  # fmt: skip
        elif _names(position, "p") and _names(salience, "s") and not _belong(position, salience):
            faults.add(beside, f"{shorten(position)} and {shorten(salience)} are of two dimensions",
                       "put the position and the salience of one dimension side by side", code="table")  # fmt: skip
        name = _without_kind(position)
        found.append((name if re.search("[A-Za-z]", name) else position or f"dimension {len(found) + 1}", place))
        if not salience:
            faults.add(beside, "the column has no name", "name it, such as X Salience", code="table")
    return found


def _names(text: str, kind: str) -> bool:
    """Whether a column says that it is of a kind: p for position, s for salience."""
    found = _KIND.search(text)
    return found is not None and found[1][0].lower() == kind


def _without_kind(text: str) -> str:
    """Return what a column is called beside its kind: the dimension."""
    return _KIND.sub(" ", text).strip()


def _belong(position: str, salience: str) -> bool:
    """Whether two columns are of one dimension; one that names none belongs to any."""
    one, other = _without_kind(position).lower(), _without_kind(salience).lower()
    return not one or not other or one == other


def _actor(row: list[Cell], width: int, checks: TableChecks) -> None:
    if len(row) != width:
        many = "more" if len(row) > width else "fewer"
        said = f"the row of {shorten(row[0][0])} has {len(row)} cells, {many} than the header's {width}"
        checks.fault(row[0][1], said, "put a text with a comma into double quotes; numbers have no separators")
        return
    checks.actor(row[0], row[1][0], row[2], row[3::2], row[4::2])


def _counts(scenario: list[Cell], checks: TableChecks) -> None:
    """Compare the scenario's row with what there is."""
    have = (len(checks.actors), "actors"), (len(checks.dimensions), "dimensions")
    for (text, place), (count, what) in zip(scenario[2:4], have, strict=False):
        if not _COUNT.fullmatch(text):
            checks.fault(place, f"the number of {what} is wanted here, not {shorten(text)}", f"write {count}")
        elif int(text) != count and not checks.faults:
            checks.fault(place, f"the first row promises {text} {what}, and the table has {count}",
                         "the file may have been cut off; else mend the number")  # fmt: skip
