"""Run by Alembic: takes the steps on the connection that `upgrade` hands over."""

from alembic import context

from prepbot.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # Alembic believes SQLite cannot roll back a table; inside our BEGIN IMMEDIATE it can.
    transactional_ddl=True,
)
context.run_migrations()
