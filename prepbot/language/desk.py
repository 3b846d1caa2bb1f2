"""Which model does what, by the settings: one client for each purpose, one circuit for each endpoint."""

from functools import cached_property
from urllib.parse import urlsplit

from prepbot.language.call import Terms
from prepbot.language.circuit import Circuit
from prepbot.language.client import ModelClient
from prepbot.language.endpoints import Endpoints
from prepbot.language.model import build_model
from prepbot.language.prices import Budget, price_of
from prepbot.language.reply_cache import CachedClient, ReplyCache
from prepbot.model_ports import Ledger, Purpose
from prepbot.ports import Clock
from prepbot.settings import ModelKeys, Settings

ENDPOINTS_FILE = "endpoints.json"
REPLIES_FOLDER = "replies"


class ModelDesk:
    """Gives the models of the settings. Nothing is imported, built or sent before a client is asked something.

    Raises BadInput at once for a price that cannot be read.
    """

    def __init__(self, settings: Settings, keys: ModelKeys, ledger: Ledger, clock: Clock) -> None:
        self._settings = settings
        self._keys = keys
        self._ledger = ledger
        self._clock = clock
        self._circuits: dict[str, Circuit] = {}
        self._endpoints = Endpoints(settings.cache_dir / ENDPOINTS_FILE)
        self._clients = {name: self._client(name) for name in self._names}

    def client(self, purpose: Purpose) -> ModelClient | None:
        """The model for a purpose, None where it is switched off or none is set."""
        name = self._settings.model_for(purpose)
        return self._clients[name] if name else None

    def opinions(self) -> tuple[ModelClient, ...]:
        """The models asked for a second opinion, in the order of the setting: other ones than the analyst."""
        return tuple(self._clients[name] for name in self._settings.opinion_models)

    def cached(self, purpose: Purpose, salt: str = "") -> CachedClient | None:
        """The model for a purpose with its replies kept, for evals and regrades. `salt` tells repetitions apart."""
        client = self.client(purpose)
        if client is None:
            return None
        sampling = (
            f"{self._settings.temperature} {self._settings.model_seed} {_host(self.base_url(client.name))} {salt}"
        )
        return CachedClient(client, ReplyCache(self._settings.cache_dir / REPLIES_FOLDER), sampling)

    def clients(self) -> tuple[ModelClient, ...]:
        """Every model of the settings, each once."""
        return tuple(self._clients.values())

    def base_url(self, name: str) -> str | None:
        """The address set for a model of this name, None for its provider's own."""
        return self._keys.openai_base_url if name.startswith("openai:") else None

    @cached_property
    def _names(self) -> tuple[str, ...]:
        purposes = (Purpose.VOICE, Purpose.ANALYST, Purpose.COACH)
        named = [self._settings.model_for(purpose) for purpose in purposes]
        return tuple(dict.fromkeys([name for name in named if name] + list(self._settings.opinion_models)))

    def _client(self, name: str) -> ModelClient:
        settings = self._settings
        base_url = self.base_url(name)
        terms = Terms(
            deadline=settings.model_timeout,
            price=price_of(name, base_url, settings.price),
            budget=Budget(settings.budget_interview, settings.budget_day),
            attempts=settings.model_attempts,
        )
        return ModelClient(
            name,
            lambda: build_model(name, settings, self._keys),
            terms,
            self._ledger,
            self._clock,
            self._circuits.setdefault(name, Circuit()),
            self._endpoints,
            f"{name} at {_host(base_url)}",
        )


def _host(base_url: str | None) -> str:
    """Host and port of an address, without a user or a password."""
    return urlsplit(base_url).netloc.rpartition("@")[2] if base_url else "its provider"
