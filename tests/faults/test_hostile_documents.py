"""Documents that are broken, disguised, oversized or hostile: one clear sentence each, and nothing hangs."""

import io
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from prepbot.errors import NotARolePage, UnreadableFile
from prepbot.reading.files import MAX_FILE_BYTES, read_text, read_upload
from prepbot.reading.role_page import read_role_page

BROKEN = Path(__file__).parents[1] / "data" / "roles" / "broken"
PDF_START = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
LONG = 5_000_000


def sentence(name: str, data: bytes) -> str:
    """What the reader says when it refuses a file, checked to be a single line that names the file."""
    with pytest.raises(UnreadableFile) as refusal:
        read_upload(name, data)
    said = str(refusal.value)
    assert said.startswith(f"“{name}”")
    assert "\n" not in said
    assert said.endswith(".")
    return said


def text_or_refusal(name: str, data: bytes) -> tuple[str, str]:
    """The text of a file and "", or "" and what the reader says when it refuses it."""
    try:
        return read_upload(name, data), ""
    except UnreadableFile as refusal:
        return "", str(refusal)


def zipped(entries: dict[str, bytes]) -> bytes:
    """A compressed archive of the entries."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return file.getvalue()


def blank_pdf(password: str | None = None) -> bytes:
    """A PDF of one page without text, protected if a password is given."""
    writer = PdfWriter()
    writer.add_blank_page(width=200, height=200)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def flooding_pdf(length: int) -> bytes:
    """A PDF of a few kilobytes whose only page unpacks to `length` blanks."""
    writer = PdfWriter()
    page = writer.add_blank_page(width=200, height=200)
    stream = StreamObject()
    stream._data = zlib.compress(b" " * length)
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    page[NameObject("/Contents")] = writer._add_object(stream)
    names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    font = DictionaryObject({NameObject(key): NameObject(name) for key, name in names.items()})
    fonts = DictionaryObject({NameObject("/F1"): font})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


@pytest.mark.parametrize("name", ["page.txt", "page.md", "page.html", "page.pdf", "page.docx"])
def test_an_empty_file_of_any_type_is_called_empty(name: str) -> None:
    """No bytes, or only blanks, are refused as empty."""
    assert "is empty" in sentence(name, b"")
    assert "is empty" in sentence(name, b" \r\n\t ")


@pytest.mark.parametrize("name", ["page.txt", "page.md", "page.html", "page.docx"])
def test_a_renamed_pdf_is_recognised(name: str) -> None:
    """A PDF under another name is refused with the name it should have."""
    assert "is a PDF under another name; rename it to end in .pdf" in sentence(name, PDF_START + bytes(range(256)) * 40)


@pytest.mark.parametrize("name", ["page.txt", "page.pdf", "page.html"])
def test_a_renamed_word_document_is_recognised(name: str) -> None:
    """An archive under another name is refused with the name a Word document has."""
    assert "rename it to end in .docx" in sentence(name, zipped({"word/document.xml": b"<x/>"}))


@pytest.mark.parametrize("name", ["page.pdf", "page.docx"])
def test_text_under_a_document_name_is_recognised(name: str) -> None:
    """Plain text that calls itself a PDF or a Word document is refused."""
    assert "inside; save it" in sentence(name, b"Function: Food\nPrimary Activities\n- Bake: bread\n")


def test_an_old_or_protected_office_file_is_recognised() -> None:
    """The container of old and of encrypted Office files is refused with the way out."""
    assert "old or a protected Office file" in sentence("page.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


@pytest.mark.parametrize("name", ["page.txt", "page.md", "page.html"])
def test_binary_junk_is_not_taken_for_text(name: str) -> None:
    """Bytes of a picture, a program or zeros are refused as unreadable text."""
    for junk in (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, bytes(5000), b"\x7fELF" + bytes(range(0, 256, 3)) * 50):
        assert "does not hold readable text" in sentence(name, junk)


def test_a_text_without_words_is_refused() -> None:
    """Dashes and dots are no document."""
    assert "holds no words" in sentence("page.txt", b"--- ... ---\n" * 30)


def test_a_protected_pdf_is_refused_by_its_password() -> None:
    """A PDF that needs a password is refused with that reason."""
    assert "protected by a password" in sentence("page.pdf", blank_pdf("secret"))


def test_a_scanned_pdf_is_refused_for_its_missing_text() -> None:
    """A PDF whose pages carry no text is refused as a scan."""
    assert "holds no text, as a scan" in sentence("page.pdf", blank_pdf())


@pytest.mark.parametrize(
    "data", [PDF_START, PDF_START + b"\x00\xff" * 9000, blank_pdf()[:300], PDF_START + b"1 0 obj<<" * 5000]
)
def test_a_damaged_pdf_is_refused(data: bytes) -> None:
    """A PDF that breaks off, or is noise behind its first line, is refused."""
    assert "“page.pdf”" in sentence("page.pdf", data)


def test_a_pdf_that_unpacks_to_a_flood_is_refused() -> None:
    """A small PDF whose page unpacks to two hundred megabytes is refused for its size."""
    bomb = flooding_pdf(200_000_000)
    assert len(bomb) < 300_000
    assert "more time or memory" in sentence("page.pdf", bomb)


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04" + bytes(500), zipped({"a.txt": b"x"}), zipped({"word/document.xml": b"<w"})]
)
def test_a_damaged_word_document_is_refused(data: bytes) -> None:
    """An archive that is broken, or is no Word document, is refused as damaged."""
    assert "is damaged" in sentence("page.docx", data)


def test_a_word_document_that_unpacks_to_a_flood_is_refused() -> None:
    """A small archive of hundreds of megabytes is refused before it is unpacked."""
    bomb = zipped({"word/document.xml": bytes(70_000_000)})
    assert len(bomb) < 100_000
    assert "more time or memory" in sentence("page.docx", bomb)


def test_entities_that_expand_a_millionfold_give_no_flood() -> None:
    """XML that defines entities by entities is refused."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e0 "lol">{entities}]><d>&e9;</d>'.encode()
    files = {"[Content_Types].xml": xml, "_rels/.rels": xml, "word/document.xml": xml}
    assert "“page.docx”" in sentence("page.docx", zipped(files))


@pytest.mark.parametrize(
    "page",
    ["<div>" * 30_000 + "x", "<b" * 200_000, "<table><tr><td>" * 3_000 + "x", "<!--" * 100_000, "&amp" * 100_000],
)
def test_html_without_end_is_read_or_refused(page: str) -> None:
    """Tags nested or broken a hundred thousand times give text or one sentence."""
    text, refusal = text_or_refusal("page.html", page.encode())
    assert text.strip() or refusal.startswith("“page.html”")


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    """More than ten megabytes are refused, from bytes and from a path."""
    assert "larger than 10 MB" in sentence("page.txt", b"a" * (MAX_FILE_BYTES + 1))
    path = tmp_path / "big.pdf"
    path.write_bytes(PDF_START + b"a" * MAX_FILE_BYTES)
    with pytest.raises(UnreadableFile, match="larger than 10 MB"):
        read_text(path)


def test_more_text_than_a_document_has_is_refused() -> None:
    """Five megabytes in one line of a text file are refused with a sentence."""
    assert "more than 2 MB of text" in sentence("page.txt", b"word " * (LONG // 5))


def test_a_reader_that_takes_too_long_is_stopped() -> None:
    """The child process is ended at its time limit, and the refusal says why."""
    with pytest.raises(UnreadableFile, match="takes more time or memory"):
        read_upload("page.html", b"<p>" * 1_000_000, seconds=0.01)


@pytest.mark.parametrize(
    "body",
    [
        "a" * LONG,
        "a:" * (LONG // 2),
        "- " * (LONG // 2),
        "|" * LONG,
        "?" * LONG,
        "**" * (LONG // 2),
        "[a](" * (LONG // 4),
        "\\" * LONG,
        "&;" * (LONG // 2),
        "," * LONG,
        "how would you " * (LONG // 14),
        "(" * LONG,
        "a\n" * (LONG // 2),
        "|\n" * (LONG // 2),
        "-\n" * (LONG // 2),
    ],
    ids=lambda body: repr(body[:4]),
)
@pytest.mark.parametrize("heading", ["Primary Activities", "Selection Process", "Interview Questions"])
def test_five_megabytes_of_anything_are_read_in_bounds(heading: str, body: str) -> None:
    """A flood under one heading leaves the other sections whole and gives a bounded list and remarks."""
    page = f"Flood\nFunction: X\nKey Performance Indicators\n- Depth: of the water\n{heading}\n{body}"
    role, report = read_role_page(page, "flood")
    assert [kpi.name for kpi in role.kpis] == ["Depth"]
    assert len(role.activities) + len(role.stages) + len(role.questions) <= 500
    assert 0 < len(report.warnings) <= 201


@pytest.mark.parametrize("path", sorted(BROKEN.glob("*.txt")), ids=lambda path: path.stem)
def test_every_broken_document_is_refused_in_one_sentence(path: Path) -> None:
    """None of the broken documents becomes a role."""
    with pytest.raises((UnreadableFile, NotARolePage)) as refusal:
        read_role_page(read_text(path), path.stem)
    assert "\n" not in str(refusal.value)


@given(st.binary(max_size=3000), st.sampled_from(["page.txt", "page.md"]))
@settings(deadline=None, max_examples=200)
def test_any_bytes_are_text_or_are_refused(data: bytes, name: str) -> None:
    """Whatever the bytes of a text file, they give text with a word in it or one sentence."""
    text, refusal = text_or_refusal(name, data)
    assert any(map(str.isalnum, text)) or refusal.startswith(f"“{name}”")


@given(
    st.binary(max_size=600),
    st.sampled_from([("page.pdf", PDF_START), ("page.docx", b"PK\x03\x04"), ("page.html", b"<p>")]),
)
@settings(deadline=None, max_examples=12)
def test_any_bytes_behind_a_right_beginning_are_read_or_refused(data: bytes, kind: tuple[str, bytes]) -> None:
    """Noise behind the first bytes of a PDF, Word or HTML file gives text or one sentence."""
    name, start = kind
    text, refusal = text_or_refusal(name, start + data)
    assert any(map(str.isalnum, text)) or refusal.startswith(f"“{name}”")
