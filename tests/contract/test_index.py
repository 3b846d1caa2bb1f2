"""What every Index keeps to, run on Chroma with the model, on Chroma with the fake, and on word search."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from prepbot.domain.role import Role
from prepbot.errors import BadInput
from prepbot.ports import Embedder, Index, Section
from prepbot.reading.library import find_role, library_roles
from prepbot.resources import resource
from prepbot.retrieval.embedding import HashingEmbedder, MiniLmEmbedder
from prepbot.retrieval.index import ChromaIndex, open_index
from prepbot.retrieval.lexical import NOTICE, LexicalIndex


@pytest.fixture(scope="module")
def role() -> Role:
    """The real page."""
    return find_role("ecommerce-specialist")[0]


@pytest.fixture(scope="module", params=["chroma-minilm", "chroma-hashing", "lexical"])
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """Each adapter of the port in turn."""
    if request.param == "lexical":
        yield LexicalIndex()
        return
    embedder: Embedder = MiniLmEmbedder() if request.param == "chroma-minilm" else HashingEmbedder()
    chroma = ChromaIndex(tmp_path_factory.mktemp("index"), embedder)
    yield chroma
    chroma.close()


@pytest.mark.parametrize(
    ("query", "section", "name", "start"),
    [
        ("cart abandonment rate", Section.KPI, "Cart Abandonment Rate", "- Cart Abandonment Rate: The percentage"),
        ("monitor competitor activities", Section.ACTIVITY, "Monitor Competitor Activities", "- Monitor Comp"),
        ("second-round interview", Section.STAGE, "Second-round interview", "Second-round interview"),
        ("contacting your provided references", Section.STAGE, "Reference check", "Reference check"),
        ("A/B testing for websites", Section.QUESTION, "q18", "How do you approach A/B testing"),
        (
            "what is an E-commerce Specialist about",
            Section.ABOUT,
            "E-commerce Specialist",
            "About E-commerce Specialist: M",
        ),
    ],
)
def test_finds_an_item_by_its_words(
    index: Index, role: Role, query: str, section: Section, name: str, start: str
) -> None:
    """An item's own words bring it among the first three, with its section, name and line of the page."""
    hit = next(hit for hit in index.search(role, query, 3) if hit.name == name)
    assert hit.section is section
    assert hit.text.startswith(start)


def test_quotes_the_documents_own_lines(index: Index) -> None:
    """On every shipped page, each hit's text is the page's line of that number."""
    for role in library_roles():
        page = resource(f"knowledge/{role.id.replace('-', '_')}.txt").read_text(encoding="utf-8").splitlines()
        hits = index.search(role, f"{role.title} interview customer rate quality the of a", 100)
        assert len(hits) > 10
        for hit in hits:
            assert hit.text == page[hit.line - 1].strip()


def test_gives_at_most_k_best_first(index: Index, role: Role) -> None:
    """Scores fall from hit to hit, no line comes twice, and a smaller k gives the head of the same list."""
    hits = index.search(role, "customer satisfaction and reviews", 10)
    assert 0 < len(hits) <= 10
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.line for hit in hits}) == len(hits)
    assert index.search(role, "customer satisfaction and reviews", 3) == hits[:3]


@pytest.mark.parametrize("section", list(Section))
def test_keeps_to_a_section(index: Index, role: Role, section: Section) -> None:
    """Asked for one section, it returns lines of that section only, and finds some."""
    hits = index.search(role, "E-commerce interview rate online", 50, section)
    assert hits
    assert {hit.section for hit in hits} == {section}


@pytest.mark.parametrize("query", ["", "   ", "\n\t"])
def test_blank_query_finds_nothing(index: Index, role: Role, query: str) -> None:
    """A blank query has no hits and is no error."""
    assert index.search(role, query) == ()


@pytest.mark.parametrize("query", ["x" * 50_000, "\ud800", "' OR 1=1 --", "{$where: 1}", "東京"])
def test_takes_any_query(index: Index, role: Role, query: str) -> None:
    """Long, broken and hostile queries are searched for like any other."""
    assert len(index.search(role, query, 2)) <= 2


@pytest.mark.parametrize("k", [0, -3])
def test_refuses_a_k_below_one(index: Index, role: Role, k: int) -> None:
    """Asking for no hits is refused in a sentence with the number."""
    with pytest.raises(BadInput, match=str(k)):
        index.search(role, "stock", k)


def test_keeps_roles_apart(index: Index) -> None:
    """A search in one role never returns a line of another, in whatever order roles are asked."""
    roles = library_roles()
    for role in (*roles, *reversed(roles)):
        names = {role.title}
        names |= {item.name for item in (*role.activities, *role.kpis, *role.stages)}
        names |= {question.id for question in role.questions}
        assert {hit.name for hit in index.search(role, "customer interview rate of time", 30)} <= names


def test_follows_a_changed_page(index: Index, role: Role) -> None:
    """When the page changes, under the same id, the new line is found and the old one is gone."""
    index.search(role, "bounce rate", 3)
    kpis = tuple(replace(kpi, name="Wombat Quota") if kpi.name == "Bounce Rate" else kpi for kpi in role.kpis)
    changed = replace(role, kpis=kpis, sha256="0" * 64)
    assert index.search(changed, "wombat quota", 1)[0].name == "Wombat Quota"
    assert "Bounce Rate" not in {hit.name for hit in index.search(changed, "bounce rate", 100)}
    assert index.search(role, "bounce rate", 1)[0].name == "Bounce Rate"


def test_finds_nothing_in_an_empty_role(index: Index, role: Role) -> None:
    """A role without a single item has no hits."""
    empty = replace(role, about="", activities=(), kpis=(), stages=(), questions=(), sha256="1" * 64)
    assert index.search(empty, "anything") == ()


def test_long_item_comes_once(index: Index, role: Role) -> None:
    """An item of many hundred words is found by what its end says, and comes as one hit."""
    text = "We look after the shop window. " * 90 + "We count zeppelins. " * 60
    long = replace(role, activities=(replace(role.activities[0], text=text),), sha256="2" * 64)
    hits = index.search(long, "count zeppelins", 20)
    assert hits[0].name == role.activities[0].name
    assert [hit.name for hit in hits].count(role.activities[0].name) == 1


def test_serves_threads_at_once(index: Index, role: Role) -> None:
    """Eight threads searching at once each get what one would."""
    expected = index.search(role, "stock levels", 5)
    results: list[bool] = []

    def search() -> None:
        results.extend(index.search(role, "stock levels", 5) == expected for _ in range(5))

    threads = [threading.Thread(target=search) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [True] * 40


def test_says_when_it_searches_by_words_only(tmp_path: Path, role: Role) -> None:
    """Without an embedder the index that opens works and carries a notice; with one it carries none."""
    words = open_index(tmp_path, None)
    assert words.notice == NOTICE
    assert words.search(role, "inventory turnover", 1)[0].name == "Inventory Turnover"
    assert open_index(tmp_path, HashingEmbedder()).notice is None
