"""A candidate who always has 150 words to say, never twice the same."""

from random import Random

WORDS = 150

_SENTENCES = (
    "In the spring of 20{n} our shop for garden tools lost a third of its visitors within {n} days.",
    "My task was to find out why and to bring the orders back before the season.",
    "First I compared the sessions by channel and saw that only the organic ones had fallen.",
    "I asked the developer for the list of releases and found one that had changed the page titles.",
    "Then I wrote the old titles back for the {n} best selling pages and sent the sitemap again.",
    "We also looked at the paid campaigns, because their return on ad spend had gone from {n} to 3.",
    "I moved {n} percent of that budget to the product feed and watched the cost per order every morning.",
    "The conversion rate rose from 1.{n} % to 2.{n} % over the following {n} weeks.",
    "Cart abandonment stayed where it was, at about {n} %, so I tested a shorter checkout form.",
    "Half of the visitors saw the new form and half the old one, for {n} thousand sessions.",
    "The shorter form won, and the average order value did not suffer from it.",
    "A colleague from logistics told me that parcels left the warehouse {n} hours later than promised.",
    "So I put the real dispatch time on the product page, which cost us some orders at first.",
    "Customers wrote fewer complaints, and our reviews went from 3.{n} to 4.{n} stars.",
    "What I did not do was to lower the prices, although the owner would have liked it.",
    "Looking back, I would ask for a list of changed pages before every release.",
    "It also taught me to keep a note of every figure on the day I change something.",
    "I told the team every Monday what I had tried and what it had brought.",
    "The newsletter got a new subject line, and its click rate doubled to {n} %.",
    "After {n} weeks the traffic was back at {n} thousand sessions a month.",
)


def answer(random: Random) -> str:
    """An answer of 150 words: the same sentences in another order, with other figures."""
    said: list[str] = []
    while len(said) < WORDS:
        for sentence in random.sample(_SENTENCES, len(_SENTENCES)):
            said += sentence.replace("{n}", str(random.randint(4, 98))).split()
    return f"{' '.join(said[:WORDS]).rstrip('.,')}."
