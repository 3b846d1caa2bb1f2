"""Three hundred scripted interviews (`make interviews`: twelve hundred), every candidate, over every shipped role."""

import pytest

from evals.interviews import candidates, run
from prepbot.analysis.answer_model import AnswerModel
from prepbot.domain.gap import GapKind
from prepbot.domain.plan import Length
from prepbot.domain.role import StageKind
from prepbot.reading.library import library_roles
from prepbot.retrieval.embedding import MiniLmEmbedder


@pytest.mark.slow
@pytest.mark.parametrize("count", [300, pytest.param(1200, marks=pytest.mark.whole)])
def test_interviews_keep_the_houses_order(count: int) -> None:
    """People with a story and people without one, over all roles, rooms and lengths, and not one breach."""
    result = run(interviews=count, seed=20261123)
    assert result.violations == ()
    assert result.interviews == count
    assert result.lengths == {length.value for length in Length}
    assert result.roles == {role.id for role in library_roles()}
    assert result.stage_kinds == {kind.value for kind in StageKind}
    # Without vectors the analyst never doubts that an answer is to the question.
    assert set(result.probes) >= {kind.value for kind in GapKind} - {GapKind.OFF_QUESTION}


@pytest.mark.slow
def test_with_the_embedded_model_the_order_is_the_same() -> None:
    """The analyst that reads with vectors finds other gaps; the rules hold for them too."""
    assert run(interviews=3 * len(candidates()), seed=7, scorer=AnswerModel(MiniLmEmbedder())).violations == ()


def test_every_candidate_gets_through_one_interview() -> None:
    """A quick look at each candidate once."""
    assert run(interviews=len(candidates()), seed=3).violations == ()
