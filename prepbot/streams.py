"""The command line's three streams: in UTF-8, to a file where one is named, and quiet where the reader has gone."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from prepbot.errors import BadInput


def speak_utf8() -> None:
    """Make the three streams UTF-8; what no encoding can hold is written as its escape."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace" if stream is sys.stdin else "backslashreplace")


def drop_stdout() -> None:
    """The reader has gone: what is still buffered has nowhere to go, and that is no error."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def output_to(path: Path | None, *not_over: Path) -> Iterator[TextIO]:
    """Stdout, or the file at `path`. Raises BadInput for a file that is also read from."""
    if path is None:
        yield sys.stdout
        return
    if any(path.resolve() == other.resolve() for other in not_over):
        raise BadInput(f"--out {path} is the file that is read; name another one.")
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        yield file
