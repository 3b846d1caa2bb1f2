"""The use case of grading: stored answers and the rubric in, stamped grades and a review out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from prepbot.coaching import fixes, ordered
from prepbot.domain.attempts import EarlierAttempt, compared
from prepbot.domain.evidence import Evidence
from prepbot.domain.interview import Interview, Unit, fold
from prepbot.domain.model_reading import ModelReading
from prepbot.domain.plan import PlannedQuestion
from prepbot.domain.report import (
    NOT_READ_YET,
    STILL_OPEN,
    AnswerCard,
    Review,
    SourceLine,
    asked_units,
    coverage,
    known_at,
    plain_card,
    with_later_answers,
)
from prepbot.domain.retold import with_retold
from prepbot.domain.role import QuestionKind, Role
from prepbot.domain.rubric import RUBRIC_VERSION, Grade, NotGraded, grade, merged
from prepbot.domain.second_card import read_again
from prepbot.domain.stage_decisions import Rules, stage_decisions
from prepbot.errors import IndexUnavailable, NotFound
from prepbot.model_ports import SecondReading
from prepbot.offer_desk import OfferDesk
from prepbot.own_question_desk import OwnQuestionDesk
from prepbot.ports import Analyst, Clock, Hit, Index, Section, StampedGrade, Store
from prepbot.roles import RoleLibrary
from prepbot.second_reading import missing

READ_UNASKED_FOR = timedelta(hours=1)
"""How long after its last word an interview's review has language models read what they have not."""


@dataclass(frozen=True, slots=True)
class AnswerGrade:
    """The grade of a single answer with its follow-ups. `turns` is the evidence answer by answer."""

    evidence: Evidence
    turns: tuple[Evidence, ...]
    grade: Grade | NotGraded
    engine: str
    rubric: str = RUBRIC_VERSION


class Grader:
    """Grades stored interviews and loose answers.

    `roles`, `analyst_for` and `offers` are the interviewer's own; by `rules` each kind of stage decides, and
    `own_questions` reads what the candidate asks. `second` has language models read what none has read yet.
    """

    def __init__(
        self,
        store: Store,
        index: Index,
        roles: RoleLibrary,
        analyst_for: Callable[[Role], Analyst],
        clock: Clock,
        offers: OfferDesk,
        rules: Rules,
        own_questions: OwnQuestionDesk,
        second: SecondReading | None = None,
    ) -> None:
        self._store = store
        self._index = index
        self._roles = roles
        self._analyst_for = analyst_for
        self._clock = clock
        self._offers = offers
        self._rules = rules
        self._own_questions = own_questions
        self._second = second

    def grade_answer(
        self,
        role: Role,
        question: str,
        kind: QuestionKind,
        answer: str,
        follow_ups: Sequence[tuple[str, str]] = (),
    ) -> AnswerGrade:
        """Grade one answer to one question; `follow_ups` are (question, answer) pairs in order."""
        analyst = self._analyst_for(role)
        first = analyst.analyse(question, kind, answer)
        later = tuple(analyst.analyse(question, kind, reply, asked) for asked, reply in follow_ups)
        turns = (first, *later)
        unit = merged(turns)
        return AnswerGrade(unit, turns, grade(unit), analyst.engine)

    def review(self, interview_id: str) -> Review:
        """The graded transcript of an interview, finished or not. Raises NotFound.

        What language models have read so far is in it; nothing waits for what they have not.
        """
        interview = self._load(interview_id)
        role = self._roles.role_of(interview.plan)
        units = asked_units(interview)
        readings = self._readings(interview_id)
        by_itself = self._reads_by_itself(interview_id)  # asked first: what is read meanwhile is then no longer unread
        unread = self._unread(interview_id, interview)
        notices = (self._index.notice, self._still_reading(interview_id, unread, by_itself))
        plain = [plain_card(number, unit, interview) for number, unit in enumerate(units, start=1)]
        again = [read_again(card, readings.get(card.question.id, ())) for card in plain]
        made = with_retold([self._card(*pair, interview, role) for pair in zip(again, units, strict=True)])
        cards = with_later_answers(made, units)
        for rules, card, unit in zip(plain, cards, units, strict=True):
            self._keep_grade(interview_id, rules, _engine(unit))
            if card.second is not None:
                self._keep_grade(interview_id, card, card.second.engine(_engine(unit)))
        return Review(
            interview_id=interview_id,
            role_title=interview.plan.role_title,
            length=interview.plan.length,
            focus=interview.plan.focus,
            status=interview.status,
            engine=", ".join(sorted({name for pair in zip(cards, units, strict=True) if (name := _made_by(*pair))})),
            rubric=RUBRIC_VERSION,
            cards=cards,
            coverage=coverage([kpi.name for kpi in role.kpis], cards),
            notices=tuple(line for line in notices if line),
            unread=0 if by_itself else unread,
            known=known_at(interview, units),
            decisions=stage_decisions(interview, cards, self._rules),
        )

    def after(self, role: Role, question: PlannedQuestion) -> tuple[SourceLine, ...]:
        """What a bank question is after: the nearest activity and KPI lines of the role page, best first.

        Empty for a stage's own questions: they say what they are after themselves and are about no line.
        """
        if not question.line:
            return ()
        return tuple(
            SourceLine(hit.text, hit.line, hit.section.value)
            for section, count in ((Section.ACTIVITY, 1), (Section.KPI, 2))
            for hit in self._search(role, question.text, count, section)
        )

    def related_kpis(self, role: Role, question: PlannedQuestion) -> tuple[str, ...]:
        """The role's KPIs nearest to a bank question, best first; empty for a stage's own questions."""
        if not question.line:
            return ()
        return tuple(hit.name for hit in self._search(role, question.text, 2, Section.KPI))

    def _kpis_near(
        self, role: Role, question: PlannedQuestion, evidence: Evidence, texts: Sequence[str]
    ) -> tuple[str, ...]:
        """The KPI nearest to what came of the answer, or was done, then those nearest to the question."""
        span = evidence.result or evidence.action
        said = self._search(role, span.cut(texts[span.turn]), 1, Section.KPI) if span else ()
        return tuple(dict.fromkeys([*(hit.name for hit in said), *self.related_kpis(role, question)]))

    def _search(self, role: Role, query: str, k: int, section: Section) -> tuple[Hit, ...]:
        try:
            return self._index.search(role, query, k, section)
        except IndexUnavailable:
            return ()

    def _readings(self, interview_id: str) -> dict[str, tuple[ModelReading, ...]]:
        """What language models read in an interview, by question."""
        kept = self._store.readings(interview_id)
        ids = dict.fromkeys(one.question_id for one in kept)
        return {name: tuple(one.reading for one in kept if one.question_id == name) for name in ids}

    def have_read(self, interview_id: str) -> None:
        """Have language models read what none has read yet, however long ago it was said. Returns at once."""
        if self._second is not None:
            self._second.read_soon(interview_id)

    def _unread(self, interview_id: str, interview: Interview) -> int:
        """How many questions a language model is still to read."""
        if self._second is None:
            return 0
        return len(missing(interview, self._store.readings(interview_id), self._second.engines))

    def _reads_by_itself(self, interview_id: str) -> bool:
        """Whether what is unread is read unasked: an old interview costs nothing because somebody looks at it."""
        if self._second is None or self._second.is_reading(interview_id):
            return True
        return self._clock.now() - self._store.events(interview_id)[-1].at < READ_UNASKED_FOR

    def _still_reading(self, interview_id: str, unread: int, by_itself: bool) -> str:
        """Has read what no model has read yet, and says how much that is; empty where nothing is under way."""
        if self._second is None or not unread:
            return ""
        if by_itself:
            self._second.read_soon(interview_id)
        answers = "1 answer" if unread == 1 else f"{unread} answers"
        return f"A language model is still reading {answers}." if self._second.is_reading(interview_id) else ""

    def _card(self, card: AnswerCard, unit: Unit, interview: Interview, role: Role) -> AnswerCard:
        if unit.talk is not None:
            return replace(card, talk=self._offers.card(unit.talk))
        after = self.after(role, unit.question)
        evidence = card.evidence
        if evidence is None:
            return replace(card, after=after)
        texts = [answer.text for answer in unit.answers]
        if not unit.question.has_band:
            own = self._own_questions.read(texts, role) if unit.question.invites else ()
            return replace(card, after=after, own_questions=own)
        kpis = self._kpis_near(role, unit.question, evidence, texts)
        return replace(
            card,
            fixes=fixes(evidence, texts, unit.question.kind, kpis),
            after=after,
            ordered=ordered(evidence, texts, unit.question.kind),
            earlier=self._earlier(interview.plan.retry_of, unit.question.id, evidence),
        )

    def _earlier(self, interview_id: str, question_id: str, now: Evidence) -> EarlierAttempt | None:
        """The attempt that this one repeats; None where there is none, or where it left nothing to compare with."""
        if not interview_id:
            return None
        try:
            interview = self._load(interview_id)
        except NotFound:
            return None
        units = [unit for unit in interview.units if unit.question.id == question_id]
        if not units:
            return None
        readings = self._readings(interview_id).get(question_id, ())
        card = read_again(plain_card(1, units[0], interview), readings)
        if card.evidence is None:
            return None
        texts = tuple(answer.text for answer in card.answers)
        given = card.grade if card.second else grade(card.evidence)
        return EarlierAttempt(interview_id, texts, given or grade(card.evidence), compared(card.evidence, now))

    def _load(self, interview_id: str) -> Interview:
        return fold((stored.seq, stored.event) for stored in self._store.events(interview_id))

    def _keep_grade(self, interview_id: str, card: AnswerCard, engine: str) -> None:
        if card.grade is None or card.first is None or card.grade in {NOT_READ_YET, STILL_OPEN}:
            return
        stamped = StampedGrade(
            interview_id, card.question.id, engine, RUBRIC_VERSION, card.grade, card.first, self._clock.now()
        )
        if not any(replace(kept, at=stamped.at) == stamped for kept in self._store.grades(interview_id)):
            self._store.save_grade(stamped)


def _made_by(card: AnswerCard, unit: Unit) -> str:
    return card.second.engine(_engine(unit)) if card.second else _engine(unit)


def _engine(unit: Unit) -> str:
    return unit.answers[-1].engine if unit.answers else ""
