"""A language model as a second reader of answers: it proposes, and what it cannot show in the answer is dropped."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from prepbot.domain.evidence import Span
from prepbot.domain.hybrid import open_kpis
from prepbot.domain.interview import Unit
from prepbot.domain.model_reading import Decoys, ModelReading
from prepbot.domain.report import unit_evidence
from prepbot.domain.role import Role
from prepbot.language.analyst_form import Findings
from prepbot.language.analyst_prompt import AT_ONCE, Asked, NothingToCheckBy, Sheet, Way, sheet_of
from prepbot.language.analyst_reply import Ground, proposals_of, said_yes_to_a_decoy
from prepbot.language.call import Request
from prepbot.language.client import ModelClient
from prepbot.language.failure import FailureKind, ModelFailed
from prepbot.language.prompts import load_prompt, random_fence
from prepbot.model_ports import Purpose

SAID_YES_TO_A_DECOY = "not used: said yes to a decoy"
NO_DECOY_LEFT = "not asked: the answer speaks of every decoy"

# These say something about one request: the same one again would end the same.
_OF_THE_REQUEST = {
    FailureKind.TOO_LONG,
    FailureKind.FILTERED,
    FailureKind.REFUSED,
    FailureKind.CUT_OFF,
    FailureKind.UNREADABLE,
    FailureKind.ENDLESS,
}


class ModelAnalyst:
    """Reads units through one model. Satisfies model_ports.ModelReader.

    `decoys_for` gives the decoys of a role; `way` asks for all checks at once or one by one; `fence` draws the mark
    around outside text, anew for each unit.
    """

    def __init__(
        self,
        client: ModelClient,
        decoys_for: Callable[[Role], Decoys],
        purpose: Purpose = Purpose.ANALYST,
        way: Way = AT_ONCE,
        fence: Callable[[], str] = random_fence,
    ) -> None:
        self._client = client
        self._decoys_for = decoys_for
        self._purpose = purpose
        self._way = way
        self._fence = fence
        self.engine = f"{client.name} {way.prompt}"

    def read(self, role: Role, unit: Unit, interview_id: str, seed: int) -> ModelReading:
        """What the model proposes about a unit. See ModelReader.read."""
        sheet = sheet_about(role, unit, interview_id, self._purpose)
        blank = ModelReading(self._client.name, self._way.prompt, load_prompt(self._way.prompt).sha256, raw="")
        try:
            asked = asked_about(sheet, unit, self._decoys_for(role), seed, self._way, self._fence())
            replies = [self._client.structured(one.request, Findings) for one in asked]
        except NothingToCheckBy:
            return replace(blank, not_used=NO_DECOY_LEFT)
        except ModelFailed as failure:
            if failure.kind not in _OF_THE_REQUEST:
                raise
            return replace(blank, not_used=f"not used: {failure.kind.value}")
        blank = replace(blank, raw="\n".join(reply.raw for reply in replies))
        answered = [(one, reply.value.findings) for one, reply in zip(asked, replies, strict=True)]
        if any(said_yes_to_a_decoy(one, findings) for one, findings in answered):
            return replace(blank, not_used=SAID_YES_TO_A_DECOY)
        ground = _ground(role, unit, sheet)
        parts = [proposals_of(one, findings, ground) for one, findings in answered]
        return replace(
            blank,
            proposals=tuple(proposal for proposals, _ in parts for proposal in proposals),
            dropped=tuple(one for _, dropped in parts for one in dropped),
        )


def sheet_about(role: Role, unit: Unit, interview_id: str = "", purpose: Purpose = Purpose.ANALYST) -> Sheet:
    """What a model is to be shown and asked of a unit whose answers have their evidence."""
    evidence = unit_evidence(unit)
    kpis = open_kpis(evidence, [kpi.name for kpi in role.kpis]) if evidence else ()
    return sheet_of(role.title, unit, kpis, interview_id, purpose)


def asked_about(sheet: Sheet, unit: Unit, decoys: Decoys, seed: int, way: Way, fence: str) -> tuple[Asked, ...]:
    """The requests about a unit, codes and decoys drawn by `seed`. Raises NothingToCheckBy."""
    return way.ask(sheet, decoys, Random(f"{seed} {unit.question.id}"), fence)


def analyst_requests(
    role: Role, unit: Unit, decoys: Decoys, seed: int = 0, way: Way = AT_ONCE, fence: str = "00000000"
) -> tuple[Request, ...]:
    """The requests alone, for whoever counts or caches them. Raises NothingToCheckBy."""
    return tuple(one.request for one in asked_about(sheet_about(role, unit), unit, decoys, seed, way, fence))


def _ground(role: Role, unit: Unit, sheet: Sheet) -> Ground:
    beyond = tuple(
        Span(span.start, span.end, turn)
        for turn, answer in enumerate(unit.answers)
        if answer.evidence is not None
        for span in answer.evidence.set_aside
    )
    asked = (unit.question.text, *(follow_up for follow_up, _ in sheet.turns if follow_up))
    return Ground(tuple(answer.text for answer in unit.answers), beyond, (*asked, *_page(role)), sheet.is_cut)


def _page(role: Role) -> tuple[str, ...]:
    """The lines of the role page that a candidate could read out, questions aside: those are asked."""
    return (
        role.about,
        *(f"{activity.name}: {activity.text}" for activity in role.activities),
        *(f"{kpi.name}: {kpi.definition}" for kpi in role.kpis),
        *(stage.description for stage in role.stages),
    )
