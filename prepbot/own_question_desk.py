"""The use case of the candidate's own questions: each held against the role page, by words and by nearness."""

from collections.abc import Sequence

from prepbot.domain.own_questions import (
    OwnQuestion,
    OwnQuestionRules,
    QuestionNearness,
    asked,
    judged,
    page_items,
)
from prepbot.domain.role import Role
from prepbot.nearness import cosines
from prepbot.ports import Embedder


class OwnQuestionDesk:
    """Reads what a candidate asked. `embedder` is None where there is none; words decide alone then."""

    def __init__(self, rules: OwnQuestionRules, embedder: Embedder | None = None) -> None:
        self._rules = rules
        self._embedder = embedder

    def read(self, answers: Sequence[str], role: Role) -> tuple[OwnQuestion, ...]:
        """Every question in the answers, in their order; none where nothing is asked."""
        found = asked(answers)
        near = self._near(found, role)
        return tuple(judged(words, role, self._rules, near.get(words)) for words in found)

    def _near(self, found: Sequence[str], role: Role) -> dict[str, QuestionNearness]:
        items, general = page_items(role), self._rules.general
        rows = cosines(self._embedder, found, [*(words for _, words in items), *general]) if items else None
        if rows is None:
            return {}
        page, acts = len(items), len(role.activities)
        lines = [activity.line for activity in role.activities]
        return {
            words: QuestionNearness(
                item=items[row.index(max(row[:page]))][0],
                page=max(row[:page]),
                general=max(row[page:]),
                activity=max(row[:acts], default=0.0),
                activity_line=lines[row.index(max(row[:acts]))] if acts else 0,
            )
            for words, row in zip(found, rows, strict=True)
        }
