"""Taking away: the right sentences go, and a drop or a move is told from labels and from what was read."""

from dataclasses import replace

from evals.ablation import REMOVALS, compared, eligible, shortened, without_words
from evals.answers import Scored
from evals.labelled import LabelledAnswer, LabelledKpi
from prepbot.domain.evidence import Evidence, KpiLevel, KpiReference, Ownership, Span
from prepbot.domain.role import QuestionKind
from prepbot.domain.rubric import grade

SENTENCES = (
    ("The shop was slow.", frozenset({"situation"})),
    ("My job was to mend it.", frozenset({"task"})),
    ("I cut the pictures.", frozenset({"action"})),
    ("The bounce rate fell to 30 percent.", frozenset({"result"})),
)
ANSWER = " ".join(text for text, _ in SENTENCES)
ROW = LabelledAnswer(
    id="a",
    source="made_up",
    role="ecommerce-specialist",
    question="How?",
    kind=QuestionKind.KNOWLEDGE,
    answer=ANSWER,
    kpis=(LabelledKpi("Bounce Rate", "bounce rate fell to 30 percent", "quantified", "name"),),
    parts={next(iter(parts)): text for text, parts in SENTENCES},
    ownership="I",
    relevance=2,
    band=4,
    tags=frozenset(),
    voice="plain",
    sentences=SENTENCES,
    kpi_list=(),
)
RESULT, NUMBER, ACTION = REMOVALS


def span(words: str, answer: str = ANSWER) -> Span:
    """Where the words stand."""
    return Span(answer.index(words), answer.index(words) + len(words))


WHOLE = Evidence(
    words=20,
    relevance=2,
    kpis=(KpiReference("Bounce Rate", KpiLevel.QUANTIFIED, span("bounce rate"), in_result=True),),
    situation=span(SENTENCES[0][0]),
    task=span(SENTENCES[1][0]),
    action=span(SENTENCES[2][0]),
    result=span(SENTENCES[3][0]),
    ownership=Ownership.I,
)


def read(row: LabelledAnswer, evidence: Evidence) -> Scored:
    """A row with this evidence and the grade that follows from it."""
    return Scored(row, evidence, grade(evidence))


def test_the_labelled_sentences_go() -> None:
    """Without its result, number or action an answer keeps its other sentences, word for word."""
    kept = {removal.name: shortened(ROW, removal) for removal in REMOVALS}
    texts = [text for text, _ in SENTENCES]
    assert {name: found and found[0].answer for name, found in kept.items()} == {
        "result": " ".join(texts[:3]),
        "number": " ".join(texts[:3]),
        "action": " ".join([*texts[:2], texts[3]]),
    }


def test_nothing_is_taken_where_nothing_is_labelled() -> None:
    """An answer without a labelled result has none to take away."""
    assert shortened(replace(ROW, sentences=SENTENCES[:3]), RESULT) is None


def test_an_analyst_that_sees_the_loss_drops() -> None:
    """A result that is gone and read as gone is a drop; KPIs stood in it, so they may move."""
    row, gone = shortened(ROW, RESULT) or (ROW, [])
    found = compared(RESULT, read(ROW, WHOLE), read(row, replace(WHOLE, result=None, kpis=())), gone)
    assert found is not None
    assert (found.dropped, found.moved) == (True, ())
    assert "kpis" not in found.untouched


def test_an_analyst_that_reads_on_does_not_drop() -> None:
    """An analyst that still gives the point after its words are gone is caught."""
    row, gone = shortened(ROW, RESULT) or (ROW, [])
    found = compared(RESULT, read(ROW, WHOLE), read(row, WHOLE), gone)
    assert found is not None
    assert not found.dropped


def test_a_criterion_that_moves_for_no_reason_is_named() -> None:
    """Ownership stood in the action, which is still there: if it goes with the result, that is an error."""
    row, gone = shortened(ROW, RESULT) or (ROW, [])
    after = replace(WHOLE, result=None, ownership=Ownership.NONE)
    found = compared(RESULT, read(ROW, WHOLE), read(row, after), gone)
    assert found is not None
    assert found.moved == ("ownership",)


def test_what_was_not_reached_cannot_drop() -> None:
    """An answer that was not read as complete before says nothing about dropping."""
    row, gone = shortened(ROW, RESULT) or (ROW, [])
    before = read(ROW, replace(WHOLE, task=None))
    assert compared(RESULT, before, read(row, WHOLE), gone) is None


def test_only_complete_answers_with_labelled_sentences_take_part() -> None:
    """Bands 4 and 5 with every sentence labelled."""
    assert eligible(ROW)
    assert not eligible(replace(ROW, band=3))
    assert not eligible(replace(ROW, sentences=()))


def test_of_an_answer_without_labelled_sentences_only_the_shown_words_go() -> None:
    """The words of the part are cut out, and where they stood is told."""
    bare = replace(ROW, sentences=())
    row, gone = without_words(bare, RESULT) or (bare, [])
    assert bare.parts["result"] not in row.answer
    assert [bare.answer[start:end] for start, end in gone] == [bare.parts["result"]]


def test_words_that_two_parts_share_stay() -> None:
    """Nothing is taken away where another part would go with it."""
    shared = replace(ROW, parts={**ROW.parts, "result": ROW.parts["action"]})
    assert without_words(shared, RESULT) is None
