"""Replies kept by what was asked: found again for the same prompt, model and form, and never for the voice."""

from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import BaseModel, Field

from prepbot.language.call import Request
from prepbot.language.failure import ModelFailed
from prepbot.language.prompts import random_fence
from prepbot.language.reply_cache import CachedClient, ReplyCache
from prepbot.language.scripted import ScriptedChatModel
from prepbot.model_ports import Purpose
from prepbot.storage.memory import MemoryStore
from tests.models import scripted_client

REQUEST = Request(
    Purpose.ANALYST, "analyst.v1", "Data stands between marks with 01234567.", "<a 01234567>Hi</a 01234567>"
)
JSON = 'Sure: ```json\n{"word": "yes"}\n```'


class _Form(BaseModel):
    word: str


class _OtherForm(BaseModel):
    word: str = Field(min_length=4)


def _cached(folder: Path, *lines: str | Exception, salt: str = "") -> tuple[CachedClient, ScriptedChatModel]:
    client, chat = scripted_client(*lines)
    return CachedClient(client, ReplyCache(folder), salt), chat


def test_the_same_question_is_asked_once(tmp_path: Path) -> None:
    """A text and a form come from the folder the second time, also for another process, and word for word."""
    first, chat = _cached(tmp_path, "Do this.", JSON)
    assert [first.text(REQUEST), first.structured(REQUEST, _Form).value.word] == ["Do this.", "yes"]
    again, silent = _cached(tmp_path)
    reply = again.structured(REQUEST, _Form)
    assert again.text(REQUEST) == "Do this."
    assert (reply.value.word, reply.raw) == ("yes", JSON)
    assert (len(chat.history), len(silent.history)) == (2, 0)


def test_a_fence_drawn_anew_is_no_other_question(tmp_path: Path) -> None:
    """The random mark around data does not count; a code that only the data holds does."""
    client, chat = _cached(tmp_path, "one", "two")
    drawn = random_fence()
    other = Request(
        REQUEST.purpose,
        REQUEST.prompt,
        REQUEST.system.replace("01234567", drawn),
        REQUEST.user.replace("01234567", drawn),
    )
    assert [client.text(REQUEST), client.text(other)] == ["one", "one"]
    assert client.text(replace(REQUEST, user=REQUEST.user.replace("Hi", "aaaaaaaa"))) == "two"
    assert len(chat.history) == 2


@pytest.mark.parametrize(
    "changed",
    [
        replace(REQUEST, user="Something else."),
        replace(REQUEST, system="You are somebody else."),
        replace(REQUEST, prompt="analyst.v2"),
    ],
)
def test_another_question_is_asked(changed: Request, tmp_path: Path) -> None:
    """Another prompt, another version and other data are asked anew."""
    client, _ = _cached(tmp_path, "one", "two")
    assert [client.text(REQUEST), client.text(changed)] == ["one", "two"]


def test_another_form_and_another_salt_are_asked(tmp_path: Path) -> None:
    """What is asked for, and what a caller tells apart, belong to the question."""
    client, _ = _cached(tmp_path, JSON, '{"word": "surely"}')
    assert client.structured(REQUEST, _Form).value.word == "yes"
    assert client.structured(REQUEST, _OtherForm).value.word == "surely"
    assert _cached(tmp_path, '{"word": "run two"}', salt="2")[0].structured(REQUEST, _Form).value.word == "run two"


def test_the_voice_is_never_kept(tmp_path: Path) -> None:
    """What an interviewer says is asked for every time, and nothing of it lies in the folder."""
    client, _ = _cached(tmp_path, "one", "two")
    spoken = replace(REQUEST, purpose=Purpose.VOICE)
    assert [client.text(spoken), client.text(spoken)] == ["one", "two"]
    assert not list(tmp_path.rglob("*.json"))


def test_a_failure_is_not_kept(tmp_path: Path) -> None:
    """After a failure the next call asks again."""
    client, _ = _cached(tmp_path, "no form at all", JSON)
    with pytest.raises(ModelFailed):
        client.structured(REQUEST, _Form)
    assert client.structured(REQUEST, _Form).value.word == "yes"


@pytest.mark.parametrize("damage", [b"", b"{", b'{"model": "x"}'])
def test_a_damaged_file_is_as_good_as_none(damage: bytes, tmp_path: Path) -> None:
    """What cannot be read is asked for again."""
    client, _ = _cached(tmp_path, "one", "two")
    client.text(REQUEST)
    (file,) = tmp_path.rglob("*.json")
    file.write_bytes(damage)
    assert client.text(REQUEST) == "two"


def test_what_is_found_costs_nothing(tmp_path: Path) -> None:
    """A reply from the folder is no call."""
    ledger = MemoryStore()
    asked, _ = scripted_client("one", ledger=ledger)
    client = CachedClient(asked, ReplyCache(tmp_path))
    assert [client.text(REQUEST), client.text(REQUEST)] == ["one", "one"]
    assert ledger.spending().calls == 1


def test_a_folder_that_cannot_be_written_costs_no_reply(tmp_path: Path) -> None:
    """Where a file stands in the folder's place the reply is given all the same."""
    place = tmp_path / "replies"
    place.write_text("a file")
    client, _ = _cached(place, "one")
    assert client.text(REQUEST) == "one"
