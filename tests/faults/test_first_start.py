"""The very first start on a machine: nothing is asked, the page is simply there."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.error import URLError


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _healthy(port: int, server: subprocess.Popen[bytes]) -> bool:
    while server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health") as reply:
                return bool(reply.read() == b"ok")
        except URLError:
            time.sleep(0.1)
    return False


def test_the_first_start_asks_for_nothing(tmp_path: Path) -> None:
    """With a new home folder and nobody at the keyboard, `prepbot app` serves the page and opens the browser."""
    port = _free_port()
    environment = os.environ | {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path), "BROWSER": "true"}
    command = [sys.executable, "-m", "prepbot", "app", "--port", str(port)]
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as server:
        healthy = _healthy(port, server)
        server.terminate()
        said = server.communicate()[0].decode()
    assert healthy, said
    assert "Email" not in said
