"""The answer model: MiniLM trained on labelled interview answers, read in one pass beside the question.

Its card is knowledge/answer_model/README.md; `make model` trains it. It proposes numbers; the rules and the small
regressions of this folder decide, and every span is cut from the answer by code.
"""

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from prepbot.analysis.silence import states_nothing
from prepbot.errors import ModelUnavailable
from prepbot.minilm import file_sha256, load_word_piece_tokenizer, open_session, whole_characters
from prepbot.ports import AnswerScores, Embedder, KpiTexts, Vectors
from prepbot.resources import resource

if TYPE_CHECKING:
    import onnxruntime

WINDOW = 330
"""Word pieces of an answer that are read at once; a longer answer is read window by window."""
QUESTION_PIECES = 48
TEXT_PIECES = 60
_BEGIN, _SEPARATE = 101, 102
_BATCH = 16
_ROLES_KEPT = 16
_MANY_WORDS = 60

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Heads:
    """Linear layers on the model's vectors, each (outputs, inputs + 1) with the bias last.

    `parts` and `levels` read a range's vector with one of its surroundings, `relevance` the opening's with the
    whole's, `ownership` the whole's.
    """

    parts: Vectors
    relevance: Vectors
    ownership: Vectors
    levels: Vectors


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text as word pieces with the code points that each covers."""

    ids: tuple[int, ...]
    offsets: tuple[Range, ...]


class AnswerModel:
    """Satisfies ports.AnswerScorer with ONNX Runtime on one thread.

    `embedder` gives the topic of answer and question, without it both stay None. `folder` holds model.onnx and
    heads.json; the shipped ones by default. Raises ModelUnavailable where a file is
    missing, or is not the one that heads.json names.
    """

    name = "answer-model"

    def __init__(self, embedder: Embedder | None = None, folder: Path | None = None) -> None:
        self._embedder = embedder
        folder = folder or resource("knowledge/answer_model")
        self._path = folder / "model.onnx"
        try:
            data = json.loads((folder / "heads.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as exc:
            raise ModelUnavailable(f"The answer model in {folder} cannot be read; install prepbot again.") from exc
        if file_sha256(self._path) != data["model_sha256"]:
            raise ModelUnavailable(f"The answer model {self._path} is damaged or missing; install prepbot again.")
        self.version = str(data["model_sha256"])[:16]
        self._heads = heads_from(data)
        self._tokenizer = load_word_piece_tokenizer()
        self._loading = threading.Lock()
        self._session: onnxruntime.InferenceSession | None = None
        self._kpi_vectors = lru_cache(maxsize=_ROLES_KEPT)(self._embed_kpis)

    def score(
        self,
        question: str,
        kind: str,
        text: str,
        segments: Sequence[Range],
        units: Sequence[Range],
        kpis: KpiTexts,
        *,
        topic: bool = True,
    ) -> AnswerScores:
        """The scores of `text`. The first call for a role embeds its KPIs' texts (about 0.4 s).

        Where much of an answer states no part, the rest is judged once more by itself: what pads an answer neither
        lends to its parts nor takes from them.
        """
        asked = self._pieces(f"{kind}: {question}").ids[:QUESTION_PIECES]
        answer = self._pieces(text)
        scores = self._judged(asked, answer, segments, units, kpis)
        silent = _silent(segments, text, scores.parts)
        if silent:
            rest = self._judged(asked, _without(answer, silent), segments, units, kpis)
            scores = _beside(scores, rest, segments, units, silent)
        if not topic:
            return scores
        return replace(
            scores,
            topic=self._topic([text[start:end] for start, end in segments if (start, end) not in silent]),
            asked=self._topic([question]),
        )

    def _judged(
        self, asked: Sequence[int], answer: Pieces, segments: Sequence[Range], units: Sequence[Range], kpis: KpiTexts
    ) -> AnswerScores:
        states, openings, owners = self._read(asked, answer)
        parts = pooled(states, answer.offsets, segments)
        named = pooled(states, answer.offsets, units)
        openings_of = np.stack([openings[_window_of(owners, answer.offsets, found)] for found in segments])
        around = np.stack([parts[_holding(segments, unit)] for unit in units])
        whole = states.mean(axis=0) if len(states) else openings.mean(axis=0)
        return AnswerScores(
            parts=_linear(self._heads.parts, np.hstack([parts, openings_of])),
            relevance=_linear(self._heads.relevance, np.concatenate([openings.mean(axis=0), whole])[None])[0],
            ownership=_linear(self._heads.ownership, whole[None])[0],
            kpis=nearness(named, self._kpi_vectors(kpis)),
            levels=_linear(self._heads.levels, np.hstack([named, around])),
        )

    def _topic(self, texts: Sequence[str]) -> Vectors | None:
        """The direction of the texts together, each weighted by its words."""
        if self._embedder is None:
            return None
        weights = np.array([len(text.split()) for text in texts], dtype=np.float32)
        return unit_length(weights @ self._embedder.embed(texts))

    def _read(self, asked: Sequence[int], answer: Pieces) -> tuple[Vectors, Vectors, list[int]]:
        """The answer's token vectors, the opening vector of each window, and the window of each token."""
        states, openings, owners = [], [], []
        starts = range(0, max(len(answer.ids), 1), WINDOW)
        for number, start in enumerate(starts):
            ids = answer.ids[start : start + WINDOW]
            row = [_BEGIN, *asked, _SEPARATE, *ids, _SEPARATE]
            hidden = self._run([row], [len(asked) + 2])[0]
            states.append(hidden[len(asked) + 2 : len(row) - 1])
            openings.append(hidden[0])
            owners += [number] * len(ids)
        return np.concatenate(states), np.stack(openings), owners

    def _embed_kpis(self, kpis: KpiTexts) -> tuple[Vectors, ...]:
        """For each KPI the normalised vectors of its texts, shape (texts, 384)."""
        texts = list(dict.fromkeys(text for group in kpis for text in group))
        rows = {text: [_BEGIN, *self._pieces(text).ids[:TEXT_PIECES], _SEPARATE] for text in texts}
        ordered = sorted(texts, key=lambda text: len(rows[text]))
        vectors: dict[str, Vectors] = {}
        for start in range(0, len(ordered), _BATCH):
            batch = ordered[start : start + _BATCH]
            hidden = self._run([rows[text] for text in batch], [len(rows[text]) for text in batch])
            for text, states in zip(batch, hidden, strict=True):
                vectors[text] = unit_length(states[: len(rows[text])].mean(axis=0))
        return tuple(np.stack([vectors[text] for text in group]) for group in kpis)

    def _pieces(self, text: str) -> Pieces:
        found = self._tokenizer.encode(whole_characters(text), add_special_tokens=False)
        return Pieces(tuple(found.ids), tuple(found.offsets))

    def _run(self, rows: Sequence[Sequence[int]], second_from: Sequence[int]) -> Vectors:
        """Token vectors, shape (rows, longest, 384). Tokens from `second_from[i]` on are the second text's."""
        width = max(len(row) for row in rows)
        ids = np.zeros((len(rows), width), dtype=np.int64)
        mask = np.zeros_like(ids)
        kinds = np.zeros_like(ids)
        for index, row in enumerate(rows):
            ids[index, : len(row)] = row
            mask[index, : len(row)] = 1
            kinds[index, second_from[index] : len(row)] = 1
        inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": kinds}
        hidden: Vectors = self._load().run(None, inputs)[0]
        return hidden

    def _load(self) -> "onnxruntime.InferenceSession":
        with self._loading:
            if self._session is None:
                self._session = open_session(self._path)
            return self._session


def _silent(segments: Sequence[Range], text: str, parts: Vectors) -> list[Range]:
    """The segments that state no part, where they are many words and something else is stated; else none."""
    found = [place for place, nothing in zip(segments, states_nothing(parts), strict=True) if nothing]
    words = sum(len(text[start:end].split()) for start, end in found)
    return found if words >= _MANY_WORDS and len(found) < len(segments) else []


def _without(answer: Pieces, silent: Sequence[Range]) -> Pieces:
    kept = [
        (token, place)
        for token, place in zip(answer.ids, answer.offsets, strict=True)
        if not any(start < place[1] and place[0] < end for start, end in silent)
    ]
    return Pieces(tuple(token for token, _ in kept), tuple(place for _, place in kept))


def _beside(
    whole: AnswerScores, rest: AnswerScores, segments: Sequence[Range], units: Sequence[Range], silent: Sequence[Range]
) -> AnswerScores:
    """The scores of the rest, with those of the silent segments as they were read in the whole."""
    aside = np.array([found in silent for found in segments])
    unit_aside = np.array([any(start <= unit[0] < end for start, end in silent) for unit in units])
    return replace(
        rest,
        parts=np.where(aside[:, None], whole.parts, rest.parts),
        kpis=np.where(unit_aside[:, None, None], whole.kpis, rest.kpis),
        levels=np.where(unit_aside[:, None], whole.levels, rest.levels),
    )


def heads_from(data: dict[str, Any]) -> Heads:
    """The heads in the content of a heads.json."""
    return Heads(*(np.asarray(data[name], dtype=np.float32) for name in ("parts", "relevance", "ownership", "levels")))


def pooled(states: Vectors, offsets: Sequence[Range], ranges: Sequence[Range]) -> Vectors:
    """The mean vector of the tokens that touch each range, zeros where none does; shape (ranges, 384)."""
    starts = np.array([start for start, _ in offsets], dtype=np.int64)
    ends = np.array([end for _, end in offsets], dtype=np.int64)
    rows = np.zeros((len(ranges), states.shape[1]), dtype=np.float32)
    for row, (start, end) in enumerate(ranges):
        inside = (starts < end) & (ends > start)
        if inside.any():
            rows[row] = states[inside].mean(axis=0)
    return rows


def nearness(rows: Vectors, kpis: Sequence[Vectors]) -> Vectors:
    """Cosines of each row to the mean of a KPI's texts and to its nearest text, shape (rows, KPIs, 2)."""
    table = np.zeros((len(rows), len(kpis), 2), dtype=np.float32)
    unit = unit_length(rows)
    for index, texts in enumerate(kpis):
        table[:, index, 0] = unit @ unit_length(texts.mean(axis=0))
        table[:, index, 1] = (unit @ texts.T).max(axis=1)
    return table


def unit_length(rows: Vectors) -> Vectors:
    """The rows scaled to length 1; zeros stay zeros."""
    scaled: Vectors = rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-9)
    return scaled


def _linear(layer: Vectors, rows: Vectors) -> Vectors:
    result: Vectors = rows @ layer[:, :-1].T + layer[:, -1]
    return result


def _window_of(owners: Sequence[int], offsets: Sequence[Range], found: Range) -> int:
    """The window that a range begins in."""
    return next(
        (own for own, (_, end) in zip(owners, offsets, strict=True) if end > found[0]), owners[-1] if owners else 0
    )


def _holding(segments: Sequence[Range], unit: Range) -> int:
    """The segment that a unit stands in."""
    return next((i for i, (start, end) in enumerate(segments) if start <= unit[0] < end), 0)
