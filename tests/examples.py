"""Small values that many tests build on, and Hypothesis strategies for evidence."""

from hypothesis import strategies as st

from evals.labelled import LabelledAnswer, LabelledKpi
from prepbot.domain.evidence import Evidence, Flag, KpiLevel, KpiReference, Ownership, Span
from prepbot.domain.plan import Plan, Profiles
from prepbot.domain.role import Activity, Kpi, Question, QuestionKind, Role, Stage, StageKind
from prepbot.domain.stage_profile import Amount, Interviewer, StageProfile, StandardQuestion

KPIS = ("Conversion Rate", "Bounce Rate")


LABELLED = LabelledAnswer(
    id="a",
    source="made_up",
    role="ecommerce-specialist",
    question="How do you pack?",
    kind=QuestionKind.KNOWLEDGE,
    answer="I pack by hand and watch the bounce rate.",
    kpis=(LabelledKpi("Bounce Rate", "bounce rate", "used", "name"),),
    parts={"action": "I pack by hand"},
    ownership="I",
    relevance=2,
    band=3,
    tags=frozenset(),
    voice="plain",
    sentences=(),
    kpi_list=(),
)
"""A labelled answer of one action and one KPI, to vary."""


def profile(kind: StageKind, *, bank: int = 4, standard: int = 2, follow_ups: int = 3) -> StageProfile:
    """A stage profile with its own two standard questions and room for `bank` questions of the bank."""
    return StageProfile(
        kind=kind,
        title=kind.value.title(),
        purpose="To find out.",
        minutes=Amount(3, 8),
        bank_questions=Amount(min(bank, 1), bank),
        standard_questions=Amount(1, standard),
        follow_ups=Amount(1, follow_ups),
        follow_ups_per_question=2,
        bank_kinds=(QuestionKind.HYPOTHETICAL, QuestionKind.BACKGROUND),
        bank_topics=("experience",) if kind is StageKind.SCREENING else ("sales",),
        greeting="Hello, I am {interviewer}. Welcome to the {candidate_stage} for {role}.",
        closing="That was the last of my questions about {role}.",
        interviewer=Interviewer("Noor Haddad", "Recruiter", "noor", "Wants to know who you are."),
        questions=tuple(
            StandardQuestion(
                f"{kind}-{n}", f"Standard {kind} question {n}?", QuestionKind.BACKGROUND, "Own", "What it is after."
            )
            for n in range(4)
        ),
    )


PROFILES: Profiles = {
    kind: profile(kind, bank=0 if kind in {StageKind.REFERENCES, StageKind.OFFER} else 4) for kind in StageKind
}


def role(questions: int = 12, kinds: tuple[StageKind, ...] = tuple(StageKind)) -> Role:
    """A role with one stage of each kind and a bank of `questions` questions on three topics."""
    question_kinds = tuple(QuestionKind)
    return Role(
        id="shopkeeper",
        title="Shopkeeper",
        function="Retail",
        about="Keeps a shop.",
        about_line=3,
        activities=(Activity("Keep The Shop", "Open it and close it", 5),),
        kpis=tuple(Kpi(name, f"What {name} means", 8 + n) for n, name in enumerate(KPIS)),
        stages=tuple(Stage(f"Stage {n}, {kind}", kind, f"A {kind} stage", 20 + n) for n, kind in enumerate(kinds)),
        questions=tuple(
            Question(
                f"q{n:02}",
                f"What about matter {n}?",
                (("Experience", "Sales", "Metrics")[n % 3],),
                question_kinds[n % len(question_kinds)],
                40 + n,
            )
            for n in range(questions)
        ),
        sha256="0" * 64,
    )


def question_ids(plan: Plan) -> list[str]:
    """The ids of a plan's questions in the order of asking."""
    return [question.id for question in plan.questions]


ANSWER_LENGTH = 200

spans = st.builds(
    lambda start, length: Span(start, min(start + length, ANSWER_LENGTH)),
    st.integers(0, ANSWER_LENGTH - 1),
    st.integers(1, 80),
)
maybe_spans = st.none() | spans
references = st.builds(
    KpiReference,
    kpi=st.sampled_from(KPIS),
    level=st.sampled_from(KpiLevel),
    span=spans,
    in_result=st.booleans(),
)
evidences = st.builds(
    Evidence,
    words=st.integers(0, 300),
    relevance=st.integers(0, 2),
    kpis=st.lists(references, max_size=2, unique_by=lambda reference: reference.kpi).map(tuple),
    situation=maybe_spans,
    task=maybe_spans,
    action=maybe_spans,
    result=maybe_spans,
    reflection=maybe_spans,
    steps=st.lists(spans, max_size=2).map(tuple),
    ownership=st.sampled_from(Ownership),
    unclear_kpis=st.lists(references, max_size=1).map(tuple),
    flags=st.frozensets(st.sampled_from(Flag), max_size=2),
)

_WORDS = ("I", "we", "sold", "the", "shop", "and", "because", "um,", "then", "carts.", "3", "percent;", "so", "rose,")


@st.composite
def answers_with_spans(draw: st.DrawFn) -> tuple[str, list[Span]]:
    """An answer of real words, as a person might type it, and spans anywhere in it."""
    words = draw(st.lists(st.sampled_from(_WORDS) | st.text("abcXYZ é'\n-", min_size=1, max_size=6), min_size=1))
    answer = " ".join(words)
    places = st.integers(0, len(answer) - 1)
    spans_of = st.builds(lambda a, b: Span(min(a, b), max(a, b) + 1), places, places)
    return answer, draw(st.lists(spans_of, min_size=1, max_size=8))


@st.composite
def told_units(draw: st.DrawFn) -> tuple[Evidence, list[str]]:
    """The evidence of a unit of one to three answers, its spans anywhere in their words, with the answers."""
    turns = draw(st.lists(answers_with_spans(), min_size=1, max_size=3))
    placed = [Span(span.start, span.end, turn) for turn, (_, found) in enumerate(turns) for span in found]
    somewhere = st.sampled_from(placed)
    evidence = draw(
        st.builds(
            Evidence,
            words=st.just(20),
            relevance=st.sampled_from([0, 1, 2]),
            kpis=st.lists(
                st.builds(
                    KpiReference,
                    kpi=st.sampled_from(KPIS),
                    level=st.sampled_from(KpiLevel),
                    span=somewhere,
                    in_result=st.booleans(),
                ),
                max_size=2,
            ).map(tuple),
            **{part: st.none() | somewhere for part in ("situation", "task", "action", "result", "reflection")},
            steps=st.lists(somewhere, max_size=2).map(tuple),
            ownership=st.sampled_from(Ownership),
            unclear_kpis=st.just(()),
            set_aside=st.lists(somewhere, max_size=1).map(tuple),
            flags=st.frozensets(st.sampled_from(Flag), max_size=2),
        )
    )
    return evidence, [answer for answer, _ in turns]
