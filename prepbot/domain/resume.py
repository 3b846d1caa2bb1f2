"""A résumé as its lines: headings, claims about what was done, personal lines, and the rest."""

from dataclasses import dataclass
from enum import StrEnum


class LineKind(StrEnum):
    """What a line of a résumé is. Only claims are advised on and asked about; personal lines are never analysed."""

    HEADING = "heading"
    CLAIM = "claim"
    PERSONAL = "personal"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ResumeLine:
    """One line, wrapped ones joined and without its bullet.

    `number` is its 1-based line in the résumé's text, `start` and `end` the code points there that it was read from.
    """

    number: int
    text: str
    kind: LineKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Resume:
    """A résumé as read. `name` is what the user knows it by; `notices` say what was left out, for people to read."""

    name: str
    text: str
    lines: tuple[ResumeLine, ...]
    notices: tuple[str, ...] = ()

    @property
    def claims(self) -> tuple[ResumeLine, ...]:
        """The lines that say what was done."""
        return tuple(line for line in self.lines if line.kind is LineKind.CLAIM)

    @property
    def impersonal_text(self) -> str:
        """The text without the words of its personal lines: what may be stored. Line numbers stay."""
        kept, left = [], 0
        for line in self.lines:
            if line.kind is LineKind.PERSONAL:
                kept += [self.text[left : line.start], "\n" * self.text.count("\n", line.start, line.end)]
                left = line.end
        text = "".join([*kept, self.text[left:]])
        return "\n".join(line.rstrip() for line in text.split("\n"))
