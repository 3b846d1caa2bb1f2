"""The one place where adapters meet ports."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from prepbot.advert_check import AdvertChecker
from prepbot.analysis.analyst import RulesAnalyst
from prepbot.analysis.answer_model import AnswerModel
from prepbot.analysis.listening import RulesListener
from prepbot.analysis.offer_talk import OfferTalk
from prepbot.analysis.surface import PlainSurface
from prepbot.domain.role import Role
from prepbot.errors import ModelUnavailable
from prepbot.grader import Grader
from prepbot.interviewer import Interviewer
from prepbot.next_question import NextQuestions
from prepbot.offer_desk import OfferDesk
from prepbot.own_papers import OwnPapers
from prepbot.own_question_desk import OwnQuestionDesk
from prepbot.planner import Planner
from prepbot.ports import Analyst, AnswerScorer, Clock, Embedder, Index, Listener, Store, TalkReader, Voice
from prepbot.progress import ProgressBook
from prepbot.reading.advert import DocumentAdverts
from prepbot.reading.catalogue import load_metrics, load_stage_profiles, track, trade_kpis
from prepbot.reading.decisions import load_decisions
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
from prepbot.retrieval.index import open_index
from prepbot.roles import RoleLibrary
from prepbot.settings import Settings, load_settings
from prepbot.spaced_repetition import FsrsScheduler
from prepbot.storage.store import SqlStore
from prepbot.stories import StoryBank
from prepbot.written_voice import WrittenVoice

OFFLINE = "Working offline with written rules and a small reader of its own. Nothing you type leaves this computer."

_ROLES_WARM = 16


class SystemClock:
    """The machine's clock, in UTC."""

    def now(self) -> datetime:
        """The current time in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Prepbot:
    """Everything a page or a command needs. `notices` say what is degraded or offline, for people to read."""

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


def open_prepbot(settings: Settings | None = None) -> Prepbot:
    """Join the adapters that the settings name. Raises StoreUnavailable, and BadInput for unusable settings."""
    settings = settings or load_settings()
    clock = SystemClock()
    store = SqlStore(settings.database)
    embedder = open_embedder(settings)
    index = open_index(settings.index_dir, embedder)
    roles = RoleLibrary(store, DocumentPages(), clock)
    analyst_for = analysts(open_answer_model(settings, embedder))
    surface = PlainSurface(load_resume_rules().verbs)
    rules = load_decisions()
    written = WrittenVoice()
    resumes = ResumeChecker(store, DocumentResumes(), analyst_for, surface, load_advice(), clock)
    adverts = AdvertChecker(store, DocumentAdverts(), surface, load_advert_forms(), clock, embedder)
    voice = open_voice(settings, written)
    offers = open_offers()
    papers = OwnPapers(resumes, adverts)
    planner = Planner(
        load_stage_profiles(), index, CatalogueExercises(), offers.rules, load_viewpoints(), papers.taken_up
    )
    own_questions = OwnQuestionDesk(load_own_question_rules(), embedder)
    grader = Grader(store, index, roles, analyst_for, clock, offers, rules, own_questions)
    return Prepbot(
        settings=settings,
        store=store,
        clock=clock,
        index=index,
        roles=roles,
        planner=planner,
        interviewer=Interviewer(store, voice, written, roles, analyst_for, clock, offers, listeners(embedder, clock)),
        grader=grader,
        resumes=resumes,
        adverts=adverts,
        stories=StoryBank(store, analyst_for, surface, clock, *load_story_rules(), embedder),
        progress=ProgressBook(store, rules, FsrsScheduler(), clock, offers),
        notices=tuple(notice for notice in (OFFLINE if voice is written else None, index.notice) if notice),
        offers=offers,
        next_questions=NextQuestions(load_aims(), grader.related_kpis, planner.near_kpi),
    )


def open_embedder(settings: Settings) -> Embedder | None:
    """The embedded model, None where it is switched off or missing."""
    if not settings.embeddings:
        return None
    try:
        return MiniLmEmbedder(settings.embedding_model)
    except ModelUnavailable:
        return None


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


def open_voice(settings: Settings, written: Voice) -> Voice:
    """The model's voice where one is set, else the written one."""
    if not settings.model:
        return written
    from prepbot.language.model import build_model
    from prepbot.language.voice import ModelVoice

    return ModelVoice(written, lambda: build_model(settings))
