"""``offramp read FILE...``"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from shutil import get_terminal_size
from textwrap import fill
from typing import TYPE_CHECKING

import click

from offramp.cli.arguments import fault_as_json, json_option, show_json
from offramp.cli.visible import visible

if TYPE_CHECKING:
    from offramp.documents import Document, Passage

_LABEL = 13
_UNKNOWN = "unknown"


@click.command("read")
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="FILE...")
@click.option("--passages", is_flag=True, help="Print the passages whole.")
@json_option
def command(files: tuple[str, ...], passages: bool, as_json: bool) -> None:
    """Read essays: what each says about itself, and its body in numbered passages to quote from.

    FILE is text, Markdown, HTML or PDF. Nothing else is read and nothing is fetched.
    """
    from offramp.documents import read_documents
    from offramp.errors import DocumentErrors

    documents, faults = read_documents(files)
    if as_json:
        show_json({"documents": [_as_json(d) for d in documents], "faults": [fault_as_json(f) for f in faults]})
        if faults:
            sys.exit(DocumentErrors(faults).exit_code)
        return
    for n, document in enumerate(documents):
        click.echo("\n" if n else "", nl=False)
        _show(document, whole=passages)
    if faults:
        raise DocumentErrors(faults)


def _as_json(document: Document) -> dict[str, object]:
    return asdict(document) | {"unknown": document.unknown}


def _show(document: Document, *, whole: bool) -> None:
    width = max(40, min(get_terminal_size((80, 24)).columns, 100))
    _line(document.title or "title unknown", width, bold=True)
    for label, value in _facts(document):
        _line(f"{label:<{_LABEL}}{value}", width, hang=_LABEL)
    _list("Sections", [section.text for section in document.sections], width)
    items = [", ".join(filter(None, (r.title, r.author, r.date, r.kind, r.url))) for r in document.recommended]
    _list("Recommended", items, width)
    click.secho("\nPassages" if document.passages else "\nNo body was found.", bold=True)
    above = None
    for passage in document.passages:
        if passage.section != above:
            above = passage.section
            _line(f"\u00a7 {above}", width, indent=2)
        _passage(passage, width, whole=whole)


def _facts(document: Document) -> Iterator[tuple[str, str]]:
    yield "file", visible(document.file)
    for author in document.authors:
        yield "author", f"{author.name} ({author.url or 'address unknown'})"
        for bio in author.bios:
            yield "", bio
    if not document.authors:
        yield "author", _UNKNOWN
    series = " ".join(filter(None, (document.series, document.number and f"#{document.number}")))
    for label, value in (("date", document.date), ("kind", document.kind), ("outlet", document.outlet),
                         ("series", series)):  # fmt: skip
        yield label, value or _UNKNOWN
    for label, topics in (("topics", document.topics), ("regions", document.regions)):
        yield label, ", ".join(f"{t.name} ({t.slug})" if t.slug else t.name for t in topics) or _UNKNOWN


def _list(head: str, items: Sequence[str], width: int) -> None:
    if items:
        click.secho(f"\n{head}", bold=True)
    for item in items:
        _line(f"- {item}", width, indent=2, hang=2)


def _passage(passage: Passage, width: int, *, whole: bool) -> None:
    start = f"{passage.id:<5}"
    if whole:
        _line(start + passage.text, width, indent=2, hang=len(start))
        return
    room = width - 2 - len(start)
    text = passage.text
    if len(text) > room:
        text = text[: room - 1].rsplit(" ", 1)[0] + "\u2026"
    _line(start + text, width, indent=2)


def _line(text: str, width: int, *, indent: int = 0, hang: int = 0, bold: bool = False) -> None:
    wrapped = fill(text, width, initial_indent=" " * indent, subsequent_indent=" " * (indent + hang),
                   break_long_words=False, break_on_hyphens=False)  # fmt: skip
    click.secho(wrapped, bold=bold)
