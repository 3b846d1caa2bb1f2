"""How far a KPI reference goes: mentioned, used or quantified (annotation guide, section 1)."""

import re
from collections.abc import Sequence

from prepbot.analysis.binding import Mention
from prepbot.analysis.cues import load_cues
from prepbot.analysis.sentences import Segment

_SEPARATOR = re.compile(
    r"(?i)^[\s,;/&()\-]*(?:and|or|as well as|plus|then|also|the|our)?"
    r"[\s,;/&()\-]*(?:and|the|our)?\s*(?:rate|score)?[\s,]*$"
)
_NEAR = 45


def level_features(
    mention: Mention, mentions: Sequence[Mention], segment: Segment, text: str, share: float
) -> dict[str, float]:
    """The cues around a mention: its segment, its left and right surroundings, and how listed it stands.

    `mentions` are all of the passage, `share` the part of the answer's words that are KPI names.
    """
    left = text[max(segment.start, mention.start - _NEAR) : mention.start]
    right = text[mention.end : min(segment.end, mention.end + _NEAR)]
    inner = text[mention.start : mention.end]
    features: dict[str, float] = {}
    for name, pattern in load_cues().level.items():
        features[f"in:{name}"] = float(bool(pattern.search(segment.text)))
        features[f"near:{name}"] = float(bool(pattern.search(left[-30:] + inner + right[:30])))
    listed = _run_length(mention, mentions, text)
    features["listed"] = min(listed, 6) / 6
    features["listed_long"] = float(listed >= 4)
    features["share"] = share
    features["starts"] = float(mention.start - segment.start < 12)
    features["paraphrase"] = float(mention.whole)
    features["words"] = min(len(segment.text.split()), 40) / 40
    features["number"] = float(any(char.isdigit() for char in segment.text))
    return features


def _run_length(mention: Mention, mentions: Sequence[Mention], text: str) -> int:
    """How many mentions stand in one bare list with this one, itself included."""
    ordered = sorted(
        {(other.start, other.end) for other in mentions if not other.whole} | {(mention.start, mention.end)}
    )
    place = ordered.index((mention.start, mention.end))
    first = last = place
    while first > 0 and _SEPARATOR.match(text[ordered[first - 1][1] : ordered[first][0]]):
        first -= 1
    while last + 1 < len(ordered) and _SEPARATOR.match(text[ordered[last][1] : ordered[last + 1][0]]):
        last += 1
    return last - first + 1
