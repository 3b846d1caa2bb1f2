"""Samples of the inspect_ai task, and what a reply to one scores: nothing of inspect_ai is needed for either."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from evals.answers import Scored
from evals.labelled import role_of
from evals.models.readings import Read
from evals.obedient.chat import replying_client
from evals.obedient.units import row_unit
from evals.readings import Readings, spread
from evals.sets import DataSet, load_sets
from prepbot.domain.hybrid import may_be_read
from prepbot.domain.role import Role
from prepbot.errors import BadInput
from prepbot.language.analyst import ModelAnalyst, analyst_requests
from prepbot.language.analyst_form import Findings
from prepbot.language.analyst_prompt import NothingToCheckBy
from prepbot.language.ladder import form_lines
from prepbot.reading.decoys import decoys_for

_SEED = 0


@dataclass(frozen=True, slots=True)
class AnalystSample:
    """One labelled answer as a model is asked about it. `band` is the labelled one."""

    id: str
    system: str
    user: str
    band: int
    scored: Scored
    role: Role

    def scores(self, completion: str) -> Mapping[str, float]:
        """What a reply comes to, each from 0 to 1: whether it was used, and whether the bands are the labelled one."""
        client, _ = replying_client(lambda _, __: completion, "inspect:model")
        row = self.scored.row
        unit = row_unit(row, row.answer, self.scored.evidence)
        reading = ModelAnalyst(client, decoys_for).read(self.role, unit, "", _SEED)
        read = Read(self.scored, reading)
        return {
            "reading used": float(not reading.not_used),
            "band exact, rules": float(read.rules.said.band == self.band),
            "band exact, both": float(read.both.said.band == self.band),
            "band exact, model": float(read.model.said.band == self.band),
        }


@cache
def samples(dataset: str = "answers_dev2", most: int = 1_000) -> tuple[AnalystSample, ...]:
    """The answers of a set that a model may be asked about. Raises BadInput for a set that there is none of."""
    one = _set(dataset)
    among = one.rows()
    found = []
    for scored in Readings().each(spread(among, most), among):
        role = role_of(scored.row, among)
        if not may_be_read(scored.evidence):
            continue
        try:
            unit = row_unit(scored.row, scored.row.answer, scored.evidence)
            (request,) = analyst_requests(role, unit, decoys_for(role), _SEED)
        except NothingToCheckBy:
            continue
        system = f"{request.system}\n\n{form_lines(Findings)}"
        found.append(AnalystSample(scored.row.id, system, request.user, scored.row.band, scored, role))
    return tuple(found)


def _set(name: str) -> DataSet:
    known = {one.name: one for one in load_sets() if one.shown}
    if name not in known:
        raise BadInput(f"There is no open set {name}; there are {', '.join(known)}.")
    return known[name]
