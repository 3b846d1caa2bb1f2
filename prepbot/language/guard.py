"""What a model's words must be before a candidate hears them. Code chose the move; these rules hold the words to it."""

import re
from dataclasses import dataclass

from prepbot.domain.gap import GapKind
from prepbot.domain.moves import Ask, Move, Probe

_MOST_WORDS_BESIDES = 45
_QUOTED = re.compile(r"[“\"]([^”\"]{1,400})[”\"]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ENDS = re.compile(r"[.?!…]['”\")]*$")


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that no interviewer of ours says, and why."""

    name: str
    pattern: re.Pattern[str]
    why: str


def _rule(name: str, pattern: str, why: str) -> Rule:
    return Rule(name, re.compile(pattern, re.IGNORECASE), why)


RULES: tuple[Rule, ...] = (
    _rule(
        "scoring",
        r"\b(?:scor(?:e|es|ed|ing)|rubric|band (?:one|two|three|four|five|\d)|grad(?:e|ed|es|ing)\b|rating"
        r"|points? out of|\d+ ?/ ?\d+)",
        "What an answer earns is shown in the review, from the candidate's own words.",
    ),
    _rule(
        "praise",
        r"\b(?:great|excellent|impressive|impressed|fantastic|perfect(?:ly)?|brilliant|wonderful|amazing|awesome|superb"
        r"|outstanding|well done|nicely|good (?:answer|example|point|job|work|question)"
        r"|i (?:really )?(?:love|like)|strong (?:answer|example|point))\b",
        "Praise without a span is a promise nobody keeps.",
    ),
    _rule(
        "verdict",
        r"\b(?:(?:that|this|your answer|it|you)(?: is|'s|’s| was|'re|’re| are)(?: not| n't)?"
        r" (?:quite |very |really |too )?(?:right|correct|wrong|incorrect|weak|poor|vague|unclear|good(?! to\b)|bad"
        r"|solid|enough|insufficient|disappointing)"
        r"|unfortunately|you failed|you passed|you should have|not what i)\b",
        "The interviewer listens; the grade is made elsewhere.",
    ),
    _rule(
        "progress",
        r"\b(?:you (?:are|'re|’re|have been|will be) (?:hired|selected|accepted|rejected|through|advancing)"
        r"|(?:next|final) (?:round|stage) (?:is|will be) yours|the job is yours|welcome aboard|you got the job)\b",
        "Code alone advances an interview.",
    ),
    _rule(
        "not to be asked",
        r"\b(?:how old|your age|date of birth|married|marital|spouse|husband|wife|children|pregnan\w*|religio\w*|church"
        r"|nationality|ethnic\w*|your (?:race|origin|health)|disabilit\w*|disabled|sexual|political (?:party|views)"
        r"|trade union)\b",
        "An employer may not ask it.",
    ),
    _rule(
        "machine",
        r"\b(?:as an ai|language model|system prompt|my instructions|i (?:am|'m|’m) (?:an ai|a bot))\b",
        "The persona speaks, not the machinery.",
    ),
    _rule(
        "markup",
        r"https?:|www\.|!\[|\]\(|<[a-z/!]|[*_`#]{2}|^\s*(?:[-*#>]|\d+[.)])\s|```|\{\{",
        "Spoken words carry no links and no markup.",
    ),
)

# What a follow-up must be about: at least one of these words, for the gap that it is to close.
ABOUT: dict[GapKind, str] = {
    GapKind.NO_ANSWER: r"done|do\b|did|begin|start|nearest|close|similar|try|first",
    GapKind.KPI_PILE: r"which|one of|single|first",
    GapKind.COPIED_QUESTION: r"your own|yours|own (?:words|answer|experience)",
    GapKind.NO_ACTION: r"\bdo\b|\bdid\b|steps?\b|first|done|doing|how",
    GapKind.WE_WITHOUT_I: r"your (?:own )?(?:part|role|share)|yours\b|yourself|you personally|you do|did you",
    GapKind.NO_RESULT: r"chang|result|outcome|came|come of|turn|effect|differen|happen|know|tell|worked|impact",
    GapKind.LAST_TIME: r"\bwhen\b|last time|example|have you|did you",
    GapKind.KPI_WITHOUT_NUMBER: (
        r"number|figure|how (?:much|many|far|high|low|long)|what (?:was|is|would)|from what|by what"
    ),
    GapKind.OPEN_TASKS: r"\btasks?\b|\bcase\b",
}
_REPEATS_THE_QUESTION = {GapKind.EMPTY_ANSWER, GapKind.OTHER_LANGUAGE, GapKind.GIBBERISH, GapKind.OFF_QUESTION}
_REPEATS_THE_QUESTION |= {GapKind.STEERING, GapKind.ASKED_BACK}


def question_rule(move: Move) -> str:
    """The rule about questions, in words for the prompt."""
    match move:
        case Ask():
            return f"End with this question, letter for letter: {move.question.text}"
        case Probe() if move.gap.kind in _REPEATS_THE_QUESTION:
            return f"Hold this question, letter for letter, and no other: {move.question.text}"
        case Probe() if move.gap.kind is GapKind.UNCLEAR_KPI:
            return f"Ask exactly one question, which names “{move.gap.kpi}”."
        case Probe():
            return "Ask exactly one question, the one that the line asks."
        case _:
            return "Ask nothing."


def refusal(text: str, move: Move, line: str, answer: str) -> str | None:
    """Why these words may not be said, None where they may.

    `line` is the written form of the move, `answer` the candidate's last answer: numbers and quotations must come
    from one of them.
    """
    return (
        broken_rule(text, move, line, answer)
        or _shape(text, move)
        or _wrong_question(text, move)
        or (None if _ENDS.search(text.strip()) else "unfinished")
    )


def broken_rule(text: str, move: Move, line: str, answer: str) -> str | None:
    """The name of the first rule that words, finished or not, break already; None where they break none."""
    own = _own_words(text, move, answer)
    for rule in RULES:
        if rule.pattern.search(own):
            return rule.name
    known = _NUMBER.findall(f"{line} {answer}")
    if any(number not in known for number in _NUMBER.findall(text)):
        return "new number"
    told = _flat(f"{line} {answer}")
    if any(_flat(quote) not in told for quote in _QUOTED.findall(text)):
        return "invented quotation"
    return None


def _own_words(text: str, move: Move, answer: str) -> str:
    """The words without the planned question and without quotations of the candidate: those are not the model's."""
    question = move.question.text if isinstance(move, Ask | Probe) else ""
    rest = _without(question, text)
    said = _flat(answer)
    return _QUOTED.sub(lambda quote: " " if _flat(quote.group(1)) in said else quote.group(0), rest)


def _without(question: str, text: str) -> str:
    """The words without the question, or without its beginning where the words are still coming."""
    if not question:
        return text
    if question in text:
        return text.replace(question, " ")
    begun = next((at for at in range(len(text)) if question.startswith(text[at:])), len(text))
    return text[:begun]


def _shape(text: str, move: Move) -> str | None:
    question = move.question.text if isinstance(move, Ask | Probe) else ""
    if not text.strip():
        return "empty"
    if len(_without(question, text).split()) > _MOST_WORDS_BESIDES:
        return "too long"
    if len(text.strip().splitlines()) > 1:
        return "more than one paragraph"
    return None


def _wrong_question(text: str, move: Move) -> str | None:
    """Hold the words to the question that was meant."""
    asked = text.count("?")
    match move:
        case Ask():
            exact = text.rstrip().endswith(move.question.text) and asked == move.question.text.count("?")
            return None if exact else "not the question"
        case Probe() if move.gap.kind in _REPEATS_THE_QUESTION:
            exact = move.question.text in text and asked == move.question.text.count("?")
            return None if exact else "not the question"
        case Probe():
            return None if asked == 1 and _is_about(text, move) else "not the question"
        case _:
            return "a question" if asked else None


def _is_about(text: str, move: Probe) -> bool:
    if move.gap.kind is GapKind.UNCLEAR_KPI:
        return move.gap.kpi.casefold() in text.casefold()
    return re.search(ABOUT[move.gap.kind], text, re.IGNORECASE) is not None


def _flat(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())
