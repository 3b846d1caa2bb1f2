"""The index under fire: killed while building, damaged on disk, shared by processes, kept where nobody may write."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from prepbot.domain.role import Role
from prepbot.errors import IndexUnavailable
from prepbot.ports import Hit
from prepbot.reading.library import find_role
from prepbot.retrieval.embedding import HashingEmbedder
from prepbot.retrieval.index import ChromaIndex

QUERY = "stock levels and inventory"
CHILD = """
import sys
from pathlib import Path
from prepbot.reading.library import find_role
from prepbot.retrieval.embedding import HashingEmbedder
from prepbot.retrieval.index import ChromaIndex
role = find_role("ecommerce-specialist")[0]
import langchain_chroma
print("ready", flush=True)
sys.stdin.readline()
for hit in ChromaIndex(Path(sys.argv[1]), HashingEmbedder()).search(role, "stock levels and inventory", 5):
    print(hit.name, flush=True)
"""


@pytest.fixture(scope="module")
def role() -> Role:
    """The real page."""
    return find_role("ecommerce-specialist")[0]


@pytest.fixture(scope="module")
def expected(role: Role, tmp_path_factory: pytest.TempPathFactory) -> tuple[Hit, ...]:
    """What an index built in peace answers."""
    return search(tmp_path_factory.mktemp("peace"), role)


def search(path: Path, role: Role, embedder: HashingEmbedder | None = None) -> tuple[Hit, ...]:
    """One search in an index of its own."""
    index = ChromaIndex(path, embedder or HashingEmbedder())
    try:
        return index.search(role, QUERY, 5)
    finally:
        index.close()


def stored(path: Path) -> set[str]:
    """The finished index folders under `path`."""
    return {folder.name for folder in path.iterdir() if not folder.name.startswith(".")}


def files(folder: Path) -> dict[str, bytes]:
    """Every file under `folder` with its content."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def child(path: Path) -> "subprocess.Popen[str]":
    """A process that has everything imported and builds when it is told to."""
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def go(process: "subprocess.Popen[str]") -> None:
    """Lets a child start."""
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


@pytest.mark.slow
def test_survives_being_killed_while_building(tmp_path: Path, role: Role, expected: tuple[Hit, ...]) -> None:
    """After a SIGKILL at any moment of the build, the next search answers as if nothing had happened."""
    moments = random.Random(7)
    unfinished = 0
    for attempt in range(8):
        path = tmp_path / str(attempt)
        process = child(path)
        go(process)
        time.sleep(moments.uniform(0.0, 0.5))
        process.kill()
        process.communicate()
        unfinished += not (path.exists() and stored(path))
        assert search(path, role) == expected
        assert len(stored(path)) == 1
    assert unfinished, "every build finished before it was killed: the test killed nothing"


def test_processes_share_a_folder(tmp_path: Path, role: Role, expected: tuple[Hit, ...]) -> None:
    """Three processes that build the same role at once all answer rightly and leave one index."""
    processes = [child(tmp_path) for _ in range(3)]
    for process in processes:
        go(process)
    for process in processes:
        names = process.communicate()[0].split("\n")[:-1]
        assert process.returncode == 0
        assert names == [hit.name for hit in expected]
    assert len(stored(tmp_path)) == 1
    assert search(tmp_path, role) == expected


def _sql(statement: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        database = sqlite3.connect(folder / "chroma.sqlite3")
        database.execute(statement)
        database.commit()
        database.close()

    return damage


def _truncate(folder: Path) -> None:
    with (folder / "chroma.sqlite3").open("r+b") as file:
        file.truncate(100_000)


def _overwrite(folder: Path) -> None:
    with (folder / "chroma.sqlite3").open("r+b") as file:
        file.seek(60_000)
        file.write(os.urandom(150_000))


def _flip_a_bit(folder: Path) -> None:
    (vectors,) = folder.rglob("data_level0.bin")
    content = bytearray(vectors.read_bytes())
    content[5_000] ^= 1
    vectors.write_bytes(content)


def _foreign_seal(folder: Path) -> None:
    (folder / "seal.json").write_text('["not ours"]', encoding="utf-8")


def _no_database(folder: Path) -> None:
    (folder / "chroma.sqlite3").unlink()


def _empty_file(folder: Path) -> None:
    (folder / "chroma.sqlite3").write_bytes(b"")


def _a_file_in_its_place(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("not a folder", encoding="utf-8")


DAMAGE = {
    "vectors missing": _sql("DELETE FROM embeddings_queue WHERE seq_id > 20"),
    "ids missing": _sql("DELETE FROM embeddings WHERE id > 20"),
    "descriptions missing": _sql("DELETE FROM embedding_metadata WHERE id > 20"),
    "no collection": _sql("DELETE FROM collections"),
    "another stamp": _sql("UPDATE collection_metadata SET str_value = 'other' WHERE key = 'embedder_version'"),
    "truncated": _truncate,
    "overwritten": _overwrite,
    "no database": _no_database,
    "empty database": _empty_file,
    "one bit flipped": _flip_a_bit,
    "a seal of another kind": _foreign_seal,
    "a file in its place": _a_file_in_its_place,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_rebuilds_what_is_damaged(
    tmp_path: Path, role: Role, expected: tuple[Hit, ...], damage: Callable[[Path], None]
) -> None:
    """Whatever is broken on disk, the next search notices, builds anew and answers rightly."""
    search(tmp_path, role)
    (name,) = stored(tmp_path)
    damage(tmp_path / name)
    assert search(tmp_path, role) == expected
    assert stored(tmp_path) == {name}
    rebuilt = files(tmp_path / name)
    assert search(tmp_path, role) == expected
    assert files(tmp_path / name) == rebuilt


def test_reuses_what_is_whole(tmp_path: Path, role: Role, expected: tuple[Hit, ...]) -> None:
    """A whole index is opened, not built again, and using it changes none of its bytes."""
    search(tmp_path, role)
    (name,) = stored(tmp_path)
    before = files(tmp_path / name)
    assert search(tmp_path, role) == expected
    assert files(tmp_path / name) == before


def test_another_embedder_version_builds_its_own(tmp_path: Path, role: Role) -> None:
    """A new version of the embedder, or vectors of another width, never meets the old vectors."""
    search(tmp_path, role)
    newer = HashingEmbedder(dimensions=64)
    newer.version = "2"
    assert search(tmp_path, role, newer)
    assert len(stored(tmp_path)) == 2


def test_survives_deletion_while_open(tmp_path: Path, role: Role, expected: tuple[Hit, ...]) -> None:
    """An index whose folder is deleted under it goes on answering, and the next one builds anew."""
    index = ChromaIndex(tmp_path / "index", HashingEmbedder())
    index.search(role, QUERY, 5)
    shutil.rmtree(tmp_path / "index")
    assert index.search(role, QUERY, 5) == expected
    index.close()
    assert search(tmp_path / "index", role) == expected


def test_leaves_no_copy_behind(tmp_path: Path, role: Role) -> None:
    """An index that was closed, and a process that ended without closing one, leave nothing but the index."""
    search(tmp_path, role)
    process = child(tmp_path)
    go(process)
    process.communicate()
    assert {path.name for path in tmp_path.iterdir()} == stored(tmp_path)


def test_sweeps_what_nobody_uses(tmp_path: Path, role: Role) -> None:
    """Opening sweeps away abandoned scratch folders and indexes unopened for a month, and no other folder."""
    search(tmp_path, role)
    (old,) = stored(tmp_path)
    abandoned = tmp_path / ".scratch-0123"
    shutil.copytree(tmp_path / old, abandoned)
    fresh = tmp_path / ".scratch-4567"
    shutil.copytree(tmp_path / old, fresh)
    theirs = tmp_path / "notes"
    theirs.mkdir()
    for folder in (tmp_path / old, abandoned, theirs):
        os.utime(folder, (time.time() - 40 * 86_400,) * 2)
    newer = HashingEmbedder()
    newer.version = "2"
    search(tmp_path, role, newer)
    assert not (tmp_path / old).exists()
    assert not abandoned.exists()
    assert fresh.exists()
    assert theirs.exists()


def test_says_where_it_may_not_write(tmp_path: Path, role: Role) -> None:
    """A path that cannot be a folder is one clear sentence with the role and the path."""
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    with pytest.raises(IndexUnavailable, match=r"ecommerce-specialist.*file"):
        search(blocked / "index", role)
