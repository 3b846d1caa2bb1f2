"""Prompts as files in prompts/, one for each name and version; a released version is never edited."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from secrets import token_hex

from prepbot.resources import resource

_VARIABLE = re.compile(r"\{\{(\w+)\}\}")
_SECTION = re.compile(r"^# (system|user)\n", re.MULTILINE)
FENCE = re.compile(r"\b[0-9a-f]{8}\b")
"""What random_fence draws."""
_INVISIBLE = {"Cc", "Cf", "Co", "Cs", "Cn"}
# Servers of open models read <|im_end|>, </s> and [INST] as turns of the chat wherever they stand.
_HARMLESS = str.maketrans("<>", "‹›")
_ROLE_TAG = re.compile(r"\[(/?)(INST|SYS|SYSTEM|USER|ASSISTANT|TOOL)\]", re.IGNORECASE)


class BrokenPrompt(ValueError):
    """A prompt file without its two sections, or values that do not fit its variables."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt as read. `name` carries the version ("voice.v1"); `sha256` is the file's."""

    name: str
    system: str
    user: str
    sha256: str

    @property
    def variables(self) -> frozenset[str]:
        """The names to be filled in."""
        return frozenset(_VARIABLE.findall(self.system + self.user))

    def check(self, filled_in: frozenset[str]) -> None:
        """Raise BrokenPrompt where the names that are filled in are not just the prompt's variables."""
        missing, unused = self.variables - filled_in, filled_in - self.variables
        if missing or unused:
            raise BrokenPrompt(f"{self.name}: missing {sorted(missing)}, not used {sorted(unused)}")

    def render(self, **values: str) -> tuple[str, str]:
        """The system and the user message. Raises BrokenPrompt that lists every missing and every unused value.

        Values are put in once: a value that looks like a variable stays as it is.
        """
        self.check(frozenset(values))
        return _filled(self.system, values), _filled(self.user, values)


@cache
def load_prompt(name: str, variables: frozenset[str] | None = None) -> Prompt:
    """The prompt in prompts/<name>.md, checked against the `variables` that its caller fills in.

    Raises BrokenPrompt that lists every missing and every unused one, and FileNotFoundError.
    """
    prompt = read_prompt(name, resource(f"prompts/{name}.md").read_bytes())
    if variables is not None:
        prompt.check(variables)
    return prompt


def read_prompt(name: str, data: bytes) -> Prompt:
    """A prompt from its file's bytes. Raises BrokenPrompt where a section is missing."""
    pieces = _SECTION.split(data.decode("utf-8"))
    sections = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    if set(sections) != {"system", "user"}:
        raise BrokenPrompt(f"{name}: needs one “# system” and one “# user” section")
    return Prompt(name, sections["system"].strip(), sections["user"].strip(), sha256(data).hexdigest())


def random_fence() -> str:
    """A mark around outside text, which nobody can know before the call."""
    return token_hex(4)


def as_data(text: str, fence: str, most: int) -> str:
    """Outside text made fit to stand between two marks: no invisible characters, no mark of ours, no role tag.

    A text longer than `most` characters loses its middle.
    """
    seen = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in _INVISIBLE)
    seen = _ROLE_TAG.sub(r"(\1\2)", seen.translate(_HARMLESS))
    while fence and fence in seen:  # taking one out may join the halves of another
        seen = seen.replace(fence, "")
    seen = seen.strip()
    if len(seen) <= most:
        return seen
    half = (most - 5) // 2
    return f"{seen[:half].rstrip()} […] {seen[-half:].lstrip()}"


def _filled(template: str, values: dict[str, str]) -> str:
    return _VARIABLE.sub(lambda found: values[found.group(1)], template)
