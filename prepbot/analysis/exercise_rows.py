"""The rows of a table as an answer names them: by name, by another word, singular or plural."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from prepbot.domain.exercise import NamedRow

_MOST = 100  # mentions that are looked at: nobody needs more to blame a row


@dataclass(frozen=True, slots=True)
class RowHit:
    """A row named in a plain text."""

    row: str
    start: int
    end: int


def rows_in(text: str, rows: Sequence[NamedRow]) -> tuple[RowHit, ...]:
    """The first mentions of rows, by place; of two that overlap the longer one counts."""
    found = [RowHit(row.name, *match.span()) for row in rows for match in _pattern(row).finditer(text)]
    found.sort(key=lambda hit: (hit.start, -hit.end))
    kept: list[RowHit] = []
    for hit in found[:_MOST]:
        last = kept[-1] if kept else None
        if last is None or last.end <= hit.start:
            kept.append(hit)
        elif hit.end - hit.start > last.end - last.start:
            kept[-1] = hit
    return tuple(kept)


@lru_cache(maxsize=256)
def _pattern(row: NamedRow) -> re.Pattern[str]:
    phrases = sorted({row.name.lower(), *row.words}, key=len, reverse=True)
    return re.compile(r"(?i)(?<![\w-])(?:" + "|".join(map(_loose, phrases)) + r")(?:'?s)?(?![\w-])")


def _loose(phrase: str) -> str:
    """A phrase with its hyphens and blanks free, and its plural s left off."""
    parts = re.split(r"[\s-]+", phrase)
    stem = parts[-1].removesuffix("s") if len(parts[-1]) > 3 else parts[-1]
    return r"[\s-]*".join(map(re.escape, [*parts[:-1], stem]))
