"""A running page on a free loopback port, and a Chromium to look at it with."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM_ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium or another one on the path. Without one: a failure in CI, elsewhere a skip that says so."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        words = "No Chromium on the path, so nothing was tried in a browser; install chromium to run this."
        if os.environ.get("CI") == "true":
            pytest.fail(words)
        pytest.skip(words)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_ARGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a page that was started as `prepbot app` starts it, with folders of its own and no key."""
    with running(tmp_path_factory.mktemp("page")) as found:
        yield found


@contextmanager
def running(home: Path, **settings: str) -> Iterator[str]:
    """A running page with its folders in `home` and these settings; what it printed holds no traceback."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("OPENAI_", "PREPBOT_"))}
    folders = {"PREPBOT_DATA_DIR": str(home / "data"), "PREPBOT_CACHE_DIR": str(home / "cache")}
    port = _free_port()
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "prepbot", "app", "--no-browser", "--port", str(port)],
            cwd=home,
            env={**kept, **folders, **settings},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_healthy(process, port, home / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)
    said = (home / "log").read_text(encoding="utf-8", errors="replace")
    assert "Traceback" not in said, said


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_until_healthy(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            with urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5) as reply:
                if reply.status == 200:
                    return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail(f"The page did not start:\n{log.read_text(encoding='utf-8', errors='replace')}")
