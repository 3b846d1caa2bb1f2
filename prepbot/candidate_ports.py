"""What the use cases about a candidate's own texts need from outside, as Protocols: résumés, job adverts, stories."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from prepbot.domain.advert import Advert
from prepbot.domain.evidence import Span
from prepbot.domain.opening import Opening
from prepbot.domain.resume import Resume
from prepbot.domain.self_rating import SelfRating
from prepbot.domain.story import Story


class ResumeReader(Protocol):
    """Reads résumés. Every method raises BadInput (or its UnreadableFile) with one sentence."""

    def from_file(self, path: Path) -> Resume:
        """A résumé from a file."""
        ...

    def from_upload(self, name: str, data: bytes) -> Resume:
        """A résumé from uploaded bytes; `name` gives the format."""
        ...

    def from_text(self, text: str, name: str) -> Resume:
        """A résumé from pasted or kept text; `name` is what messages call it."""
        ...


class AdvertReader(Protocol):
    """Reads job adverts. Every method raises BadInput (or its UnreadableFile) with one sentence."""

    def from_file(self, path: Path) -> Advert:
        """An advert from a file."""
        ...

    def from_upload(self, name: str, data: bytes) -> Advert:
        """An advert from uploaded bytes; `name` gives the format."""
        ...

    def from_text(self, text: str, name: str) -> Advert:
        """An advert from pasted or kept text; `name` is what messages call it."""
        ...


class Surface(Protocol):
    """Reads what stands on the surface of a short text, without weighing it. Never raises for any string."""

    def content(self, text: str) -> frozenset[str]:
        """The words that carry meaning, in the form in which two spellings of one meet."""
        ...

    def numbers(self, text: str) -> tuple[Span, ...]:
        """The figures that measure something: no dates, no version numbers."""
        ...

    def opening(self, text: str) -> Opening:
        """How the text opens: with an action, with a duty, or with neither."""
        ...

    def speaks_to_reader(self, text: str) -> bool:
        """Whether the text tells whoever reads or grades it what to do."""
        ...


@dataclass(frozen=True, slots=True)
class StoredStory:
    """A story with what read it: its evidence is of the role page `role_sha256`, made by `engine`."""

    story: Story
    role_sha256: str
    engine: str
    at: datetime


class PaperKind(StrEnum):
    """What a candidate may keep beside a role."""

    RESUME = "resume"
    ADVERT = "advert"


@dataclass(frozen=True, slots=True)
class Paper:
    """A text kept for one role: the candidate's résumé without its personal lines, or a job advert.

    `name` is what the user knows it by.
    """

    role_id: str
    kind: PaperKind
    name: str
    text: str
    at: datetime


class CandidateStore(Protocol):
    """The part of the store that keeps the candidate's own texts and ratings; see ports.Store."""

    def save_story(self, stored: StoredStory) -> None:
        """Keep a story; one with the same id is replaced."""
        ...

    def stories(self) -> tuple[StoredStory, ...]:
        """Every story, oldest first."""
        ...

    def remove_story(self, story_id: str) -> None:
        """Forget a story. Raises NotFound."""
        ...

    def save_paper(self, paper: Paper) -> None:
        """Keep a résumé or an advert; the role's one of that kind is replaced."""
        ...

    def papers(self, role_id: str) -> tuple[Paper, ...]:
        """What is kept beside a role, at most one of each kind, in the order of the kinds."""
        ...

    def remove_paper(self, role_id: str, kind: PaperKind) -> None:
        """Forget a role's résumé or advert. Raises NotFound."""
        ...

    def save_self_rating(self, rating: SelfRating) -> None:
        """Keep what somebody thought of an answer; the same interview and question again replaces it.

        Raises NotFound for an unknown interview.
        """
        ...

    def self_ratings(self, interview_id: str) -> tuple[SelfRating, ...]:
        """The self-ratings of an interview, in the order of their questions' ids; empty for one without any."""
        ...
