"""Read a document, or those of a folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from offramp.documents.blocks import Block, Joiner
from offramp.documents.body import read_body
from offramp.documents.fields import Line
from offramp.documents.files import decode, read_bytes
from offramp.documents.from_html import TooDeep, read_html
from offramp.documents.from_markdown import read_markdown
from offramp.documents.from_pdf import read_pdf
from offramp.documents.layout import find_layout
from offramp.documents.listed import read_recommended, read_topics
from offramp.documents.parts import Document, Format
from offramp.errors import DocumentError, DocumentErrors, MissingDocument

__all__ = ["SUFFIXES", "read_document", "read_documents", "read_folder"]

MOST_BLOCKS = 20_000
SUFFIXES = (".txt", ".md", ".html", ".htm", ".pdf")


def read_document(path: str | Path) -> Document:
    """Read an essay from text, Markdown, HTML or PDF. Nothing but this file is read, and nothing is fetched.

    Parameters
    ----------
    path
        The file. Its first bytes, then its suffix say what it is.

    Returns
    -------
    Document
        What it says about itself, and its body in numbered passages. What cannot be told is None.

    Raises
    ------
    DocumentError
        If it cannot be read: it is missing, too large, damaged, protected, a scan, or in another encoding than UTF-8.
    """
    file = str(path)
    if not file:
        raise MissingDocument("an empty file name", file=file, code="no-file", hint="name a file")
    data, format_ = read_bytes(Path(path))
    blocks = _blocks(data, format_, file)
    if not blocks:
        raise DocumentError("there is no text in it", file=file, code="empty",
                            hint="save the document again, with its text")  # fmt: skip
    if len(blocks) > MOST_BLOCKS:
        raise DocumentError(f"it has more than {MOST_BLOCKS:,} paragraphs", file=file, code="too-large",
                            hint="keep only the essay")  # fmt: skip
    return _document(file, format_, blocks)


def read_documents(paths: Iterable[str | Path]) -> tuple[list[Document], list[DocumentError]]:
    """Read several documents; return those that could be read, and why the others could not."""
    documents, faults = [], []
    for path in paths:
        try:
            documents.append(read_document(path))
        except DocumentError as e:
            faults.append(e)
    return documents, faults


def read_folder(folder: str | Path) -> tuple[list[Document], list[DocumentError]]:
    """Read the documents that lie directly in a folder, by name; links that lead out of it are left alone.

    Parameters
    ----------
    folder
        Its .txt, .md, .html, .htm and .pdf files are read.

    Raises
    ------
    DocumentErrors
        If there is no such folder, or it cannot be listed.
    """
    here = Path(folder)
    try:
        inside = here.resolve(strict=True)
        paths = sorted(path for path in here.iterdir() if path.suffix.casefold() in SUFFIXES)
        own = [path for path in paths if path.is_file() and path.resolve().parent == inside]
    except OSError as e:
        fault = MissingDocument(f"cannot list this folder: {e.strerror}", file=str(folder), code="no-folder",
                              hint="name a folder with .txt, .md, .html or .pdf files in it")  # fmt: skip
        raise DocumentErrors([fault]) from e
    return read_documents(own)


def _blocks(data: bytes, format_: Format, file: str) -> list[Block]:
    if format_ == "pdf":
        return read_pdf(data, file)
    text = decode(data, file)
    try:
        return read_html(text) if format_ == "html" else read_markdown(text, file)
    except TooDeep:
        raise DocumentError("its elements are nested too deeply to be an essay", file=file, code="too-deep",
                            hint="save the page as text") from None  # fmt: skip


def _document(file: str, format_: Format, blocks: Sequence[Block]) -> Document:
    joiner = Joiner(blocks)
    layout = find_layout(blocks, joiner)
    passages, sections = read_body(layout.body, joiner)
    series, number = layout.series or (None, None)
    return Document(
        file=file,
        format=format_,
        title=layout.title,
        authors=layout.people.authors,
        date=layout.date,
        kind=layout.kind,
        outlet=layout.outlet,
        series=series,
        number=number,
        topics=read_topics(_under(layout.lists, "topics")),
        regions=read_topics(_under(layout.lists, "regions")),
        sections=sections,
        recommended=read_recommended(_under(layout.lists, "recommended")),
        passages=passages,
    )


def _under(lines: Sequence[Line], label: str) -> list[Line]:
    """Return the lines of one list."""
    found = []
    inside = False
    for line in lines:
        if line.kind in ("topics", "regions", "recommended"):
            inside = line.kind == label
        elif inside:
            found.append(line)
    return found
