"""What every store says where something is not there."""

from prepbot.candidate_ports import PaperKind
from prepbot.errors import NotFound

_PAPERS = {PaperKind.RESUME: "résumé", PaperKind.ADVERT: "job advert"}


def no_interview(interview_id: str) -> NotFound:
    """An interview that nobody started."""
    return NotFound(f"No interview {interview_id} is stored here; choose one from the list.")


def no_document(sha256: str) -> NotFound:
    """A role page that was never kept."""
    return NotFound(f"No document {sha256[:12]}… is kept here; upload the role page again.")


def no_story(story_id: str) -> NotFound:
    """A story that was never saved, or is removed already."""
    return NotFound(f"No story {story_id} is stored here; choose one from the list.")


def no_paper(role_id: str, kind: PaperKind) -> NotFound:
    """A role without the paper that was named."""
    return NotFound(f"No {_PAPERS[kind]} is kept for the role “{role_id}”; there is nothing to remove.")
