"""knowledge/own_questions.toml -> what of the candidate's own questions a role page answers, and which are general."""

import re
from functools import lru_cache
from typing import Annotated

from pydantic import Field, TypeAdapter

from prepbot.domain.own_questions import OwnQuestionRules
from prepbot.reading.knowledge import Entry, Text, read_knowledge

_FILE = "knowledge/own_questions.toml"


class _Answered(Entry):
    kpis: re.Pattern[str]
    activities: re.Pattern[str]
    stages: re.Pattern[str]
    stage: re.Pattern[str]
    means: re.Pattern[str]
    own_task: re.Pattern[str]


class _File(Entry):
    general: Annotated[tuple[Text, ...], Field(min_length=1)]
    answered: _Answered


@lru_cache(maxsize=1)
def load_own_question_rules() -> OwnQuestionRules:
    """The shipped rules. Raises BadInput for a file that breaks its format."""
    entry = read_knowledge(_FILE, TypeAdapter(_File))
    patterns = {name: re.compile(found.pattern, re.IGNORECASE) for name, found in entry.answered}
    return OwnQuestionRules(general=entry.general, **patterns)
