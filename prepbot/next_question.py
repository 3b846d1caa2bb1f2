"""The use case of going on after a retry: another bank question that exercises what the answer still lacks."""

from collections.abc import Callable, Sequence

from prepbot.domain.evidence import Evidence
from prepbot.domain.plan import PlannedQuestion, from_bank
from prepbot.domain.report import AnswerCard
from prepbot.domain.role import Question, Role
from prepbot.domain.transfer import Aim, Transfer, aim_of, other_question, weakest_kpi
from prepbot.errors import IndexUnavailable, NotFound

_LOOKED_AT, _STAND_INS = 8, 3

ExpectedKpis = Callable[[Role, PlannedQuestion], tuple[str, ...]]
"""The KPIs of a role that a question expects, best first."""


NearKpi = Callable[[Role, str, int], tuple[Question, ...]]
"""So many questions of a role, nearest to one of its KPIs, best first. Raises NotFound for one that it lacks."""


class NextQuestions:
    """Chooses by the aims of knowledge/transfer.toml and by the KPIs that each question expects.

    For a KPI the questions `near` to it are looked at; where none of them expects it, they stand in.
    """

    def __init__(self, aims: Sequence[Aim], expected: ExpectedKpis, near: NearKpi) -> None:
        self._aims = aims
        self._expected = expected
        self._near = near

    def after(self, role: Role, card: AnswerCard, asked: Sequence[str]) -> Transfer | None:
        """The question to try after this answer; None where the page has no other.

        `asked` are the ids of the role's questions in the order of asking.
        """
        aim = aim_of(card, self._aims)
        if aim is not None and aim.kpi and card.evidence is not None:
            return self._on_a_kpi(role, card, card.evidence, asked, aim)
        found = other_question(role.questions, card.question, asked, aim)
        return Transfer(found, aim.title if aim else "") if found else None

    def _on_a_kpi(
        self, role: Role, card: AnswerCard, evidence: Evidence, asked: Sequence[str], aim: Aim
    ) -> Transfer | None:
        kpi = weakest_kpi(evidence, self._expected(role, card.question))
        holding = self._holding(role, kpi, card.question.id) if kpi else ()
        found = other_question(role.questions, card.question, asked, aim, lambda other: _rank(other, holding))
        if found is None:
            return None
        return Transfer(found, kpi if found in holding else aim.title)

    def _holding(self, role: Role, kpi: str, but: str) -> Sequence[Question]:
        """The other questions near to a KPI, best first: those that expect it, else the nearest."""
        try:
            near = [question for question in self._near(role, kpi, _LOOKED_AT) if question.id != but]
        except (NotFound, IndexUnavailable):
            return ()
        expecting = [question for question in near if kpi in self._expected(role, from_bank(question))]
        return expecting or near[:_STAND_INS]


def _rank(question: Question, holding: Sequence[Question]) -> int:
    """The more, the earlier the question stands; 0 where it does not."""
    return len(holding) - holding.index(question) if question in holding else 0
