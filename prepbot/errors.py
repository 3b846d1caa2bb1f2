"""Everything prepbot raises on purpose.

    PrepbotError
    ├── BadInput             the user's input cannot be used; the message says which and what to do
    │   ├── UnreadableFile   a file that cannot be opened as what its name says
    │   └── NotARolePage     a document without the shape of a role page
    ├── NotFound             an interview, role, stage, topic, KPI or question that does not exist
    ├── IllegalMove          a command the interview's state does not allow
    ├── StoreConflict        another tab or process wrote the same turn first
    ├── StoreUnavailable     the database cannot be reached or written
    ├── IndexUnavailable     the vector index cannot be built or read
    └── ModelUnavailable     no model, or it failed; the written form or the rules take over

Every message says what happened, to which input, and what to do.
"""


class PrepbotError(Exception):
    """The root: catch it to show `str(error)` to a person."""


class BadInput(PrepbotError):
    """Input that cannot be used."""


class UnreadableFile(BadInput):
    """A file that cannot be read as what its name says."""


class NotARolePage(BadInput):
    """A document without the shape of a role page."""


class NotFound(PrepbotError):
    """Something was named that does not exist."""


class IllegalMove(PrepbotError):
    """A command that the interview's state does not allow."""


class StoreConflict(PrepbotError):
    """Another writer stored the same turn first."""


class StoreUnavailable(PrepbotError):
    """The database cannot be reached or written."""


class IndexUnavailable(PrepbotError):
    """The vector index cannot be built or read."""


class ModelUnavailable(PrepbotError):
    """A language or embedding model is missing or failed."""

    @property
    def why(self) -> str:
        """The failure in a word or two, for what is stored and counted."""
        return "unavailable"
