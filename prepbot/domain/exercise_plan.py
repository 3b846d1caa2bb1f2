"""Where a plan's exercises go: into each skills assessment, before its other questions, stored whole."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from prepbot.domain.exercise import Exercise, WrittenCase
from prepbot.domain.plan import Length, Plan, PlannedQuestion, PlannedStage
from prepbot.domain.role import QuestionKind, StageKind

Draw = Callable[[int], Sequence[Exercise | WrittenCase]]
"""Draws this many exercises, two or three, the best fit first; fewer where the role yields fewer."""

TOPIC = "Exercise"
MINUTES_A_TASK = 2
FEWEST, MOST = 2, 3


def with_exercises(plan: Plan, draw: Draw) -> Plan:
    """The plan with exercises in its assessments: one in a short interview, two or three in a longer one or a drill.

    Where there are several assessments, each in turn gets the next exercise.
    """
    rooms = [place for place, stage in enumerate(plan.stages) if stage.kind is StageKind.ASSESSMENT]
    if not rooms:
        return plan
    drawn = draw(min(max(len(rooms), FEWEST), MOST))
    dealt = [as_question(one) for one in (drawn[:1] if plan.length is Length.SHORT else drawn)]
    stages = list(plan.stages)
    for turn, place in enumerate(rooms):
        stages[place] = _with(stages[place], dealt[turn :: len(rooms)])
    return replace(plan, stages=tuple(stages))


def with_fresh_exercise(plan: Plan, drawn: Sequence[Exercise | WrittenCase]) -> Plan:
    """A retry's plan with its exercise replaced, by one of the same family where one was drawn; others stay.

    The figures of the first one stand solved in the review.
    """
    (stage,) = plan.stages
    (question,) = stage.questions
    if question.exercise is None or not drawn:
        return plan
    again = as_question(next((one for one in drawn if _family(one) == _family(question.exercise)), drawn[0]))
    return replace(plan, stages=(replace(stage, questions=(again,)),), focus=again.heading)


def _family(exercise: Exercise | WrittenCase) -> str:
    return exercise.family if isinstance(exercise, Exercise) else ""


def as_question(exercise: Exercise | WrittenCase) -> PlannedQuestion:
    """An exercise as a question: its situation and its tasks, as they are read out."""
    name = f"exercise-{exercise.family}" if isinstance(exercise, Exercise) else "case"
    tasks = exercise.tasks
    lines = [f"{number}. {task}" for number, task in enumerate(tasks, start=1)] if len(tasks) > 1 else tasks
    return PlannedQuestion(
        id=f"{name}-{exercise.seed}",
        text="\n".join([exercise.situation, *lines]),
        kind=QuestionKind.HYPOTHETICAL,
        topics=(TOPIC,),
        exercise=exercise,
    )


def minutes_for(exercise: Exercise | WrittenCase) -> int:
    """About how long an exercise takes. Nothing ends when they are over."""
    return MINUTES_A_TASK * max(2, len(exercise.tasks))


def _with(stage: PlannedStage, exercises: Sequence[PlannedQuestion]) -> PlannedStage:
    minutes = sum(minutes_for(question.exercise) for question in exercises if question.exercise is not None)
    return replace(
        stage,
        questions=(*exercises, *stage.questions),
        minutes=stage.minutes + minutes,
        follow_ups=stage.follow_ups + len(exercises),
    )
