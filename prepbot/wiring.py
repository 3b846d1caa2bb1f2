"""The one place where adapters meet ports."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from prepbot.advert_check import AdvertChecker
from prepbot.analysis.analyst import RulesAnalyst
from prepbot.analysis.answer_model import AnswerModel
from prepbot.analysis.listening import RulesListener
from prepbot.analysis.offer_talk import OfferTalk
from prepbot.analysis.surface import PlainSurface
from prepbot.domain.plan import Plan
from prepbot.domain.role import Role
from prepbot.errors import ModelUnavailable
from prepbot.grader import Grader
from prepbot.interviewer import Interviewer
from prepbot.model_ports import Coach, Ledger, Models, Purpose
from prepbot.next_question import NextQuestions
from prepbot.offer_desk import OfferDesk
from prepbot.own_papers import OwnPapers
from prepbot.own_question_desk import OwnQuestionDesk
from prepbot.planner import Planner
from prepbot.ports import Analyst, AnswerScorer, Clock, Embedder, Index, Listener, Store, TalkReader, Voice
from prepbot.progress import ProgressBook
from prepbot.reading.advert import DocumentAdverts
from prepbot.reading.catalogue import load_metrics, load_stage_profiles, track, trade_kpis
from prepbot.reading.coach_rules import load_coach_rules
from prepbot.reading.decisions import load_decisions
from prepbot.reading.decoys import decoys_for
from prepbot.reading.exercise_source import CatalogueExercises
from prepbot.reading.offers import load_offers
from prepbot.reading.own_questions import load_own_question_rules
from prepbot.reading.pages import DocumentPages
from prepbot.reading.resume import DocumentResumes
from prepbot.reading.resume_rules import load_advert_forms, load_advice, load_resume_rules
from prepbot.reading.story_rules import load_story_rules
from prepbot.reading.transfer import load_aims
from prepbot.reading.viewpoints import load_viewpoints
from prepbot.resume_check import ResumeChecker
from prepbot.retrieval.embedding import MiniLmEmbedder
from prepbot.retrieval.fallback import FallbackIndex
from prepbot.retrieval.index import ChromaIndex, open_index
from prepbot.retrieval.lexical import LexicalIndex
from prepbot.retrieval.openai_embedding import OpenAiEmbedder
from prepbot.roles import RoleLibrary
from prepbot.second_reading import ModelSecondReading
from prepbot.settings import ModelKeys, Settings, load_keys, load_settings
from prepbot.spaced_repetition import FsrsScheduler
from prepbot.storage.store import SqlStore
from prepbot.stories import StoryBank
from prepbot.written_voice import WrittenVoice

if TYPE_CHECKING:
    from prepbot.language.desk import ModelDesk

OFFLINE = "Working offline with written rules and a small reader of its own. Nothing you type leaves this computer."

_ROLES_WARM = 16
_LONGEST_SEARCH = 10.0  # seconds: hints are drawn beside a question, and words find them too


class SystemClock:
    """The machine's clock, in UTC."""

    def now(self) -> datetime:
        """The current time in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Prepbot:
    """Everything a page or a command needs. `notices` say what is degraded or offline, for people to read.

    `second` has language models read answers, None where none is set.
    """

    settings: Settings
    store: Store
    clock: Clock
    index: Index
    roles: RoleLibrary
    planner: Planner
    interviewer: Interviewer
    grader: Grader
    resumes: ResumeChecker
    adverts: AdvertChecker
    stories: StoryBank
    progress: ProgressBook
    notices: tuple[str, ...]
    offers: OfferDesk
    next_questions: NextQuestions
    second: ModelSecondReading | None = None
    coach: Coach | None = None
    models: Models | None = None


def open_prepbot(settings: Settings | None = None) -> Prepbot:
    """Join the adapters that the settings name. Raises StoreUnavailable, and BadInput for unusable settings."""
    settings = settings or load_settings()
    clock = SystemClock()
    store = SqlStore(settings.database)
    embedder = open_embedder(settings)
    index = open_search(settings, embedder, store, clock)
    roles = RoleLibrary(store, DocumentPages(), clock)
    analyst_for = analysts(open_answer_model(settings, embedder))
    resumes, adverts, stories = open_papers(store, analyst_for, clock, embedder)
    offers, rules = open_offers(), load_decisions()
    planner = open_planner(index, offers, OwnPapers(resumes, adverts))
    models = open_models(settings, store, clock)
    second = open_second_reading(models, store, roles, clock)
    own_questions = OwnQuestionDesk(load_own_question_rules(), embedder)
    grader = Grader(store, index, roles, analyst_for, clock, offers, rules, own_questions, second)
    written, hears = WrittenVoice(), listeners(embedder, clock)
    voice = open_voice(models, written, roles.role_of)
    return Prepbot(
        settings=settings,
        store=store,
        clock=clock,
        index=index,
        roles=roles,
        planner=planner,
        interviewer=Interviewer(store, voice, written, roles, analyst_for, clock, offers, hears, second),
        grader=grader,
        resumes=resumes,
        adverts=adverts,
        stories=stories,
        progress=ProgressBook(store, rules, FsrsScheduler(), clock, offers),
        notices=tuple(notice for notice in (OFFLINE if _is_offline(settings) else None, index.notice) if notice),
        offers=offers,
        next_questions=NextQuestions(load_aims(), grader.related_kpis, planner.near_kpi),
        second=second,
        coach=open_coach(models),
        models=open_accounts(models, settings, store, clock),
    )


def open_papers(
    store: Store, analyst_for: Callable[[Role], Analyst], clock: Clock, embedder: Embedder | None
) -> tuple[ResumeChecker, AdvertChecker, StoryBank]:
    """What reads the candidate's own papers: résumés, adverts and stories."""
    surface = PlainSurface(load_resume_rules().verbs)
    return (
        ResumeChecker(store, DocumentResumes(), analyst_for, surface, load_advice(), clock),
        AdvertChecker(store, DocumentAdverts(), surface, load_advert_forms(), clock, embedder),
        StoryBank(store, analyst_for, surface, clock, *load_story_rules(), embedder),
    )


def open_planner(index: Index, offers: OfferDesk, papers: OwnPapers) -> Planner:
    """The planner with everything that it draws from."""
    profiles, viewpoints = load_stage_profiles(), load_viewpoints()
    return Planner(profiles, index, CatalogueExercises(), offers.rules, viewpoints, papers.taken_up)


def open_embedder(settings: Settings) -> Embedder | None:
    """The embedded model, None where it is switched off or missing."""
    if not settings.embeddings:
        return None
    try:
        return MiniLmEmbedder(settings.embedding_model)
    except ModelUnavailable:
        return None


def open_search(settings: Settings, embedder: Embedder | None, ledger: Ledger, clock: Clock) -> Index:
    """The index that the settings name: by OpenAI's embeddings with words to fall back on, else by `embedder`."""
    by_openai = open_openai_embedder(settings, ledger, clock)
    if by_openai is None:
        return open_index(settings.index_dir, embedder)
    return FallbackIndex(ChromaIndex(settings.index_dir, by_openai), LexicalIndex())


def open_openai_embedder(settings: Settings, ledger: Ledger, clock: Clock) -> OpenAiEmbedder | None:
    """OpenAI's embeddings for search, None where they are not set or embeddings are switched off."""
    if not (settings.embeddings and settings.openai_embeddings):
        return None
    from prepbot.language.embedding_meter import EmbeddingMeter
    from prepbot.language.prices import Budget, price_of
    from prepbot.language.transport import bounded_client

    name, keys = f"openai:{settings.openai_embeddings}", load_keys()
    price = price_of(name, keys.openai_base_url)
    meter = EmbeddingMeter(name, price, Budget(day=settings.budget_day), ledger, clock)
    timeout = min(settings.model_timeout, _LONGEST_SEARCH)
    return OpenAiEmbedder(
        settings.openai_embeddings,
        keys.openai_api_key,
        keys.openai_base_url,
        timeout=timeout,
        meter=meter,
        http_client=lambda: bounded_client(timeout),
    )


def _is_offline(settings: Settings) -> bool:
    """Whether nothing is set that sends words anywhere."""
    purposes = (Purpose.VOICE, Purpose.ANALYST, Purpose.COACH)
    sends = any(settings.model_for(purpose) for purpose in purposes) or settings.opinion_models
    return not sends and not (settings.embeddings and settings.openai_embeddings)


def open_answer_model(settings: Settings, embedder: Embedder | None) -> AnswerScorer | None:
    """The trained answer model, None where embeddings are switched off or it is missing."""
    if not settings.embeddings:
        return None
    try:
        return AnswerModel(embedder)
    except ModelUnavailable:
        return None


def analysts(scorer: AnswerScorer | None) -> Callable[[Role], Analyst]:
    """One rules analyst a role, kept while the role is in use."""

    @lru_cache(maxsize=_ROLES_WARM)
    def analyst_for(role: Role) -> Analyst:
        return RulesAnalyst.for_role(role, track(role.kpis, load_metrics()), scorer, trade_kpis())

    return analyst_for


def listeners(embedder: Embedder | None, clock: Clock) -> Callable[[Role], Listener]:
    """One listener a role, kept while the role is in use; it takes answers to be given in the year of its making."""

    @lru_cache(maxsize=_ROLES_WARM)
    def listener_for(role: Role) -> Listener:
        return RulesListener(track(role.kpis, load_metrics()), embedder, clock.now().year)

    return listener_for


def open_offers() -> OfferDesk:
    """The shipped offers, with one reader of messages a role."""
    book = load_offers()

    @lru_cache(maxsize=_ROLES_WARM)
    def reader_for(role: Role) -> TalkReader:
        return OfferTalk(track(role.kpis, load_metrics()))

    return OfferDesk(book.rules, book.replies, reader_for)


def open_second_reading(
    models: "ModelDesk | None", store: Store, roles: RoleLibrary, clock: Clock
) -> ModelSecondReading | None:
    """The analyst's model and those asked for a second opinion, None where no analyst is set."""
    client = models.client(Purpose.ANALYST) if models else None
    if models is None or client is None:
        return None
    from prepbot.language.analyst import ModelAnalyst

    others = (ModelAnalyst(other, decoys_for, Purpose.OPINION) for other in models.opinions())
    return ModelSecondReading(store, roles, (ModelAnalyst(client, decoys_for), *others), clock)


def open_models(settings: Settings, ledger: Ledger, clock: Clock, keys: ModelKeys | None = None) -> "ModelDesk | None":
    """The language models of the settings, None where none is set: then nothing of LangChain is even imported."""
    if not any(settings.model_for(purpose) for purpose in (Purpose.VOICE, Purpose.ANALYST, Purpose.COACH)):
        return None
    from prepbot.language.desk import ModelDesk

    return ModelDesk(settings, keys or load_keys(), ledger, clock)


def open_voice(models: "ModelDesk | None", written: Voice, role_of: Callable[[Plan], Role]) -> Voice:
    """The model's voice where one is set, else the written one."""
    client = models.client(Purpose.VOICE) if models else None
    if client is None:
        return written
    from prepbot.language.voice import ModelVoice

    return ModelVoice(written, client, role_of)


def open_coach(models: "ModelDesk | None") -> Coach | None:
    """The model that words improved answers, None where none is set."""
    client = models.client(Purpose.COACH) if models else None
    if client is None:
        return None
    from prepbot.language.coach import ModelCoach

    return ModelCoach(client, load_coach_rules())


def open_accounts(models: "ModelDesk | None", settings: Settings, ledger: Ledger, clock: Clock) -> Models | None:
    """What the models in use cost and may cost, None where none is set."""
    if models is None:
        return None
    from prepbot.language.accounts import ModelAccounts

    return ModelAccounts(models, settings, ledger, clock)
