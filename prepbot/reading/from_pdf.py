"""PDF -> text, page by page."""

import io

from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError, LimitReachedError

from prepbot.reading.outcome import MAX_TEXT_BYTES, Outcome, Refused

_MAX_PAGES = 300
# Joined letters, and the code that the usual encoding gives to a list's bullet.
_LETTERS = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\x7f": "•"})


def pdf_text(file: io.BytesIO) -> str:
    """The text of a PDF; raises Refused for one that is protected or has more text than a document should."""
    try:
        return _pages(PdfReader(file))
    except LimitReachedError as exc:
        raise Refused(Outcome.TOO_LARGE) from exc


def _pages(reader: PdfReader) -> str:
    if reader.is_encrypted:
        _open(reader)
    if len(reader.pages) > _MAX_PAGES:
        raise Refused(Outcome.TOO_MUCH_TEXT)
    pages: list[str] = []
    length = 0
    for page in reader.pages:
        pages.append(page.extract_text().translate(_LETTERS))
        length += len(pages[-1])
        if length > MAX_TEXT_BYTES:
            raise Refused(Outcome.TOO_MUCH_TEXT)
    return "\n".join(pages)


def _open(reader: PdfReader) -> None:
    """Many files are protected against printing only and open with an empty password."""
    try:
        opened = reader.decrypt("")
    except DependencyError as exc:
        raise Refused(Outcome.ENCRYPTED) from exc
    if opened is PasswordType.NOT_DECRYPTED:
        raise Refused(Outcome.ENCRYPTED)
