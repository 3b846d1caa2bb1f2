"""How long until something is there: help, the page, the first question, the index. Each in a process of its own."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure, middle

_GIVE_UP = 60.0

_FIRST_QUESTION = """
from prepbot.domain.plan import Length
from prepbot.wiring import open_prepbot
bot = open_prepbot()
role = bot.roles.get("ecommerce-specialist").role
interview_id = bot.interviewer.start(bot.planner.interview(role, Length.FULL, seed=1))
assert bot.interviewer.open(interview_id).awaits_candidate
"""
_INDEX = """
import sys, time
from pathlib import Path
from prepbot.reading.pages import DocumentPages
from prepbot.resources import resource
from prepbot.retrieval.embedding import MiniLmEmbedder
from prepbot.retrieval.index import open_index
began = time.perf_counter()
page = DocumentPages().from_file(resource("knowledge/ecommerce_specialist.txt"))
hits = open_index(Path(sys.argv[1]), MiniLmEmbedder()).search(page.role, "cart abandonment")
assert hits
print(time.perf_counter() - began)
"""


def figures(repeats: int) -> Iterator[Figure]:
    """The figures of a start, each the median of `repeats` fresh processes."""
    yield middle("prepbot --help", [_help() for _ in range(repeats)], "s", 0.4)
    yield middle("prepbot app: page healthy", [_page() for _ in range(repeats)], "s", 1.5)
    yield middle(
        "first question, from a cold process, imports included", [_first_question() for _ in range(repeats)], "s", 2.0
    )
    yield middle("seed page read, chunked, indexed and searched", [_indexed() for _ in range(repeats)], "s", 1.5)


def _help() -> float:
    began = time.perf_counter()
    subprocess.run([_program(), "--help"], check=True, stdout=subprocess.DEVNULL)  # noqa: S603  our own command
    return time.perf_counter() - began


def _page() -> float:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with _own_folders() as folder:
        began = time.perf_counter()
        page = subprocess.Popen(  # noqa: S603  our own command
            [_program(), "app", "--no-browser", "--port", str(port)],
            env=_environment(folder),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/_stcore/health", began)
            return time.perf_counter() - began
        finally:
            page.terminate()
            page.wait(timeout=20)


def _wait_for(address: str, began: float) -> None:
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310  loopback
                return
        except OSError:
            if time.perf_counter() - began > _GIVE_UP:
                raise
            time.sleep(0.01)


def _first_question() -> float:
    with _own_folders() as folder:
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", _FIRST_QUESTION], check=True, env=_environment(folder))  # noqa: S603
        return time.perf_counter() - began


def _indexed() -> float:
    with _own_folders() as folder:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", _INDEX, folder],
            check=True,
            capture_output=True,
            text=True,
            env=_environment(folder),
        )
        return float(done.stdout)


def _program() -> str:
    return str(Path(sys.executable).with_name("prepbot"))


def _own_folders() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(ignore_cleanup_errors=True)


def _environment(folder: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREPBOT_", "OPENAI_"))}
    return {**kept, "PREPBOT_DATA_DIR": f"{folder}/data", "PREPBOT_CACHE_DIR": f"{folder}/cache"}
