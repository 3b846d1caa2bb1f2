"""An improved answer by a language model, out of the candidate's own words alone: a checker holds it to them."""

from prepbot.domain.coach_check import CoachRules, Material, refusal
from prepbot.language.call import Request
from prepbot.language.client import ModelClient
from prepbot.language.failure import FailureKind, ModelFailed
from prepbot.language.prompts import Prompt, as_data, load_prompt, random_fence
from prepbot.model_ports import Purpose, Suggestion

PROMPT = "coach.v1"
_ANSWER_CHARACTERS = 6_000
_LINE_CHARACTERS = 600
_MOST_CHARACTERS = 2_500


class ModelCoach:
    """Satisfies model_ports.Coach. What the checker refuses is thrown away with the call: no part of it is kept."""

    def __init__(self, client: ModelClient, rules: CoachRules) -> None:
        self._client = client
        self._rules = rules

    def suggest(self, material: Material, interview_id: str = "") -> Suggestion:
        """An improved answer with blanks. Raises ModelUnavailable for a failure and for words that are refused."""
        prompt = load_prompt(PROMPT)
        text = self._client.text(request(prompt, material, self._rules, interview_id), _MOST_CHARACTERS)
        reason = refusal(text, material, self._rules)
        if reason:
            raise ModelFailed(FailureKind.NOT_USED, detail=f"({reason})")
        return Suggestion(text, self._client.name, prompt.name)


def request(prompt: Prompt, material: Material, rules: CoachRules, interview_id: str = "") -> Request:
    """What the model is asked: answers and skeleton as fenced data, and what is open."""
    fence = random_fence()
    system, user = prompt.render(
        most_words=str(rules.most_words),
        fence=fence,
        question=as_data(material.question, fence, _LINE_CHARACTERS),
        answers=as_data("\n\n".join(material.answers), fence, _ANSWER_CHARACTERS),
        ordered=as_data("\n".join(material.ordered), fence, _ANSWER_CHARACTERS) or "(nothing yet)",
        open_checks="; ".join(material.open_checks) or "nothing",
    )
    return Request(Purpose.COACH, prompt.name, system, user, interview_id)
