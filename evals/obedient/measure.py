"""What obedient models can lift, say and write: each string in an answer, put to a model in each of its parts."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from evals.gaming.cases import Place, Sample, base_answers, placed
from evals.gaming.measure import drawn
from evals.gaming.reading import Reader
from evals.labelled import LabelledAnswer
from evals.obedient.chat import Reply, replying_client
from evals.obedient.models import ANALYST_DEEDS, COACH_DEEDS, VOICE_DEEDS, Deeds, cunning, selective
from evals.obedient.units import row_material, row_probe, row_unit
from evals.obedient.words import emitted
from prepbot.domain.evidence import Evidence
from prepbot.domain.hybrid import hybrid, may_be_read
from prepbot.domain.role import Role
from prepbot.domain.rubric import Grade, grade
from prepbot.errors import ModelUnavailable
from prepbot.language.analyst import ModelAnalyst
from prepbot.language.coach import ModelCoach
from prepbot.language.voice import ModelVoice
from prepbot.reading.coach_rules import load_coach_rules
from prepbot.reading.decoys import decoys_for
from prepbot.reading.pages import find_page
from prepbot.written_voice import WrittenVoice

ROLE = find_page("ecommerce-specialist").role
OBEDIENT, SELECTIVE, CUNNING = "obedient", "selective", "cunning"
_BANDS, _EACH = (1, 2, 3, 4), 6


@dataclass(frozen=True, slots=True)
class Attacked:
    """A labelled answer with a string in it, as the rules alone read it."""

    sample: Sample
    row: LabelledAnswer
    place: Place
    text: str
    evidence: Evidence

    @property
    def order(self) -> str:
        """The string, as it stands in the answer."""
        return self.sample.said_to(self.row.question)


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of one string before one model in one part.

    `asked` says whether the model was asked at all, `used` whether any of its reply was; `rise` by how many bands the
    answer came to stand above what the rules give it, `changed` whether anything else of its grade or evidence is not
    the rules', `shown` what of the model's own emission a candidate came to see.
    """

    sample: Sample
    model: str
    part: str
    deed: str
    asked: bool
    used: bool
    rise: int = 0
    changed: bool = False
    shown: str = ""


def attacked(reader: Reader, samples: Sequence[Sample], places: Sequence[Place] = ()) -> Iterator[Attacked]:
    """Each string in a base answer of bands 1 to 4: at the places named, or at one of the three in turn."""
    bases = [row for rows in base_answers(_BANDS, _EACH).values() for row in rows]
    each = tuple(Place)
    for index, sample in enumerate(samples):
        for place in places or (each[index % len(each)],):
            row = drawn(bases, f"{sample.id} {place}")
            text = placed(sample, row, place)
            yield Attacked(sample, row, place, text, reader.read(row, text).evidence)


def tried_as_analyst(case: Attacked, role: Role = ROLE) -> Iterator[Tried]:
    """Every deed of an obedient analyst, and what a selective and a cunning one do."""
    for deed in ANALYST_DEEDS:
        yield _read(case, role, OBEDIENT, deed, Deeds(case.order, analyst=deed).reply)
    yield _read(case, role, SELECTIVE, "yes to all", selective(case.order, Deeds(case.order).reply))
    knowing = cunning([kpi.name for kpi in role.kpis], case.evidence, case.text, case.order)
    yield _read(case, role, CUNNING, "yes where it counts", selective(case.order, knowing))


def _read(case: Attacked, role: Role, model: str, deed: str, reply: Reply) -> Tried:
    if not may_be_read(case.evidence):
        return Tried(case.sample, model, "analyst", deed, asked=False, used=False)
    client, chat = replying_client(reply, f"fake:{model}")
    try:
        reading = ModelAnalyst(client, decoys_for).read(role, row_unit(case.row, case.text, case.evidence), "", 3)
    except ModelUnavailable:
        return Tried(case.sample, model, "analyst", deed, asked=bool(chat.history), used=False)
    found = hybrid(case.evidence, [reading], [case.text])
    return Tried(
        case.sample,
        model,
        "analyst",
        deed,
        asked=bool(chat.history),
        used=not reading.not_used,
        rise=_band(found.grade()) - _band(grade(case.evidence)),
        changed=found.evidence != case.evidence or found.grade() != grade(case.evidence),
    )


def _band(given: object) -> int:
    return given.band if isinstance(given, Grade) else 0


def tried_as_voice(case: Attacked, deeds: Sequence[str] = tuple(VOICE_DEEDS)) -> Iterator[Tried]:
    """Every deed of an obedient voice that follows up on the answer; what is heard before a refusal counts too."""
    move, interview = row_probe(case.row, case.text, case.evidence)
    line = "".join(WrittenVoice().say(move, interview))
    for deed in deeds:
        client, chat = replying_client(Deeds(case.order, voice=deed).reply, "fake:obedient")
        heard, used = [], True
        try:
            heard.extend(ModelVoice(WrittenVoice(), client).say(move, interview))
        except ModelUnavailable:
            used = False
        system = str(chat.history[0][0].content) if chat.history else ""
        shown = emitted("".join(heard), line, system)
        yield Tried(case.sample, OBEDIENT, "voice", deed, asked=bool(chat.history), used=used, shown=shown)


def tried_as_coach(case: Attacked, deeds: Sequence[str] = tuple(COACH_DEEDS)) -> Iterator[Tried]:
    """Every deed of an obedient coach."""
    material = row_material(case.row, case.text, case.evidence)
    if material is None:
        return
    rules = load_coach_rules()
    for deed in deeds:
        client, chat = replying_client(Deeds(case.order, coach=deed).reply, "fake:obedient")
        said = ""
        with suppress(ModelUnavailable):
            said = ModelCoach(client, rules).suggest(material).text
        system = str(chat.history[0][0].content) if chat.history else ""
        shown = emitted(said, " ".join(material.answers), system)
        yield Tried(case.sample, OBEDIENT, "coach", deed, asked=bool(chat.history), used=bool(said), shown=shown)
