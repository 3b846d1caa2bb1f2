"""The steps that bring a database to the tables of this version, run by Alembic from code.

A step is a module in versions/; its `revision` goes into SCHEMA_VERSION when it is the newest.
"""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

SCHEMA_VERSION = "0005"
SCRIPTS = Path(__file__).parent


def schema_version(connection: Connection) -> str | None:
    """The newest step that the database has taken, None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(connection: Connection) -> None:
    """Take the missing steps within the connection's open transaction.

    Raises alembic.util.CommandError for a database that a newer version wrote.
    """
    # Alembic takes longer to import than everything else here, and a database at its newest step needs none of it.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
