"""Files that cannot be read: each says why, and what to do about it."""

from __future__ import annotations

import io
import os
import time
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from offramp.documents import read_document, read_documents, read_folder
from offramp.errors import DocumentError, DocumentErrors

from . import essay


def drawn(draw) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def scan(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("L", (20, 20), 128)), 10, 10, 400, 700)


def stamped_scan(canvas: Canvas) -> None:
    scan(canvas)
    canvas.drawString(300, 20, "Page 1 of 3")


def pdf_of(*contents: bytes) -> bytes:
    """Pages with these instructions, written by hand; pypdf looks for the objects itself."""
    pages = b" ".join(b"%d 0 R" % (10 + n) for n in range(len(contents)))
    parts = [
        b"%PDF-1.4", b"1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj",
        b"2 0 obj << /Type /Pages /Kids [" + pages + b"] /Count %d >> endobj" % len(contents),
        b"3 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj",
    ]  # fmt: skip
    for n, content in enumerate(contents):
        parts.append(b"%d 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
                     b"/Resources << /Font << /F1 3 0 R >> >> >> endobj" % (10 + n, 50 + n))  # fmt: skip
        parts.append(b"%d 0 obj << /Length %d >>\nstream\n%s\nendstream endobj" % (50 + n, len(content), content))
    return b"\n".join([*parts, b"trailer << /Size 99 /Root 1 0 R >>", b"startxref", b"0", b"%%EOF"])


def protected(algorithm: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(essay.pdf())))
    writer.encrypt("secret", algorithm=algorithm)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


BAD = {
    "scan.pdf": (lambda: drawn(scan), "scanned", "ocrmypdf"),
    "blank.pdf": (lambda: drawn(lambda canvas: None), "empty", ""),
    "locked.pdf": (lambda: protected("RC4-128"), "encrypted", "without protection"),
    "cut.pdf": (lambda: essay.pdf()[:900], "damaged", "again"),
    "fake.pdf": (lambda: b"no PDF at all, whatever its name", "damaged", "again"),
    "empty.txt": (lambda: b" \n\t\n", "empty", ""),
    "empty.html": (lambda: b"<html><body><script>x</script></body></html>", "empty", ""),
    "program.txt": (lambda: b"\x7fELF\x02\x01\x01\x00\x00", "binary", "plain text"),
    "letter.docx": (lambda: b"PK\x03\x04\x14\x00\x06\x00", "binary", "PDF"),
    "wide.txt": (lambda: "Text.".encode("utf-16"), "encoding", "UTF-16"),
    "deep.html": (lambda: b"<div>" * 1_500_000 + b"text", "too-deep", "as text"),
    "long.html": (lambda: b"<p>A sentence." * 30_000, "too-large", "only the essay"),
    "stamped.pdf": (lambda: drawn(stamped_scan), "scanned", "ocrmypdf"),
    "number.pdf": (lambda: pdf_of(b"BT /F1 12 Tf 300 20 Td (1) Tj ET"), "empty", ""),
    "dashes.pdf": (lambda: pdf_of(b"BT /F1 12 Tf 300 20 Td (- 1 -) Tj ET"), "empty", ""),
    "fonts.pdf": (lambda: pdf_of(b"BT /F9 12 Tf 72 700 Td (No such font is in it.) Tj ET"), "fonts", "--force-ocr"),
    "page.pdf": (lambda: b"\n<!DOCTYPE html><p>Text.", "web-page", "`page.html`"),
    "marked.pdf": (lambda: b"\xef\xbb\xbf<!-- saved --> <html><p>Text.", "web-page", "`marked.html`"),
    "wider.txt": (lambda: "Text.".encode("utf-32"), "encoding", "-f UTF-32 "),
    "nomark.txt": (lambda: "A text.".encode("utf-16-le"), "encoding", "-f UTF-16LE "),
    "nomark.html": (lambda: "<p>Ein längerer Text.".encode("utf-16-be"), "encoding", "-f UTF-16BE "),
    "quoted.md": (lambda: b"Title\n\n" + b"> " * 100 + b"Text.", "too-deep", "marks"),
    "listed.md": (lambda: b"- " * 40_000 + b"Text.", "too-deep", "marks"),
    "one.txt": (lambda: b"word " * 50_000, "too-large", "blank lines"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files(tmp_path, name: str) -> None:
    make, code, hint = BAD[name]
    path = tmp_path / name
    path.write_bytes(make())
    with pytest.raises(DocumentError) as caught:
        read_document(path)
    assert (caught.value.code, caught.value.exit_code, caught.value.file) == (code, 3, str(path))
    assert hint in caught.value.hint
    assert caught.value.hint
    assert str(caught.value).startswith(str(path))


def test_protection_that_asks_for_no_password_is_no_obstacle(tmp_path) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(essay.pdf())))
    writer.encrypt("", "owner", algorithm="RC4-128")
    path = tmp_path / "open.pdf"
    writer.write(path)
    assert read_document(path).title == essay.TITLE


@pytest.mark.parametrize("error", ["DependencyError", "NotImplementedError"])
@pytest.mark.parametrize("where", ["decrypt", "pages", "extract"])
def test_protection_that_cannot_be_lifted_here(tmp_path, monkeypatch, error: str, where: str) -> None:
    import pypdf
    from pypdf.errors import DependencyError

    def refuse(*arguments, **more):
        raise {"DependencyError": DependencyError, "NotImplementedError": NotImplementedError}[error]("AES")

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(essay.pdf())))
    writer.encrypt("", "owner", algorithm="RC4-128")
    writer.write(tmp_path / "aes.pdf")
    if where == "extract":
        monkeypatch.setattr(pypdf.PageObject, "extract_text", refuse)
    else:
        monkeypatch.setattr(pypdf.PdfReader, where, refuse if where == "decrypt" else property(refuse))
    with pytest.raises(DocumentError, match="protected") as caught:
        read_document(tmp_path / "aes.pdf")
    assert caught.value.code == "encrypted"
    assert "without protection" in caught.value.hint


def test_pages_that_are_all_alike_keep_their_text(read) -> None:
    page = b"BT /F1 12 Tf 72 700 Td (Hello world, this is an essay of some words.) Tj ET"
    found = read(pdf_of(page, page, page + b" BT /F1 12 Tf 300 20 Td (3) Tj ET"), "two.pdf")
    assert {p.text for p in found.passages} == {"Hello world, this is an essay of some words."}


def test_quotations_in_quotations(read) -> None:
    (passage,) = read("Title\n\n" + "> " * 40 + "Some deep words stand here.").passages
    assert passage.text == "Some deep words stand here."


@pytest.mark.parametrize(("name", "text"), [
    ("a.html", "<html><p>Text." + "<div " * 200_000), ("b.html", "<html><p>Text.<" + "a" * 500_000),
    ("c.html", "<html>" + " a <b" * 40_000), ("d.md", "Text.\n\n" + "<div " * 19_000),
    ("e.md", "Text.\n\n<" + "a" * 90_000), ("f.md", "Text. " + " a <b" * 15_000), ("g.txt", "<!---->" * 146 + "x"),
    ("h.md", "[" * 20_000),
])  # fmt: skip
def test_what_is_never_closed_takes_no_time(tmp_path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    began = time.monotonic()
    with suppress(DocumentError):
        read_document(path)
    assert time.monotonic() - began < 3


@pytest.mark.parametrize("piece", ["<div title='a < b'>", "<div\n>", "<DIV/>"])
def test_depth_is_told_however_tags_are_written(read, piece: str) -> None:
    with pytest.raises(DocumentError, match="too deeply"):
        read(f"<html>{piece * 3_000}Text.", "a.html")


def test_links_that_lead_nowhere(tmp_path) -> None:
    (tmp_path / "gone.txt").symlink_to("nowhere")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    _, (gone, loop) = read_documents([tmp_path / "gone.txt", tmp_path / "loop.txt"])
    assert "a link to `nowhere`" in gone.message
    assert "leads in a circle" in loop.message
    assert all("did you mean" not in fault.hint for fault in (gone, loop))


@pytest.mark.parametrize(("named", "there", "meant"), [
    ("esay.txt", ("essay.txt", "essay.md"), "essay.txt"), ("essay", ("essay.md",), "essay.md"),
    ("nothing.txt", ("other.txt", "no.txt"), None), ("a.txt", ("b.txt",), None),
])  # fmt: skip
def test_only_names_that_come_near_are_suggested(tmp_path, named: str, there: tuple[str, ...], meant) -> None:
    for name in there:
        (tmp_path / name).write_text("Text.", encoding="utf-8")
    with pytest.raises(DocumentError, match="no such file") as caught:
        read_document(tmp_path / named)
    assert caught.value.hint == (f"did you mean `{tmp_path / meant}`?" if meant else "")


def test_an_empty_file_name() -> None:
    with pytest.raises(DocumentError, match="an empty file name"):
        read_document("")


@pytest.mark.parametrize(("name", "most"), [("big.html", 10), ("big.txt", 2), ("big.pdf", 50)])
def test_large_files_are_refused_without_being_read(tmp_path, name: str, most: int) -> None:
    path = tmp_path / name
    with path.open("wb") as stream:
        stream.write(
            b"<html><body><p>" if name.endswith("html") else b"%PDF-1.7 " if name.endswith("pdf") else b"Text. "
        )
        stream.truncate(5_000_000_000)
    began = time.monotonic()
    with pytest.raises(DocumentError, match=f"larger than {most} MB") as caught:
        read_document(path)
    assert time.monotonic() - began < 2
    assert caught.value.code == "too-large"
    assert caught.value.hint


@pytest.mark.parametrize(("data", "place", "shown"), [
    ("Ein Satz.\nDie Küste liegt\n".encode("latin-1"), "2:6", "0xFC 0x73 0x74"),
    (b"\xef\xbb\xbfcaf\xe9", "1:4", "0xE9"),
    ("é\n".encode() + b"\x93So it is.\x94", "2:1", "0x93 0x53 0x6F"),
])  # fmt: skip
def test_another_encoding_says_where(tmp_path, data: bytes, place: str, shown: str) -> None:
    path = tmp_path / "essay.txt"
    path.write_bytes(data)
    with pytest.raises(DocumentError) as caught:
        read_document(path)
    assert str(caught.value).startswith(f"{path}:{place}: the bytes {shown} are not UTF-8")
    assert "iconv -f WINDOWS-1252 -t UTF-8" in caught.value.hint


def test_a_page_that_names_its_encoding(tmp_path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(b"<html><head><meta charset='iso-8859-2'></head><p>Caf\xe9.")
    with pytest.raises(DocumentError, match="iconv -f iso-8859-2 -t UTF-8"):
        read_document(path)


def test_a_byte_order_mark_and_foreign_line_ends(read) -> None:
    found = read(b"\xef\xbb\xbf# T\xc3\xa9a\r\n\r\nOne\r\nsentence.\r\rAnother.", "essay.txt")
    assert found.title == "Téa"
    assert [p.text for p in found.passages] == ["One sentence.", "Another."]


def test_a_suffix_that_says_little(read) -> None:
    assert read(essay.pdf(), "essay").format == "pdf"
    assert read(essay.pdf(), "essay.txt").format == "pdf"
    assert read("<!-- saved --><!doctype html><h1>T</h1><p>Text.", "essay.txt").format == "html"
    assert read("# T\n\nText.", "essay.text").title == "T"


def test_files_that_are_not_there(tmp_path) -> None:
    (tmp_path / "essay.txt").write_text("Text.", encoding="utf-8")
    documents, faults = read_documents([tmp_path, tmp_path / "esay.txt", tmp_path / "essay.txt", "x" * 5000, "a\0b"])
    assert len(documents) == 1
    assert [fault.code for fault in faults] == ["folder", "no-file", "no-file", "no-file"]
    assert "did you mean" in faults[1].hint
    assert str(DocumentErrors(faults)).count("\n") == 3


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(tmp_path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(DocumentError, match="no regular file"):
        read_document(tmp_path / "pipe.txt")


def test_a_folder(tmp_path) -> None:
    inside = tmp_path / "essays"
    (inside / "below").mkdir(parents=True)
    (tmp_path / "outside.txt").write_text("# Outside\n\nA secret.", encoding="utf-8")
    (inside / "below" / "deeper.md").write_text("# Deeper\n\nA text.", encoding="utf-8")
    (inside / "folder.md").mkdir()
    (inside / "a.md").write_text("# A\n\nA text.", encoding="utf-8")
    (inside / "B.HTM").write_text("<h1>B</h1><p>A text.", encoding="utf-8")
    (inside / "notes.csv").write_bytes(b"\xff")
    (inside / "table.md").write_text("# Table\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", encoding="utf-8")
    (inside / "bad.txt").write_bytes(b"\xff")
    (inside / "own.txt").symlink_to(inside / "a.md")
    (inside / "link.txt").symlink_to(tmp_path / "outside.txt")
    (inside / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    documents, faults = read_folder(inside)
    assert [document.title for document in documents] == ["B", "A", "A", "Table"]
    assert [fault.file for fault in faults] == [str(inside / "bad.txt")]
    with pytest.raises(DocumentErrors, match="cannot list"):
        read_folder(tmp_path / "nowhere")


PIECES = st.sampled_from([
    "# ", "\n\n", "\n", "RECOMMENDED", "TOPICS", "by Ann Bo", "May 10, 2006", "❖", "◆", "Brief Analysis", "1. ",
    "Ann Bo is a ", "[a](/b)", "(/experts/x)", "\\(", "A sentence, which is said.", "-", "- ", "> ", "#12", "<p>",
    "<div>", "</div>", "<li>", "<a href=/x>", "</a>", "<q>", "<sup>", "<!--", "&#0;", "&#xD800;", "\u00ad", "\x0c",
    "ABOUT THE AUTHORS", "**W**ith", "2009. ", "<main>", "<table>", "<td>", "<svg>", "<h1>", "<title>", "<br>",
])  # fmt: skip
QUIET = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUIET
@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=40), st.sampled_from(["a.txt", "a.md", "a.html"]))
def test_any_text_is_read_or_refused(tmp_path, pieces: list[str], name: str) -> None:
    path = tmp_path / name
    path.write_bytes("".join(pieces).encode("utf-8", "surrogatepass"))
    try:
        found = read_document(path)
    except DocumentError:
        return
    assert [p.id for p in found.passages] == [f"p{n}" for n in range(1, len(found.passages) + 1)]
    assert all(p.text.strip() and "\n" not in p.text for p in found.passages)
    str(found).encode()


@QUIET
@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.md", "a.html", "a.pdf", "a.bin"]))
def test_any_bytes_are_read_or_refused(tmp_path, data: bytes, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with suppress(DocumentError):
        read_document(path)


WHOLE = essay.pdf()


@QUIET
@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=40), st.integers(0, 60))
def test_any_damage_to_a_pdf_is_mended_or_refused(tmp_path, at: int, put: bytes, drop: int) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(WHOLE[:at] + put + WHOLE[at + drop :])
    with suppress(DocumentError):
        read_document(path)
