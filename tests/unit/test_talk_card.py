"""A talk about an offer as it is read afterwards: on its card, in every export, and in the stage's decision."""

import json

import pytest

from prepbot.domain.evidence import Evidence
from prepbot.domain.interview import Status, Turn
from prepbot.domain.negotiation import Negotiation, TalkStatus
from prepbot.domain.offer import Item
from prepbot.domain.offer_rubric import OfferGrade, grade_offer
from prepbot.domain.offer_talk import Message, Talk
from prepbot.domain.plan import Length, PlannedQuestion
from prepbot.domain.report import AnswerCard, CardAnswer, Review
from prepbot.domain.role import QuestionKind, StageKind
from prepbot.domain.rubric import NotGraded
from prepbot.domain.stage_decisions import judged
from prepbot.domain.stage_profile import Interviewer
from prepbot.domain.talk_card import OWN_CRITERIA, TalkCard, criterion_rows, talk_card
from prepbot.exports import export
from tests.unit.test_offer import BOOK, MORE_PAY, RESULT, THREAT, after, both, said

YES = said(Talk.ACCEPT, "I accept <b>it</b>.")
SETTLED = (both(RESULT, MORE_PAY), YES)


def card_of(talk: Negotiation) -> TalkCard:
    """The card of a talk, in the shipped words."""
    return talk_card(talk, BOOK.rules, BOOK.replies)


def review_of(*messages: Message) -> Review:
    """A review of one talk."""
    talk = after(*messages)
    asked = Turn(2, 0, "interviewer", "probe", "Is there *more*?", "offer-letter-0")
    answers = tuple(
        CardAnswer(message.text, asked if place else None, "", Evidence(words=5, relevance=1))
        for place, message in enumerate(messages)
    )
    card = AnswerCard(
        number=1,
        stage_name="Offer",
        interviewer=Interviewer("Noor Haddad", "Recruiter", "noor", "clarity"),
        question=PlannedQuestion("offer-letter-0", "What would you like to say?", QuestionKind.BACKGROUND, ()),
        skipped=False,
        answers=answers,
        evidence=Evidence(words=5, relevance=1),
        grade=OWN_CRITERIA,
        first=OWN_CRITERIA,
        fixes=(),
        after=(),
        talk=card_of(talk),
    )
    return Review("i1", "Baker", Length.SHORT, "", Status.FINISHED, "rules", "r", (card,), ())


def test_a_card_names_each_term_at_first_in_the_end_and_at_its_limit() -> None:
    """Pay moved one step of its room, so the card shows three different figures for it."""
    talk = after(*SETTLED)
    card = card_of(talk)
    pay = card.terms[0]
    assert (pay.name, card.outcome) == ("Pay", "offer accepted")
    assert len({pay.offered, pay.agreed, pay.left}) == 3
    assert pay in card.left
    assert "made up" in card.note


def test_a_talk_that_is_not_over_tells_no_limit() -> None:
    """While it may go on, nothing shows how far the employer would go."""
    card = card_of(after(MORE_PAY))
    assert not card.over
    assert not card.left


def test_the_criteria_carry_words_of_the_message_that_earned_them() -> None:
    """A quotation is cut from the message it stands in, and the next level is named."""
    rows = {row.id: row for row in criterion_rows(card_of(after(*SETTLED)), [m.text for m in SETTLED])}
    assert "I cut returns by 12 percent" in rows["anchoring"].quotes
    assert rows["trading"].next_anchor == "Looks at more than one term."
    assert not rows["anchoring"].next_anchor


def test_a_talk_without_a_readable_message_is_not_graded() -> None:
    """Nothing understood is no zero."""
    card = card_of(after(Message("asdf", unclear="I could not read that.")))
    assert isinstance(card.grade, NotGraded)
    assert criterion_rows(card, ["asdf"]) == ()


@pytest.mark.parametrize("kind", ["md", "html"])
def test_every_export_shows_the_talk(kind: str) -> None:
    """Outcome, criteria, terms with limits and the note are there; what was typed stays words; no band is given."""
    text = export(review_of(*SETTLED), kind)
    for words in ("offer accepted", "Anchoring in own results", "3 of 3", "They would have gone to", "made up"):
        assert words in text
    assert "<b>it</b>" not in text
    assert "Asked because" not in text
    assert "Not graded" not in text


@pytest.mark.parametrize("kind", ["md", "html"])
def test_an_export_of_a_talk_in_the_middle_hides_the_limits(kind: str) -> None:
    """A file written early gives nothing away."""
    text = export(review_of(MORE_PAY), kind)
    assert "They would have gone to" not in text
    assert "left before its end" in text


def test_json_has_the_talk_under_its_own_key() -> None:
    """The keys from before stay: the grade says that there is no band, and `talk` holds the criteria."""
    (card,) = json.loads(export(review_of(*SETTLED), "json"))["cards"]
    assert (card["grade"]["graded"], card["grade"]["band"]) == (False, None)
    assert card["talk"]["status"] == TalkStatus.ACCEPTED
    assert card["talk"]["criteria"]["anchoring"]["level"] == 3
    assert {term["name"] for term in card["talk"]["terms"]} >= {"Pay", "Paid leave", "Start", "Deadline"}
    (early,) = json.loads(export(review_of(MORE_PAY), "json"))["cards"]
    assert {term["limit"] for term in early["talk"]["terms"]} == {None}


def test_a_stage_is_decided_on_the_talks_own_criteria() -> None:
    """The card of a talk is judged as the talk itself is."""
    (card,) = review_of(both(RESULT, MORE_PAY), THREAT).cards
    talk = after(both(RESULT, MORE_PAY), THREAT)
    graded = grade_offer(talk)
    assert isinstance(graded, OfferGrade)
    assert judged(StageKind.OFFER, card).grades == graded.criteria
    assert talk.terms[Item.PAY] > talk.offer.pay.amount
