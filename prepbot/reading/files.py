"""Files of the user -> plain text in the layout of a role page.

Text and Markdown are decoded here. HTML, PDF and Word are taken apart in a child process with bounds on its time and
memory, so that a hostile file can neither hang nor crash the caller.
"""

import os
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path, PurePath

from prepbot.errors import UnreadableFile
from prepbot.reading.outcome import MAX_TEXT_BYTES, Outcome

MAX_FILE_BYTES = 10_000_000
_SECONDS = 20
_TEXT_TYPES = (".txt", ".md")
_CHILD_TYPES = {".html": "html", ".htm": "html", ".pdf": "pdf", ".docx": "docx"}
_KNOWN_TYPES = ".txt, .md, .html, .pdf and .docx"
_PACKAGE_ROOT = Path(__file__).parents[2]
# What Python itself needs to start; keys and tokens stay out of the process that opens foreign files.
_KEPT_ENVIRONMENT = (
    *("PATH", "HOME", "USERPROFILE", "APPDATA", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL"),
    *("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONHOME", "PYTHONUSERBASE", "VIRTUAL_ENV"),
)
_MAGIC = ((b"%PDF-", "a PDF", ".pdf"), (b"PK\x03\x04", "a Word document or another archive", ".docx"))
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset=["']?([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0"


def read_text(path: Path) -> str:
    """The text of a file, at most 10 MB of it; raises UnreadableFile, with one sentence that says why."""
    if not path.exists():
        raise UnreadableFile(f"There is no file at {path}; check the path.")
    if not path.is_file():
        raise UnreadableFile(f"{path} is not a file; give the path of a document ({_KNOWN_TYPES}).")
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as exc:
        raise UnreadableFile(f"{path} cannot be opened ({exc.strerror}); check its permissions.") from exc
    return read_upload(path.name, data)


def read_upload(name: str, data: bytes, seconds: float = _SECONDS) -> str:
    """The text of a file's bytes, read as what `name` ends in; raises UnreadableFile, with one sentence.

    `seconds` bounds the child process that takes HTML, PDF and Word apart.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in (*_TEXT_TYPES, *_CHILD_TYPES):
        raise UnreadableFile(f"“{name}” is of a type that cannot be read; give one of {_KNOWN_TYPES}.")
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableFile(f"“{name}” is larger than 10 MB; give a document of a few pages.")
    if not data.strip():
        raise UnreadableFile(f"“{name}” is empty; choose a file with text in it.")
    _check_content(name, suffix, data)
    if suffix in _CHILD_TYPES:
        is_html = _CHILD_TYPES[suffix] == "html"
        content = _page_source(name, data).encode() if is_html else data
        return _extracted(name, _CHILD_TYPES[suffix], content, seconds)
    text = _decoded(name, data)
    if len(text.encode()) > MAX_TEXT_BYTES:
        raise UnreadableFile(_sentence(name, Outcome.TOO_MUCH_TEXT))
    return text


def _check_content(name: str, suffix: str, data: bytes) -> None:
    """Refuse a file whose first bytes belong to another type than its name says."""
    for magic, what, right_suffix in _MAGIC:
        if data.lstrip()[: len(magic)] == magic and suffix != right_suffix:
            raise UnreadableFile(f"“{name}” is {what} under another name; rename it to end in {right_suffix}.")
    if data.startswith(_OLE):
        raise UnreadableFile(f"“{name}” is an old or a protected Office file; save it as an open .docx file.")
    if suffix == ".pdf" and b"%PDF-" not in data[:1024]:
        raise UnreadableFile(f"“{name}” is not a PDF inside; save it as a PDF again or give its text as .txt.")
    if suffix == ".docx" and not data.startswith(b"PK"):
        raise UnreadableFile(f"“{name}” is not a Word document inside; save it as .docx again.")


def _page_source(name: str, data: bytes) -> str:
    """An HTML page's source in the encoding that it declares, or else as any text is decoded."""
    declared = _CHARSET.search(data[:2048])
    if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        with suppress(LookupError, UnicodeDecodeError):
            return _checked(name, data.decode(declared[1].decode("ascii")))
    return _decoded(name, data)


def _decoded(name: str, data: bytes) -> str:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _checked(name, data.decode(encoding, "replace"))
    if b"\0" in data[:4096]:
        return _checked(name, _without_mark(data))
    try:
        return _checked(name, data.decode("utf-8"))
    except UnicodeDecodeError:
        return _checked(name, data.decode("cp1252", "replace"))


def _without_mark(data: bytes) -> str:
    """UTF-16 that does not say so: Latin letters leave a zero in every second byte."""
    head = data[:4096]
    is_big_endian = head[0::2].count(0) > head[1::2].count(0)
    return data.decode("utf-16-be" if is_big_endian else "utf-16-le", "replace")


def _checked(name: str, text: str) -> str:
    """The text, if it is one: a file of another kind is full of control characters and broken letters."""
    sample = text[:20_000]
    odd = sum(letter == "\ufffd" or (letter < " " and letter not in "\t\n\r\f") for letter in sample)
    foreign = sum(letter > "\u2fff" and not letter.isalpha() for letter in sample)
    if odd > 4 + len(sample) // 100 or foreign > 4 + len(sample) // 5:
        raise UnreadableFile(f"“{name}” does not hold readable text; save it as plain text in UTF-8.")
    if not any(map(str.isalnum, text)):
        raise UnreadableFile(f"“{name}” holds no words; choose a file with text in it.")
    return text


def _extracted(name: str, kind: str, data: bytes, seconds: float) -> str:
    command = [sys.executable, "-P", "-m", "prepbot.reading.extract", kind]
    environment = {key: os.environ[key] for key in _KEPT_ENVIRONMENT if key in os.environ}
    search_path = (str(_PACKAGE_ROOT), os.environ.get("PYTHONPATH", ""))
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, search_path))
    try:
        child = subprocess.run(  # noqa: S603 - our own interpreter and module; the file travels as stdin
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as exc:
        raise UnreadableFile(_sentence(name, Outcome.TOO_LARGE)) from exc
    except OSError as exc:
        raise UnreadableFile(
            f"“{name}” cannot be read because the reader did not start ({exc.strerror}); give its text as .txt."
        ) from exc
    if child.returncode != Outcome.READ:
        raise UnreadableFile(_sentence(name, _outcome(child.returncode)))
    return child.stdout.decode("utf-8")


def _outcome(return_code: int) -> Outcome:
    if return_code < 0:  # ended by a signal: the bounds on time or memory
        return Outcome.TOO_LARGE
    return Outcome(return_code) if return_code in set(Outcome) else Outcome.DAMAGED


def _sentence(name: str, outcome: Outcome) -> str:
    return {
        Outcome.DAMAGED: f"“{name}” is damaged and cannot be read; save it again or give its text as .txt.",
        Outcome.ENCRYPTED: f"“{name}” is protected by a password; save it without one.",
        Outcome.NO_TEXT: f"“{name}” holds no text, as a scan or a picture does; give a file with text in it.",
        Outcome.TOO_LARGE: f"“{name}” takes more time or memory than a document should; give its text as .txt.",
        Outcome.TOO_MUCH_TEXT: f"“{name}” holds more than 2 MB of text; give a document of a few pages.",
    }[outcome]
