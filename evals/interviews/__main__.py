"""`python -m evals.interviews NAME`: one whole interview of a scripted candidate as a transcript, to be read."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from random import Random

from evals.interviews.desk import open_desk
from evals.interviews.rules import breaches
from evals.interviews.sitting import candidates, role_of, sit
from prepbot.analysis.answer_model import AnswerModel
from prepbot.domain.interview import Interview
from prepbot.domain.plan import Length
from prepbot.retrieval.embedding import MiniLmEmbedder


def transcript(interview: Interview) -> Iterator[str]:
    """The interview line by line; what a follow-up is asked for stands before it."""
    stage = -1
    for turn in interview.turns:
        if turn.stage != stage:
            stage = turn.stage
            yield f"\n== {interview.plan.stages[stage].name} =="
        speaker = interview.plan.stages[stage].interviewer.name.split()[0]
        who = speaker if turn.speaker == "interviewer" else "        "
        yield f"{who:>8}{f' [{turn.gap.kind}]' if turn.gap else ''}: {turn.text}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one interview and its breaches."""
    parser = argparse.ArgumentParser(prog="python -m evals.interviews", description=__doc__)
    parser.add_argument("candidate", choices=candidates())
    parser.add_argument("--seed", type=int, default=1, help="of the plan and of the candidate's choices")
    parser.add_argument("--length", choices=["short", "full"], default="short")
    chosen = parser.parse_args(arguments)
    desk = open_desk(AnswerModel(MiniLmEmbedder()))
    role = desk.roles[role_of(chosen.candidate, desk, chosen.seed)]
    plan = desk.planner.interview(role, Length(chosen.length), seed=chosen.seed)
    interview = sit(desk, plan, chosen.candidate, Random(chosen.seed), astray=False)
    print(f"{chosen.candidate}, {role.title}, {chosen.length}, seed {chosen.seed}", *transcript(interview), sep="\n")
    for rule, words in breaches(interview, role):
        print(f"\nBREACH {rule}: {words}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
