"""A TOML file of knowledge/ -> values of the shape that is expected, or one sentence that names the wrong entry."""

import tomllib
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from prepbot.errors import BadInput
from prepbot.resources import resource

_Shape = TypeVar("_Shape")


def read_knowledge(name: str, shape: TypeAdapter[_Shape]) -> _Shape:
    """The content of a shipped file such as "knowledge/metrics.toml". Raises BadInput where it breaks its format."""
    try:
        return shape.validate_python(tomllib.loads(resource(name).read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as exc:
        raise BadInput(f"{name} is not valid TOML: {exc}; correct the line it names.") from exc
    except ValidationError as exc:
        first = exc.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise BadInput(f"{name} breaks its format at {place}: {first['msg']}; correct that entry.") from exc
