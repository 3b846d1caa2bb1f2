"""A real small model behind real HTTP, in a process of its own."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

SERVE = Path(__file__).parent / "serve.py"


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of the running server. LOCAL_MODEL_PYTHON has the group `local-model`: `make local-model` sets it."""
    python = os.environ["LOCAL_MODEL_PYTHON"]
    command = [python, str(SERVE)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        listening = process.stdout.readline().strip()
        assert listening, f"{' '.join(command)} ended with {process.wait()}"
        yield f"{listening}/v1"
        process.stdin.close()
