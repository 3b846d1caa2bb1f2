"""The rows of a table as an answer names them: by name, by another word, singular or plural."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from prepbot.domain.exercise import NamedRow


@dataclass(frozen=True, slots=True)
class RowHit:
    """A row named in a plain text."""

    row: str
    start: int
    end: int


def rows_in(text: str, rows: Sequence[NamedRow]) -> tuple[RowHit, ...]:
    """Every mention of a row, by place; of two that overlap the longer one counts."""
    found = [RowHit(row.name, *match.span()) for row in rows for match in _pattern(row).finditer(text)]
    found.sort(key=lambda hit: (hit.start - hit.end, hit.start))
    kept: list[RowHit] = []
    for hit in found:
        if all(hit.end <= other.start or other.end <= hit.start for other in kept):
            kept.append(hit)
    return tuple(sorted(kept, key=lambda hit: hit.start))


@lru_cache(maxsize=256)
def _pattern(row: NamedRow) -> re.Pattern[str]:
    phrases = sorted({row.name.lower(), *row.words}, key=len, reverse=True)
    return re.compile(r"(?i)(?<![\w-])(?:" + "|".join(map(_loose, phrases)) + r")(?:'?s)?(?![\w-])")


def _loose(phrase: str) -> str:
    """A phrase with its hyphens and blanks free, and its plural s left off."""
    parts = re.split(r"[\s-]+", phrase)
    stem = parts[-1].removesuffix("s") if len(parts[-1]) > 3 else parts[-1]
    return r"[\s-]*".join(map(re.escape, [*parts[:-1], stem]))
