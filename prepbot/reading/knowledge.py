"""A TOML file of knowledge/ -> a checked value, with one clear sentence where the file breaks its format."""

import tomllib
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from prepbot.errors import BadInput
from prepbot.resources import resource

Text = Annotated[str, Field(min_length=1)]
Count = Annotated[int, Field(ge=0)]
_Model = TypeVar("_Model")


class Entry(BaseModel):
    """A table of a knowledge file: every key is known."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def read_knowledge(name: str, shape: TypeAdapter[_Model]) -> _Model:
    """The file `name` ("knowledge/stages.toml") in its shape. Raises BadInput for a file that breaks its format."""
    try:
        return shape.validate_python(tomllib.loads(resource(name).read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as exc:
        raise BadInput(f"{name} is not valid TOML: {exc}; correct the line it names.") from exc
    except ValidationError as exc:
        first = exc.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise BadInput(f"{name} breaks its format at {place}: {first['msg']}; correct that entry.") from exc
