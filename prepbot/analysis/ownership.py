"""Who acts: the majority subject of the action verbs (annotation guide, section 3)."""

import re
from collections.abc import Mapping, Sequence

import numpy as np

from prepbot.analysis.cues import word_list
from prepbot.analysis.logistic import TrainedModels
from prepbot.analysis.passage import Passage
from prepbot.domain.evidence import Ownership

_SUBJECT = re.compile(
    r"(?i)\b(?P<who>i|we)(?P<short>'d|'ve|'m|'re|'ll)?\b(?:\s+(?:would|could|will|have|had|also|then|always|usually|just|"
    r"first|only|simply|personally|never|even|did|do|quickly|really|\w+ly))*\s+(?P<verb>[a-z'-]+)"
)
_SOMEBODY = 0.3
# Verbs of thinking, being and having do not act.
_STILL = word_list("still_verbs")
_VERB_AFTER_COMMA = re.compile(r"(?i)(?:,|\band\b|\bthen\b)\s+(?:then\s+|also\s+)?(?P<verb>[a-z]+)\b")
_BARE_VERB = re.compile(
    r"(?i)^(?:re)?(?:[a-z]{2,}ed|built|wrote|made|took|set|put|ran|cut|sent|gave|held|led|taught|drew|split|kept|bought|threw|let|did)$"
)


def ownership_features(passage: Passage, action: Sequence[float]) -> dict[str, float]:
    """How often "I" and "we" stand before action verbs, weighted by how likely each segment is to act."""
    weights = {"i": 0.0, "we": 0.0}
    for segment, probability in zip(passage.segments, action, strict=True):
        for who, verbs in subjects(segment.text):
            weights[who] += verbs * (0.15 + probability)
    total = weights["i"] + weights["we"]
    features = {
        "i": min(weights["i"], 4.0) / 4,
        "we": min(weights["we"], 4.0) / 4,
        "somebody": float(total >= _SOMEBODY),
        "mostly_we": weights["we"] / total if total else 0.0,
        "any_i": float(weights["i"] > 0),
        "acts": max(action, default=0.0),
    }
    if passage.scores is not None:
        i, we, none = (float(value) for value in np.clip(passage.scores.ownership, -6, 6))
        features |= {"model:we": (we - i) / 4, "model:none": (none - max(i, we)) / 4}
    return features


def read_ownership(features: Mapping[str, float], models: TrainedModels, *, with_model: bool) -> Ownership:
    """Who acts: nobody, else "we" or "I"."""
    suffix = "" if with_model else "_words"
    nobody, we = models.get("nobody" + suffix), models.get("we" + suffix)
    if nobody.probability(features) >= nobody.threshold:
        return Ownership.NONE
    return Ownership.WE if we.probability(features) >= we.threshold else Ownership.I


def acted(text: str) -> bool:
    """Whether "I" or "we" did something in the past here: "I moved", "we built", not "I saw" and not "I would"."""
    verbs = (match["verb"].lower() for match in _SUBJECT.finditer(text) if not match["short"])
    return any(_BARE_VERB.match(verb) and verb not in _STILL for verb in verbs)


def subjects(text: str) -> list[tuple[str, int]]:
    """Each acting "i" or "we" of a text with the number of verbs that it carries."""
    found = [match for match in _SUBJECT.finditer(text) if match["verb"].lower() not in _STILL]
    acting = []
    for index, match in enumerate(found):
        end = found[index + 1].start() if index + 1 < len(found) else len(text)
        listed = sum(bool(_BARE_VERB.match(m["verb"])) for m in _VERB_AFTER_COMMA.finditer(text, match.end(), end))
        acting.append((match["who"].lower(), 1 + listed))
    return acting
