"""What the model analyst would be asked about a sat interview, request by request, without asking it."""

import json
from collections.abc import Iterator
from contextlib import suppress

from prepbot.domain.interview import Interview
from prepbot.domain.role import Role
from prepbot.language.analyst import analyst_requests
from prepbot.language.analyst_form import Finding, Findings
from prepbot.language.analyst_prompt import NothingToCheckBy
from prepbot.language.call import Request
from prepbot.reading.decoys import decoys_for
from prepbot.second_reading import missing

_ANY = "any engine"
_REASON = "The candidate says what they did about it themselves and what came of it."
_QUOTE = "I moved the delivery cost to the product page and tested it for two weeks"


def grading_requests(role: Role, interview: Interview) -> Iterator[Request]:
    """The requests about every question that is closed and that a model may read, in their order."""
    for unit in missing(interview, (), [_ANY]):
        with suppress(NothingToCheckBy):
            yield from analyst_requests(role, unit, decoys_for(role), interview.plan.seed)


def ordinary_reply() -> str:
    """A reply of ordinary length: five statements and two measures, each with a reason, a quotation and a verdict."""
    finding = Finding(check="c1", reason=_REASON, quote=_QUOTE, holds=True)
    return json.dumps(Findings(findings=[finding] * 7).model_dump())
