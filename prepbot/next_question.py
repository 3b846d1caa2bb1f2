"""The use case of going on after a retry: another bank question that exercises what the answer still lacks."""

from collections.abc import Callable, Sequence

from prepbot.domain.evidence import Evidence
from prepbot.domain.plan import PlannedQuestion, from_bank
from prepbot.domain.report import AnswerCard
from prepbot.domain.role import Role
from prepbot.domain.transfer import Aim, Transfer, aim_of, other_question, weakest_kpi

ExpectedKpis = Callable[[Role, PlannedQuestion], tuple[str, ...]]
"""The KPIs of a role that a question expects, best first."""


class NextQuestions:
    """Chooses by the aims of knowledge/transfer.toml and by the KPIs that each question expects."""

    def __init__(self, aims: Sequence[Aim], expected: ExpectedKpis) -> None:
        self._aims = aims
        self._expected = expected

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
        holding = {q.id for q in role.questions if kpi and kpi in self._expected(role, from_bank(q))}
        found = other_question(role.questions, card.question, asked, aim, lambda other: other.id in holding)
        if found is None:
            return None
        return Transfer(found, kpi if found.id in holding else aim.title)
