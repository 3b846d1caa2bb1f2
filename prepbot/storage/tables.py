"""The tables. Events are only ever added: an interview is what they fold into.

Times are UTC as text of fixed width, bodies are JSON as `codec` writes it. The same definitions serve SQLite and
PostgreSQL; a change here needs a migration beside it.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

interviews = Table(
    "interviews",
    metadata,
    Column("id", String, primary_key=True),
    Column("role_id", String, nullable=False),
    Column("role_title", String, nullable=False),
    Column("length", String, nullable=False),
    Column("focus", String, nullable=False),
    Column("started_at", String, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("interview_id", String, ForeignKey("interviews.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("at", String, nullable=False),
    Column("message_id", String),
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("interview_id", "seq"),
    UniqueConstraint("interview_id", "message_id"),
    # Covers the list of interviews, which then never reads a body.
    Index("ix_events_summary", "interview_id", "seq", "kind", "at"),
)

grades = Table(
    "grades",
    metadata,
    Column("interview_id", String, ForeignKey("interviews.id"), nullable=False),
    Column("question_id", String, nullable=False),
    Column("engine", String, nullable=False),
    Column("rubric", String, nullable=False),
    Column("grade", Text, nullable=False),
    Column("first", Text, nullable=False),
    Column("at", String, nullable=False),
    PrimaryKeyConstraint("interview_id", "question_id", "engine", "rubric"),
)

documents = Table(
    "documents",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("role_id", String, nullable=False),
    Column("title", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("library", Boolean, nullable=False),
    Column("at", String, nullable=False),
)

stories = Table(
    "stories",
    metadata,
    Column("id", String, primary_key=True),
    Column("role_sha256", String, nullable=False),
    Column("engine", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("at", String, nullable=False),
)

papers = Table(
    "papers",
    metadata,
    Column("role_id", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("name", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", String, nullable=False),
    PrimaryKeyConstraint("role_id", "kind"),
)

self_ratings = Table(
    "self_ratings",
    metadata,
    Column("interview_id", String, ForeignKey("interviews.id"), nullable=False),
    Column("question_id", String, nullable=False),
    Column("band", Integer, nullable=False),
    Column("at", String, nullable=False),
    PrimaryKeyConstraint("interview_id", "question_id"),
)

# Outlives the interviews it names, so that a day's spending stays whole: no foreign key.
model_calls = Table(
    "model_calls",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", String, nullable=False),
    Column("purpose", String, nullable=False),
    Column("model", String, nullable=False),
    Column("prompt", String, nullable=False),
    Column("interview_id", String, nullable=False),
    Column("prompt_tokens", Integer, nullable=False),
    Column("reply_tokens", Integer, nullable=False),
    Column("microdollars", BigInteger, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("outcome", String, nullable=False),
    Index("ix_model_calls_interview_id_at", "interview_id", "at"),
    Index("ix_model_calls_at", "at"),
)

model_readings = Table(
    "model_readings",
    metadata,
    Column("interview_id", String, ForeignKey("interviews.id"), nullable=False),
    Column("question_id", String, nullable=False),
    Column("engine", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("at", String, nullable=False),
    PrimaryKeyConstraint("interview_id", "question_id", "engine"),
)
