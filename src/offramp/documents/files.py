"""The bytes of a named file: whether there are any, whether there are too many, and what they are."""

from __future__ import annotations

import re
from pathlib import Path

from offramp.documents.parts import Format
from offramp.errors import DocumentError, Place

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
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html)[\s>]", re.IGNORECASE | re.DOTALL)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAVE = "save the document as PDF, HTML, Markdown or plain text"


def read_bytes(path: Path) -> tuple[bytes, Format]:
    """Read a file of an acceptable size.

    Raises
    ------
    DocumentError
        If it is not there, is no file, cannot be read, is empty or too large.
    """
    file = str(path)
    try:
        if path.is_dir():
            raise DocumentError("this is a folder", file=file, code="folder", hint="name the files in it")
        if not path.exists():
            raise DocumentError("there is no such file", file=file, code="no-file", hint=_alike(path))
        if not path.is_file():
            raise DocumentError("this is no regular file", file=file, code="no-file", hint="save it as a file first")
        with path.open("rb") as stream:
            head = stream.read(1024)
            found = format_of(path, head)
            data = head + stream.read(MOST_BYTES[found] + 1 - len(head))
    except (OSError, ValueError) as e:
        reason = getattr(e, "strerror", None) or str(e)
        raise DocumentError(f"cannot be read: {reason}", file=file, code="no-file") from e
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
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DocumentError("the text is in UTF-16", file=file, code="encoding", place=Place(file, 1, 1),
                            hint=_convert("UTF-16"))  # fmt: skip
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


def _alike(path: Path) -> str:
    from difflib import get_close_matches

    try:
        names = [other.name for other in path.parent.iterdir()]
    except OSError:
        return ""
    close = get_close_matches(path.name, names, 1)
    return f"did you mean `{path.with_name(close[0])}`?" if close else ""
