"""What every AnswerScorer keeps: the model that ships, and its scores as they are stored for training."""

from dataclasses import dataclass

import numpy as np
import pytest

from evals.training.out_of_fold import OutOfFold, stored
from prepbot.analysis.answer_model import WINDOW, AnswerModel
from prepbot.analysis.normalise import normalise
from prepbot.analysis.passage import prepare, scored
from prepbot.analysis.sentences import segments_of
from prepbot.errors import ModelUnavailable
from prepbot.ports import AnswerScorer, AnswerScores, KpiTexts
from prepbot.retrieval.embedding import MiniLmEmbedder

QUESTION, KIND = "How would you ensure a seamless checkout?", "hypothetical"
NAMES = ("parts", "kpis", "levels", "relevance", "ownership")
KPIS: KpiTexts = (
    ("Cart Abandonment Rate: baskets left behind", "shoppers who fill a basket and leave"),
    ("Bounce Rate",),
)
SHORT = "I removed six fields, so fewer people gave up before paying. It took two weekends."
LONG = " ".join(f"On day {day} I packed {day + 3} boxes and wrote down who had ordered them." for day in range(60))


@dataclass(frozen=True, slots=True)
class Sample:
    """A text with its ranges, as training stores it."""

    question: str
    text: str
    segments: tuple[tuple[int, int], ...]
    units: tuple[tuple[int, int], ...]


def _sample(text: str) -> Sample:
    plain = normalise(text)
    passage = prepare(plain, segments_of(plain.text))
    segments = tuple((segment.start, segment.end) for segment in passage.segments)
    return Sample(QUESTION, plain.text, segments, tuple((unit.text.start, unit.text.end) for unit in passage.units))


SAMPLES = tuple(_sample(text) for text in (SHORT, LONG, "SEO", "…", "Ja 🙂 ok then"))


@pytest.fixture(scope="module")
def model() -> AnswerModel:
    """The model that ships."""
    return AnswerModel(MiniLmEmbedder())


@pytest.fixture(scope="module", params=["model", "stored"])
def scorer(request: pytest.FixtureRequest, model: AnswerModel) -> AnswerScorer:
    """Each adapter in turn."""
    if request.param == "model":
        return model
    found = {(one.question, one.text): _score(model, one) for one in SAMPLES if one.segments}
    rows = stored(found, [one for one in SAMPLES if one.segments])
    listed = [row | {name: [list(r) for r in row[name]] for name in ("segments", "units")} for row in rows]
    return OutOfFold(model.name, model.version, {(row["question"], row["text"]): row for row in listed})


def _score(scorer: AnswerScorer, sample: Sample) -> AnswerScores:
    return scorer.score(sample.question, KIND, sample.text, sample.segments, sample.units, KPIS)


@pytest.mark.parametrize("sample", [one for one in SAMPLES if one.segments], ids=lambda one: one.text[:12])
def test_every_range_and_kpi_has_its_finite_row(scorer: AnswerScorer, sample: Sample) -> None:
    """Scores have the shapes that the port names, and no number is missing, however long or odd the text."""
    scores = _score(scorer, sample)
    assert scores.parts.shape == (len(sample.segments), 6)
    assert scores.kpis.shape == (len(sample.units), len(KPIS), 2)
    assert scores.levels.shape == (len(sample.units), 3)
    assert (scores.relevance.shape, scores.ownership.shape) == ((3,), (3,))
    assert all(
        np.isfinite(getattr(scores, name)).all() for name in ("parts", "kpis", "levels", "relevance", "ownership")
    )


def test_the_same_answer_has_the_same_scores(scorer: AnswerScorer) -> None:
    """Scoring twice gives the same numbers to the last bit."""
    first, second = _score(scorer, SAMPLES[0]), _score(scorer, SAMPLES[0])
    assert all(np.array_equal(getattr(first, name), getattr(second, name)) for name in NAMES)


def test_leaving_out_the_topic_changes_no_other_score(scorer: AnswerScorer) -> None:
    """Without the directions of topic and question every other number is the same to the last bit."""
    sample = SAMPLES[0]
    whole = _score(scorer, sample)
    less = scorer.score(sample.question, KIND, sample.text, sample.segments, sample.units, KPIS, topic=False)
    names = ("parts", "kpis", "levels", "relevance", "ownership")
    assert all(np.array_equal(getattr(whole, name), getattr(less, name)) for name in names)


def test_a_long_answer_is_read_window_by_window(model: AnswerModel) -> None:
    """An answer of several windows has scores for its last sentence too, and they are not all alike."""
    sample = SAMPLES[1]
    assert len(sample.text.split()) > WINDOW
    parts = _score(model, sample).parts
    assert not np.allclose(parts[0], parts[-1])


def test_what_was_never_stored_is_said_so(model: AnswerModel) -> None:
    """A store without the answer raises, and the passage stays without scores rather than with wrong ones."""
    empty = OutOfFold("answer-model", model.version, {})
    with pytest.raises(ModelUnavailable, match="make model"):
        _score(empty, SAMPLES[0])
    passage = prepare(normalise(SHORT), segments_of(SHORT))
    assert scored(passage, QUESTION, KIND, KPIS, empty).scores is None


def test_a_model_file_that_is_not_the_pinned_one_is_refused(tmp_path: object) -> None:
    """Heads without their model raise one sentence that says what to do."""
    with pytest.raises(ModelUnavailable, match="install prepbot again"):
        AnswerModel(None, tmp_path)  # type: ignore[arg-type]
