"""The rungs of the capability ladder, by name; ladder.py asks on them."""

from enum import StrEnum


class Rung(StrEnum):
    """A way to ask for a structured reply, strictest first."""

    JSON_SCHEMA = "json_schema"
    TOOL_CALL = "tool call"
    JSON_OBJECT = "json_object"
    TEXT = "text"


RUNGS = tuple(Rung)
