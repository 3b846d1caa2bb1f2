"""Settings, from the environment or a .env file: everything a deployment may change without touching code."""

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from platformdirs import user_cache_path, user_data_path
from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from prepbot.errors import BadInput
from prepbot.model_ports import Purpose

OFF = "off"


class Settings(BaseSettings):
    """What can be set. Names carry the prefix PREPBOT_; OPENAI_API_KEY and OPENAI_BASE_URL keep their usual names.

    `model` is "provider:model" and serves as voice, analyst and coach, unless one of them has a model of its own or is
    "off". `second_opinions` lists further models, with commas. `model_timeout` are the seconds of one whole call.
    `openai_embeddings` is a model of OpenAI's, used for search alone; with `embeddings` off search is by words.
    `price` is "prompt,reply" in US dollars for a million tokens, the budgets are US dollars.
    """

    model_config = SettingsConfigDict(env_prefix="PREPBOT_", env_file=".env", extra="ignore", frozen=True)

    database_url: str = ""
    data_dir: Path = user_data_path("prepbot", appauthor=False)
    cache_dir: Path = user_cache_path("prepbot", appauthor=False)
    embedding_model: Path | None = None
    embeddings: bool = True
    openai_embeddings: str = ""
    model: str = ""
    voice_model: str = ""
    analyst_model: str = ""
    coach_model: str = ""
    second_opinions: str = ""
    temperature: float | None = Field(default=None, ge=0, le=2)
    model_seed: int | None = None
    model_timeout: float = Field(default=30.0, gt=0, le=600)
    model_attempts: int = Field(default=2, ge=1, le=5)
    price: str = ""
    budget_interview: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    budget_day: float | None = Field(default=None, ge=0, allow_inf_nan=False)

    @property
    def database(self) -> str:
        """The database's URL; SQLite in the data folder unless one is set."""
        return self.database_url or f"sqlite:///{self.data_dir / 'prepbot.sqlite3'}"

    @property
    def index_dir(self) -> Path:
        """Where the derived vector index lies."""
        return self.cache_dir / "index"

    def model_for(self, purpose: Purpose) -> str:
        """The model for a purpose as "provider:model", empty for none."""
        own = {
            Purpose.VOICE: self.voice_model,
            Purpose.ANALYST: self.analyst_model,
            Purpose.COACH: self.coach_model,
        }.get(purpose, "")
        name = (own or self.model).strip()
        return "" if name.casefold() == OFF else name

    @property
    def opinion_models(self) -> tuple[str, ...]:
        """The models of `second_opinions` but the analyst itself: a model sampled twice is no second opinion."""
        listed = [name.strip() for name in self.second_opinions.split(",") if name.strip()]
        return tuple(name for name in dict.fromkeys(listed) if name != self.model_for(Purpose.ANALYST))


def _is_address(text: str) -> str:
    parts = urlsplit(text)
    if text and not (parts.scheme in {"http", "https"} and parts.hostname):
        raise ValueError
    return text


class ModelKeys(BaseSettings):
    """The key and address of a language model. Read late, shown never: an address may hold a password."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True, hide_input_in_errors=True)

    openai_api_key: SecretStr | None = None
    openai_base_url: Annotated[str, AfterValidator(_is_address)] | None = Field(default=None, repr=False)


def load_settings() -> Settings:
    """The settings of the environment. Raises BadInput that names the one that cannot be used."""
    try:
        return Settings()
    except ValidationError as exc:
        wrong = exc.errors()[0]
        name = f"PREPBOT_{'_'.join(str(step) for step in wrong['loc'])}".upper()
        raise BadInput(f"The setting {name} is “{wrong['input']}”: {wrong['msg'].lower()}.") from exc


def load_keys() -> ModelKeys:
    """The key and address of the environment. Raises BadInput for an address that is none, without its words."""
    try:
        return ModelKeys()
    except ValidationError:
        raise BadInput("The setting OPENAI_BASE_URL is no address; write it like http://localhost:8080/v1.") from None
