"""Interview questions about what only the job advert asks for: one in a short interview, two in a full one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from prepbot.domain.advert import ExtraTopic
from prepbot.domain.origin import Origin
from prepbot.domain.pick_up import with_asked
from prepbot.domain.plan import Length, Plan, PlannedQuestion
from prepbot.domain.role import QuestionKind

TOPIC = "The job advert"
_FIRST = 4
_MOST = {Length.SHORT: 1, Length.FULL: 2, Length.DRILL: 0}


@dataclass(frozen=True, slots=True)
class AdvertForm:
    """One written form of such a question. It fits a topic whose line matches `says`, or any topic without `says`.

    With `deed` it fits what opens with a verb as well. `text` may use {topic}.
    """

    text: str
    kind: QuestionKind
    says: re.Pattern[str] | None = None
    deed: bool = False

    def fits(self, topic: ExtraTopic) -> bool:
        """Whether the form suits a topic."""
        if self.deed and topic.deed:
            return True
        return self.says is None or self.says.search(topic.asked) is not None


@dataclass(frozen=True, slots=True)
class AdvertForms:
    """The forms: a topic takes the first that fits, and what takes a later one is asked about sooner.

    `after` says what every such question is after.
    """

    forms: tuple[AdvertForm, ...]
    after: str


def topic_questions(topics: Sequence[ExtraTopic], forms: AdvertForms) -> tuple[PlannedQuestion, ...]:
    """A question for each topic, those most worth asking first."""
    chosen = [(_form(topic, forms), topic) for topic in topics]
    ranked = sorted(chosen, key=lambda one: -one[0])
    return tuple(_question(forms.forms[place], topic, forms) for place, topic in ranked)


def with_advert(plan: Plan, found: Sequence[PlannedQuestion]) -> Plan:
    """The plan with one or two of the first few questions at the end of its interview room, else of its screening.

    The plan's seed chooses. They come on top of the bank's. A plan without such a room, or a drill, stays as it is.
    """
    first = found[:_FIRST]
    count = min(_MOST[plan.length], len(first))
    return with_asked(plan, Random(plan.seed).sample(first, count))


def _form(topic: ExtraTopic, forms: AdvertForms) -> int:
    return next((place for place, form in enumerate(forms.forms) if form.fits(topic)), len(forms.forms) - 1)


def _question(form: AdvertForm, topic: ExtraTopic, forms: AdvertForms) -> PlannedQuestion:
    return PlannedQuestion(
        id=f"advert-{topic.id}",
        text=form.text.format(topic=topic.name),
        kind=form.kind,
        topics=(TOPIC,),
        after=forms.after,
        origin=Origin.ADVERT,
    )
