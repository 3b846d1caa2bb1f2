"""How a role is cut into chunks, and how text is counted."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from prepbot.domain.role import Activity, Kpi, Question, QuestionKind, Role, Stage, StageKind
from prepbot.minilm import whole_characters
from prepbot.ports import Section
from prepbot.reading.library import library_roles
from prepbot.resources import resource
from prepbot.retrieval.chunk import MAX_PIECES, Chunk, chunk_role, split_text
from prepbot.tokens import (
    ENCODING_FILE,
    count_tokens,
    count_word_pieces,
    tiktoken_folder,
)

ROLE = Role(
    id="baker",
    title="Baker",
    function="Food",
    about="Bakes bread.",
    about_line=3,
    activities=(Activity("Knead dough", "Work the dough by hand", 6), Activity("Sweep up", "", 7)),
    kpis=(Kpi("Loaves (per hour)", "Loaves baked in an hour", 10),),
    stages=(Stage("Trial shift", StageKind.ASSESSMENT, "You bake for a morning", 14),),
    questions=(
        Question("q01", "How do you proof dough?", ("Dough", "Craft"), QuestionKind.KNOWLEDGE, 20),
        Question("q02", "Why baking?", (), QuestionKind.BACKGROUND, 24),
    ),
    sha256="ab" * 32,
)


def words(text: str) -> int:
    """A word counter that stands in for both tokenizers."""
    return len(text.split())


def chunks(role: Role) -> dict[str, Chunk]:
    """The role's chunks by id, counted in words."""
    return {chunk.id: chunk for chunk in chunk_role(role, words, words)}


def test_one_chunk_an_item() -> None:
    """Each item is one chunk with its section, name and line, in the page's order."""
    expected = [
        ("about-001", Section.ABOUT, "Baker", 3),
        ("activity-001", Section.ACTIVITY, "Knead dough", 6),
        ("activity-002", Section.ACTIVITY, "Sweep up", 7),
        ("kpi-001", Section.KPI, "Loaves (per hour)", 10),
        ("stage-001", Section.STAGE, "Trial shift", 14),
        ("question-001", Section.QUESTION, "q01", 20),
        ("question-002", Section.QUESTION, "q02", 24),
    ]
    found = chunk_role(ROLE, words, words)
    assert [(chunk.id, chunk.section, chunk.name, chunk.line) for chunk in found] == expected


def test_embeds_the_item_in_its_context() -> None:
    """The text names the section and the item; the views are the heading and the wording alone, where they are."""
    found = chunks(ROLE)
    assert found["kpi-001"].text == "KPI - Loaves (per hour): Loaves baked in an hour"
    assert found["kpi-001"].views == ("Loaves (per hour)", "Loaves baked in an hour")
    assert found["question-001"].text == "interview question - Dough, Craft: How do you proof dough?"
    assert found["question-002"].views == ("Why baking?",)
    assert found["activity-002"].text == "activity - Sweep up"
    assert found["activity-002"].views == ("Sweep up",)
    assert "You bake for a morning" in found["stage-001"].text


def test_source_is_the_documents_line() -> None:
    """On every shipped page, each chunk's source is the line of the page that its number names."""
    for role in library_roles():
        page = resource(f"knowledge/{role.id.replace('-', '_')}.txt").read_text(encoding="utf-8").splitlines()
        for chunk in chunk_role(role, words, count_word_pieces):
            assert chunk.source == page[chunk.line - 1].strip()


def test_counts_tokens_of_the_text() -> None:
    """A chunk's tokens are those of its text."""
    for chunk in chunk_role(ROLE, count_tokens, count_word_pieces):
        assert chunk.tokens == count_tokens(chunk.text) > 0


def test_skips_what_a_page_lacks() -> None:
    """A role without an about line and without items has no chunks."""
    empty = replace(ROLE, about="", activities=(), kpis=(), stages=(), questions=())
    assert chunk_role(empty, words, words) == ()


def test_long_item_is_split_under_its_heading() -> None:
    """An item over the window becomes parts that fit, each under the heading, together saying all of it."""
    text = " ".join(f"Sentence number {n} says a thing about bread." for n in range(200))
    role = replace(ROLE, activities=(Activity("Knead dough", text, 6),))
    parts = [chunk for chunk in chunk_role(role, words, words) if chunk.section is Section.ACTIVITY]
    assert len(parts) > 1
    assert [part.id for part in parts] == [f"activity-001.{n}" for n in range(1, len(parts) + 1)]
    assert all(part.text.startswith("activity - Knead dough: Sentence number") for part in parts)
    assert all(words(part.text) <= MAX_PIECES for part in parts)
    assert " ".join(part.views[-1] for part in parts) == text
    assert {part.source for part in parts} == {f"- Knead dough: {text}"}


def test_endless_heading_is_split_too() -> None:
    """A name longer than the window is cut like text, and no part is over the window."""
    role = replace(ROLE, kpis=(Kpi("very " * 900 + "long", "x", 10),))
    parts = [chunk for chunk in chunk_role(role, count_tokens, count_word_pieces) if chunk.section is Section.KPI]
    assert len(parts) > 2
    assert all(count_word_pieces(part.text) <= MAX_PIECES for part in parts)


@given(st.text(max_size=400), st.integers(min_value=1, max_value=40))
def test_splitting_loses_no_character(text: str, room: int) -> None:
    """Whatever the text, its parts hold every character but blanks, in order."""
    parts = split_text(text, room, words)
    assert "".join("".join(parts).split()) == "".join(text.split())


@given(st.text(alphabet="abc日本. ", max_size=300), st.integers(min_value=3, max_value=40))
def test_parts_fit_the_room(text: str, room: int) -> None:
    """Whatever the text, no part has more word pieces than the room allows."""
    assert all(count_word_pieces(part) <= room for part in split_text(text, room, count_word_pieces))


def test_counts_like_o200k() -> None:
    """Token counts are those of the o200k_base encoding; a special marker in a text is plain text."""
    assert count_tokens("") == 0
    assert count_tokens("hello world") == 2
    assert count_tokens("<|endoftext|>") > 1
    assert count_tokens("\ud800") > 0


def test_lone_surrogates_become_question_marks() -> None:
    """A broken character does not stop a tokenizer."""
    assert whole_characters("a\ud800b") == "a?b"
    assert count_word_pieces("a \ud800 b") == 3


def test_encoding_is_lent_as_a_checked_copy(tmp_path: Path) -> None:
    """The folder that tiktoken reads is the user's, and holds the shipped encoding byte for byte."""
    folder = tiktoken_folder(tmp_path)
    assert folder.is_relative_to(tmp_path)
    shipped = resource("knowledge/tiktoken") / ENCODING_FILE
    assert (folder / ENCODING_FILE).read_bytes() == shipped.read_bytes()
    assert [path.name for path in folder.iterdir()] == [ENCODING_FILE]


def test_damaged_encoding_is_replaced(tmp_path: Path) -> None:
    """A copy that was cut short is replaced from the shipped file, not downloaded."""
    copy = tiktoken_folder(tmp_path) / ENCODING_FILE
    whole = copy.read_bytes()
    copy.write_bytes(whole[:1000])
    assert (tiktoken_folder(tmp_path) / ENCODING_FILE).read_bytes() == whole


def test_unwritable_cache_falls_back_on_the_shipped_encoding(tmp_path: Path) -> None:
    """Where the cache folder cannot be made, the shipped folder serves."""
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    assert tiktoken_folder(blocked) == resource("knowledge/tiktoken")


def test_word_pieces_come_from_the_pinned_tokenizer() -> None:
    """Word pieces are MiniLM's: a known sentence has its known count."""
    assert count_word_pieces("cart abandonment rate") == 3
