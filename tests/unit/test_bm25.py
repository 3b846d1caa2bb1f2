"""Word search: what stemming finds, what it cannot."""

import pytest

from prepbot.domain.role import Role
from prepbot.ports import Section
from prepbot.reading.library import find_role
from prepbot.retrieval.lexical import LexicalIndex, stems


@pytest.fixture(scope="module")
def role() -> Role:
    """The real page."""
    return find_role("ecommerce-specialist")[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Managing managed manages", ["manag"] * 3),
        ("A/B testing", ["a", "b", "test"]),
        ("STOCK-levels", ["stock", "level"]),
        ("", []),
        ("?!", []),
    ],
)
def test_stems_words(text: str, expected: list[str]) -> None:
    """Case, punctuation and endings do not count; what is no word is dropped."""
    assert stems(text) == expected


def test_finds_other_forms_of_a_word(role: Role) -> None:
    """A plural or a gerund finds the line that has the word in another form."""
    assert LexicalIndex().search(role, "abandoned carts", 1)[0].name == "Cart Abandonment Rate"


def test_knows_no_synonyms(role: Role) -> None:
    """A query that shares no word with the page finds nothing, rather than something arbitrary."""
    assert LexicalIndex().search(role, "zeppelin harbour", 5) == ()


def test_scores_only_lines_that_share_a_word(role: Role) -> None:
    """Every hit shares a stem with the query, and rarer words weigh more."""
    hits = LexicalIndex().search(role, "inventory turnover", 50)
    assert hits[0].name == "Inventory Turnover"
    asked = set(stems("inventory turnover inventory management"))
    topics = {question.id: " ".join(question.topics) for question in role.questions}
    assert all(asked & set(stems(f"{hit.text} {topics.get(hit.name, '')}")) for hit in hits)


def test_remembers_more_roles_than_it_keeps(role: Role) -> None:
    """Roles pushed out of memory are simply indexed again."""
    from dataclasses import replace

    index = LexicalIndex()
    first = index.search(role, "bounce rate", 3, Section.KPI)
    for n in range(12):
        index.search(replace(role, sha256=f"{n:064d}"), "bounce rate")
    assert index.search(role, "bounce rate", 3, Section.KPI) == first
