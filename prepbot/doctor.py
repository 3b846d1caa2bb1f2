"""What this installation has and lacks, each with what to do about it. Shows no secret."""

import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from prepbot.analysis.answer_model import AnswerModel
from prepbot.errors import ModelUnavailable, PrepbotError, StoreUnavailable
from prepbot.language.model import package_of, split_name
from prepbot.model_ports import Ledger, Purpose
from prepbot.ports import Embedder
from prepbot.reading.pages import DocumentPages
from prepbot.resources import resource
from prepbot.retrieval.embedding import MiniLmEmbedder
from prepbot.settings import ModelKeys, Settings
from prepbot.storage.memory import MemoryStore
from prepbot.storage.store import SqlStore
from prepbot.wiring import (
    SystemClock,
    analysts,
    open_answer_model,
    open_embedder,
    open_models,
    open_openai_embedder,
    open_search,
)

if TYPE_CHECKING:
    from prepbot.language.client import ModelClient

PACKAGES = ("streamlit", "chromadb", "langchain", "langchain-openai", "langchain-chroma", "openai", "sqlalchemy")
_SHIPPED = ("app.py", "static", ".streamlit/config.toml", "knowledge/metrics.toml", "knowledge/analyst.json", "prompts")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `state` is "ok", "off" (works without) or "missing"; `advice` says what to do."""

    name: str
    state: str
    detail: str
    advice: str = ""

    def record(self) -> dict[str, str]:
        """The finding with its keys."""
        return asdict(self)

    def text(self) -> str:
        """The finding as one line."""
        advice = f" {self.advice}" if self.advice else ""
        return f"{self.state:8}{self.name}: {self.detail}{advice}"


def examine(settings: Settings, keys: ModelKeys) -> tuple[Finding, ...]:
    """Look at everything in turn. Opens the database and builds nothing else."""
    return (
        *_versions(),
        *_shipped(),
        *_folders(settings),
        _database(settings),
        *_embedding_and_index(settings),
        _answer_model(settings),
        _engine(settings),
        *_language_model(settings, keys),
    )


def probe(settings: Settings, keys: ModelKeys) -> Iterator[Finding]:
    """Ask every model of the settings a few small things: the only part of the doctor that sends anything.

    What it takes is kept in the database like every call of a model.
    """
    try:
        store: Ledger = SqlStore(settings.database)
    except StoreUnavailable:
        store = MemoryStore()
    desk = open_models(settings, store, SystemClock(), keys)
    embedder = open_openai_embedder(settings, store, SystemClock())
    if desk is None and embedder is None:
        yield Finding("probe", "off", "no language model is set, nothing was sent.")
    for client in desk.clients() if desk else ():
        yield _probed(client)
    if embedder is not None:
        yield _probed_embeddings(embedder)


def _probed(client: "ModelClient") -> Finding:
    """The rung that a model reaches for forms, and its speed; what failed, in one sentence."""
    from prepbot.language.speed import measure  # noqa: PLC0415  LangChain takes a second to import

    name = f"probe {client.name}"
    try:
        forms = f"structured replies by {client.probe()}"
    except ModelUnavailable as error:
        if client.resting:
            return Finding(name, "missing", str(error))
        forms = f"no structured replies ({error})"
    try:
        speed = measure(client)
    except ModelUnavailable as error:
        return Finding(name, "missing", f"{forms}, no stream. {error}")
    rate = "in one piece" if speed.tokens_a_second is None else f"{speed.tokens_a_second:.0f} tokens a second after it"
    return Finding(name, "ok", f"{forms}, first word after {speed.first_word:.2f} s, {rate}")


def _probed_embeddings(embedder: Embedder) -> Finding:
    """How long one short text takes."""
    began = monotonic()
    try:
        width = embedder.embed(["conversion rate"]).shape[1]
    except ModelUnavailable as error:
        return Finding(f"probe {embedder.name}", "missing", f"{error} Search goes on by words.")
    return Finding(f"probe {embedder.name}", "ok", f"{width} numbers a text after {monotonic() - began:.2f} s")


def _versions() -> Iterator[Finding]:
    yield Finding("prepbot", "ok", f"{_version('prepbot')} on Python {platform.python_version()}, {sys.platform}")
    found = {package: _version(package) for package in PACKAGES}
    missing = [package for package, known in found.items() if known is None]
    yield Finding("packages", "ok", ", ".join(f"{package} {known}" for package, known in found.items() if known))
    for package in missing:
        yield Finding("packages", "missing", f"{package} is not installed.", "Install prepbot again.")


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _shipped() -> Iterator[Finding]:
    for name in _SHIPPED:
        try:
            resource(name)
        except FileNotFoundError as missing:
            yield Finding("installation", "missing", str(missing))


def _folders(settings: Settings) -> Iterator[Finding]:
    for name, folder in (("data folder", settings.data_dir), ("cache folder", settings.cache_dir)):
        place = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
        writable = os.access(place, os.W_OK)
        advice = "" if writable else "Make it writable, or set PREPBOT_DATA_DIR and PREPBOT_CACHE_DIR."
        yield Finding(name, "ok" if writable else "missing", str(folder), advice)


def _database(settings: Settings) -> Finding:
    shown = shown_address(settings.database)
    try:
        count = len(SqlStore(settings.database).interviews())
    except StoreUnavailable as error:
        return Finding("database", "missing", f"{shown}: {error}", "See PREPBOT_DATABASE_URL.")
    return Finding("database", "ok", f"{shown}, {count} interview{'' if count == 1 else 's'}")


def shown_address(url: str) -> str:
    """A URL without its user, password and parameters, any of which may be a secret."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}{parts.path}"


def _embedding_and_index(settings: Settings) -> Iterator[Finding]:
    embedder = None
    if not settings.embeddings:
        yield Finding("embedding model", "off", "switched off", "Unset PREPBOT_EMBEDDINGS to search by meaning.")
    else:
        try:
            embedder = MiniLmEmbedder(settings.embedding_model)
            yield Finding("embedding model", "ok", f"{embedder.name} {embedder.version}")
        except ModelUnavailable as error:
            yield Finding("embedding model", "missing", str(error))
    if settings.embeddings and settings.openai_embeddings:
        yield Finding("search embeddings", "ok", f"openai:{settings.openai_embeddings}, for search alone")
    index = open_search(settings, embedder, MemoryStore(), SystemClock())
    kind = type(index).__name__
    yield Finding("index", "off" if index.notice else "ok", f"{kind} in {settings.index_dir}", index.notice or "")


def _answer_model(settings: Settings) -> Finding:
    if not settings.embeddings:
        return Finding("answer model", "off", "switched off", "Unset PREPBOT_EMBEDDINGS to grade by more than words.")
    try:
        model = AnswerModel()
        return Finding("answer model", "ok", f"{model.name} {model.version}")
    except ModelUnavailable as error:
        return Finding("answer model", "missing", str(error))


def _engine(settings: Settings) -> Finding:
    try:
        role = DocumentPages().shipped()[0].role
        scorer = open_answer_model(settings, open_embedder(settings))
        return Finding("engine", "ok", analysts(scorer)(role).engine)
    except (PrepbotError, FileNotFoundError) as error:
        return Finding("engine", "missing", str(error))


def _language_model(settings: Settings, keys: ModelKeys) -> Iterator[Finding]:
    key = "set" if keys.openai_api_key else "not set"
    address = shown_address(keys.openai_base_url) if keys.openai_base_url else "not set"
    access = f"OPENAI_API_KEY {key}, OPENAI_BASE_URL {address}"
    purposes = (Purpose.VOICE, Purpose.ANALYST, Purpose.COACH)
    named = [settings.model_for(purpose) for purpose in purposes] + list(settings.opinion_models)
    if not any(named):
        yield Finding(
            "language model",
            "off",
            f"none, the written wording speaks; {access}.",
            "To use one, set PREPBOT_MODEL=openai:MODEL and OPENAI_API_KEY or OPENAI_BASE_URL.",
        )
    for name in dict.fromkeys(filter(None, named)):
        yield _named_model(name, keys, access)


def _named_model(name: str, keys: ModelKeys, access: str) -> Finding:
    """Whether what a model needs is there; nothing is sent."""
    try:
        provider, _ = split_name(name)
    except ModelUnavailable as error:
        return Finding("language model", "missing", str(error))
    if provider == "openai" and not (keys.openai_api_key or keys.openai_base_url):
        return Finding("language model", "missing", f"{name}; {access}.", "Set one of the two.")
    if provider not in {"openai", "fake"} and find_spec(f"langchain_{provider}") is None:
        package = package_of(provider)
        return Finding("language model", "missing", f"{name} needs {package}.", f"pip install {package}")
    return Finding("language model", "ok", f"{name}; {access}.")
