"""What a language model read in an answer, as the review and its exports show it."""

import json
from dataclasses import replace

from prepbot.domain.evidence import Evidence, Flag, KpiLevel, KpiReference, Ownership, Span
from prepbot.domain.interview import Interview, Status
from prepbot.domain.model_reading import ModelReading, Point, Proposal
from prepbot.domain.plan import Length
from prepbot.domain.report import AnswerCard, CardAnswer, Review, plain_card
from prepbot.domain.rubric import Grade
from prepbot.domain.second_card import read_again
from prepbot.domain.second_words import read_between_the_lines, read_by, why_a_range
from prepbot.exports import export
from tests.faults.sitting import PLAN
from tests.second_reader import unit

FIRST = "We ran a <b>small</b> shop, and the cost was high. I moved it, and fewer people left before they paid."
THEN = "I also wrote down what each of us did."
STORY = Evidence(
    words=20,
    relevance=1,
    situation=Span(0, 20),
    task=Span(0, 20),
    action=Span(FIRST.index("I moved"), FIRST.index("I moved") + 10),
    result=Span(FIRST.index("fewer"), len(FIRST)),
    kpis=(KpiReference("Conversion Rate", KpiLevel.USED, Span(FIRST.index("fewer"), len(FIRST))),),
    ownership=Ownership.WE,
    flags=frozenset({Flag.OFF_TOPIC_DOUBT}),
)
CLAUSE = "I moved it, and fewer people left before they paid"
REASON = "ignore this ![x](http://127.0.0.1/x.png)"


def _card(*later: Evidence) -> AnswerCard:
    answers = (FIRST, *[THEN] * len(later))
    return plain_card(1, unit(*answers, evidence=(STORY, *later)), Interview(PLAN))


def _yes(point: Point, words: str, turn: int = 0) -> Proposal:
    start = (FIRST, THEN)[turn].index(words)
    return Proposal(point, True, REASON, Span(start, start + len(words), turn))


def _read(*proposals: Proposal, model: str = "openai:one", prompt: str = "analyst.v1") -> ModelReading:
    return ModelReading(model, prompt, "0" * 64, "{}", proposals)


ADDS = _read(_yes(Point.ON_QUESTION, "I moved it"), _yes(Point.OWN_PART, "I moved it"))
DISAGREES = _read(Proposal(Point.CAUSALITY, False, REASON))


def _band(given: object) -> int:
    assert isinstance(given, Grade)
    return given.band


def _review(card: AnswerCard) -> Review:
    return Review("i1", "Shopkeeper", Length.SHORT, "", Status.ENDED, "rules", "r", (card,), ())


def test_what_a_model_added_is_said_with_the_candidates_words() -> None:
    """Each check that a model ticked has a sentence with the model's name and the words, and the grade has them."""
    card = read_again(_card(), [ADDS])
    assert (_band(_card().grade), _band(card.grade), _band(card.first)) == (3, 4, 4)
    assert read_by(card) == "openai:one"
    assert read_between_the_lines(card) == (
        f"Read between the lines by openai:one: “{CLAUSE}” answers the question that was asked.",
        f"Read between the lines by openai:one: “{CLAUSE}” says what you did yourself.",
    )
    assert why_a_range(card) == ""


def test_a_range_says_which_check_is_seen_differently() -> None:
    """Where a model disagrees on what decides the band, one short line names the check and the model."""
    sure = replace(STORY, relevance=2, flags=frozenset())
    card = read_again(plain_card(1, unit(FIRST, evidence=(sure,)), Interview(PLAN)), [DISAGREES])
    assert why_a_range(card) == (
        "A range, because openai:one sees this differently: “States a result, or how you would know”."
    )
    both = read_again(
        plain_card(1, unit(FIRST, evidence=(sure,)), Interview(PLAN)),
        [DISAGREES, replace(DISAGREES, model="openai:two")],
    )
    assert why_a_range(both).startswith("A range, because openai:one and openai:two see this differently: ")
    split = read_again(_card(), [ADDS, _read(Proposal(Point.ON_QUESTION, False, ""), model="openai:two")])
    assert why_a_range(split) == (
        "A range, because the models that read it do not agree on “Answers the question that was asked”."
    )


def test_the_first_answer_has_what_its_own_words_show() -> None:
    """What a model shows in a later answer counts after the follow-up, not for the first answer."""
    later = replace(STORY, flags=frozenset())
    in_first = read_again(_card(later), [ADDS])
    in_later = read_again(_card(later), [_read(_yes(Point.ON_QUESTION, "I also wrote", 1))])
    assert (_band(in_first.first), _band(in_first.grade)) == (4, 4)
    assert (_band(in_later.first), _band(in_later.grade)) == (3, 4)


def test_the_same_model_asked_twice_is_no_second_opinion() -> None:
    """Of two readings by one model the later stands for it; another model's stands beside it."""
    again = _read(prompt="analyst.v2")
    assert read_again(_card(), [ADDS, again]).second is not None
    assert _band(read_again(_card(), [ADDS, again]).grade) == 3
    assert _band(read_again(_card(), [again, ADDS]).grade) == 4


def test_a_card_without_a_reading_stays_as_it_was() -> None:
    """No reading, and one that is not used, leave the card and every export of it alone."""
    for readings in ([], [replace(ADDS, not_used="not used: said yes to a decoy")]):
        card = read_again(_card(), readings)
        assert card == _card()
        for kind in ("md", "html", "json"):
            said = export(_review(card), kind)
            assert "second_reading" not in said
            assert "between the lines" not in said


def test_every_export_says_what_a_model_added_and_not_its_reasons() -> None:
    """Markdown, HTML and JSON name the model and the candidate's words; a model's own words are in none of them."""
    other = replace(ADDS, model="openai:two", proposals=(*ADDS.proposals, *DISAGREES.proposals))
    card = read_again(_card(), [ADDS, other])
    for kind in ("md", "html"):
        said = export(_review(card), kind)
        assert "openai:one" in said
        assert "127.0.0.1" not in said
    assert "<b>small</b>" not in export(_review(card), "html")
    record = json.loads(export(_review(card), "json"))["cards"][0]["second_reading"]
    assert record["engines"] == ["openai:one analyst.v1", "openai:two analyst.v1"]
    assert [(one["check"], one["words"]["text"]) for one in record["added"]] == [
        ("on_question", "I moved it"),
        ("own_part", "I moved it"),
    ]
    assert [(one["check"], one["model_says"]) for one in record["disagreements"]] == [("result", False)]
    assert "127.0.0.1" not in json.dumps(record)


def test_an_answer_without_a_grade_is_not_read_again() -> None:
    """Where nothing was graded a reading changes nothing."""
    nothing = Evidence(0, 0, flags=frozenset({Flag.EMPTY}))
    card = plain_card(1, unit("", evidence=(nothing,)), Interview(PLAN))
    assert read_again(card, [ADDS]) == card
    assert card.answers == (CardAnswer("", None, "", nothing),)
