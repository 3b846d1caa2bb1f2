"""The child process that takes one foreign file apart: `python -m prepbot.reading.extract html|pdf|docx`.

Reads the file from stdin, writes its text in UTF-8 to stdout and ends with an Outcome. It imports only what the
file's type needs, because it starts once for every file.
"""

import io
import sys
from contextlib import suppress

from prepbot.reading.outcome import MAX_TEXT_BYTES, Outcome, Refused

_MEMORY_BYTES = 1_000_000_000
_CPU_SECONDS = 20


def main(kind: str) -> Outcome:
    """Read stdin as `kind` and write its text; whatever goes wrong becomes an Outcome."""
    _bound()
    try:
        text = _text(kind, sys.stdin.buffer.read())
    except Refused as refused:
        return refused.outcome
    except (MemoryError, RecursionError):
        return Outcome.TOO_LARGE
    except Exception:  # noqa: BLE001 - parsers of foreign files raise whatever they like
        return Outcome.DAMAGED
    encoded = text.encode("utf-8", "replace")
    if len(encoded) > MAX_TEXT_BYTES:
        return Outcome.TOO_MUCH_TEXT
    if not any(map(str.isalnum, text)):
        return Outcome.NO_TEXT
    sys.stdout.buffer.write(encoded)
    sys.stdout.buffer.flush()
    return Outcome.READ


def _text(kind: str, data: bytes) -> str:
    if kind == "html":
        from prepbot.reading.from_html import html_text  # noqa: PLC0415 - each type loads its own parser

        return html_text(data.decode("utf-8"))
    if kind == "pdf":
        from prepbot.reading.from_pdf import pdf_text  # noqa: PLC0415

        return pdf_text(io.BytesIO(data))
    from prepbot.reading.from_docx import docx_text  # noqa: PLC0415

    return docx_text(io.BytesIO(data))


def _bound() -> None:
    """Lower this process's own limits, where the platform has them."""
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - absent on Windows

        resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
