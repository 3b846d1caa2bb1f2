"""What candidates thought of their answers before they saw the grades."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "self_ratings",
        sa.Column("interview_id", sa.String(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("band", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("interview_id", "question_id", name="pk_self_ratings"),
        sa.ForeignKeyConstraint(["interview_id"], ["interviews.id"], name="fk_self_ratings_interview_id"),
    )
