"""What a model's words must be before a candidate hears them. Code chose the move; these rules hold the words to it."""

import re
from collections.abc import Iterator, Sequence

from prepbot.domain.gap import GapKind
from prepbot.domain.moves import Ask, CloseStage, Greet, Move, Probe
from prepbot.language.guard_rules import REPEATS_THE_QUESTION, compiled, guard_rules
from prepbot.language.told import Told, flat, folded, hidden, inner, quotations, words

_TO_THE_LETTER = "End with the question that ends the line, letter for letter; ask nothing else."
_MOST_WORDS_BESIDES = 45
_ENDS = re.compile(r"[.?!…]['”\")]*$")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:;“\"(]\s*|\s[–—-]\s+)$")
_FEWEST_WORDS_OF_A_LANGUAGE = 4
_A_RUN = 4
_LITTLE_WORDS = frozenset(("the", "and", "for", "you", "your", "are", "was", "were", "that", "this", "with", "not"))
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


def question_rule(move: Move) -> str:
    """The rule about questions, in words for the prompt."""
    match move:
        case Ask():
            return _TO_THE_LETTER
        case Probe() if move.gap.kind in REPEATS_THE_QUESTION:
            return _TO_THE_LETTER
        case Probe() if move.gap.kind is GapKind.UNCLEAR_KPI:
            return f"Ask exactly one question, which names “{move.gap.kpi}”."
        case Probe():
            return "Ask exactly one question, the one that the line asks."
        case _:
            return "Ask nothing."


def refusal(text: str, move: Move, line: str, answer: str, terms: str = "", instructions: str = "") -> str | None:
    """Why these words may not be said, None where they may.

    `line` is the written form of the move, `answer` the candidate's last answer: numbers and quotations must come
    from one of them, and names from there or from `terms`, the words of the role and the plan. `instructions` are the
    model's own, which it is not to read out.
    """
    return (
        broken_rule(text, move, line, answer, terms, instructions)
        or _shape(text, move)
        or _wrong_question(text, move, Told(line, answer))
        or (None if _ENDS.search(text.strip()) else "unfinished")
        or _not_the_line(text, move, line)
    )


def broken_rule(text: str, move: Move, line: str, answer: str, terms: str = "", instructions: str = "") -> str | None:
    """The name of the first rule that words, finished or not, break already; None where they break none."""
    told = Told(line, answer, f"{_question(move)}\n{terms}")
    if hidden(text):
        return "markup"
    if any(not told.quoted(inner(quotation)) for quotation in quotations(text)):
        return "invented quotation"
    own = _own_words(text, move, told)
    if _runs(own) & (_runs(instructions) - _runs(f"{line}\n{_question(move)}\n{terms}")):
        return "instructions"
    return _forbidden(folded(own), told) or _not_english(own, told) or _invented(text, own, told)


def _runs(text: str) -> set[tuple[str, ...]]:
    """Every few words in a row: so many of an instruction are said by nobody who does not read it out."""
    plain = words(folded(text))
    return {tuple(plain[at : at + _A_RUN]) for at in range(len(plain) - _A_RUN + 1)}


def _forbidden(own: str, told: Told) -> str | None:
    for rule in guard_rules().rule:
        if (
            any(_found(rule.never, own))
            or not all(map(told.names, _found(rule.unless_named, own)))
            or not all(map(told.holds, _found(rule.unless_told, own)))
        ):
            return rule.name
    return None


def _found(patterns: Sequence[str], own: str) -> Iterator[re.Match[str]]:
    return (match for pattern in patterns for match in compiled(pattern).finditer(own))


def _invented(text: str, own: str, told: Told) -> str | None:
    """A number or a name that nobody brought in."""
    if told.new_number(text, guard_rules().numbers.units):
        return "new number"
    if any(not told.knows_name(name) for name in _names(own)):
        return "new name"
    return None


def _names(own: str) -> Iterator[str]:
    """The words that are names by their capital within a sentence, by their spelling, or by how well known they are."""
    known = guard_rules().names
    for found in re.finditer(r"[^\W\d_][\w.&'’+#-]*[\w+#]|[^\W\d_]", own):
        word = re.sub(r"['’].*$", "", found.group())
        if not word[:1].isupper() or word in known.ordinary:
            continue
        begins = _SENTENCE_START.search(own[: found.start()]) is not None
        odd = any(character.isupper() or character == "." for character in word[1:])
        if odd or not begins:
            yield word
    for name in known.well_known:
        if re.search(rf"\b{re.escape(name)}\b", own, re.IGNORECASE) and name.capitalize() in own:
            yield name


def _not_english(own: str, told: Told) -> str | None:
    """Words in another script, or hardly any of the small words that every English sentence is made of."""
    english = guard_rules().english
    mine = [word for word in map(folded, words(own)) if not told.knows_name(word) or word in english.small_words]
    if any(character.isalpha() and not _LATIN.match(character) for word in mine for character in word):
        return "not English"
    if len(mine) < _FEWEST_WORDS_OF_A_LANGUAGE:
        return None
    small = sum(word in english.small_words for word in mine)
    return "not English" if 100 * small < english.share * len(mine) else None


def _own_words(text: str, move: Move, told: Told) -> str:
    """The words without the planned question and without quotations of the candidate: those are not the model's."""
    rest = _without(_question(move), text)
    for quotation in reversed(list(quotations(rest))):
        if told.quoted(inner(quotation)):
            rest = f"{rest[: quotation.start()]}…{rest[quotation.end() :]}"
    return rest


def _question(move: Move) -> str:
    return move.question.text if isinstance(move, Ask | Probe) else ""


def _without(question: str, text: str) -> str:
    """The words without the question, or without its beginning where the words are still coming."""
    if not question:
        return text
    if question in text:
        return text.replace(question, " ")
    begun = next((at for at in range(len(text)) if question.startswith(text[at:])), len(text))
    return text[:begun]


def _shape(text: str, move: Move) -> str | None:
    if not text.strip():
        return "empty"
    if len(_without(_question(move), text).split()) > _MOST_WORDS_BESIDES:
        return "too long"
    if len(text.strip().splitlines()) > 1:
        return "more than one paragraph"
    return None


def _not_the_line(text: str, move: Move, line: str) -> str | None:
    """A greeting or a goodbye without a single word of the line says something else."""
    if not isinstance(move, Greet | CloseStage) or not line:
        return None
    return None if _telling(text) & _telling(line) else "not the line"


def _telling(text: str) -> set[str]:
    return {word[:5] for word in words(folded(text)) if len(word) > 2 and word not in _LITTLE_WORDS}


def _wrong_question(text: str, move: Move, told: Told) -> str | None:
    """Hold the words to the question that was meant."""
    asked = _own_words(text, move, told).count("?")
    match move:
        case Ask():
            return None if text.rstrip().endswith(move.question.text) and not asked else "not the question"
        case Probe() if move.gap.kind in REPEATS_THE_QUESTION:
            return None if text.count(move.question.text) == 1 and not asked else "not the question"
        case Probe():
            return None if asked == 1 and _is_about(text, move) else "not the question"
        case _:
            return "a question" if asked else None


def _is_about(text: str, move: Probe) -> bool:
    if move.gap.kind is GapKind.UNCLEAR_KPI:
        return flat(move.gap.kpi) in flat(text)
    return compiled(guard_rules().about[move.gap.kind]).search(folded(text)) is not None
