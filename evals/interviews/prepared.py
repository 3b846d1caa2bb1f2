"""A candidate who answers from a fact sheet and gives each follow-up what it asks for, as far as the sheet goes."""

from collections import Counter
from collections.abc import Sequence
from random import Random

from evals.interviews.ear import heard
from evals.interviews.sheets import Fact, FactSheet, Wish
from prepbot.analysis.words import form_key
from prepbot.domain.interview import Interview
from prepbot.domain.plan import PlannedQuestion
from prepbot.domain.role import QuestionKind


class Prepared:
    """One sitting of one candidate: remembers what was told already and which fact is being spoken of."""

    def __init__(self, sheet: FactSheet, random: Random) -> None:
        self._sheet = sheet
        self._random = random
        self._told: Counter[str] = Counter()
        self._fact: Fact | None = None

    def reply(self, interview: Interview) -> str:
        """The candidate's words to the open question or follow-up."""
        turn, unit = interview.open_turn, interview.unit
        assert turn is not None
        assert unit is not None
        if turn.kind == "ask":
            return self._opening(unit.question)
        wish = heard(turn.text, unit.question.text)
        return self._react(wish or Wish.ANSWER, turn.gap.kpi if turn.gap else "")

    def _opening(self, question: PlannedQuestion) -> str:
        self._fact = self._fitting(question)
        if self._fact is None:
            return self._rotated("elsewhere", self._sheet.elsewhere)
        planned = question.kind is QuestionKind.HYPOTHETICAL and self._fact.would is not None
        said = self._fact.would if planned else self._fact.says
        return said if said is not None else self._fact.says

    def _fitting(self, question: PlannedQuestion) -> Fact | None:
        """The fact that the question points to most; one not told before goes first. None where none fits."""
        asked = f"{question.text} {' '.join(question.topics)}".casefold()
        fits = [(sum(word in asked for word in fact.about), fact) for fact in self._sheet.facts]
        known = [(-fit, self._told[fact.truth], place) for place, (fit, fact) in enumerate(fits) if fit]
        if not known:
            return None
        fact = self._sheet.facts[min(known, key=lambda found: (found[1], found[0], found[2]))[2]]
        self._told[fact.truth] += 1
        return fact

    def _react(self, wish: Wish, kpi: str) -> str:
        fact = self._fact
        if wish is Wish.MEANING:
            yes, *no = self._sheet.unknown[wish]
            return yes if fact is not None and _speaks_of(kpi, fact) else no[0]
        if fact is not None and wish in fact.told:
            return fact.told[wish]
        return self._rotated(wish.value, self._sheet.unknown[wish])

    def _rotated(self, name: str, lines: Sequence[str]) -> str:
        """The next of some lines, from a place that the seed chose, so that none comes twice in a row."""
        if name not in self._told:
            self._told[name] = self._random.randrange(len(lines))
        self._told[name] += 1
        return lines[self._told[name] % len(lines)]


def _speaks_of(kpi: str, fact: Fact) -> bool:
    return bool((set(form_key(kpi)) - _COMMON) & set(form_key(fact.words)))


_COMMON = {"rate", "time", "score", "average", "customer", "on", "per", "to", "of"}
