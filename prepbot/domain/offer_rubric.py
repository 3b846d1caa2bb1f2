"""What a talk about an offer is graded on: clarifying, anchoring, trading and closing, each by checks and anchors.

Source: the four things a rehearsal of an offer is for, as docs/rubric.md lists them. How much was gained counts
nowhere: the employer's limits are drawn by chance, and a good talk may gain little.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from prepbot.domain.bargaining import ActKind
from prepbot.domain.checks import Check
from prepbot.domain.evidence import Span
from prepbot.domain.negotiation import Negotiation, TalkStatus
from prepbot.domain.offer import Item
from prepbot.domain.offer_talk import Talk, TalkMove
from prepbot.domain.rubric import Criterion, CriterionGrade, NotGraded, level_of

OFFER_RUBRIC_VERSION = "2026-11.2"

OFFER_QUESTIONS: dict[str, str] = {
    "asks": "Asks a question about the offer",
    "asks_a_term": "Asks about a named term or benefit",
    "asks_before_wishing": "Asks before the first wish",
    "wishes": "Says what should change, by its name",
    "own_reason": "Gives a reason of your own",
    "own_result": "Gives an own result with a figure or a KPI",
    "several_terms": "Puts more than one term on the table",
    "gives": "Offers something in return",
    "tied": "Ties what you give to what you wish for",
    "decides": "Says yes, no, or that you need time",
    "thanks": "Says thank you",
    "no_pressure": "Sets no ultimatum",
}
"""Every check by its id, in plain words."""

OFFER_CRITERIA: tuple[Criterion, ...] = (
    Criterion(
        "clarifying",
        "Clarifying",
        (
            "No question about the offer.",
            "A question, but about no term of the offer.",
            "A question about a named term or benefit.",
            "A question about a named term, asked before the first wish.",
        ),
        ((), ("asks",), ("asks_a_term",), ("asks_before_wishing",)),
    ),
    Criterion(
        "anchoring",
        "Anchoring in own results",
        (
            "No term is named that should change.",
            "A wish, but no reason of your own.",
            "A wish with a reason of your own: experience, a licence, what you have now.",
            "A wish with an own result behind it, with a figure or a KPI.",
        ),
        ((), ("wishes",), ("own_reason",), ("own_result",)),
    ),
    Criterion(
        "trading",
        "Trading",
        (
            "One term at most, and nothing in return.",
            "Looks at more than one term.",
            "Offers something in return.",
            "Ties what is given to what is wished for: if … then …",
        ),
        ((), ("several_terms",), ("gives",), ("tied",)),
    ),
    Criterion(
        "closing",
        "Closing courteously",
        (
            "Leaves it open what you decide.",
            "Says yes, no, or that you need time.",
            "Says so, and says thank you.",
            "Says so with thanks, and set no ultimatum on the way.",
        ),
        ((), ("decides",), ("thanks",), ("no_pressure",)),
    ),
)


@dataclass(frozen=True, slots=True)
class OfferGrade:
    """The level reached on each criterion with the words that earned it; a span's turn is the place of its message."""

    criteria: tuple[CriterionGrade, ...]
    rubric: str = OFFER_RUBRIC_VERSION

    def level(self, criterion: str) -> int:
        """The level reached on one criterion. Raises KeyError for a name the rubric lacks."""
        return {grade.criterion: grade.level for grade in self.criteria}[criterion]


@dataclass(frozen=True, slots=True)
class Left:
    """A term as agreed beside what the employer would have gone to: shown when the talk is over, never before."""

    item: Item
    agreed: int
    limit: int


def grade_offer(talk: Negotiation) -> OfferGrade | NotGraded:
    """Grade a talk so far. NotGraded where no message could be read."""
    if not _understood(talk):
        return NotGraded("Nothing was said about the offer.", OFFER_RUBRIC_VERSION)
    found = offer_checks(talk)
    return OfferGrade(tuple(_graded(criterion, found) for criterion in OFFER_CRITERIA))


def offer_checks(talk: Negotiation) -> Mapping[str, Check]:
    """Every check on the talk, by id. Only `no_pressure` names no words: it is about what was not said."""
    moves = _understood(talk)
    agreed = _agreed(talk)
    wishes = [m for m in moves if m.kind is Talk.ASK and m.item is not None and m.span.turn not in agreed]
    asked = [move for move in moves if move.kind is Talk.QUESTION]
    named = [move for move in asked if move.about]
    first_wish = min((move.span.turn for move in wishes), default=len(talk.exchanges))
    results = _spans(moves, Talk.RESULT)
    gives = [move for move in moves if move.kind is Talk.GIVE]
    spans = {
        "asks": _of(asked),
        "asks_a_term": _of(named),
        "asks_before_wishing": _of(move for move in named if move.span.turn < first_wish or _same_breath(move, wishes)),
        "wishes": _of(wishes),
        "own_reason": (*results, *_spans(moves, Talk.REASON)),
        "own_result": results,
        "several_terms": _several(wishes, gives),
        "gives": _of(gives),
        "tied": _of(give for give in gives if _is_tied(give, wishes)),
        "decides": _decision(talk, moves),
        "thanks": _spans(moves, Talk.THANKS),
    }
    found = {name: Check(name, OFFER_QUESTIONS[name], bool(cut), cut) for name, cut in spans.items()}
    pressed = any(move.kind is Talk.PRESSURE for move in moves)
    return found | {"no_pressure": Check("no_pressure", OFFER_QUESTIONS["no_pressure"], not pressed)}


def left_on_the_table(talk: Negotiation) -> tuple[Left, ...]:
    """The terms that could have gone further, in the letter's order; empty while the talk goes on."""
    if not talk.over:
        return ()
    return tuple(
        Left(term.item, talk.terms[term.item], term.limit)
        for term in talk.offer.terms
        if term.better(term.limit, talk.terms[term.item])
    )


def _understood(talk: Negotiation) -> list[TalkMove]:
    """The moves of every message that the employer could use: a figure that cannot be meant is no wish."""
    return [
        move
        for exchange in talk.exchanges
        if not any(act.kind is ActKind.UNCLEAR for act in exchange.acts)
        for move in exchange.message.moves
    ]


def _agreed(talk: Negotiation) -> set[int]:
    """The messages that say yes to what is on the table: a figure in them is no wish."""
    yes = {ActKind.AT_ONCE, ActKind.CONFIRM, ActKind.ACCEPTED}
    return {turn for turn, exchange in enumerate(talk.exchanges) if any(act.kind in yes for act in exchange.acts)}


def _graded(criterion: Criterion, found: Mapping[str, Check]) -> CriterionGrade:
    level = level_of(criterion, found)
    ordered = tuple(found[name] for names in criterion.needs for name in names)
    earned = [found[name] for names in criterion.needs[: level + 1] for name in names]
    spans = tuple(dict.fromkeys(span for check in reversed(earned) for span in check.spans))
    return CriterionGrade(criterion.id, level, spans, criterion.anchors[level], ordered)


def _of(moves: Iterable[TalkMove]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(move.span for move in moves))


def _spans(moves: Iterable[TalkMove], kind: Talk) -> tuple[Span, ...]:
    return _of(move for move in moves if move.kind is kind)


def _same_breath(question: TalkMove, wishes: Iterable[TalkMove]) -> bool:
    """Whether a question stands before every wish of its own message, and no wish came earlier."""
    return all(question.span.turn < w.span.turn or question.span.end <= w.span.start for w in wishes)


def _several(wishes: Sequence[TalkMove], gives: Sequence[TalkMove]) -> tuple[Span, ...]:
    """The words of two terms or more: wished for, or wished for and given."""
    negotiated = [move for move in wishes if move.item is not Item.DEADLINE]
    terms = {move.item for move in negotiated} | {move.item or move.about for move in gives}
    return _of([*negotiated, *gives]) if len(terms) > 1 else ()


def _is_tied(give: TalkMove, wishes: Iterable[TalkMove]) -> bool:
    """Tied by its own words, or said in one message with a wish; a give with no wish anywhere is tied to nothing."""
    near = [wish for wish in wishes if wish.span.turn <= give.span.turn]
    return bool(near) and (give.tied or any(wish.span.turn == give.span.turn for wish in near))


def _decision(talk: Negotiation, moves: Sequence[TalkMove]) -> tuple[Span, ...]:
    """The words of the yes or no that ended the talk, or of the wish for time."""
    last = [move for move in moves if move.span.turn == len(talk.exchanges) - 1]
    if talk.status in {TalkStatus.ACCEPTED, TalkStatus.DECLINED}:
        return _spans(last, Talk.ACCEPT if talk.status is TalkStatus.ACCEPTED else Talk.DECLINE)
    return _of(move for move in last if move.kind is Talk.ASK and move.item is Item.DEADLINE)
