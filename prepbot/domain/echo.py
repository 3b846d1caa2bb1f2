"""The candidate's own words as a follow-up takes them up: one short line, never a question of theirs."""

import re
from collections.abc import Sequence

from prepbot.domain.evidence import Span

MOST_WORDS = 14

_EDGES = ' .,;:!?–-"“”'
_OPENING = re.compile(
    r"^(?:(?:and|but|so|then|well|oh|ah|um|uh|hm|also|because|or)\b[\s,]*|(?:all right|right|now|fine|okay|look),\s*)+",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^(?:[^\s:]+\s+){0,7}[^\s:]+:\s+(?=\S+\s+\S)")
_SENTENCE = re.compile(r"(?:[^.!?\n]|(?<=\d)\.(?=\d))+[.!?]*")
_CLAUSE = re.compile(r"(.{20,}?)(?:[,;:]|\s[–-]\s|\s(?=and\b|so\b|because\b|then\b))")
_LOOSE_END = re.compile(
    r"(?:\s(?:that|which|who|when|where|while|until|before|after|for|with|in|on|at|from|to|of|by|as|the|an?|my|our|their|"
    r"this|and|but|or|so|because|than|what|how|if|not|be|is|i))+$",
    re.IGNORECASE,
)
_HANGING = re.compile(
    r"^(?:what|when|where|while|if|since|as|after|before|although|once|until)\b[^,]*,\s*", re.IGNORECASE
)


def echoed(span: Span, answer: str, set_aside: Sequence[Span] = ()) -> str:
    """The words of a span, or where they are the candidate's own question another sentence of the answer."""
    words = span.cut(answer).strip()
    asks = words.endswith("?") or answer[span.end :].lstrip(' "”’')[:1] == "?"
    told = "" if asks else shortened(words)
    return told or first_words(answer, [one for one in set_aside if one.turn == span.turn]) or shortened(words)


def first_words(answer: str, set_aside: Sequence[Span] = ()) -> str:
    """The first sentence of an answer that tells something: three words at least where there is such a one."""
    told = [
        shortened(found.group())
        for found in _SENTENCE.finditer(answer)
        if not found.group().rstrip().endswith("?")
        and not any(aside.start < found.end() and found.start() < aside.end for aside in set_aside)
    ]
    spoken = [words for words in told if any(character.isalnum() for character in words)]
    return next((words for words in spoken if len(words.split()) > 2), spoken[0] if spoken else "")


def shortened(words: str) -> str:
    """The words as a quotation of at most fourteen words, cut at a clause where there is one.

    A quotation never breaks lines, opens with no "and" and no hanging "when …,", and carries no end mark; the words
    stay the answer's own.
    """
    line = _OPENING.sub("", " ".join(words.split())).strip(_EDGES)
    line = _LEAD.sub("", line).strip(_EDGES)
    if len(line.split()) <= MOST_WORDS:
        return line
    main = _HANGING.sub("", line)
    if len(main.split()) > 2 and main != line:
        return shortened(main)
    head = " ".join(line.split()[:MOST_WORDS])
    clause = _CLAUSE.match(head)
    return (clause.group(1) if clause else _LOOSE_END.sub("", head)).strip(_EDGES)
