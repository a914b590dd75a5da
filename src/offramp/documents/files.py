"""The bytes of a named file: whether there are any, whether there are too many, and what they are."""

from __future__ import annotations

import codecs
import errno
import os
import re
from pathlib import Path

from offramp.documents.parts import Format
from offramp.errors import DocumentError, MissingDocument, Place

__all__ = ["MOST_BYTES", "decode", "format_of", "read_bytes"]

MOST_BYTES: dict[Format, int] = {"text": 2_000_000, "markdown": 2_000_000, "html": 10_000_000, "pdf": 50_000_000}
_SUFFIXES: dict[str, Format] = {
    ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf",
}  # fmt: skip
_ADVICE: dict[Format, str] = {
    "text": "keep only the essay",
    "markdown": "keep only the essay",
    "html": "save the page without its images and scripts (`web page, HTML only`), or as text",
    "pdf": "keep only the pages of the essay, or save it as text",
}
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*+<(?:!doctype html|html)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_MARKS = {
    b"\xff\xfe\0\0": "UTF-32", b"\0\0\xfe\xff": "UTF-32", b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16",
}  # fmt: skip
_WIDE = ("UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE")
_LOOKED_AT = 4096
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_ALIKE = 0.75
_SAVE = "save the document as PDF, HTML, Markdown or plain text"


def read_bytes(path: Path) -> tuple[bytes, Format]:
    """Read a file of an acceptable size.

    Raises
    ------
    MissingDocument
        If it is not there, is no file, or cannot be opened.
    DocumentError
        If it is empty or too large, or a web page named as a PDF.
    """
    file = str(path)
    try:
        if path.is_dir():
            raise MissingDocument("this is a folder", file=file, code="folder", hint="name the files in it")
        if path.is_symlink() and not path.exists():
            raise MissingDocument(_lost_link(path), file=file, code="no-file", hint="name the file itself")
        if not path.exists():
            raise MissingDocument("there is no such file", file=file, code="no-file", hint=_alike(path))
        if not path.is_file():
            raise MissingDocument("this is no regular file", file=file, code="no-file", hint="save it as a file first")
        with path.open("rb") as stream:
            head = stream.read(1024)
            found = format_of(path, head)
            data = head + stream.read(MOST_BYTES[found] + 1 - len(head))
    except (OSError, ValueError) as e:
        reason = getattr(e, "strerror", None) or str(e)
        raise MissingDocument(f"cannot be read: {reason}", file=file, code="no-file") from e
    if found == "pdf" and b"%PDF-" not in head and _HTML.match(head):
        raise DocumentError("this is a web page, no PDF", file=file, code="web-page",
                            hint=f"save it as `{path.stem}.html`")  # fmt: skip
    if len(data) > MOST_BYTES[found]:
        message = f"the file is larger than {MOST_BYTES[found] // 1_000_000} MB"
        raise DocumentError(message, file=file, code="too-large", hint=_ADVICE[found])
    if not data.strip():
        raise DocumentError("the file is empty", file=file, code="empty", hint="save the document again")
    return data, found


def format_of(path: Path, head: bytes) -> Format:
    """Tell the format from the first bytes, then from the suffix; what is neither is text."""
    if b"%PDF-" in head:
        return "pdf"
    by_suffix = _SUFFIXES.get(path.suffix.casefold(), "text")
    return "html" if by_suffix == "text" and _HTML.match(head) else by_suffix


def decode(data: bytes, file: str) -> str:
    """Decode UTF-8.

    Raises
    ------
    DocumentError
        If the bytes are no text, or another encoding; with the line and column of the first that is not UTF-8.
    """
    for mark, name in _MARKS.items():
        if data.startswith(mark):
            raise DocumentError(f"the text is in {name}", file=file, code="encoding", place=Place(file, 1, 1),
                                hint=_convert(name))  # fmt: skip
    if b"\0" in data[:_LOOKED_AT] and (wide := _wide(data[:_LOOKED_AT])):
        raise DocumentError(f"the text seems to be in {wide}", file=file, code="encoding", place=Place(file, 1, 1),
                            hint=_convert(wide, "if it is"))  # fmt: skip
    if (control := _BINARY.search(data)) is not None:
        message = f"this is no text: byte 0x{control[0][0]:02X} at position {control.start()}"
        raise DocumentError(message, file=file, code="binary", hint=_SAVE)
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as e:
        start = e.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)
        line_start = data.rfind(b"\n", 0, start) + 1
        column = len(data[line_start:start].decode("utf-8-sig", "replace")) + 1
        place = Place(file, data.count(b"\n", 0, start) + 1, column)
        shown = " ".join(f"0x{byte:02X}" for byte in data[start : start + 3])
        declared = re.search(rb"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", data[:2048], re.IGNORECASE)
        name = declared[1].decode("ascii", "replace") if declared else "utf-8"
        told = name.casefold() not in ("utf-8", "utf8")
        hint = _convert(name) if told else _convert("WINDOWS-1252", "if it is")
        message = f"the bytes {shown} are not UTF-8"
        raise DocumentError(message, file=file, code="encoding", hint=hint, place=place) from e


def _convert(encoding: str, sure: str = "it is") -> str:
    return f"{sure} {encoding}: iconv -f {encoding} -t UTF-8 OLD > NEW"


def _wide(data: bytes) -> str | None:
    """Tell the encoding of a text without a mark that has two or four bytes to a character; None if it is no text."""
    for name in _WIDE:
        try:
            text = codecs.getincrementaldecoder(name)().decode(data)
        except UnicodeDecodeError:
            continue
        # The other order of bytes makes another character of a blank.
        if re.search(r"[ \n]", text) and all(c.isprintable() or c.isspace() for c in text):
            return name
    return None


def _lost_link(path: Path) -> str:
    try:
        path.stat()
    except OSError as e:
        if e.errno == errno.ELOOP:
            return "this is a link that leads in a circle"
    return f"this is a link to `{os.readlink(path)}`, and there is no such file"


def _alike(path: Path) -> str:
    from difflib import SequenceMatcher, get_close_matches

    try:
        others = [other for other in path.parent.iterdir() if other.name != path.name]
    except OSError:
        return ""
    # Suffixes are alike anyway: the stems have to be, and the suffixes then decide.
    stems = get_close_matches(path.stem, {other.stem for other in others}, 3, _ALIKE)
    close = [other.name for other in others if other.stem in stems]
    best = max(close, key=lambda name: SequenceMatcher(None, path.name, name).ratio(), default=None)
    return f"did you mean `{path.with_name(best)}`?" if best else ""
