"""What only the job advert asks for: read from its lines, compared with the role page by words and by nearness."""

import pytest

from prepbot.advert_check import AdvertChecker
from prepbot.analysis.surface import PlainSurface
from prepbot.domain.advert import MOST_TOPICS
from prepbot.domain.role import Role
from prepbot.errors import BadInput, NotFound
from prepbot.ports import Embedder
from prepbot.reading.advert import DocumentAdverts, read_advert
from prepbot.reading.library import find_role
from prepbot.reading.resume_rules import load_advert_forms, load_resume_rules
from prepbot.retrieval.embedding import MiniLmEmbedder
from prepbot.storage.memory import MemoryStore
from prepbot.wiring import SystemClock

TEXT = """E-commerce Specialist (m/f/d)
About us
We are a family business with 80 people, and you will love our lamps.

Your tasks
- Manage our online store, including pricing and product listings
- Keep an eye on competitors and their prices
- Negotiate with marketplaces such as Amazon and Zalando

Your profile
- 3+ years of experience in e-commerce
- Good knowledge of HTML and CSS
- Fluent in German
- Driving licence

What we offer
- Experience in a team that bakes cakes
Contact: jobs@lampen.example
"""

FILLER = f"About us\n{'We are nice people. ' * 6}\n"


def advert_checker(embedder: Embedder | None = None, store: MemoryStore | None = None) -> AdvertChecker:
    """A checker with the shipped rules, on a store of its own."""
    return AdvertChecker(
        store or MemoryStore(),
        DocumentAdverts(),
        PlainSurface(load_resume_rules().verbs),
        load_advert_forms(),
        SystemClock(),
        embedder,
    )


def _seed() -> Role:
    return find_role("ecommerce-specialist")[0]


def _topics(text: str, embedder: Embedder | None = None) -> list[str]:
    checker = advert_checker(embedder)
    return [topic.name for topic in checker.check(_seed(), checker.read_pasted(text)).topics]


def test_tasks_and_requirements_are_asks() -> None:
    """Lines under tasks and requirements ask for something; praise, benefits and addresses do not."""
    asks = read_advert(TEXT, "ad").asks
    assert [ask.topic for ask in asks] == [
        "Manage our online store, including pricing and product listings",
        "Keep an eye on competitors and their prices",
        "Negotiate with marketplaces such as Amazon and Zalando",
        "E-commerce",
        "HTML and CSS",
        "German",
        "Driving licence",
    ]
    assert [ask.line for ask in asks] == [6, 7, 8, 11, 12, 13, 14]
    assert asks[2].names == ("Amazon", "Zalando")


def test_a_contact_in_the_middle_hides_no_tasks() -> None:
    """What stands after a heading like "Contact" is read again from the next heading that asks for something."""
    text = TEXT.replace("Your profile", "Contact\nMrs. Lund, jobs@lampen.example\nYour profile")
    assert [ask.topic for ask in read_advert(text, "ad").asks] == [ask.topic for ask in read_advert(TEXT, "ad").asks]


def test_an_advert_without_sections_is_read_by_its_cues() -> None:
    """In running text the sentences that ask for something are found."""
    text = (
        "Lampen GmbH sells lamps to half of Europe, and the mood is good. You have solid experience with Shopware. "
        "The canteen is famous for its soup. Knowledge of the ERP system SAP is a plus."
    )
    assert [ask.topic for ask in read_advert(text, "ad").asks] == ["Shopware", "ERP system SAP is a plus"]


def test_extra_topics_are_what_the_page_does_not_name() -> None:
    """What the page names is left out, the rest is marked as the advert's, with its line."""
    checker = advert_checker()
    topics = checker.check(_seed(), checker.read_pasted(TEXT)).topics
    names = [topic.name for topic in topics]
    assert "Manage our online store, including pricing and product listings" not in names
    assert "E-commerce" not in names
    assert names[1:] == [
        "Negotiate with marketplaces such as Amazon and Zalando",
        "HTML and CSS",
        "German",
        "Driving licence",
    ]
    assert {topic.source for topic in topics} == {"job advert"}


@pytest.mark.parametrize(
    "ask",
    [
        "Keep an eye on competitors and their prices",
        "Enjoy analysing sales figures and spotting trends",
        "Answer customers by chat, mail and telephone",
        "Plan campaigns in search engines and social networks",
        "Make our web shop faster and easier to use",
        "Keep product texts and photos up to date",
    ],
)
def test_an_ask_in_other_words_is_no_extra_topic(ask: str) -> None:
    """With sentence vectors an ask that the page names in other words is recognised."""
    assert _topics(f"{FILLER}Your tasks\n- {ask}", MiniLmEmbedder()) == []


@pytest.mark.parametrize(
    "ask",
    [
        "Driving licence",
        "Fluent in German and English",
        "Knowledge of HTML and CSS",
        "Manage our online store on Shopware 6, including pricing and product listings",
        "Experience with SAP or another ERP system",
        "Lead a team of two working students",
        "Prepare the yearly stocktaking for the auditor",
    ],
)
def test_an_ask_that_is_news_is_an_extra_topic(ask: str) -> None:
    """What the page does not name stays a topic with vectors too, and so does a tool's name in a known task."""
    assert len(_topics(f"{FILLER}Your tasks\n- {ask}", MiniLmEmbedder())) == 1


def test_topics_are_few_and_none_comes_twice() -> None:
    """The same ask twice is one topic, and a long advert gives at most twelve."""
    many = "".join(f"- Knowledge of Tool{n} and Machine{n}\n" * 2 for n in range(30))
    topics = _topics(f"Requirements\n{many}")
    assert len(topics) == len(set(topics)) == MOST_TOPICS


def test_an_advert_that_asks_for_nothing_new_says_so() -> None:
    """Where the page names everything, or nothing is asked, a notice says so."""
    checker = advert_checker()
    known = checker.read_pasted(f"{FILLER}Requirements\n- 3 years of experience in e-commerce")
    assert "names everything" in checker.check(_seed(), known).notices[0]
    empty = checker.read_pasted("We are nice people. " * 10)
    assert "asks for a skill or names a duty" in checker.check(_seed(), empty).notices[0]


def test_too_few_words_are_no_advert() -> None:
    """A link or a title asks for the whole text."""
    with pytest.raises(BadInput, match=r"“ad” holds fewer than 20 words; paste the whole text"):
        read_advert("https://jobs.example/12345", "ad")


def test_an_endless_advert_is_cut_with_a_sentence() -> None:
    """Of a text far too long the beginning is read, and the notice says so."""
    assert "longer than an advert" in read_advert(TEXT + "You must have patience. " * 3000, "ad").notices[0]


def test_an_advert_is_kept_beside_its_role() -> None:
    """A kept advert is read the same again, until it is removed."""
    checker = advert_checker()
    advert = checker.read_pasted(TEXT)
    assert checker.kept(_seed()) is None
    checker.keep(_seed(), advert)
    assert checker.kept(_seed()) == advert
    checker.forget(_seed())
    with pytest.raises(NotFound):
        checker.forget(_seed())
