"""A candidate's words as a quotation: whole clauses, short enough to read at a glance, never a word of ours."""

import re
from collections.abc import Iterable, Iterator

from prepbot.domain.evidence import Span

MOST_WORDS = 22

_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]?\s+|\s*\n\s*|;\s+|\s+[–—]\s+|\s-{1,2}\s")
_MAIN_CLAUSE = re.compile(
    r"(?i),\s+(?=(?:and|so|but|because|which|then|until|while|before|after|or)\b)|"
    r"(?<!\band)(?<!\bso)(?<!\bbut)\s+(?=(?:and|so|but|because|then|until)\s+(?:i|we|they|he|she|it|the|that|this|there|you|then)\b)|:\s+"
)
_COMMA = re.compile(r",\s+")
# What opens a spoken sentence and says nothing. "Because of", "so far", "then again" and "right now" do say something.
_OPENING = re.compile(
    r"(?i)(?:(?:and|but|or|also|um|uh|er|erm|so(?!\s+(?:far|that|much|many|long|as)\b)|then(?!\s+again\b)|"
    r"because(?!\s+of\b)|(?:well|right|okay|oh|i mean|you know)(?=,))(?:[\s,]+|$))+"
)
_FILLER = re.compile(r"(?i)(?:\b(\w+),?\s+)?\b(?:um|uh|erm)\b[,.]?\s*(?:(?<=\s)\1\b\s*)?")
_DANGLING = re.compile(r"(?i)[,\s]+(?:and|but|so|or|because|which|then|until)$")
_EDGES = ' \t\n,;:–—-"“”'

Range = tuple[int, int]


def quotation(span: Span, answer: str, set_aside: Iterable[Span] = ()) -> str:
    """The clauses of `answer` around the start of `span`, on one line, without a leading "and" or an end mark.

    Words set aside are never quoted. Empty where the span lies beyond the answer.
    """
    asides = [aside for aside in set_aside if aside.turn == span.turn]
    sentence = _around(span, _cut(answer, (0, len(answer)), _SENTENCE))
    words = tidied(_cut_short(answer, span, _without(asides, span, sentence))).strip(_EDGES + ".!?")
    return _DANGLING.sub("", words)


def quotations(answer: str, set_aside: Iterable[Span], turn: int = 0) -> list[str]:
    """A quotation of each sentence that says something: where nothing earned a point, fixes still start from them."""
    asides = [aside for aside in set_aside if aside.turn == turn]
    sentences = (Span(start, end, turn) for start, end in _cut(answer, (0, len(answer)), _SENTENCE))
    free = (s for s in sentences if not any(aside.start < s.end and s.start < aside.end for aside in asides))
    quoted = (quotation(sentence, answer) for sentence in free)
    found = [quote for quote in quoted if quote]
    return [quote for quote in found if len(quote.split()) > 2] or found


def tidied(words: str) -> str:
    """The words on one line, without a leading "and so" or a filler."""
    line = _FILLER.sub(_unfilled, " ".join(words.split()))
    opening = _OPENING.match(line)
    return line[opening.end() :] if opening and opening.end() < len(line) else line


def whole_words(span: Span, answer: str) -> Range:
    """The range of `span`, widened to whole words and kept within the answer."""
    start, end = min(span.start, len(answer)), min(span.end, len(answer))
    while 0 < start < len(answer) and _is_word(answer[start - 1]) and _is_word(answer[start]):
        start -= 1
    while 0 < end < len(answer) and _is_word(answer[end - 1]) and _is_word(answer[end]):
        end += 1
    return start, end


def _is_word(character: str) -> bool:
    return character.isalnum() or character in "'’-%"


def _unfilled(found: re.Match[str]) -> str:
    return f"{found[1]} " if found[1] else ""


def _cut(answer: str, within: Range, at: re.Pattern[str]) -> Iterator[Range]:
    """The ranges between the matches of `at`, blank ones left out."""
    left = within[0]
    for found in at.finditer(answer, *within):
        if answer[left : found.start()].strip():
            yield left, found.start()
        left = found.end()
    if answer[left : within[1]].strip():
        yield left, within[1]


def _around(span: Span, ranges: Iterable[Range]) -> Range:
    """The first range that reaches beyond the span's start."""
    return next(((start, end) for start, end in ranges if end > span.start), (span.start, span.start))


def _without(asides: Iterable[Span], span: Span, sentence: Range) -> Range:
    start, end = sentence
    for aside in asides:
        if start <= aside.end <= span.start:
            start = aside.end
        elif span.start < aside.start < end:
            end = aside.start
    return start, end


def _cut_short(answer: str, span: Span, sentence: Range) -> str:
    """The sentence, or as many of its clauses from the one that the span begins in as make a short quotation."""
    for at in (_MAIN_CLAUSE, _COMMA):
        if _words(answer, sentence) <= MOST_WORDS:
            break
        sentence = _first_clauses(answer, span, list(_cut(answer, sentence, at)))
    return answer[slice(*sentence)]


def _first_clauses(answer: str, span: Span, clauses: list[Range]) -> Range:
    at = next((place for place, clause in enumerate(clauses) if clause[1] > span.start), 0)
    start, end = clauses[at] if clauses else (span.start, span.start)
    for _, further in clauses[at + 1 :]:
        if _words(answer, (start, further)) > MOST_WORDS:
            break
        end = further
    return start, end


def _words(answer: str, within: Range) -> int:
    return len(answer[slice(*within)].split())
