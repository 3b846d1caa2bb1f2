"""Opening a database: the right pragmas, the tables of this version, and one clear sentence for what goes wrong."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from prepbot.errors import StoreUnavailable
from prepbot.storage.migrations import SCHEMA_VERSION, schema_version, upgrade

BUSY_SECONDS = 5

READS = {"prepbot_reads": True}

# One number for every prepbot: whoever holds this PostgreSQL lock is making the tables.
_MIGRATION_LOCK = 7_346_208_115

_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}

_SENTENCES: tuple[tuple[str, str], ...] = (
    ("readonly database", "can be read but not written; make the file and its folder writable"),
    ("disk is full", "has no room left on its disk; free some space, what is stored already is safe"),
    ("not a database", "is not a database; move the file away or set PREPBOT_DATABASE_URL to another one"),
    ("malformed", "is damaged; restore it from a copy, or move the file away to begin a new one"),
    ("is locked", "stays busy with another program's work; try again in a moment"),
    ("unable to open", "cannot be opened; check that its folder exists and that you may write there"),
    ("disk i/o", "cannot be written: its disk reports an error or is full; what is stored already is safe"),
)


def open_engine(url: str) -> Engine:
    """An engine on the database at `url`, its tables made or brought up to date. Raises StoreUnavailable."""
    parsed = _parsed(url)
    if parsed.get_backend_name() == "sqlite":
        _make_room(parsed)
    engine = _engine(parsed)
    try:
        _bring_up_to_date(engine)
    except SQLAlchemyError as exc:
        engine.dispose()
        raise StoreUnavailable(sentence(engine.url, exc)) from exc
    except StoreUnavailable:
        engine.dispose()
        raise
    return engine


def sentence(url: URL, exc: SQLAlchemyError) -> str:
    """What went wrong with the database and what to do, in one sentence without a password."""
    reason = str(exc.orig if isinstance(exc, DBAPIError) and exc.orig else exc)
    for sign, words in _SENTENCES:
        if sign in reason.lower():
            return f"The database {name_of(url)} {words}."
    line = next(iter(reason.splitlines()), type(exc).__name__).rstrip(".")
    return f"The database {name_of(url)} does not answer as it should ({line}); check that it runs and try again."


def name_of(url: URL) -> str:
    """The database as a person knows it: the file's path, or the address without its password."""
    return url.database or "" if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)


def write_ahead_log_is_safe(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> bool:
    """Whether the linked SQLite has the fix of its WAL-reset bug, which can corrupt a file with two connections.

    Source: SQLite's release notes of 3.51.3, with the fix carried back to 3.50.7 and 3.44.6.
    """
    return (
        version >= (3, 51, 3)
        or (version[:2] == (3, 50) and version >= (3, 50, 7))
        or (version[:2] == (3, 44) and version >= (3, 44, 6))
    )


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as exc:
        raise StoreUnavailable(
            "PREPBOT_DATABASE_URL is no database address; it looks like sqlite:///folder/file.sqlite3 or "
            "postgresql+psycopg://user:password@host/name."
        ) from exc
    backend = parsed.get_backend_name()
    if backend not in _DRIVERS:
        raise StoreUnavailable(f"prepbot keeps interviews in sqlite or postgresql, not in “{backend}”; change the URL.")
    if backend == "sqlite" and (parsed.database or ":memory:") == ":memory:":
        raise StoreUnavailable(
            "A database in memory would forget every answer; name a file, as in sqlite:///folder/file.sqlite3."
        )
    return parsed if "+" in parsed.drivername else parsed.set(drivername=_DRIVERS[backend])


def _make_room(url: URL) -> None:
    if (url.database or "").startswith("file:"):
        return  # SQLite's own URI form: whoever writes it decides about folders and modes
    path = Path(url.database or "")
    if path.is_dir():
        raise StoreUnavailable(f"The database {path} is a folder; name a file inside it.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise StoreUnavailable(
            f"The folder {path.parent} for the database cannot be made ({exc.strerror}); "
            "choose another one with PREPBOT_DATA_DIR."
        ) from exc


def _engine(url: URL) -> Engine:
    try:
        if url.get_backend_name() == "sqlite":
            engine = create_engine(url, connect_args={} if "timeout" in url.query else {"timeout": BUSY_SECONDS})
        else:
            engine = create_engine(url, connect_args={"connect_timeout": BUSY_SECONDS}, pool_pre_ping=True)
    except (ModuleNotFoundError, NoSuchModuleError) as exc:
        raise StoreUnavailable(
            f"The driver for {name_of(url)} is not installed; run pip install 'psycopg[binary]' and write the address "
            "as postgresql+psycopg://user:password@host/name."
        ) from exc
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)
    return engine


def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    # With None the driver opens no transaction of its own; `_begin` does.
    connection.isolation_level = None
    wanted = "wal" if write_ahead_log_is_safe() else "delete"
    (journal,) = connection.execute("PRAGMA journal_mode").fetchone()
    if journal != wanted:
        connection.execute(f"PRAGMA journal_mode={wanted}")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _begin(connection: Connection) -> None:
    """Take the write lock at once, so that no writer finds out half-way that another was first."""
    reads: Any = connection.get_execution_options().get("prepbot_reads", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _bring_up_to_date(engine: Engine) -> None:
    with engine.connect().execution_options(**READS) as connection:
        if schema_version(connection) == SCHEMA_VERSION:
            return
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
        # Again, inside the lock: another process may have made the tables meanwhile.
        found = schema_version(connection)
        if found != SCHEMA_VERSION:
            _upgrade(connection, engine.url, found)


def _upgrade(connection: Connection, url: URL, found: str | None) -> None:
    from alembic.util import CommandError  # noqa: PLC0415  late for the same reason as in `upgrade`

    try:
        upgrade(connection)
    except CommandError as exc:
        raise StoreUnavailable(
            f"The database {name_of(url)} was written by a newer prepbot (its tables are version {found}, "
            f"this one knows {SCHEMA_VERSION}); update prepbot."
        ) from exc
