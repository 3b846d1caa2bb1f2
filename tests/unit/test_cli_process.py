"""The command line as a process of its own."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("pydantic", "numpy", "streamlit", "chromadb", "langchain_core", "sqlalchemy", "onnxruntime", "jinja2")


def _run(*argv: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "prepbot", *argv],
        env={**os.environ, "PREPBOT_EMBEDDINGS": "false", **environment},
        capture_output=True,
        check=False,
        timeout=120,
    )


def test_help_imports_nothing_heavy() -> None:
    """What makes `--help` slow is imports, and it makes none of the heavy ones."""
    code = (
        f"import sys; from prepbot.cli import main; main(['--help']); sys.exit(any(m in sys.modules for m in {HEAVY}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=60)
    assert done.returncode == 0


def test_output_is_utf8_whatever_the_locale(tmp_path: Path) -> None:
    """Under a plain ASCII locale the data is still UTF-8."""
    answers = tmp_path / "answers.jsonl"
    line = {"id": "é🙂", "question": "Why?", "answer": "I fixed the café’s site."}
    answers.write_text(json.dumps(line, ensure_ascii=False), encoding="utf-8")
    done = _run(
        *("grade", "ecommerce-specialist", "--answers", str(answers)),
        LC_ALL="C",
        PYTHONUTF8="0",
        PYTHONIOENCODING="ascii",
    )
    assert done.returncode == 0
    assert json.loads(done.stdout.decode("utf-8"))["id"] == "é🙂"


def test_a_reader_that_leaves_is_no_error() -> None:
    """A closed pipe ends the command quietly."""
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "prepbot", "roles"],
            env={**os.environ, "PREPBOT_EMBEDDINGS": "false"},
            stdout=closed,
            stderr=subprocess.PIPE,
            check=False,
            timeout=120,
        )
    assert done.returncode == 0
    assert done.stderr == b""


def test_a_taken_port_is_one_sentence() -> None:
    """`app` on a port that is in use ends with 2 and names the port."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = _run("app", "--no-browser", "--port", str(port))
    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1
    assert str(port) in done.stderr.decode()


def test_an_unforeseen_failure_is_one_line(tmp_path: Path) -> None:
    """Where the disk says no, the command ends with 2 and one line that names the file."""
    target = tmp_path / "no such folder" / "review.json"
    answers = tmp_path / "answers.jsonl"
    answers.write_text("", encoding="utf-8")
    done = _run("grade", "ecommerce-specialist", "--answers", str(answers), "--out", str(target))
    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1
    assert "no such folder" in done.stderr.decode()


@pytest.mark.slow
def test_the_page_is_served_to_this_computer_alone(tmp_path: Path) -> None:
    """`app --no-browser` serves a healthy page on loopback, from whatever folder it is started in."""
    import time
    import urllib.request

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    page = subprocess.Popen(
        [sys.executable, "-m", "prepbot", "app", "--no-browser", "--port", str(port)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        health = ""
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5) as reply:
                    health = reply.read().decode()
                break
            except OSError:
                time.sleep(0.1)
        assert health == "ok"
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/app/static/favicon.svg", timeout=5) as reply:
            assert b"<svg" in reply.read()
    finally:
        page.terminate()
        page.wait(timeout=20)
