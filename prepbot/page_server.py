"""Starts the page: Streamlit on the shipped app.py, for this computer alone."""

import os
import socket
import subprocess
import sys

from prepbot.errors import BadInput
from prepbot.resources import resource

HOST = "127.0.0.1"


def command(port: int, *, open_browser: bool) -> list[str]:
    """The command that serves the page. Theme and static files are found beside app.py, wherever it is called from."""
    return [
        *(sys.executable, "-m", "streamlit", "run", str(resource("app.py"))),
        *("--server.port", str(port)),
        *("--server.address", HOST),
        *("--server.headless", "false" if open_browser else "true"),
        *("--browser.serverAddress", "localhost"),
        *("--browser.gatherUsageStats", "false"),
        *("--logger.hideWelcomeMessage", "true"),  # it speaks of Streamlit and its add-ons; ours says what to do
        *("--server.showEmailPrompt", "false"),  # else the first start on a machine waits for an address
    ]


def serve(port: int, *, open_browser: bool) -> None:
    """Serve the page until it is stopped. Raises BadInput for a port that is taken."""
    _check_free(port)
    start = command(port, open_browser=open_browser)
    sys.stdout.write(f"prepbot opens at http://localhost:{port}. Stop it with Ctrl+C.\n")
    sys.stdout.flush()
    if os.name == "posix":
        os.execv(start[0], start)  # noqa: S606  the page takes this process's place, so signals reach it
    subprocess.run(start, check=False)  # noqa: S603  our own command


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as exc:
            other = port + 1 if port < 65535 else port - 1
            raise BadInput(f"Port {port} cannot be used ({exc.strerror}); try --port {other}.") from exc
