"""Sentences as vectors: the embedded MiniLM model, and a hashing embedder for tests and machines without it."""

import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from prepbot.errors import ModelUnavailable
from prepbot.minilm import first_line, load_word_piece_tokenizer, open_session, whole_characters
from prepbot.ports import Vectors
from prepbot.resources import resource

if TYPE_CHECKING:
    import onnxruntime

MODEL_SHA256 = "bdb724f5daf28179f434aa0dcc626e6e86a09d6e06cc6a9fb95354274d45e763"
"""knowledge/minilm/model.onnx: all-MiniLM-L6-v2 with int8 weights, from `python -m evals.training.embedding_model`."""

_DIMENSIONS = 384
_MAX_PIECES = 256
_MAX_CHARACTERS = 16_384  # far beyond 256 word pieces; keeps a pasted book from being tokenized whole


class VectorCache:
    """The vectors of the texts seen last, at most `size` of them, shared by threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._vectors: OrderedDict[bytes, Vectors] = OrderedDict()

    def get(self, key: bytes) -> Vectors | None:
        """The vector stored under `key`, now the most recently used, or None."""
        with self._lock:
            if key in self._vectors:
                self._vectors.move_to_end(key)
            return self._vectors.get(key)

    def put(self, key: bytes, vector: Vectors) -> None:
        """Stores a vector; the least recently used one makes room."""
        with self._lock:
            self._vectors[key] = vector
            self._vectors.move_to_end(key)
            while len(self._vectors) > self._size:
                self._vectors.popitem(last=False)

    def __len__(self) -> int:
        return len(self._vectors)


class MiniLmEmbedder:
    """all-MiniLM-L6-v2 on ONNX Runtime, one thread: 384 dimensions, mean-pooled, L2-normalised, 256 word pieces.

    `model` points to another ONNX file with MiniLM's tokenizer, inputs and first output; `version` is then that
    file's own hash. Raises ModelUnavailable where the model is missing, is not the pinned one, or does not load.
    """

    def __init__(self, model: Path | None = None, cache_size: int = 4096) -> None:
        path = model or resource("knowledge/minilm/model.onnx")
        digest = _model_sha256(path)
        if model is None and digest != MODEL_SHA256:
            raise ModelUnavailable(
                f"The embedding model {path} is not the one prepbot was tested with (sha256 {digest[:12]}…); "
                "install prepbot again."
            )
        self.name = "minilm-l6-v2-int8" if model is None else f"onnx-{path.stem}"
        self.version = digest[:16]
        self._model = _OnnxModel(path)
        self._tokenizer = load_word_piece_tokenizer()
        self._tokenizer.enable_truncation(_MAX_PIECES)
        self._cache = VectorCache(cache_size)
        if model is not None:  # the pinned file is known to work; another one proves it now
            self._try_out()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One L2-normalised row a text, shape (len(texts), 384). Raises ModelUnavailable."""
        keys = [hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).digest() for text in texts]
        found = {key: self._cache.get(key) for key in keys}
        missing = {key: text for key, text in zip(keys, texts, strict=True) if found[key] is None}
        for key, vector in self._compute(missing).items():
            found[key] = vector
            self._cache.put(key, vector)
        rows = [found[key] for key in keys]
        if not rows:
            return np.zeros((0, _DIMENSIONS), dtype=np.float32)
        return np.stack([row for row in rows if row is not None])

    def _try_out(self) -> None:
        try:
            shape = self._model(self._pieces("a")).shape
        except ModelUnavailable:
            raise
        except Exception as exc:  # as in loading: no common root
            raise ModelUnavailable(
                f"The embedding model {self.name} does not run ({first_line(exc)}); point to a MiniLM ONNX file."
            ) from exc
        if shape != (_DIMENSIONS,):
            raise ModelUnavailable(
                f"The embedding model {self.name} makes vectors of {shape[-1]} numbers, not {_DIMENSIONS}; "
                "point to a MiniLM ONNX file."
            )

    def _compute(self, texts: dict[bytes, str]) -> dict[bytes, Vectors]:
        """Each text by itself: the model's activations are scaled by what is read together, a batch would blur them."""
        return {key: self._model(self._pieces(text)) for key, text in texts.items()}

    def _pieces(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(whole_characters(text[:_MAX_CHARACTERS])).ids
        return ids


class _OnnxModel:
    """One ONNX session, loaded at its first use: word-piece ids in, normalised mean-pooled vectors out."""

    def __init__(self, path: Path) -> None:
        if find_spec("onnxruntime") is None:
            raise ModelUnavailable("The embedding model has no onnxruntime to run on; install prepbot again.")
        self._path = path
        self._lock = threading.Lock()
        self._session: onnxruntime.InferenceSession | None = None

    def load(self) -> "onnxruntime.InferenceSession":
        """The session, loaded once however many threads ask. Raises ModelUnavailable."""
        with self._lock:
            if self._session is None:
                self._session = open_session(self._path)
            return self._session

    def __call__(self, pieces: Sequence[int]) -> Vectors:
        ids = np.array([pieces], dtype=np.int64)
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        hidden: Vectors = self.load().run(None, inputs)[0]
        row: Vectors = unit_rows(hidden.mean(axis=1))[0]
        return row


class HashingEmbedder:
    """Word and letter-triple hashing: quick, deterministic, no model. Finds shared words and word stems only."""

    name = "hashing"
    version = "1"

    def __init__(self, dimensions: int = 512) -> None:
        self._dimensions = dimensions

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One L2-normalised row a text, shape (len(texts), dimensions)."""
        rows = np.zeros((len(texts), self._dimensions), dtype=np.float32)
        rows[:, 0] = 0.01  # a text without a word still has a direction
        for row, text in zip(rows, texts, strict=True):
            for word in re.findall(r"\w+", text.casefold()):
                self._add(row, word, 1.0)
                for start in range(len(word) - 2):
                    self._add(row, word[start : start + 3], 0.3)
        return unit_rows(rows)

    def _add(self, row: Vectors, feature: str, weight: float) -> None:
        digest = hashlib.blake2b(feature.encode("utf-8", "replace"), digest_size=8).digest()
        place = int.from_bytes(digest[:4], "little") % self._dimensions
        row[place] += weight if digest[4] & 1 else -weight


def _model_sha256(path: Path) -> str:
    """The model file's hash: 15 ms for 22 MB, so it is taken each time the model is loaded."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as exc:
        raise ModelUnavailable(f"The embedding model {path} cannot be read ({exc.strerror}).") from exc


def unit_rows(rows: Vectors) -> Vectors:
    """The rows, each brought to length 1."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Vectors = (rows / np.maximum(lengths, 1e-12)).astype(np.float32)
    return unit
