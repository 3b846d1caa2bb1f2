"""What a voice needs of the candidate's last answer: the words that the move takes up, and little around them."""

import re

from prepbot.domain.evidence import Evidence
from prepbot.domain.moves import Move, Probe

_AROUND_A_QUOTE = 320
_WITHOUT_A_QUOTE = 240
_IN_PASSING = 160
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+(?=\s|$)|[.!?]+|\n|$)")


def heard(answer: str, evidence: Evidence | None) -> str:
    """The answer without the sentences that the rules set aside: what speaks to the grader is no part of the talk.

    `evidence` is that of this answer alone, None where it was not read.
    """
    kept = list(answer)
    for span in evidence.set_aside if evidence else ():
        kept[span.start : span.end] = " " * len(kept[span.start : span.end])
    return "".join(kept).strip()


def excerpt(answer: str, move: Move) -> str:
    """What of an answer matters for a move, in whole sentences where they fit; what is left out shows as […].

    For a follow-up with a quotation, the quotation with the sentences around it; for a follow-up without one, how the
    answer begins; for anything else how it ends, so that a voice can lead over.
    """
    match move:
        case Probe() if move.gap.quote:
            return _around(answer, move.gap.quote, _AROUND_A_QUOTE)
        case Probe():
            return _beginning(answer, _WITHOUT_A_QUOTE)
        case _:
            return _end(answer, _IN_PASSING)


def _around(answer: str, quote: str, most: int) -> str:
    """The sentence of a quotation, and its neighbours by turns while they fit."""
    found = re.search(r"\s+".join(map(re.escape, quote.split())), answer)
    if found is None:
        return _beginning(answer, most)
    sentences = [sentence.span() for sentence in _SENTENCE.finditer(answer)]
    holding = [n for n, (start, end) in enumerate(sentences) if start < found.end() and found.start() < end]
    if not holding:
        return _beginning(answer, most)
    first, last = holding[0], holding[-1]
    if sentences[last][1] - sentences[first][0] > most:
        return _cut(answer, max(0, found.start() - most // 4), most)
    while True:
        after, before = (first, last + 1), (first - 1, last)
        wider = (before, after) if last - holding[-1] > holding[0] - first else (after, before)
        fitting = [
            (a, b) for a, b in wider if a >= 0 and b < len(sentences) and sentences[b][1] - sentences[a][0] <= most
        ]
        if not fitting:
            return _cut(answer, sentences[first][0], sentences[last][1] - sentences[first][0])
        first, last = fitting[0]


def _beginning(answer: str, most: int) -> str:
    return _cut(answer, 0, most)


def _end(answer: str, most: int) -> str:
    """The last sentences that fit, or the last words where even one does not."""
    starts = [found.start() for found in _SENTENCE.finditer(answer)]
    start = next((at for at in starts if len(answer) - at <= most), max(0, len(answer) - most))
    return _cut(answer, start, most)


def _cut(answer: str, start: int, most: int) -> str:
    """`most` characters from a place, at blanks, with marks where something is left out."""
    end = min(len(answer), start + most)
    while start and start < end and not answer[start - 1].isspace():
        start += 1
    while end < len(answer) and end > start and not answer[end].isspace() and not answer[end - 1].isspace():
        end -= 1
    words = answer[start:end].strip()
    before, after = "[…] " if answer[:start].strip() else "", " […]" if answer[end:].strip() else ""
    return f"{before}{words}{after}" if words else ""
