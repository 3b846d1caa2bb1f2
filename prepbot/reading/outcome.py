"""How the taking apart of a foreign file ends: shared by the child process that does it and its caller."""

from enum import IntEnum

MAX_TEXT_BYTES = 2_000_000


class Outcome(IntEnum):
    """The child's exit status. 1 and 2 are Python's own."""

    READ = 0
    DAMAGED = 10
    ENCRYPTED = 11
    NO_TEXT = 12
    TOO_LARGE = 13
    TOO_MUCH_TEXT = 14


class Refused(Exception):
    """A file that is refused for a known reason."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.name)
        self.outcome = outcome
