"""A job advert's text -> the lines that ask for something: duties and requirements, neither benefits nor praise."""

import re
from collections.abc import Iterator
from pathlib import Path

from prepbot.domain.advert import Advert, Ask
from prepbot.errors import BadInput
from prepbot.reading.files import read_text, read_upload
from prepbot.reading.lines import Line, Mark, normalised
from prepbot.reading.resume_layout import is_personal, pieces_of
from prepbot.reading.resume_rules import (
    AdvertRules,
    ResumeRules,
    heading_key,
    load_advert_rules,
    load_resume_rules,
)

MAX_CHARACTERS = 30_000
MAX_ASKS = 60
FEWEST_WORDS = 20

_LONGEST_HEADING = 50  # characters
_MOST_TOPIC_WORDS = 12
_EDGES = " \t.,;:–—-()"
_NAME = re.compile(r"(?<=\s)[A-Z][\w+#&/.-]*\w|(?<=\s)[A-Z]\b")


class DocumentAdverts:
    """Reads job adverts of the user; satisfies candidate_ports.AdvertReader."""

    def from_file(self, path: Path) -> Advert:
        """An advert from a file. Raises UnreadableFile and BadInput."""
        return read_advert(read_text(path), path.name)

    def from_upload(self, name: str, data: bytes) -> Advert:
        """An advert from uploaded bytes; `name` gives the format. Raises UnreadableFile and BadInput."""
        return read_advert(read_upload(name, data), name)

    def from_text(self, text: str, name: str) -> Advert:
        """An advert from pasted or kept text. Raises BadInput."""
        return read_advert(text, name)


def read_advert(text: str, name: str) -> Advert:
    """The asks in an advert's first 30,000 characters, at most 60. Raises BadInput where there is no advert."""
    whole = normalised(text)
    if len(whole.split()) < FEWEST_WORDS:
        raise BadInput(f"“{name}” holds fewer than {FEWEST_WORDS} words; paste the whole text of the job advert.")
    beginning = whole[:MAX_CHARACTERS]
    asks = tuple(_asks(beginning, load_resume_rules(), load_advert_rules()))
    notices = []
    if len(beginning) < len(whole) or len(asks) > MAX_ASKS:
        notices.append(f"“{name}” is longer than an advert: only its beginning is read. Paste the part about the job.")
    if not asks:
        notices.append(
            f"No line of “{name}” asks for a skill or names a duty; paste the part with tasks and requirements."
        )
    return Advert(name, beginning, asks[:MAX_ASKS], tuple(notices))


def _asks(text: str, rules: ResumeRules, advert: AdvertRules) -> Iterator[Ask]:
    skipped, asking = False, False
    for piece in pieces_of(text, rules):
        line = piece.line
        key = heading_key(line.text)
        if _is_heading(line, key, advert):
            skipped, asking = key in advert.skip, key in advert.asks
        elif not skipped and not is_personal(line.text, rules) and (asking or _cued(line, advert)):
            topic = _topic(line.text, advert)
            if topic:
                yield Ask(line.text, topic, line.number, _names(line.text))


def _is_heading(line: Line, key: str, advert: AdvertRules) -> bool:
    if len(line.text) > _LONGEST_HEADING or line.mark is Mark.BULLET:
        return False
    return key in advert.skip | advert.asks or line.mark in {Mark.HEADING, Mark.STRONG}


def _cued(line: Line, advert: AdvertRules) -> bool:
    return advert.cues.search(line.text) is not None


def _topic(text: str, advert: AdvertRules) -> str:
    """What a line asks for: the line without what opens an ask, at most twelve words."""
    rest = text
    while (lead := advert.lead_in.match(rest)) and lead.end() > 0:
        rest = rest[lead.end() :]
    words = rest.strip(_EDGES).split()
    topic = " ".join(words[:_MOST_TOPIC_WORDS]).strip(_EDGES)
    return topic[:1].upper() + topic[1:] + ("…" if len(words) > _MOST_TOPIC_WORDS else "")


def _names(text: str) -> tuple[str, ...]:
    """The words written as names; none where every other word has a capital, as in a title."""
    words = [word for word in text.split()[1:] if len(word) > 3]
    capitals = sum(word[0].isupper() for word in words)
    found = tuple(found.group() for found in _NAME.finditer(text))
    return () if len(words) > 3 and 2 * capitals > len(words) else found
