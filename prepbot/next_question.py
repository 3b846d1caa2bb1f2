"""The use case of going on after a retry: another bank question that exercises what the answer still lacks."""

from collections.abc import Callable, Sequence

from prepbot.domain.evidence import Evidence
from prepbot.domain.plan import PlannedQuestion, from_bank
from prepbot.domain.report import AnswerCard
from prepbot.domain.role import Question, Role
from prepbot.domain.transfer import Aim, Transfer, aim_of, other_question, weakest_kpi
from prepbot.errors import IndexUnavailable, NotFound

ExpectedKpis = Callable[[Role, PlannedQuestion], tuple[str, ...]]
"""The KPIs of a role that a question expects, best first."""


NearKpi = Callable[[Role, str], tuple[Question, ...]]
"""The questions of a role nearest to one of its KPIs, best first. Raises NotFound for a KPI that it does not have."""


class NextQuestions:
    """Chooses by the aims of knowledge/transfer.toml and by the KPIs that each question expects.

    Where no question expects a KPI, those `near` to it stand in.
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
        holding = self._holding(role, kpi, card.question.id) if kpi else frozenset()
        found = other_question(role.questions, card.question, asked, aim, lambda other: other.id in holding)
        if found is None:
            return None
        return Transfer(found, kpi if found.id in holding else aim.title)

    def _holding(self, role: Role, kpi: str, but: str) -> frozenset[str]:
        """The ids of the other questions that a KPI belongs to."""
        expecting = frozenset(q.id for q in role.questions if q.id != but and kpi in self._expected(role, from_bank(q)))
        if expecting:
            return expecting
        try:
            return frozenset(question.id for question in self._near(role, kpi))
        except (NotFound, IndexUnavailable):
            return frozenset()
