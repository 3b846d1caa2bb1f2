"""A review as a file: JSON for programs, Markdown for notes, HTML to read and print."""

from prepbot.domain.report import Review
from prepbot.errors import BadInput
from prepbot.exports.as_html import review_html
from prepbot.exports.as_json import review_json
from prepbot.exports.as_markdown import review_markdown

__all__ = ["FORMATS", "export", "review_html", "review_json", "review_markdown"]

FORMATS = {"json": review_json, "md": review_markdown, "html": review_html}


def export(review: Review, kind: str) -> str:
    """The review in a format by name. Raises BadInput for one that is not written yet."""
    if kind not in FORMATS:
        raise BadInput(f"No review can be written as “{kind}” yet; choose {', '.join(FORMATS)}.")
    return FORMATS[kind](review)
