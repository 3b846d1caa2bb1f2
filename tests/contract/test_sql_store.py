"""What the database adds to the store's contract: processes, migrations, and one sentence for what goes wrong."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from prepbot.domain.events import Answered
from prepbot.errors import BadInput, StoreUnavailable
from prepbot.storage.database import open_engine, write_ahead_log_is_safe
from prepbot.storage.migrations import SCHEMA_VERSION, SCRIPTS
from prepbot.storage.store import SqlStore
from prepbot.storage.tables import metadata
from tests.contract.stored_values import a_document, a_story, started, stored

ROOT = Path(__file__).parent.parent.parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}


def _worker(module: str, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", f"tests.contract.{module}", *arguments],
        env=ENVIRONMENT,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_processes_that_meet_on_a_new_database_share_it(database_url: str) -> None:
    """Three processes open one empty database at once: the tables are made once, and each place has one winner."""
    workers = [_worker("racing_writer", database_url, "i1", "40") for _ in range(3)]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
    outputs = [worker.communicate(timeout=60)[0] for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0, 0]
    won = {str(worker.pid): json.loads(output) for worker, output in zip(workers, outputs, strict=True)}
    assert sorted(seq for seqs in won.values() for seq in seqs) == list(range(40))
    with closing(SqlStore(database_url)) as store:
        answers = [(one.seq, one.event.text) for one in store.events("i1") if isinstance(one.event, Answered)]
    assert all(seq in won[writer] for seq, writer in answers)
    assert len(answers) == 39


def test_the_steps_lead_to_the_tables(database_url: str) -> None:
    """A migrated database has exactly the tables that the code expects."""
    engine = open_engine(database_url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_the_newest_step_is_the_version_looked_for() -> None:
    """SCHEMA_VERSION names the last migration, so a new step cannot be forgotten."""
    assert ScriptDirectory(str(SCRIPTS)).get_current_head() == SCHEMA_VERSION


def test_a_store_opened_again_finds_everything(database_url: str) -> None:
    """What one opening of the store wrote, the next one reads."""
    with closing(SqlStore(database_url)) as store:
        store.append("i1", started())
    with closing(SqlStore(database_url)) as store:
        assert store.events("i1") == (started(),)


def test_a_database_of_the_first_version_keeps_its_interviews(tmp_path: Path) -> None:
    """A database from before stories existed gets the new tables, and what was in it stays."""
    url = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    with closing(SqlStore(url)) as store:
        store.append("i1", started())
    engine = create_engine(url)
    with engine.begin() as connection:
        for table in ("stories", "papers", "self_ratings", "model_calls", "model_readings"):
            connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    engine.dispose()
    with closing(SqlStore(url)) as store:
        store.save_story(a_story("s1"))
        assert store.events("i1") == (started(),)
        assert store.stories() == (a_story("s1"),)
        assert store.self_ratings("i1") == ()
        assert store.spending().calls == 0
        assert store.readings("i1") == ()


def test_a_database_of_a_newer_version_is_refused(database_url: str, sql_store: SqlStore) -> None:
    """Tables of a version that this one does not know are left alone, and the message says to update."""
    sql_store.append("i1", started())
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreUnavailable, match=r"newer prepbot.*9999.*update prepbot"):
        SqlStore(database_url)


def test_an_event_that_cannot_be_read_is_named(database_url: str, sql_store: SqlStore) -> None:
    """An event whose JSON is damaged raises one sentence with the interview and its number."""
    sql_store.append("i1", started())
    sql_store.append("i1", stored(1, Answered("I sold shoes.")))
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("""UPDATE events SET body = '{"answered": {}}' WHERE seq = 1"""))
    engine.dispose()
    with pytest.raises(StoreUnavailable, match="event 1 of interview i1"):
        sql_store.events("i1")


def test_a_connection_that_died_is_replaced(postgres_folder: Path, postgres_url: str) -> None:
    """After the server dropped every connection the next call works again."""
    import psycopg

    with closing(SqlStore(postgres_url)) as store:
        store.append("i1", started())
        with psycopg.connect(f"host={postgres_folder} user=prepbot dbname=postgres", autocommit=True) as connection:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
        assert store.events("i1") == (started(),)


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
    ],
)
def test_the_write_ahead_log_waits_for_the_fix(version: tuple[int, int, int], safe: bool) -> None:
    """Only a SQLite with the fix of the WAL-reset bug gets the write-ahead log."""
    assert write_ahead_log_is_safe(version) is safe


def test_sqlite_is_opened_with_care(tmp_path: Path) -> None:
    """Every connection waits for others, checks references, and has each commit on the disk before it returns."""
    engine = open_engine(f"sqlite:///{tmp_path / 'a.sqlite3'}")
    with engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("busy_timeout", "foreign_keys", "synchronous", "journal_mode")
        }
    engine.dispose()
    journal = "wal" if write_ahead_log_is_safe() else "delete"
    assert found == {"busy_timeout": 5000, "foreign_keys": 1, "synchronous": 2, "journal_mode": journal}


def _sentence(url: str) -> str:
    with pytest.raises(StoreUnavailable) as caught:
        SqlStore(url)
    message = str(caught.value)
    assert "\n" not in message
    assert message.endswith(".")
    return message


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    """A folder where the file should be is named as one."""
    assert f"{tmp_path} is a folder" in _sentence(f"sqlite:///{tmp_path}")


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    """A file in the place of the parent folder is said to be in the way."""
    (tmp_path / "taken").write_text("I am a file.", encoding="utf-8")
    assert "taken" in _sentence(f"sqlite:///{tmp_path / 'taken' / 'prepbot.sqlite3'}")


def test_another_kind_of_file_is_no_database(tmp_path: Path) -> None:
    """A file of something else is left as it is, and the message says to choose another."""
    path = tmp_path / "notes.txt"
    path.write_text("Dear diary, today I sold shoes. " * 200, encoding="utf-8")
    before = path.read_bytes()
    assert "is not a database" in _sentence(f"sqlite:///{path}")
    assert path.read_bytes() == before


def test_a_damaged_file_says_so(tmp_path: Path) -> None:
    """A database whose pages were overwritten raises StoreUnavailable, not a vendor's error."""
    path = tmp_path / "a.sqlite3"
    with closing(SqlStore(f"sqlite:///{path}")) as store:
        store.append("i1", started())
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)
    assert "is damaged" in _sentence(f"sqlite:///{path}")


def test_a_database_that_may_only_be_read_is_read(tmp_path: Path) -> None:
    """Without leave to write, what is stored can be read, and writing says what is wrong."""
    path = tmp_path / "a.sqlite3"
    with closing(SqlStore(f"sqlite:///{path}")) as store:
        store.append("i1", started())
    with closing(SqlStore(f"sqlite:///file:{path}?mode=ro&uri=true")) as store:
        assert store.events("i1") == (started(),)
        with pytest.raises(StoreUnavailable, match="read but not written"):
            store.append("i1", stored(1, Answered("I sold shoes.")))


def test_a_database_that_stays_busy_says_so(tmp_path: Path) -> None:
    """Where another program keeps the write lock, the answer is refused with a word on why."""
    path = tmp_path / "a.sqlite3"
    with (
        closing(SqlStore(f"sqlite:///{path}?timeout=0.05")) as store,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        store.append("i1", started())
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable, match="busy"):
            store.append("i1", stored(1, Answered("I sold shoes.")))
        assert store.events("i1") == (started(),)
        other.execute("ROLLBACK")
        store.append("i1", stored(1, Answered("I sold shoes.")))


@pytest.mark.skipif(sys.platform == "win32", reason="file sizes cannot be limited on Windows")
def test_a_full_disk_loses_nothing_that_was_stored(tmp_path: Path) -> None:
    """When the file cannot grow, the writer is told in one sentence, and every stored answer is still there."""
    url = f"sqlite:///{tmp_path / 'a.sqlite3'}"
    worker = _worker("full_disk_writer", url, "200000")
    said = json.loads(worker.communicate(timeout=60)[0])
    assert "what is stored already is safe" in said["told"]
    assert said["stored"] > 10
    with closing(SqlStore(url)) as store:
        assert len(store.events("i1")) == said["stored"]


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("nonsense", "no database address"),
        ("mysql://localhost/prepbot", "not in “mysql”"),
        ("sqlite://", "in memory would forget"),
        ("sqlite:///:memory:", "in memory would forget"),
        ("postgresql+pg8000://localhost/prepbot", r"psycopg\[binary\]"),
    ],
)
def test_an_unusable_address_is_explained(url: str, words: str) -> None:
    """An address that no database answers to is refused with what to write instead."""
    with pytest.raises(StoreUnavailable, match=words):
        SqlStore(url)


def test_a_password_is_never_shown(postgres_folder: Path) -> None:
    """A server that does not answer is named without the password of its address."""
    message = _sentence(f"postgresql://ada:secret-word@/postgres?host={postgres_folder / 'nowhere'}")
    assert "secret-word" not in message
    assert "ada" in message


def test_a_document_with_half_a_character_is_bad_input(sql_store: SqlStore) -> None:
    """A title that no database can hold is refused as input, and nothing is kept."""
    with pytest.raises(BadInput):
        sql_store.save_document(a_document("a" * 64, library=True, title="caf\ud800"))
    assert sql_store.documents() == ()
