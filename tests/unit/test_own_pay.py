"""The pay that a candidate names on the way is what the written offer is drawn around, stored where it is put."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.interviews.desk import open_desk
from prepbot.domain.events import MoveKind, Spoke
from prepbot.domain.interview import Interview, Status, fold
from prepbot.domain.negotiation import TalkStatus
from prepbot.domain.offer import Item, Offer
from prepbot.domain.plan import OFFER_QUESTION, Length
from prepbot.domain.role import StageKind
from prepbot.storage.codec import decode_event, encode_event
from prepbot.storage.memory import MemoryStore

STORE = MemoryStore()
DESK = open_desk(None, STORE)
ROLE = DESK.roles["ecommerce-specialist"]
SCREENING, OFFER = (
    next(stage.name for stage in ROLE.stages if stage.kind is kind) for kind in (StageKind.SCREENING, StageKind.OFFER)
)
NO_FIGURE = "I'd rather not say."
PLAIN = "I tested the pages with customers and kept what they found easier."
TALK = (
    "Thank you for the offer. Could you tell me what the benefits are?",
    "In my last job I raised the conversion rate from 1.8 to 2.6 percent. Could the pay be 52,000 euros a year?",
    "Thank you, I accept the offer.",
)


def at_the_letter(
    pay: str, elsewhere: str = PLAIN, stages: tuple[str, ...] = (SCREENING, OFFER), seed: int = 5
) -> tuple[str, Interview]:
    """A full interview up to its letter, with `pay` said to the question about it and `elsewhere` to all others."""
    interview_id = DESK.interviewer.start(DESK.planner.interview(ROLE, Length.FULL, stages, seed=seed))
    interview = DESK.interviewer.open(interview_id)
    for place in range(200):
        unit = interview.units[-1]
        if unit.talk is not None:
            break
        said = pay if unit.question.id == "screening-practical" else elsewhere
        interview = DESK.interviewer.answer(interview_id, said, f"w{place}")
    return interview_id, interview


def put(interview: Interview) -> Offer:
    """The offer that lies on the table."""
    talk = interview.units[-1].talk
    assert talk is not None
    return talk.offer


def test_the_offer_follows_the_pay_named_in_the_screening() -> None:
    """Through all stages: the letter stays near the candidate's figure, says whose it is, and is talked to its end."""
    pay = "I could start in two weeks, my notice is a month, and I have 48,000 euros a year in mind."
    interview_id, interview = at_the_letter(pay, stages=())
    offer, letter = put(interview), interview.turns[-1].text
    assert len(interview.plan.stages) == len(ROLE.stages)
    assert offer.own_figure
    assert 0.9 * 4_800_000 < offer.pay.amount < 4_800_000
    assert f"Pay: {offer.pay.words}." in letter
    assert offer.pay.words.endswith(" euros a year")
    assert f"you named 48,000 euros a year in “{SCREENING}”" in letter
    assert "play coins" not in letter
    for place, text in enumerate(TALK):
        interview = DESK.interviewer.answer(interview_id, text, f"t{place}")
    talk = interview.units[-1].talk
    assert talk is not None
    assert (interview.status, talk.status) == (Status.FINISHED, TalkStatus.ACCEPTED)
    assert offer.pay.amount < talk.terms[Item.PAY] <= offer.term(Item.PAY).limit


def test_another_figure_gives_another_offer_of_the_same_seed() -> None:
    """The seed stays the plan's, and an hourly figure is offered by the hour in its own currency."""
    yearly, hourly = (put(at_the_letter(pay)[1]) for pay in ("48,000 euros a year", "21 dollars an hour"))
    assert yearly.seed == hourly.seed
    assert hourly.pay.words.endswith(" dollars an hour")
    assert 1_890 < hourly.pay.amount < 2_100


def test_a_range_is_said_to_be_one() -> None:
    """The letter claims no single figure for somebody who named two."""
    letter = at_the_letter("Between 45,000 and 50,000 euros a year.")[1].turns[-1].text
    assert "you named a range around 47,500 euros a year" in letter


def test_the_offer_is_stored_where_it_was_put() -> None:
    """Folded again from what is stored, or opened by another process, the interview holds the same offer and limits."""
    interview_id, interview = at_the_letter("48,000 euros a year")
    stored = STORE.events(interview_id)
    events = [(one.seq, decode_event(encode_event(one.event), interview_id, one.seq)) for one in stored]
    spoke = next(event for _, event in events if isinstance(event, Spoke) and event.offer is not None)
    assert fold(events) == interview == DESK.interviewer.open(interview_id)
    assert interview.plan.stages[-1].offer == put(interview) == spoke.offer


def test_a_question_stored_without_an_offer_is_still_read() -> None:
    """A turn from before offers were drawn on the way keeps its meaning."""
    spoke = Spoke(MoveKind.ASK, 0, "Here it is.", f"{OFFER_QUESTION}-0")
    assert decode_event(encode_event(spoke).replace(',"offer":null', ""), "i", 2) == spoke


@pytest.mark.parametrize(
    "pay",
    [
        NO_FIGURE,
        "asdf",
        "50 euros a year",
        "999 euros a year",
        "-48,000 euros a year",
        "5,000,001 euros a year",
        "400,000 euros an hour",
    ],
)
def test_without_a_sensible_figure_the_offer_stays_made_up(pay: str) -> None:
    """No figure, under 1,000 a year, over 5 million or below nothing: the letter is the one that was planned."""
    _, interview = at_the_letter(pay)
    planned = DESK.planner.interview(ROLE, Length.FULL, (SCREENING, OFFER), seed=5)
    assert put(interview) == planned.stages[-1].offer
    assert "play coins are no currency" in interview.turns[-1].text


def test_the_screening_goes_before_other_answers() -> None:
    """A pay named elsewhere counts only where the screening heard none."""
    stages = tuple(stage.name for stage in ROLE.stages if stage.kind in {StageKind.EXECUTIVE, StageKind.OFFER})
    elsewhere = "I expect to earn 70,000 euros a year."
    assert put(at_the_letter(NO_FIGURE, elsewhere, stages)[1]).pay.amount > 6_000_000
    assert put(at_the_letter("48,000 euros a year", elsewhere, (SCREENING, *stages))[1]).pay.amount < 4_800_000


@pytest.mark.parametrize("pay", ["48,000 euros a year", NO_FIGURE])
def test_a_retry_stays_around_the_same_figure_with_fresh_limits(pay: str) -> None:
    """Tried again, an offer is drawn anew around the candidate's own pay, and one that was made up stays made up."""
    interview_id, interview = at_the_letter(pay)
    again = DESK.planner.retry(ROLE, interview.plan, interview.units[-1].question.id, interview_id, seed=99)
    offer = put(DESK.interviewer.open(DESK.interviewer.start(again)))
    assert offer.named == put(interview).named
    assert offer.own_figure is (pay != NO_FIGURE)
    assert (offer.seed, offer.terms) != (put(interview).seed, put(interview).terms)


def test_a_drill_of_the_offer_stage_keeps_the_made_up_figures() -> None:
    """In a single room nothing was asked for on the way: what is named there draws no other offer."""
    _, interview = at_the_letter("", "I expect to earn 48,000 euros a year.", (OFFER,))
    assert put(interview) == DESK.planner.interview(ROLE, Length.FULL, (OFFER,), seed=5).stages[0].offer


@settings(max_examples=15, deadline=None)
@given(
    st.text(max_size=60)
    | st.from_regex(r"-?[€$£]?[0-9]{1,3}([.,' ]?[0-9]{3}){0,2} ?k?( euros)?( an? (year|month|hour))?", fullmatch=True),
    st.integers(0, 2**20),
)
def test_whatever_is_said_about_pay_the_offer_keeps_its_rules(said: str, seed: int) -> None:
    """An offer is within its own limits, and around a figure of the candidate's only where that is a year's pay."""
    _, interview = at_the_letter(said.encode("utf-8", "ignore").decode(), seed=seed)
    offer = put(interview)
    pay = offer.term(Item.PAY)
    assert 0 < pay.floor <= pay.offered < pay.limit
    assert offer.own_figure is (offer.named is not None)
    if offer.named is not None:
        assert 100_000 <= offer.named.pay.a_year <= 500_000_000
        assert abs(offer.pay.amount - offer.named.pay.amount) <= offer.named.pay.amount // 10
