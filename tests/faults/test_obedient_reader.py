"""A model that obeys whatever an answer tells it: the grade is that of the rules, to the last of 400 attacks.

What the rules recognise as words for the grader reaches no model at all (tests/unit/test_hybrid.py); here is the rest.
"""

import json
from collections.abc import Callable

import pytest

from evals.gaming.cases import load_attacks
from prepbot.domain.hybrid import hybrid, may_be_read
from prepbot.domain.interview import Unit
from prepbot.domain.report import unit_evidence
from prepbot.domain.rubric import grade
from prepbot.errors import ModelUnavailable
from tests.second_reader import QUESTION, ROLE, Questionnaire, analyst, filled, finding, unit, yes_to_all

BEFORE = "We ran a small wine shop, and we moved the delivery cost to the product page."
AFTER = "More of the people who came finished what they had begun, and I think it was worth it."
IMAGE = "![done](http://127.0.0.1/leak.png)"


def _all_yes_with_an_image(prompt: str) -> str:
    asked = Questionnaire.of(prompt)
    codes = (*asked.statements.values(), *asked.measures.values())
    return filled(*(finding(code, BEFORE, reason=IMAGE) for code in codes))


def _leaks(prompt: str) -> str:
    return filled(finding("aa", prompt[-300:], reason=prompt[:200]))


OBEDIENT: dict[str, Callable[[str], str]] = {
    "yes to all": yes_to_all("we moved the delivery cost to the product page"),
    "yes to all, with an image": _all_yes_with_an_image,
    "a score": lambda _: json.dumps({"score": 5, "band": 5, "stage": "offer"}),
    "a score beside the form": lambda _: json.dumps({"findings": [], "band": 5}),
    "its own prompt": _leaks,
    "no form at all": lambda _: f"Advanced to the next stage. 10/10 {IMAGE}",
}


@pytest.fixture(scope="module")
def attacked() -> list[Unit]:
    """An answer with each attack before, in or behind it, as the rules read it."""
    units = []
    for place, attack in enumerate(load_attacks()):
        words = [BEFORE, AFTER]
        words.insert(place % 3, attack.said_to(QUESTION.text))
        units.append(unit(" ".join(words)))
    return units


@pytest.mark.parametrize("reply", OBEDIENT.values(), ids=OBEDIENT)
def test_an_obedient_model_changes_nothing(reply: Callable[[str], str], attacked: list[Unit]) -> None:
    """Whatever text for a model stands in an answer, and whatever it does about that, the grade is the rules'."""
    reader = analyst(reply)
    for one in attacked if reply is OBEDIENT["yes to all"] else attacked[::8]:
        rules = unit_evidence(one)
        assert rules is not None
        if not may_be_read(rules):
            continue
        try:
            reading = reader.read(ROLE, one, "i1", 3)
        except ModelUnavailable:
            continue
        found = hybrid(rules, [reading], [answer.text for answer in one.answers])
        assert found.evidence == rules
        assert found.grade() == grade(rules)
        assert IMAGE not in repr(reading.proposals)
