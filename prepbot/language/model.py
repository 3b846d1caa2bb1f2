"""Builds the language model that PREPBOT_MODEL names, late: a missing key is no reason not to start."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prepbot.errors import ModelUnavailable
from prepbot.language.rung import Rung
from prepbot.settings import ModelKeys, Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

FAKE = "fake"
OPENAI = "openai"
_NO_KEY_NEEDED = "none"
_PACKAGES = {
    "azure_openai": "langchain-openai",
    "google_vertexai": "langchain-google-vertexai",
    "bedrock": "langchain-aws",
    "mistralai": "langchain-mistralai",
}


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """A chat model ready to be asked. `name` is "provider:model"; `rung` is set where it is known without trying.

    `tells_its_end` says that a whole stream always ends with a reason: one without was cut off.
    """

    name: str
    chat: "BaseChatModel"
    rung: Rung | None = None
    tells_its_end: bool = False


def split_name(name: str) -> tuple[str, str]:
    """The provider and the model of "provider:model". Raises ModelUnavailable for any other form."""
    provider, colon, model = name.partition(":")
    if not (colon and provider.strip() and model.strip()):
        raise ModelUnavailable(f"PREPBOT_MODEL is “{name}”; write it as provider:model, such as openai:gpt-5-mini.")
    return provider.strip(), model.strip()


def build_model(name: str, settings: Settings, keys: ModelKeys) -> LanguageModel:
    """The model called "provider:model". Nothing is sent yet.

    Raises ModelUnavailable for a name, a key or a package that is missing.
    """
    provider, model = split_name(name)
    if provider == FAKE:
        from prepbot.language.scripted import ScriptedChatModel  # noqa: PLC0415  LangChain takes a second to import

        return LanguageModel(f"{provider}:{model}", ScriptedChatModel.from_file(Path(model)), Rung.TEXT)
    chat = _init(provider, model, settings, keys)
    return LanguageModel(f"{provider}:{model}", chat, tells_its_end=provider == OPENAI)


def _init(provider: str, model: str, settings: Settings, keys: ModelKeys) -> "BaseChatModel":
    from langchain.chat_models import init_chat_model  # noqa: PLC0415  as above

    access = _openai_access(settings, keys) if provider == OPENAI else {}
    try:
        chat: BaseChatModel = init_chat_model(
            model,
            model_provider=provider,
            timeout=settings.model_timeout,
            max_retries=0,
            **access,
            **_sampling(settings),
        )
    except ImportError as exc:
        package = package_of(provider)
        raise ModelUnavailable(
            f"The provider “{provider}” needs the package {package}; install it with: pip install {package}"
        ) from exc
    except Exception as exc:
        raise ModelUnavailable(
            f"The model “{provider}:{model}” cannot be set up ({type(exc).__name__}); see PREPBOT_MODEL and its key."
        ) from exc
    return chat


def _openai_access(settings: Settings, keys: ModelKeys) -> dict[str, Any]:
    """Key, address and the client that asks there.

    A local server under OPENAI_BASE_URL needs no key, OpenAI's package insists on some string.
    """
    if keys.openai_api_key is None and not keys.openai_base_url:
        raise ModelUnavailable("OPENAI_API_KEY is not set; set it, or OPENAI_BASE_URL for a server of your own.")
    key = keys.openai_api_key.get_secret_value() if keys.openai_api_key else _NO_KEY_NEEDED
    from prepbot.language.transport import bounded_client  # noqa: PLC0415  as above

    address = {"base_url": keys.openai_base_url} if keys.openai_base_url else {}
    return {"api_key": key, "http_client": bounded_client(settings.model_timeout), **address}


def _sampling(settings: Settings) -> dict[str, Any]:
    """Temperature and seed, where they are set: some models accept neither."""
    chosen = {"temperature": settings.temperature, "seed": settings.model_seed}
    return {name: value for name, value in chosen.items() if value is not None}


def package_of(provider: str) -> str:
    """The package that brings a provider, as LangChain names them."""
    return _PACKAGES.get(provider, f"langchain-{provider.replace('_', '-')}")
