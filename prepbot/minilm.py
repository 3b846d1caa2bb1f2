"""What both MiniLM models need, the embedding model and the answer model: their tokenizer and an ONNX session."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from prepbot.errors import ModelUnavailable
from prepbot.resources import resource

if TYPE_CHECKING:
    import onnxruntime
    import tokenizers

TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"


def whole_characters(text: str) -> str:
    """`text` with lone surrogates, which no tokenizer takes, turned into question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


def file_sha256(path: Path) -> str | None:
    """The file's hash, None where it cannot be read (15 ms for 22 MB)."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def load_word_piece_tokenizer() -> "tokenizers.Tokenizer":
    """A fresh MiniLM tokenizer, without the fixed padding and truncation its file asks for.

    Raises ModelUnavailable where the shipped file is missing or damaged.
    """
    import tokenizers  # noqa: PLC0415 - late, so that a command that reads no text stays quick

    path = resource("knowledge/minilm/tokenizer.json")
    if file_sha256(path) != TOKENIZER_SHA256:
        raise ModelUnavailable(f"The tokenizer {path} is damaged; install prepbot again.")
    tokenizer = tokenizers.Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def open_session(path: Path) -> "onnxruntime.InferenceSession":
    """The ONNX model at `path`, on one thread. Raises ModelUnavailable where it does not load."""
    import onnxruntime  # noqa: PLC0415 - late, see above

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    # Kept memory: one batch of long texts would hold 200 MB until the end, for no measurable speed.
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    # The fuller levels take 200 ms longer to load and run no faster here.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as exc:  # the runtime raises types of its own, without a common root
        raise ModelUnavailable(
            f"The model {path} cannot be loaded ({first_line(exc)}); point to a MiniLM ONNX file."
        ) from exc


def first_line(exc: Exception) -> str:
    """What an exception says, in one line."""
    return next(iter(str(exc).splitlines()), type(exc).__name__)
