"""An answer that the executive asked for again, beside the earlier one: what it added. The earlier grade stays."""

from dataclasses import dataclass

from prepbot.domain.attempts import Became, compared
from prepbot.domain.evidence import HARD_FLAGS, Evidence

STEPS = "The steps that led to it"
_EXPLAINED = 2
"""Steps that explain what came of something."""


@dataclass(frozen=True, slots=True)
class LaterAnswer:
    """What was said later about words of an earlier answer. `number` is the later card's, `to` who asked.

    `gained` are the parts and KPIs that only the later words have; the grade of the earlier answer leaves them out,
    because its stage decided on what was known then.
    """

    number: int
    to: str
    texts: tuple[str, ...]
    gained: tuple[str, ...]

    @property
    def remark(self) -> str:
        """What came of it, in one or two sentences."""
        if not self.gained:
            return "It added nothing that counts."
        return f"It added: {'; '.join(self.gained)}. The grade here stays: it is of what this room heard."


def gained(earlier: Evidence, later: Evidence) -> tuple[str, ...]:
    """What the later words have and the earlier lack: parts, then KPIs by the level that they reached."""
    if later.flags & HARD_FLAGS:
        return ()
    found = tuple(change.label for change in compared(earlier, later) if change.became is Became.GAINED)
    explained = len(later.steps) >= _EXPLAINED > len(earlier.steps)
    return (STEPS, *found) if explained else found
