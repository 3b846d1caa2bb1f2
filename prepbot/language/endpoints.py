"""Remembers the rung that each endpoint reached, in a file under the cache folder; losing it costs one probe."""

import json
from pathlib import Path
from threading import Lock

from prepbot.language.rung import Rung


class Endpoints:
    """Rungs by endpoint, kept in `file`; one that cannot be read or written is as good as none."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = Lock()
        self._rungs: dict[str, str] | None = None

    def rung(self, endpoint: str) -> Rung | None:
        """The rung remembered for an endpoint, None where it was not probed yet."""
        with self._lock:
            name = self._known().get(endpoint)
        return Rung(name) if name in set(Rung) else None

    def remember(self, endpoint: str, rung: Rung | None) -> None:
        """Keep a rung; None forgets it."""
        with self._lock:
            known = self._known()
            known.pop(endpoint, None)
            if rung is not None:
                known[endpoint] = rung.value
            try:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                aside = self._file.with_suffix(".new")
                aside.write_text(json.dumps(known, indent=1), encoding="utf-8")
                aside.replace(self._file)
            except OSError:
                return

    def _known(self) -> dict[str, str]:
        if self._rungs is None:
            self._rungs = self._read()
        return self._rungs

    def _read(self) -> dict[str, str]:
        try:
            read = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(name): str(rung) for name, rung in read.items()} if isinstance(read, dict) else {}
