"""The databases that the store's contract is checked on. PostgreSQL is a real server, where its programs are found."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn
from uuid import uuid4

import pytest

from prepbot.ports import Store
from prepbot.storage.memory import MemoryStore
from prepbot.storage.store import SqlStore


@pytest.fixture(scope="session")
def postgres_folder() -> Iterator[Path]:
    """The socket folder of a PostgreSQL server of our own, which listens on nothing else and is thrown away."""
    if find_spec("psycopg") is None:
        _cannot_run("psycopg is not installed")
    if not (_program("initdb") and _program("pg_ctl")):
        _cannot_run("PostgreSQL's programs are not on this machine")
    folder = Path(tempfile.mkdtemp(prefix="prepbot-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody")
    data = folder / "data"
    settings = f"-k {folder} -c listen_addresses='' -c fsync=off"
    try:
        _run("initdb", "-D", data, "-U", "prepbot", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        _run("pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", settings, "start")
        yield folder
        _run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _cannot_run(why: str) -> NoReturn:
    """Skip and say why; on the integration server, where PostgreSQL has to be there, fail."""
    if os.environ.get("CI"):
        pytest.fail(why)
    pytest.skip(why)


def _program(name: str) -> str | None:
    """The path of a PostgreSQL program; Debian keeps them off the PATH."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(installed[-1]) if installed else None)


def _run(name: str, *arguments: str | Path) -> None:
    """Run a PostgreSQL program, which refuses to be run by root."""
    program = _program(name)
    assert program is not None
    subprocess.run(
        [program, *map(str, arguments)],
        check=True,
        cwd="/",
        user="nobody" if os.geteuid() == 0 else None,
        stdout=subprocess.DEVNULL,
    )


@pytest.fixture
def postgres_url(postgres_folder: Path) -> str:
    """The address of an empty schema on the PostgreSQL server."""
    return _new_schema(postgres_folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database: a file, or a schema of its own on the server."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'new folder' / 'prepbot.sqlite3'}"
    return str(request.getfixturevalue("postgres_url"))


def _new_schema(folder: Path) -> str:
    import psycopg

    name = f"s{uuid4().hex}"
    with psycopg.connect(f"host={folder} user=prepbot dbname=postgres", autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    return f"postgresql+psycopg://prepbot@/postgres?host={folder}&options=-csearch_path%3D{name}"


@pytest.fixture
def sql_store(database_url: str) -> Iterator[SqlStore]:
    """The real store on an empty database."""
    with closing(SqlStore(database_url)) as store:
        yield store


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Each store there is, empty."""
    if request.param == "memory":
        yield MemoryStore()
        return
    sqlite = f"sqlite:///{tmp_path / 'prepbot.sqlite3'}"
    url = sqlite if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    with closing(SqlStore(url)) as opened:
        yield opened
