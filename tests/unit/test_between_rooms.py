"""Notes travel between the rooms: what was said in one stage is taken up in another, by quoting it, once."""

from collections.abc import Callable, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from evals.interviews.desk import Desk, open_desk
from evals.interviews.rules import breaches
from prepbot.domain.interview import Interview, Status, Turn, Unit
from prepbot.domain.plan import Length, Plan, TakeUpKind
from prepbot.domain.role import StageKind

PAGE = "ecommerce-specialist"
EARLIER = (
    "I have run the online shop of Brandt Wines since March 2021. I rebuilt the checkout myself, "
    "and the conversion rate rose to 2.6 percent."
)
DECISION = "I decided to stop the print catalogue in May. Nobody missed it."
PLAIN = "At Brandt Wines I improved the product pages, and the bounce rate went down. I tested it for two weeks."
LATER = "My manager at Brandt Wines, Lena Vogt. She saw the new checkout: the conversion rate rose to 3.4 percent."
SAME = "My manager at Brandt Wines, Lena Vogt. She saw the new checkout: the conversion rate rose to 2.6 percent."
DESK = open_desk(None)

Reply = Callable[[Turn, int], str]


def candidate(referee: str) -> Reply:
    """Somebody who tells of the checkout, then of a decision, and of the checkout once more to the reference check."""

    def reply(turn: Turn, number: int) -> str:
        if number == 0:
            return EARLIER
        if "referees" in turn.text:
            return referee
        return DECISION if number == 1 else PLAIN

    return reply


def sat(plan: Plan, reply: Reply, desk: Desk = DESK) -> tuple[str, Interview]:
    """A whole interview of this candidate, with its id."""
    interview_id = desk.interviewer.start(plan)
    interview = desk.interviewer.open(interview_id)
    for number in range(100):
        turn = interview.open_turn
        if turn is None:
            break
        interview = desk.interviewer.answer(interview_id, reply(turn, number), f"m{number}")
    assert interview.status is Status.FINISHED
    return interview_id, interview


def whole(seed: int = 3, length: Length = Length.SHORT, stages: Sequence[str] = ()) -> Plan:
    """A plan of the shipped page."""
    return DESK.planner.interview(DESK.roles[PAGE], length, stages=stages, seed=seed)


def taken_up(interview: Interview) -> dict[TakeUpKind, Unit]:
    """The questions that took earlier words up, by why."""
    return {unit.question.takes_up: unit for unit in interview.units if unit.question.takes_up}


def test_two_figures_for_one_thing_are_put_side_by_side_once() -> None:
    """The reference check quotes both answers, asks to put them together, and goes on."""
    _, interview = sat(whole(), candidate(LATER))
    asked = taken_up(interview)[TakeUpKind.CONTRADICTION]
    assert interview.plan.stages[asked.stage].kind is StageKind.REFERENCES
    assert "the conversion rate rose to 2.6 percent" in asked.question.text
    assert "the conversion rate rose to 3.4 percent" in asked.question.text
    assert [unit.question.id for unit in interview.units].count(asked.question.id) == 1
    assert len(asked.answers) == 1


def test_a_candidate_who_tells_it_one_way_is_asked_about_no_contradiction() -> None:
    """The same figure told twice is put to nobody; the other rooms still take up what they have."""
    _, interview = sat(whole(), candidate(SAME))
    assert set(taken_up(interview)) == {TakeUpKind.OBJECTION, TakeUpKind.WEAKEST}


def test_one_of_the_panel_disagrees_with_a_decision_of_an_earlier_room() -> None:
    """Not the one in the chair; the decision is quoted and the objection is that side's own."""
    _, interview = sat(whole(length=Length.FULL), candidate(SAME))
    asked = taken_up(interview)[TakeUpKind.OBJECTION]
    room = interview.plan.stages[asked.stage]
    seat = next(seat for seat in room.panel if seat.interviewer.label == asked.question.viewpoint)
    assert room.kind is StageKind.PANEL
    assert "“I decided to stop the print catalogue in May”" in asked.question.text
    assert seat.counter in asked.question.text
    assert seat is not room.panel[0]
    assert room.asker(asked.question) == seat.interviewer


def test_the_final_talk_comes_back_to_the_weakest_claim_before_it_invites_questions() -> None:
    """A KPI that got no number is quoted, and the candidate's own questions come last."""
    _, interview = sat(whole(), candidate(SAME))
    asked = taken_up(interview)[TakeUpKind.WEAKEST]
    room = [unit.question for unit in interview.units if unit.stage == asked.stage]
    assert interview.plan.stages[asked.stage].kind is StageKind.EXECUTIVE
    assert "bounce rate" in asked.question.text
    assert [room[-2], room[-1].invites] == [asked.question, True]


def test_a_drill_of_one_room_has_no_earlier_claim() -> None:
    """A panel, a reference check and a final talk by themselves take nothing up."""
    for kind in (StageKind.PANEL, StageKind.REFERENCES, StageKind.EXECUTIVE):
        plan = DESK.planner.drill(DESK.roles[PAGE], stage=kind.value, seed=3)
        _, interview = sat(plan, lambda _, number: DECISION if number % 2 else PLAIN)
        assert taken_up(interview) == {}


def test_every_question_of_a_panel_names_who_asks() -> None:
    """Each seat asks one question of its own; the page's own questions come from the chair."""
    room = next(stage for stage in whole(length=Length.FULL).stages if stage.kind is StageKind.PANEL)
    own = [question for question in room.questions if question.viewpoint]
    assert [room.asker(question) for question in own] == [seat.interviewer for seat in room.panel]
    assert len(own) == 3
    assert any(question.line for question in room.questions)
    assert all(seat.interviewer.label in room.greeting for seat in room.panel[1:])


def test_silence_leaves_nothing_to_take_up() -> None:
    """Where nothing was said, nothing is quoted, and every room still closes."""
    _, interview = sat(whole(), lambda _turn, _number: "")
    assert taken_up(interview) == {}


def test_what_was_heard_is_in_the_events() -> None:
    """The events alone give the same interview, the questions that were added on the way included."""
    plan = whole()
    interview_id, interview = sat(plan, candidate(LATER))
    assert DESK.interviewer.open(interview_id) == interview
    assert len(interview.plan.questions) == len(plan.questions) + 3


SENTENCES = st.sampled_from(
    [
        EARLIER,
        DECISION,
        PLAIN,
        LATER,
        SAME,
        "We doubled sales in a year.",
        "I don't know.",
        "What do you mean?",
        "um, so 3",
    ]
)


@settings(max_examples=12, deadline=None)
@given(answers=st.lists(SENTENCES, min_size=1, max_size=5), seed=st.integers(0, 1000))
def test_whatever_is_said_earlier_words_are_quoted_as_they_stand_and_once(answers: list[str], seed: int) -> None:
    """No interview breaks a rule of the house, the one about earlier words included."""
    _, interview = sat(whole(seed), lambda _turn, number: answers[number % len(answers)])
    assert breaches(interview, DESK.roles[PAGE]) == []
