"""`inspect eval evals/inspect/task.py --model openai/gpt-5-mini`: the analyst's prompt under inspect_ai."""

from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import ChatMessageSystem, ChatMessageUser
from inspect_ai.scorer import Score, Scorer, Target, mean, scorer, stderr
from inspect_ai.solver import TaskState, generate

from evals.inspect.samples import AnalystSample, samples


@scorer(metrics={"*": [mean(), stderr()]})
def as_the_product_grades(known: dict[str, AnalystSample]) -> Scorer:
    """Reads a completion as prepbot does, and compares the bands with the labelled one."""

    async def score(state: TaskState, target: Target) -> Score:
        completion = state.output.completion
        return Score(
            value=dict(known[str(state.sample_id)].scores(completion)),
            answer=completion,
            explanation=f"The labelled band is {target.text}.",
        )

    return score


@task
def prepbot_analyst(dataset: str = "answers_dev2", most: int = 1_000) -> Task:
    """Every answer of an open set once: `-T dataset=answers_dev -T most=20`."""
    known = {one.id: one for one in samples(dataset, most)}
    rows = [
        Sample(
            id=one.id,
            input=[ChatMessageSystem(content=one.system), ChatMessageUser(content=one.user)],
            target=str(one.band),
        )
        for one in known.values()
    ]
    return Task(
        dataset=MemoryDataset(rows, name=dataset), solver=generate(), scorer=as_the_product_grades(known), version=1
    )
