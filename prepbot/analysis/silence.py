"""Segments that state no part, as the model reads them: what pads an answer, and the fringe of empty talk."""

from prepbot.analysis.passage import Passage
from prepbot.analysis.sentences import Segment
from prepbot.ports import Vectors

_STATED = 5  # situation, task, action, result, reflection
_SILENT = -2.2  # a chance of .10, as log odds


def states_nothing(parts: Vectors) -> list[bool]:
    """Which rows of part scores (AnswerScores.parts) state no part."""
    return [bool(row[:_STATED].max() < _SILENT) for row in parts]


def fringe(passage: Passage, cut: int) -> tuple[Segment, ...]:
    """The segments on a side of empty talk on which no part is stated; `cut` is where in the answer the talk began.

    Nothing without scores, and nothing where nothing would be left.
    """
    if passage.scores is None:
        return ()
    nothing = states_nothing(passage.scores.parts)
    spans = [passage.plain.span(segment.start, segment.end) for segment in passage.segments]
    behind = sum(span.start < cut for span in spans)
    if all(nothing):
        return ()
    if all(nothing[:behind]):
        return passage.segments[:behind]
    return passage.segments[behind:] if all(nothing[behind:]) else ()
