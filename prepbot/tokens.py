"""Counting text as models see it: tokens of a language model, word pieces of the embedding model.

tiktoken fetches its encodings from the network and deletes a cached copy that looks wrong; prepbot ships the
encoding, checks it, and lends tiktoken a copy in a folder that the user owns, so nothing is ever downloaded.
"""

import os
import threading
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from platformdirs import user_cache_path

from prepbot.errors import ModelUnavailable
from prepbot.minilm import file_sha256, load_word_piece_tokenizer, whole_characters
from prepbot.resources import resource

if TYPE_CHECKING:
    import tiktoken
    import tokenizers

ENCODING = "o200k_base"
ENCODING_FILE = "fb374d419588a4632f3f557e76b4b70aebbca790"
ENCODING_SHA256 = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"

_loading = threading.Lock()


def count_tokens(text: str) -> int:
    """How many tokens `text` is to a current OpenAI model; special markers in it count as plain text.

    Raises ModelUnavailable where the shipped encoding is damaged.
    """
    return len(_encoding().encode(text, disallowed_special=()))


def count_word_pieces(text: str) -> int:
    """How many word pieces `text` is to MiniLM, without the two marks around it. Raises ModelUnavailable."""
    return len(_word_pieces().encode(whole_characters(text), add_special_tokens=False).ids)


def tiktoken_folder(cache_folder: Path | None = None) -> Path:
    """The folder to name in TIKTOKEN_CACHE_DIR: a checked copy of the shipped encoding under `cache_folder`.

    `cache_folder` is PREPBOT_CACHE_DIR or the user's own cache where it is None. A copy that is missing or damaged is
    replaced from the shipped file; where the cache cannot be written, the shipped folder itself serves. Raises
    ModelUnavailable where the shipped file is damaged.
    """
    folder = (cache_folder or _user_cache()) / "tiktoken"
    if file_sha256(folder / ENCODING_FILE) == ENCODING_SHA256:
        return folder
    shipped = resource("knowledge/tiktoken") / ENCODING_FILE
    if file_sha256(shipped) != ENCODING_SHA256:
        raise ModelUnavailable(
            f"The token encoding {shipped} is damaged, so text cannot be counted; install prepbot again."
        )
    try:
        _copy(shipped, folder / ENCODING_FILE)
    except OSError:
        return shipped.parent
    return folder


@cache
def _word_pieces() -> "tokenizers.Tokenizer":
    return load_word_piece_tokenizer()


@cache
def _encoding() -> "tiktoken.Encoding":
    import tiktoken  # noqa: PLC0415 - late, see above

    with _loading:
        os.environ["TIKTOKEN_CACHE_DIR"] = str(tiktoken_folder())
        return tiktoken.get_encoding(ENCODING)


def _user_cache() -> Path:
    chosen = os.environ.get("PREPBOT_CACHE_DIR")
    return Path(chosen) if chosen else user_cache_path("prepbot")


def _copy(source: Path, target: Path) -> None:
    """Copies so that another process sees the whole file or none."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=target.parent, delete=False) as file:
        file.write(source.read_bytes())
    try:
        Path(file.name).replace(target)
    except OSError:
        with suppress(OSError):
            Path(file.name).unlink()
        raise
