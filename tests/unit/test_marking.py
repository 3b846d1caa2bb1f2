"""Cutting an answer at the boundaries of its evidence."""

from hypothesis import given
from hypothesis import strategies as st

from prepbot.domain.evidence import Evidence, KpiLevel, KpiReference, Span
from prepbot.domain.marking import Mark, MarkKind, marks, segments

ANSWER = "Our shop lost carts. I cut the form, and conversion rose to 3 %."


def _span(words: str, turn: int = 0) -> Span:
    start = ANSWER.index(words)
    return Span(start, start + len(words), turn)


EVIDENCE = Evidence(
    words=13,
    relevance=2,
    situation=_span("Our shop lost carts."),
    action=_span("I cut the form"),
    result=_span("conversion rose to 3 %"),
    kpis=(KpiReference("Conversion Rate", KpiLevel.QUANTIFIED, _span("and conversion rose to 3 %")),),
)


def test_an_answer_without_marks_is_one_segment() -> None:
    """An answer that earned nothing is drawn as it stands."""
    (only,) = segments(ANSWER, ())
    assert only.text == ANSWER
    assert only.marks == ()


def test_an_empty_answer_has_no_segment() -> None:
    """Nothing is drawn for an empty answer, whatever marks are claimed for it."""
    assert segments("", [Mark(MarkKind.ACTION, Span(0, 4))]) == ()


def test_a_kpi_that_crosses_into_a_part_is_cut_and_ends_once() -> None:
    """A KPI that reaches beyond the result is cut in two, under one mark that closes at its last piece alone."""
    pieces = [s for s in segments(ANSWER, marks(EVIDENCE)) if any(m.kind is MarkKind.KPI for m in s.marks)]
    assert [piece.text for piece in pieces] == ["and ", "conversion rose to 3 %"]
    assert [[mark.kind for mark in piece.marks] for piece in pieces] == [
        [MarkKind.KPI],
        [MarkKind.RESULT, MarkKind.KPI],
    ]
    assert [any(mark.kind is MarkKind.KPI for mark in piece.closes) for piece in pieces] == [False, True]


def test_a_part_opens_with_its_letter_once() -> None:
    """Each part of the structure opens at one segment, in the order of the words."""
    opened = [mark.kind.letter for s in segments(ANSWER, marks(EVIDENCE)) for mark in s.opens if mark.kind.letter]
    assert opened == ["S", "A", "R"]


def test_marks_belong_to_their_turn() -> None:
    """A span of the first follow-up's answer is not drawn on the first answer."""
    evidence = Evidence(words=4, relevance=2, action=_span("I cut the form", turn=1))
    assert marks(evidence) == ()
    assert [mark.kind for mark in marks(evidence, turn=1)] == [MarkKind.ACTION]


def test_a_mark_says_its_level_in_words() -> None:
    """A KPI's mark names the KPI and how far it went; a part's mark names the part."""
    assert [mark.label for mark in marks(EVIDENCE)] == [
        "Situation",
        "Action",
        "Result",
        "Conversion Rate, with a number",
    ]


_MARKS = st.lists(
    st.builds(
        lambda kind, start, length: Mark(kind, Span(start, start + length)),
        st.sampled_from(MarkKind),
        st.integers(0, 60),
        st.integers(1, 60),
    ),
    max_size=8,
)


@given(st.text(max_size=80), _MARKS)
def test_segments_joined_are_the_answer(answer: str, marked: list[Mark]) -> None:
    """Whatever overlaps, the segments joined are the answer, and each mark covers exactly its words."""
    cut = segments(answer, marked)
    assert "".join(segment.text for segment in cut) == answer
    for mark in marked:
        covered = "".join(segment.text for segment in cut if mark in segment.marks)
        assert covered == answer[mark.span.start : mark.span.end]


@given(st.text(max_size=80), _MARKS)
def test_every_drawn_mark_opens_and_closes_once(answer: str, marked: list[Mark]) -> None:
    """A mark that is drawn has one first and one last segment: one letter, one dot."""
    cut = segments(answer, marked)
    for mark in {mark for segment in cut for mark in segment.marks}:
        copies = marked.count(mark)
        assert sum(segment.opens.count(mark) for segment in cut) == copies
        assert sum(segment.closes.count(mark) for segment in cut) == copies
