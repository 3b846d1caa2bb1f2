"""What language models read in the answers of an interview."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "model_readings",
        sa.Column("interview_id", sa.String(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("engine", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("interview_id", "question_id", "engine", name="pk_model_readings"),
        sa.ForeignKeyConstraint(["interview_id"], ["interviews.id"], name="fk_model_readings_interview_id"),
    )
