"""An exercise through the real interviewer and grader: asked, followed up once, marked, and shown."""

import json
from collections.abc import Iterator

import pytest

from prepbot.domain.exercise import Exercise, WrittenCase
from prepbot.domain.exercise_follow_up import open_numbers
from prepbot.domain.exercise_marks import FigureVerdict
from prepbot.domain.exercise_report import NO_BAND, outcomes, score_words, unread
from prepbot.domain.gap import GapKind
from prepbot.domain.heard import NOTHING
from prepbot.domain.interview import Interview
from prepbot.domain.notes import stage_notes
from prepbot.domain.plan import Plan
from prepbot.domain.practice import practised
from prepbot.domain.report import STILL_OPEN, AnswerCard
from prepbot.domain.rubric import NotGraded
from prepbot.exports import export
from prepbot.settings import Settings
from prepbot.terminal import Transcript, sit_by_script, spoken
from prepbot.wiring import Prepbot, open_prepbot
from tests.contract.stored_values import NOON


@pytest.fixture
def bot(monkeypatch: pytest.MonkeyPatch) -> Iterator[Prepbot]:
    """The product as joined, reading by words alone."""
    monkeypatch.setenv("PREPBOT_EMBEDDINGS", "false")
    return open_prepbot(Settings())


def plan_of(bot: Prepbot, role: str = "ecommerce-specialist") -> Plan:
    """A drill of the role's assessment."""
    return bot.planner.drill(bot.roles.get(role).role, stage="assessment", seed=5)


def first_exercise(plan: Plan) -> Exercise:
    """The exercise that a plan begins with."""
    exercise = plan.questions[0].exercise
    assert isinstance(exercise, Exercise)
    return exercise


def good_answer(exercise: Exercise) -> str:
    """Every figure right, the leak named with its KPI, and the example as the next step."""
    figures = [f"{task.id}. {task.metric.name}: {task.expected.shown}." for task in exercise.figures]
    leak = f"{exercise.leak.row.name} is the worst, seen by its {exercise.leak.metric.name}."
    return "\n".join([*figures, leak, exercise.experiment.example])


def sat(bot: Prepbot, *answers: str) -> tuple[Transcript, AnswerCard]:
    """An interview that was given these answers, with the card of its first question."""
    transcript = sit_by_script(bot.interviewer, plan_of(bot), answers)
    return transcript, bot.grader.review(transcript.interview_id).cards[0]


def probes(interview: Interview) -> list[str]:
    """The follow-ups to the first question."""
    return [probe.text for probe in interview.units[0].probes]


def test_a_good_answer_is_right_task_by_task_and_not_followed_up(bot: Prepbot) -> None:
    """Right figures, the leak and a testable step leave nothing open."""
    exercise = first_exercise(plan_of(bot))
    transcript, card = sat(bot, good_answer(exercise))
    assert probes(transcript.interview) == []
    assert card.exercise is not None
    assert score_words(card.exercise) == f"{len(exercise.tasks)} of {len(exercise.tasks)} tasks right"


def test_a_partly_right_answer_is_asked_once_for_the_rest(bot: Prepbot) -> None:
    """One figure of several leads to one follow-up, which names the tasks that are open and nothing else."""
    exercise = first_exercise(plan_of(bot))
    task = exercise.figures[0]
    transcript, card = sat(bot, f"The {task.metric.name} is {task.expected.shown}.", "I leave it at that.")
    [probe] = transcript.interview.units[0].probes
    assert probe.gap is not None
    assert probe.gap.kind is GapKind.OPEN_TASKS
    assert probe.gap.tasks == "tasks 2, 3 and 4"
    assert probe.gap.tasks in probe.text
    assert card.exercise is not None
    assert card.exercise.figures[0].verdict is FigureVerdict.RIGHT


def test_words_of_the_follow_up_count_and_keep_their_turn(bot: Prepbot) -> None:
    """What the second answer adds is marked in the second answer."""
    exercise = first_exercise(plan_of(bot))
    task = exercise.figures[0]
    first = f"The {task.metric.name} is {task.expected.shown}."
    _, card = sat(bot, first, f"{exercise.leak.row.name} is the worst by its {exercise.leak.metric.name}.")
    assert card.exercise is not None
    assert card.exercise.leak is not None
    assert card.exercise.leak.span is not None
    assert card.exercise.leak.span.turn == 1
    assert card.exercise.leak.span.cut(card.answers[1].text) == exercise.leak.row.name


@pytest.mark.parametrize("answer", ["", "asdf", "I do not know", "I would say quite a lot, roughly speaking"])
def test_words_without_a_figure_get_one_clear_sentence_and_lose_nothing(bot: Prepbot, answer: str) -> None:
    """An answer without an attempt is quoted, asked for once, and marked as open, not as a zero of the rubric."""
    transcript, card = sat(bot, answer, answer)
    assert len(probes(transcript.interview)) == 1
    assert answer in probes(transcript.interview)[0]
    exercise = first_exercise(transcript.interview.plan)
    assert card.exercise is not None
    assert card.exercise.credit == 0
    assert open_numbers(card.exercise) == tuple(range(1, len(exercise.tasks) + 1))
    texts = [given.text for given in card.answers]
    assert "2.4 %" in unread(exercise, card.exercise, texts)
    assert [one.word for one in outcomes(exercise, card.exercise, texts)] == ["not yet"] * len(exercise.tasks)


def test_a_right_formula_keeps_half(bot: Prepbot) -> None:
    """A formula that is said aloud earns half of its task where the figure is missing."""
    exercise = first_exercise(plan_of(bot))
    task = exercise.figures[0]
    assert task.top is not None
    assert task.bottom is not None
    formula = f"{task.top.columns[0].label} divided by {task.bottom.columns[0].label}"
    _, card = sat(bot, f"The {task.metric.name} is {formula}.", "No more.")
    assert card.exercise is not None
    assert card.exercise.figures[0].credit == 0.5


def test_an_exercise_has_no_band_and_stays_out_of_coverage_claims_and_practice(bot: Prepbot) -> None:
    """The table's figures are nobody's own: they are no KPI reference, no claim and no criterion reached."""
    transcript, card = sat(bot, good_answer(first_exercise(plan_of(bot))))
    review = bot.grader.review(transcript.interview_id)
    assert card.grade == NotGraded(NO_BAND)
    assert (card.evidence, card.fixes, card.ordered, card.after) == (None, (), (), ())
    assert not [row for row in review.coverage if row.level is not None]
    assert practised(review, NOON) == ()
    assert all(answer.heard == NOTHING for unit in transcript.interview.units for answer in unit.answers)
    assert stage_notes(transcript.interview) == ()


def test_the_exercise_is_the_same_after_a_restart(bot: Prepbot) -> None:
    """Another process that opens the interview finds the same table and the same marks."""
    transcript, card = sat(bot, good_answer(first_exercise(plan_of(bot))))
    again = open_prepbot(Settings())
    assert again.interviewer.open(transcript.interview_id).plan == transcript.interview.plan
    assert again.grader.review(transcript.interview_id).cards[0] == card


def test_a_skipped_exercise_is_shown_without_marks(bot: Prepbot) -> None:
    """A skipped exercise keeps its sheet in the review and has neither marks nor a grade."""
    interview_id = bot.interviewer.start(plan_of(bot))
    bot.interviewer.skip(interview_id)
    card = bot.grader.review(interview_id).cards[0]
    assert card.skipped
    assert (card.exercise, card.grade) == (None, None)


def test_no_export_holds_a_solution_before_the_exercise_is_finished(bot: Prepbot) -> None:
    """While the follow-up is open a review has no marks and keeps no grade; an end by hand brings both."""
    plan = plan_of(bot)
    exercise = first_exercise(plan)
    interview_id = bot.interviewer.start(plan)
    assert bot.interviewer.answer(interview_id, "asdf", "m0").units[-1].probes
    review = bot.grader.review(interview_id)
    assert (review.cards[0].exercise, review.cards[0].grade) == (None, STILL_OPEN)
    solutions = [line for task in exercise.figures for line in task.solution]
    for kind in ("md", "html", "json"):
        assert STILL_OPEN.reason in export(review, kind)
        assert not any(line in export(review, kind) for line in solutions)
    assert bot.store.grades(interview_id) == ()
    bot.interviewer.end(interview_id)
    assert all(line in export(bot.grader.review(interview_id), "json") for line in solutions)


def test_a_written_case_is_followed_up_as_a_case(bot: Prepbot) -> None:
    """A case without a step is asked for once, in its own word."""
    page = b"Bell Ringer\nFunction: Music\nAbout Bell Ringer\nRings bells.\nPrimary Activities\n- Ringing: Ring them\n"
    page += b"Selection Process\nSkills Assessment\nA test.\nInterview Questions\nHow do you ring?\nMusic\n"
    entry = bot.roles.add("bell.txt", page)
    transcript = sit_by_script(bot.interviewer, bot.planner.drill(entry.role, stage="assessment", seed=5), ["asdf"])
    assert isinstance(transcript.interview.plan.questions[0].exercise, WrittenCase)
    [probe] = probes(transcript.interview)
    assert "the case" in probe


def test_the_terminal_prints_the_table_before_its_tasks(bot: Prepbot) -> None:
    """The table stands in columns between the situation and the first task; no other turn changes."""
    transcript, _ = sat(bot, "x", "y")
    ask = next(turn for turn in transcript.interview.turns if turn.kind == "ask")
    lines = spoken(transcript.interview, ask).splitlines()
    table = first_exercise(transcript.interview.plan).table
    assert len({len(line) for line in lines[2 : 3 + len(table.rows)]}) == 1
    assert lines[2].split("  ")[0] == table.header[0]
    assert lines[4 + len(table.rows)].startswith("1. ")


def test_a_scripted_interview_carries_what_there_was_to_look_at(bot: Prepbot) -> None:
    """The record holds each exercise that was set, by the question's id, with its table and tasks."""
    transcript, _ = sat(bot, "x")
    record = transcript.record()
    exercise = first_exercise(transcript.interview.plan)
    sheet = record["exercises"][transcript.interview.plan.questions[0].id]
    assert sheet["table"]["header"] == list(exercise.table.header)
    assert sheet["tasks"] == list(exercise.tasks)


def test_every_export_shows_the_marks_and_the_solution(bot: Prepbot) -> None:
    """JSON, Markdown and HTML hold each task's verdict and its worked solution, and none of them a band."""
    transcript, card = sat(bot, "Nothing.", "Nothing <b>at all</b>.")
    review = bot.grader.review(transcript.interview_id)
    exercise = first_exercise(transcript.interview.plan)
    line = exercise.figures[0].solution[-1]
    record = json.loads(export(review, "json"))["cards"][0]
    assert record["exercise"]["marks"][0]["solution"][-1] == line
    assert record["grade"]["band"] is None
    assert card.exercise is not None
    html, markdown = export(review, "html"), export(review, "md")
    assert line.split(" = ")[-1] in html
    assert line.split(" = ")[-1] in markdown
    for text in (html, markdown):
        assert score_words(card.exercise) in text
        assert "Band 1 of 5" not in text
    assert "<b>at all</b>" not in html
