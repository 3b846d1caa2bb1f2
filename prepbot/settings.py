"""Settings, from the environment or a .env file: everything a deployment may change without touching code."""

from pathlib import Path

from platformdirs import user_cache_path, user_data_path
from pydantic import SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from prepbot.errors import BadInput


class Settings(BaseSettings):
    """What can be set. Names carry the prefix PREPBOT_; OPENAI_API_KEY and OPENAI_BASE_URL keep their usual names."""

    model_config = SettingsConfigDict(env_prefix="PREPBOT_", env_file=".env", extra="ignore", frozen=True)

    database_url: str = ""
    data_dir: Path = user_data_path("prepbot", appauthor=False)
    cache_dir: Path = user_cache_path("prepbot", appauthor=False)
    embedding_model: Path | None = None
    embeddings: bool = True
    model: str = ""
    model_timeout: float = 20.0

    @property
    def database(self) -> str:
        """The database's URL; SQLite in the data folder unless one is set."""
        return self.database_url or f"sqlite:///{self.data_dir / 'prepbot.sqlite3'}"

    @property
    def index_dir(self) -> Path:
        """Where the derived vector index lies."""
        return self.cache_dir / "index"


class ModelKeys(BaseSettings):
    """The key and address of a language model. Read late, shown never."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    openai_api_key: SecretStr | None = None
    openai_base_url: str | None = None


def load_settings() -> Settings:
    """The settings of the environment. Raises BadInput that names the one that cannot be used."""
    try:
        return Settings()
    except ValidationError as exc:
        wrong = exc.errors()[0]
        name = f"PREPBOT_{'_'.join(str(step) for step in wrong['loc'])}".upper()
        raise BadInput(f"The setting {name} is “{wrong['input']}”: {wrong['msg'].lower()}.") from exc
