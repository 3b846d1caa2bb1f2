"""The suites of `python -m evals`. A further one is an object with a name and run(options), added to SUITES."""

from evals.suite import Suite
from evals.suites.ablation import Ablation
from evals.suites.agreement import Agreement
from evals.suites.coach import Coach
from evals.suites.contradictions import Contradictions
from evals.suites.families import FAMILIES
from evals.suites.figures import Figures
from evals.suites.follow_ups import FollowUps
from evals.suites.gaming import Gaming
from evals.suites.guard import Guard
from evals.suites.integrity import Repeatable, Spans
from evals.suites.interviewer import Interviewer
from evals.suites.model_attacks import ModelAttacks
from evals.suites.other_questions import OtherQuestions
from evals.suites.own_questions import OwnQuestions
from evals.suites.pages import Pages
from evals.suites.retrieval import Retrieval

SUITES: tuple[Suite, ...] = (
    Pages(),
    *FAMILIES,
    Agreement(),
    Spans(),
    Repeatable(),
    Retrieval(),
    Figures(),
    Ablation(),
    Gaming(),
    OtherQuestions(),
    OwnQuestions(),
    Interviewer(),
    FollowUps(),
    Contradictions(),
    Coach(),
    Guard(),
    ModelAttacks(),
)

APART = frozenset(
    {
        *("retrieval", "figures", "ablation", "gaming", "other-questions", "own-questions"),
        *("interviewer", "follow-ups", "contradictions", "coach", "guard", "model-attacks"),
    }
)
"""Suites that read texts of their own and may run in another process. They stand last: the others wait for none."""
