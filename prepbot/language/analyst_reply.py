"""From a model's reply to proposals: each finding is matched to its check, and each quotation to the answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from prepbot.domain.evidence import Span
from prepbot.domain.model_reading import Dropped, Proposal
from prepbot.language.analyst_form import Finding
from prepbot.language.analyst_prompt import Asked, AskedCheck
from prepbot.language.quote_finding import find_quote


@dataclass(frozen=True, slots=True)
class Ground:
    """What quotations are looked for in. See find_quote; `is_cut` says that the model did not see all of it."""

    answers: tuple[str, ...]
    beyond: tuple[Span, ...]
    elsewhere: tuple[str, ...]
    is_cut: bool = False


def said_yes_to_a_decoy(asked: Asked, findings: Sequence[Finding]) -> bool:
    """Whether a model answered yes where only no is right: it obeys somebody, or guesses."""
    return any(finding.holds and _code(finding) in asked.decoys for finding in findings)


def proposals_of(
    asked: Asked, findings: Sequence[Finding], ground: Ground
) -> tuple[tuple[Proposal, ...], tuple[Dropped, ...]]:
    """The proposals of one reply, and what of it was dropped with why. A yes counts with words of the answer only."""
    proposals: list[Proposal] = []
    dropped: list[Dropped] = []
    verdicts = {(_code(finding), finding.holds) for finding in findings}
    for code, finding in {_code(finding): finding for finding in findings}.items():
        check = asked.checks.get(code)
        if check is None:
            if code not in asked.decoys:
                dropped.append(Dropped(finding.check, finding.quote, "no check of this call"))
            continue
        both = (code, not finding.holds) in verdicts
        result = "both yes and no" if both else _proposal(check, finding, ground)
        if isinstance(result, Proposal):
            proposals.append(result)
        else:
            dropped.append(Dropped(check.kpi or check.point.value, finding.quote, result))
    return tuple(proposals), tuple(dropped)


def _proposal(check: AskedCheck, finding: Finding, ground: Ground) -> Proposal | str:
    """The finding as a proposal, or why it is none."""
    if not finding.holds and ground.is_cut:
        return "a no, but the middle of the answer was not shown"
    place = find_quote(finding.quote, ground.answers, ground.beyond, ground.elsewhere)
    if finding.holds and place.span is None:
        return place.why
    return Proposal(check.point, finding.holds, finding.reason, place.span, check.kpi)


def _code(finding: Finding) -> str:
    """The code alone: some models write what it stands for behind it."""
    return next(iter(finding.check.lower().split()), "").strip(".:()[]")
