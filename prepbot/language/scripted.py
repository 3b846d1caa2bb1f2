"""A chat model that says what it was given: for tests, and for `PREPBOT_MODEL=fake:FILE` on a machine without one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult

from prepbot.errors import ModelUnavailable


class OutOfLines(RuntimeError):
    """More was asked of a scripted model than it was given lines."""


class ScriptedChatModel(BaseChatModel):
    """Replies with its lines in order, word by word; raises OutOfLines after the last.

    `history` holds the messages of every request. A line may be an exception, which is raised instead of said.
    """

    lines: list[str | Exception]
    history: list[list[BaseMessage]] = []  # noqa: RUF012  pydantic copies it for each model

    @classmethod
    def from_file(cls, path: Path) -> "ScriptedChatModel":
        """A model that says the lines of a file. Raises ModelUnavailable for a file that cannot be read."""
        try:
            return cls(lines=list(path.read_text(encoding="utf-8").splitlines()))
        except (OSError, UnicodeDecodeError) as exc:
            raise ModelUnavailable(f"The scripted model's file {path} cannot be read: {exc}.") from exc

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def enqueue(self, *lines: str | Exception) -> None:
        """Give it more to say."""
        self.lines.extend(lines)

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,  # noqa: ARG002  LangChain's signature
        run_manager: CallbackManagerForLLMRun | None = None,  # noqa: ARG002
        **kwargs: Any,  # noqa: ARG002
    ) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=AIMessage(content=self._next_line(messages)))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,  # noqa: ARG002  LangChain's signature
        run_manager: CallbackManagerForLLMRun | None = None,  # noqa: ARG002
        **kwargs: Any,  # noqa: ARG002
    ) -> Iterator[ChatGenerationChunk]:
        for word in self._next_line(messages).split(" "):
            yield ChatGenerationChunk(message=AIMessageChunk(content=f"{word} "))

    def _next_line(self, messages: list[BaseMessage]) -> str:
        self.history.append(list(messages))
        if not self.lines:
            raise OutOfLines(f"Request {len(self.history)} came after the last line of the script.")
        line = self.lines.pop(0)
        if isinstance(line, Exception):
            raise line
        return line
