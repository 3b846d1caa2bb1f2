"""Transactions on one database, with one clear sentence for whatever goes wrong in them."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError

from prepbot.errors import BadInput, StoreConflict, StoreUnavailable
from prepbot.storage.database import READS, name_of, open_engine, sentence


class Connections:
    """The database at `url`, whose tables are made or brought up to date. Safe to share between threads."""

    def __init__(self, url: str) -> None:
        self._engine: Engine = open_engine(url)
        self._upsert_into = postgresql.insert if self._engine.dialect.name == "postgresql" else sqlite.insert

    def close(self) -> None:
        """Give back every connection. New ones are opened when the database is used again."""
        self._engine.dispose()

    @contextmanager
    def _writing(self, what: str) -> Iterator[Connection]:
        """A transaction that commits at the end. `what` is being written, for the messages."""
        try:
            with self._engine.begin() as connection:
                yield connection
        except IntegrityError as exc:
            raise StoreConflict(f"Another tab or process has written {what} meanwhile; open it again.") from exc
        except (DataError, UnicodeEncodeError) as exc:
            raise BadInput(
                f"There is a character in {what} that {name_of(self._engine.url)} cannot hold; remove it and try again."
            ) from exc
        except SQLAlchemyError as exc:
            raise StoreUnavailable(sentence(self._engine.url, exc)) from exc

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """A transaction that takes no write lock."""
        try:
            with self._engine.connect().execution_options(**READS) as connection:
                yield connection
        except SQLAlchemyError as exc:
            raise StoreUnavailable(sentence(self._engine.url, exc)) from exc
