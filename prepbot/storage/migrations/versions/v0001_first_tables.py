"""Interviews, their events, their grades, and the documents they were planned from."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the four tables."""
    op.create_table(
        "interviews",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("role_id", sa.String(), nullable=False),
        sa.Column("role_title", sa.String(), nullable=False),
        sa.Column("length", sa.String(), nullable=False),
        sa.Column("focus", sa.String(), nullable=False),
        sa.Column("started_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_interviews"),
    )
    _create_events()
    op.create_table(
        "grades",
        sa.Column("interview_id", sa.String(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("engine", sa.String(), nullable=False),
        sa.Column("rubric", sa.String(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("first", sa.Text(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("interview_id", "question_id", "engine", "rubric", name="pk_grades"),
        sa.ForeignKeyConstraint(["interview_id"], ["interviews.id"], name="fk_grades_interview_id"),
    )
    op.create_table(
        "documents",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("role_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("library", sa.Boolean(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_documents"),
    )


def _create_events() -> None:
    op.create_table(
        "events",
        sa.Column("interview_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("interview_id", "seq", name="pk_events"),
        sa.UniqueConstraint("interview_id", "message_id", name="uq_events_interview_id_message_id"),
        sa.ForeignKeyConstraint(["interview_id"], ["interviews.id"], name="fk_events_interview_id"),
    )
    op.create_index("ix_events_summary", "events", ["interview_id", "seq", "kind", "at"])
