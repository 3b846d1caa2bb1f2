"""One question again: the drill behind "Try it again"."""

from dataclasses import replace

from prepbot.domain.plan import Length, Plan
from prepbot.errors import NotFound


def retry_plan(plan: Plan, question_id: str) -> Plan:
    """A plan of the one question in its own room, as it was planned. Raises NotFound for a question not in `plan`."""
    for stage in plan.stages:
        for question in stage.questions:
            if question.id == question_id:
                again = replace(stage, questions=(question,), follow_ups=stage.follow_ups_per_question, minutes=4)
                return replace(plan, length=Length.DRILL, stages=(again,), focus=question.text)
    raise NotFound(f"This interview did not ask “{question_id}”; choose one of its own questions.")
