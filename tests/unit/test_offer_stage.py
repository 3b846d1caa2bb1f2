"""The offer stage: its letter is planned and stored, the employer answers by rule, and the talk always ends."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.interviews.desk import Desk, open_desk
from prepbot.domain.events import Answered, Assessed, MoveKind, Spoke, Started
from prepbot.domain.interview import Interview, Status, apply, fold
from prepbot.domain.moves import CloseStage, Reply, next_move
from prepbot.domain.negotiation import MOST_MESSAGES, TalkStatus
from prepbot.domain.offer import Item
from prepbot.domain.offer_plan import with_offers
from prepbot.domain.offer_rubric import OfferGrade, grade_offer
from prepbot.domain.plan import OFFER_QUESTION, Length, plan_interview, plan_retry
from prepbot.domain.role import StageKind
from prepbot.reading.offers import load_offers
from prepbot.storage.codec import decode_event, encode_event
from tests.contract.stored_values import EVIDENCE
from tests.examples import PROFILES, question_ids, role
from tests.unit.test_offer import messages

RULES = load_offers().rules
DESK = open_desk(None)
ROLE = DESK.roles["ecommerce-specialist"]
STAGE = next(stage.name for stage in ROLE.stages if stage.kind is StageKind.OFFER)

GOOD = (
    "Thank you for the offer. Could you tell me what the benefits are?",
    "In my last job I raised the conversion rate from 1.8 to 2.6 percent. Could the pay be 5,000 play coins a month?",
    "If you could add two days of paid leave, I could take over the weekend rota.",
    "Thank you, I accept the offer.",
)
RUDE = ("This is ridiculous. Pay me double or I walk.", "I demand more.", "You must pay more, or I leave.", "No.")
SILENT = ("",) * MOST_MESSAGES


def in_the_stage(length: Length = Length.SHORT, seed: int = 5, desk: Desk = DESK) -> tuple[str, Interview]:
    """An interview that stands before the letter or the question that comes first."""
    interview_id = desk.interviewer.start(desk.planner.interview(ROLE, length, [STAGE], seed=seed))
    return interview_id, desk.interviewer.open(interview_id)


def negotiated(*said: str, seed: int = 5) -> Interview:
    """The interview after these messages, as far as it takes them."""
    interview_id, interview = in_the_stage(seed=seed)
    for place, text in enumerate(said):
        if interview.over:
            break
        interview = DESK.interviewer.answer(interview_id, text, f"m{place}")
    return interview


@given(st.integers(0, 2**31), st.sampled_from([Length.SHORT, Length.FULL]))
def test_an_offer_stage_puts_its_letter_last(seed: int, length: Length) -> None:
    """At most one question comes before the letter, none in a short interview, and only this stage has an offer."""
    plan = with_offers(plan_interview(role(20), PROFILES, length, seed), RULES)
    for stage in plan.stages:
        ids = [question.id.startswith(OFFER_QUESTION) for question in stage.questions]
        if stage.kind is StageKind.OFFER:
            assert stage.offer is not None
            assert ids == ([True] if length is Length.SHORT else [False, True])
            assert stage.greeting.endswith(RULES.one_before) is (length is Length.FULL)
        else:
            assert stage.offer is None
            assert not any(ids)
    assert len(question_ids(plan)) == len(set(question_ids(plan)))


def test_the_same_seed_makes_the_same_offer_and_another_another() -> None:
    """The offer is replayable from the plan's seed."""
    plans = [with_offers(plan_interview(role(), PROFILES, Length.SHORT, seed), RULES) for seed in (3, 3, 4)]
    offers = [next(stage.offer for stage in plan.stages if stage.offer) for plan in plans]
    assert offers[0] == offers[1] != offers[2]


def test_a_plan_is_stored_with_its_offer_whole() -> None:
    """The letter and the employer's limits come back from the database as they were drawn."""
    started = Started(with_offers(plan_interview(role(), PROFILES, Length.FULL, 7), RULES))
    assert decode_event(encode_event(started), "i", 0) == started


def test_a_reading_is_stored_with_its_moves() -> None:
    """What was read in a message comes back as it was read."""
    interview = negotiated(*GOOD)
    talk = interview.units[-1].talk
    assert talk is not None
    for message in talk.messages:
        event = Assessed(3, "rules", EVIDENCE, message=message)
        assert decode_event(encode_event(event), "i", 4) == event


def test_an_event_from_before_offers_is_still_read() -> None:
    """A plan and an assessment stored without an offer keep their meaning."""
    old = replace(plan_interview(role(), PROFILES, Length.SHORT, 1), seed=1)
    body = encode_event(Started(old)).replace(',"offer":null', "")
    assert decode_event(body, "i", 0) == Started(old)
    assessed = encode_event(Assessed(3, "rules", EVIDENCE)).replace(',"message":null', "")
    assert decode_event(assessed, "i", 4) == Assessed(3, "rules", EVIDENCE)


def test_the_letter_is_put_in_words_with_its_question() -> None:
    """Whoever hears the turn alone hears every term, that the figures are invented, and one question."""
    _, interview = in_the_stage()
    turn = interview.open_turn
    assert turn is not None
    assert turn.text.endswith(RULES.question)
    assert "every figure in this letter is made up" in turn.text
    assert "Paid leave: " in turn.text


def test_a_good_negotiator_gains_and_settles() -> None:
    """A question is answered from the letter, a result moves the pay, a trade moves leave, and a yes ends it."""
    interview = negotiated(*GOOD)
    talk = interview.units[-1].talk
    assert talk is not None
    assert interview.status is Status.FINISHED
    assert talk.status is TalkStatus.ACCEPTED
    assert talk.terms[Item.PAY] > talk.offer.pay.amount
    assert talk.terms[Item.LEAVE] > talk.offer.term(Item.LEAVE).offered
    assert interview.turns[-1].text.endswith(interview.plan.stages[-1].closing)
    grade = grade_offer(talk)
    assert isinstance(grade, OfferGrade)
    assert [one.level for one in grade.criteria] == [3, 3, 3, 3]


def test_a_rude_one_gains_nothing_and_is_answered_calmly() -> None:
    """Threats move no term; after three of them comes the final offer, and a no ends it."""
    interview = negotiated(*RUDE)
    talk = interview.units[-1].talk
    assert talk is not None
    assert talk.status is TalkStatus.DECLINED
    assert talk.terms == {term.item: term.offered for term in talk.offer.terms}
    assert interview.status is Status.FINISHED


def test_a_silent_one_is_let_go() -> None:
    """Eight empty messages end the talk undecided, and the interview with it."""
    interview = negotiated(*SILENT)
    talk = interview.units[-1].talk
    assert talk is not None
    assert (talk.status, interview.status) == (TalkStatus.UNDECIDED, Status.FINISHED)


def test_skipping_leaves_the_talk_where_it_stands() -> None:
    """Skipped in the middle, the stage closes without a word of the employer's, and the terms stay."""
    interview_id, _ = in_the_stage()
    before = DESK.interviewer.answer(interview_id, "Is there a bonus?", "m0").units[-1].talk
    interview = DESK.interviewer.skip(interview_id)
    assert interview.status is Status.FINISHED
    assert interview.units[-1].talk == before
    assert interview.turns[-1].text == interview.plan.stages[-1].closing


def test_a_pause_keeps_the_letter_waiting() -> None:
    """Coming back from a pause, the same turn is open, and the talk goes on from there."""
    interview_id, _ = in_the_stage()
    waiting = DESK.interviewer.answer(interview_id, "Is there a bonus?", "m0").open_turn
    DESK.interviewer.pause(interview_id)
    assert DESK.interviewer.resume(interview_id).open_turn == waiting


def test_ending_in_the_middle_keeps_what_was_said() -> None:
    """An interview that is ended holds the talk so far, still open."""
    interview_id, _ = in_the_stage()
    DESK.interviewer.answer(interview_id, GOOD[1], "m0")
    talk = DESK.interviewer.end(interview_id).units[-1].talk
    assert talk is not None
    assert (len(talk.messages), talk.over) == (1, False)


def test_the_same_message_twice_is_one_round() -> None:
    """A message that is sent again changes no term again."""
    interview_id, _ = in_the_stage()
    once = DESK.interviewer.answer(interview_id, GOOD[1], "m0")
    assert DESK.interviewer.answer(interview_id, GOOD[1], "m0") == once


def test_a_message_that_was_never_read_goes_on_after_a_crash() -> None:
    """Stored and not yet read, a message is read and answered by whoever opens the interview next."""
    _, interview = in_the_stage()
    stored = apply(interview, interview.next_seq, Answered(GOOD[1]))
    assert stored.awaits_evidence is not None
    assert stored.units[-1].talk == interview.units[-1].talk
    unread = apply(stored, stored.next_seq, Assessed(interview.next_seq, "rules", EVIDENCE))
    assert isinstance(next_move(unread), Reply)


def test_a_letter_is_retried_alone_with_the_same_offer() -> None:
    """A retry of the talk is the letter in its own room."""
    plan = with_offers(plan_interview(role(), PROFILES, Length.FULL, 7), RULES)
    put = next(q for stage in plan.stages for q in stage.questions if stage.put_by(q))
    again = plan_retry(plan, put.id)
    assert question_ids(again) == [put.id]
    assert again.stages[0].put_by(put) is not None


@settings(max_examples=60)
@given(st.integers(0, 2**31), st.lists(messages, min_size=MOST_MESSAGES, max_size=MOST_MESSAGES))
def test_whatever_is_read_the_talk_ends_within_the_limits(seed: int, read: list) -> None:  # type: ignore[type-arg]
    """No reading of a message keeps the stage open or moves a term beyond what was stored, and the fold agrees."""
    plan = with_offers(plan_interview(role(0, (StageKind.OFFER,)), PROFILES, Length.SHORT, seed), RULES)
    letter = plan.stages[0].questions[0].id
    events = [Started(plan), Spoke(MoveKind.GREET, 0, "Hello."), Spoke(MoveKind.ASK, 0, "Here it is.", letter)]
    interview = fold(enumerate(events))

    def store(event: Answered | Assessed | Spoke) -> None:
        nonlocal interview
        interview = apply(interview, len(events), event)
        events.append(event)

    for message in read:
        store(Answered(message.text))
        store(Assessed(len(events) - 1, "rules", EVIDENCE, message=message))
        move = next_move(interview)
        if isinstance(move, CloseStage):
            break
        assert isinstance(move, Reply)
        store(Spoke(MoveKind.PROBE, 0, "We see.", letter))
    assert isinstance(next_move(interview), CloseStage)
    talk = interview.units[-1].talk
    assert talk is not None
    assert talk.over
    for term in talk.offer.terms:
        low, high = sorted((term.floor, term.limit))
        assert all(low <= exchange.terms[term.item] <= high for exchange in talk.exchanges)
    assert fold(enumerate(events)) == interview


@pytest.mark.parametrize("seed", range(4))
@settings(max_examples=10)
@given(said=st.lists(st.text(max_size=60) | st.sampled_from([*GOOD, *RUDE, "asdf", "999999999", "ok"]), min_size=8))
def test_whatever_is_typed_the_interview_finishes(seed: int, said: list[str]) -> None:
    """Eight messages of anything at all end the talk and the interview."""
    encodable = [text.encode("utf-8", "ignore").decode() for text in said]
    assert negotiated(*encodable, seed=seed).status is Status.FINISHED
