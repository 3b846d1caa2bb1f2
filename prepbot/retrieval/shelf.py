"""The folders that indexes lie in: built aside, sealed, put on the shelf in one step, and only ever read as a copy.

Chroma rewrites its files whenever it opens them, goes stale when another process writes under it, panics on some kinds
of damage, and never again opens a path on which it once failed. None of that can reach an index on the shelf: its
folder is renamed into place when complete, carries the hash of each of its files, and each process opens a copy of
its own (about 1 MB) after checking it. A process that is killed leaves a scratch folder, which is swept away later.
"""

import hashlib
import json
import os
import shutil
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

_SCRATCH = ".scratch-"
_SEAL = "seal.json"
_SCRATCH_ABANDONED_AFTER = 86_400.0  # seconds; a build takes about one
_INDEX_UNUSED_AFTER = 30 * 86_400.0


class Damaged(Exception):
    """A stored index is incomplete, altered, or not the one its name says. Never leaves retrieval/."""


def scratch(root: Path) -> Path:
    """A path under `root`, not there yet, for a build or a copy that nobody else will touch."""
    return root / f"{_SCRATCH}{uuid4().hex}"


def publish(workshop: Path, folder: Path, stamp: Mapping[str, str]) -> None:
    """Seals a finished build and renames it to `folder`. Where another process was first, its build stands."""
    seal = {"stamp": dict(stamp), "files": _hashes(workshop)}
    (workshop / _SEAL).write_text(json.dumps(seal, indent=1), encoding="utf-8")
    try:
        workshop.rename(folder)
    except OSError:
        if not folder.exists():
            raise
        remove(workshop)


def borrow(folder: Path, stamp: Mapping[str, str]) -> Path:
    """A checked copy of an index, for this process alone. Raises Damaged unless it is what was sealed as `stamp`."""
    copy = scratch(folder.parent)
    try:
        shutil.copytree(folder, copy)
        seal = json.loads((copy / _SEAL).read_text(encoding="utf-8"))
        (copy / _SEAL).unlink()
        if seal != {"stamp": dict(stamp), "files": _hashes(copy)}:
            raise Damaged(f"{folder.name} is not what was stored")
        os.utime(folder)
    except (OSError, ValueError) as exc:
        remove(copy)
        raise Damaged(f"{folder.name}: {exc}") from exc
    except Damaged:
        remove(copy)
        raise
    return copy


def remove(folder: Path) -> None:
    """Takes a folder, or a file in its place, off the shelf at once, then deletes it."""
    gone = scratch(folder.parent)
    with suppress(OSError):
        folder.rename(gone)
        if gone.is_dir():
            shutil.rmtree(gone, ignore_errors=True)
        else:
            gone.unlink()


def sweep(root: Path) -> None:
    """Deletes scratch folders left behind a day ago and indexes that nobody has opened for a month."""
    now = time.time()
    for folder in root.iterdir():
        is_scratch = folder.name.startswith(_SCRATCH)
        limit = _SCRATCH_ABANDONED_AFTER if is_scratch else _INDEX_UNUSED_AFTER
        with suppress(OSError):
            if (is_scratch or (folder / _SEAL).exists()) and now - folder.stat().st_mtime > limit:
                remove(folder)


def _hashes(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
