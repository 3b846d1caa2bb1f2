"""Replies kept by what was asked, for evals and regrades: the same prompt to the same model is paid for once.

Never for the voice: an interview is spoken live. Failures are not kept.
"""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from langchain_core.messages import AIMessage
from pydantic import BaseModel, ConfigDict, ValidationError

from prepbot.language.call import Request
from prepbot.language.client import MOST_CHARACTERS, ModelClient
from prepbot.language.failure import ModelFailed
from prepbot.language.ladder import Structured, read
from prepbot.language.prompts import FENCE
from prepbot.language.rung import Rung
from prepbot.model_ports import Purpose

_TEXT = "text"

Form = TypeVar("Form", bound=BaseModel)


class KeptReply(BaseModel):
    """A model's own text with the rung it came on; `prompt` and `model` say whose, for who looks into the folder."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    model: str
    prompt: str
    rung: Rung
    raw: str


class ReplyCache:
    """Replies under a folder, one file each; a file that cannot be read or written is as good as none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> KeptReply | None:
        """The reply kept under a key."""
        try:
            return KeptReply.model_validate_json(self._file(key).read_bytes())
        except (OSError, ValidationError):
            return None

    def put(self, key: str, reply: KeptReply) -> None:
        """Keep a reply, seen by other processes whole or not at all."""
        file = self._file(key)
        aside = file.with_suffix(f".{uuid4().hex}")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            aside.write_text(reply.model_dump_json(), encoding="utf-8")
            aside.replace(file)
        except OSError:
            return

    def _file(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json"


class CachedClient:
    """A ModelClient whose whole replies are kept. `salt` tells apart what must not share them: sampling, repetitions.

    What is found costs nothing and is not tallied. Raises as ModelClient does.
    """

    def __init__(self, client: ModelClient, cache: ReplyCache, salt: str = "") -> None:
        self.name = client.name
        self._client = client
        self._cache = cache
        self._salt = salt

    def text(self, request: Request, most_characters: int = MOST_CHARACTERS) -> str:
        """The whole reply. Raises ModelFailed."""

        def asked() -> KeptReply:
            return self._kept(request, Rung.TEXT, self._client.text(request, most_characters))

        return self._found(request, _TEXT, asked).raw

    def structured(self, request: Request, form: type[Form]) -> Structured[Form]:
        """The reply in a form. Raises ModelFailed. What was kept and no longer fits the form is asked for again."""

        def asked() -> KeptReply:
            reply = self._client.structured(request, form)
            return self._kept(request, reply.rung, reply.raw)

        schema = json.dumps(form.model_json_schema(), sort_keys=True)
        kept = self._found(request, schema, asked)
        try:
            return Structured(read(AIMessage(kept.raw), Rung.TEXT, form).value, kept.raw, kept.rung)
        except ModelFailed:
            return self._client.structured(request, form)

    def _found(self, request: Request, form: str, ask: Callable[[], KeptReply]) -> KeptReply:
        if request.purpose is Purpose.VOICE:
            return ask()
        key = self._key(request, form)
        known = self._cache.get(key)
        if known is not None:
            return known
        asked = ask()
        self._cache.put(key, asked)
        return asked

    def _kept(self, request: Request, rung: Rung, raw: str) -> KeptReply:
        return KeptReply(model=self.name, prompt=request.prompt, rung=rung, raw=raw)

    def _key(self, request: Request, form: str) -> str:
        system, user = _without_fences(request)
        parts = [self.name, self._salt, request.prompt, system, user, form]
        return sha256(json.dumps(parts).encode()).hexdigest()


def _without_fences(request: Request) -> tuple[str, str]:
    """The messages with the same word for every fence that the system message names.

    A fence is drawn anew for each call: without this no prompt would ever come twice.
    """
    system, user = request.system, request.user
    for place, fence in enumerate(dict.fromkeys(FENCE.findall(system))):
        system, user = system.replace(fence, f"fence-{place}"), user.replace(fence, f"fence-{place}")
    return system, user
