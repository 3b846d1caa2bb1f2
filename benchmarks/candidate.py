"""A candidate who always has enough to say, never twice the same."""

import re
from random import Random

WORDS = 150

_SLOT = re.compile(r"\{(\w+)\}")
_SENTENCES = (
    "In {month} our shop for {goods} lost a third of its visitors within {n} days.",
    "My task was to find out why, and to bring the orders for {goods} back before {month}.",
    "First I compared the sessions by channel for {n} days and saw that only those from {channel} had fallen.",
    "I asked {person} for the list of releases since {month} and found one that had changed {n} page titles.",
    "Then I wrote the old titles back for the {n} best selling {goods} and sent the sitemap again.",
    "We also looked at {channel}, because its return on ad spend had gone from {n} to 3.",
    "I moved {n} percent of that budget to {channel} and watched the cost per order every morning.",
    "The conversion rate for {goods} rose from 1.{n} % to 2.{n} % over the following {n} weeks.",
    "Cart abandonment stayed at about {n} % in {month}, so {person} and I tested a shorter checkout form.",
    "Half of the visitors from {channel} saw the new form and half the old one, for {n} thousand sessions.",
    "The shorter form won by {n} orders, and the average order value of {goods} did not suffer from it.",
    "In {month} {person} told me that {goods} left the warehouse {n} hours later than promised.",
    "So I put the real dispatch time on {n} product pages, which cost us some {goods} orders at first.",
    "After {n} days customers wrote fewer complaints, and the reviews of our {goods} went from 3.{n} to 4.{n} stars.",
    "What I did not do was to lower the prices of {goods} by {n} %, although {person} would have liked it.",
    "Looking back at {month}, I would ask {person} for a list of changed pages before each of the {n} releases.",
    "It also taught me to keep a note of every figure for {channel} on the day I change {n} things.",
    "I told {person} every Monday what I had tried with {channel} and what it had brought, {n} times in all.",
    "The newsletter about {goods} got a new subject line in {month}, and its click rate doubled to {n} %.",
    "By {month}, {n} weeks later, the traffic from {channel} was back at {n} thousand sessions a month.",
)
_WORDS_FOR = {
    "month": ("January", "March", "April", "June", "August", "October", "November", "the spring", "the last quarter"),
    "goods": (
        "garden tools",
        "lamps",
        "running shoes",
        "tea",
        "notebooks",
        "cat food",
        "bicycle parts",
        "kitchen knives",
    ),
    "channel": ("search", "the newsletter", "the price comparison", "social media", "the marketplace", "paid search"),
    "person": ("the developer", "our buyer", "a colleague from logistics", "the owner", "the agency", "our designer"),
}


def answer(random: Random, words: int = WORDS) -> str:
    """An answer of so many words whose sentences hardly ever come twice, so that no cache answers for the model."""
    said: list[str] = []
    while len(said) < words:
        for sentence in random.sample(_SENTENCES, len(_SENTENCES)):
            said += _SLOT.sub(lambda slot: _filled(slot.group(1), random), sentence).split()
    return f"{' '.join(said[:words]).rstrip('.,')}."


def _filled(slot: str, random: Random) -> str:
    return str(random.randint(4, 98)) if slot == "n" else random.choice(_WORDS_FOR[slot])
