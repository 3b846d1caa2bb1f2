"""A thousand scripted interviews with candidates of every kind, over every shipped role."""

import pytest

from evals.interviews import CANDIDATES, run
from prepbot.analysis.answer_model import AnswerModel
from prepbot.domain.gap import GapKind
from prepbot.domain.role import StageKind
from prepbot.retrieval.embedding import MiniLmEmbedder


@pytest.mark.slow
def test_a_thousand_interviews_keep_the_houses_order() -> None:
    """Good, vague, silent, unreadable and manipulating candidates all get through without one breach."""
    result = run(interviews=1000, seed=20261123, scorer=AnswerModel(MiniLmEmbedder()))
    assert result.violations == ()
    assert result.interviews == 1000
    assert result.stage_kinds == {kind.value for kind in StageKind}
    assert {"steering", "empty_answer", "gibberish", "copied_question", "no_result", "last_time"} <= set(result.probes)


def test_without_the_embedded_model_the_order_is_the_same() -> None:
    """By words alone a hundred interviews end without a breach as well."""
    assert run(interviews=10 * len(CANDIDATES), seed=7).violations == ()


def test_every_gap_that_scripts_can_reach_is_a_known_one() -> None:
    """The probes counted are kinds of gap, nothing else."""
    assert set(run(interviews=20, seed=3).probes) <= {kind.value for kind in GapKind}
