"""What every test gets: no key, no model and no user folder of the person who runs it.

Sockets are blocked but for loopback by the pytest options in pyproject.toml.
"""

import os

import pytest
from hypothesis import settings

# Nothing is timed in tests. The integration server draws the same examples every time; a developer draws new ones.
settings.register_profile("prepbot", deadline=None)
settings.register_profile("integration", deadline=None, derandomize=True)
settings.load_profile("integration" if os.environ.get("CI") else "prepbot")

os.environ.update({"ANONYMIZED_TELEMETRY": "False", "HF_HUB_OFFLINE": "1", "LANGSMITH_TRACING": "false"})


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every test folders of its own and take away keys, so that no test can reach a real model or real data."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("PREPBOT_DATA_DIR", str(home / "data"))
    monkeypatch.setenv("PREPBOT_CACHE_DIR", str(home / "cache"))
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "PREPBOT_MODEL", "PREPBOT_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
