"""A review as JSON: every figure with its words, and the anchors that the levels mean."""

import json
from collections.abc import Sequence
from typing import Any

from prepbot.domain.attempts import EarlierAttempt
from prepbot.domain.decision import StageDecision
from prepbot.domain.evidence import Evidence, KpiReference, Part, Span
from prepbot.domain.offer_rubric import OFFER_CRITERIA
from prepbot.domain.report import AnswerCard, Review
from prepbot.domain.rubric import BAND_ANCHORS, CRITERIA, CriterionGrade, Grade, NotGraded
from prepbot.domain.wording import band_words, brought_out, caution, doubt
from prepbot.exports.exercise import exercise_record
from prepbot.exports.later_answer import later_record
from prepbot.exports.second import second_record
from prepbot.exports.talk import talk_record


def review_json(review: Review) -> str:
    """The review as one JSON object. `answer` in a span is its place among the card's answers, from 0."""
    return json.dumps(review_record(review), ensure_ascii=False, indent=2)


def review_record(review: Review) -> dict[str, Any]:
    """The same as values."""
    return {
        "interview_id": review.interview_id,
        "role": review.role_title,
        "length": review.length.value,
        "focus": review.focus or None,
        "status": review.status.value,
        "engine": review.engine,
        "rubric": review.rubric,
        "notices": list(review.notices),
        "cards": [_card(card) for card in review.cards],
        "known": [
            {
                "cards": list(one.cards),
                "notes": [
                    {"stage": note.name, "claims": [claim.quoted.short for claim in note.claims]} for note in one.notes
                ],
            }
            for one in review.known
        ],
        "decisions": [_decision(found) for found in review.decisions],
        "coverage": [
            {"kpi": row.kpi, "level": row.level.label if row.level else None, "cards": list(row.cards)}
            for row in review.coverage
        ],
        "anchors": {
            "bands": {str(band): anchor for band, anchor in BAND_ANCHORS.items()},
            "criteria": {c.id: {"title": c.title, "levels": list(c.anchors)} for c in CRITERIA},
            "offer_criteria": {c.id: {"title": c.title, "levels": list(c.anchors)} for c in OFFER_CRITERIA},
        },
    }


def _card(card: AnswerCard) -> dict[str, Any]:
    texts = [answer.text for answer in card.answers]
    return {
        "number": card.number,
        "stage": card.stage_name,
        "interviewer": card.interviewer.name,
        "question": {
            "id": card.question.id,
            "text": card.question.text,
            "kind": card.question.kind.value,
            "topics": list(card.question.topics),
            "line": card.question.line or None,
            "origin": card.question.origin.value if card.question.origin else None,
            "takes_up": card.question.takes_up.value if card.question.takes_up else None,
        },
        "skipped": card.skipped,
        "answers": [_answer(card, turn) for turn in range(len(card.answers))],
        "grade": _grade(card.grade, texts),
        "first": _grade(card.first, texts),
        "caution": caution(card) or None,
        "doubt": doubt(card) or None,
        "told_before": card.told_before or None,
        "later": later_record(card),
        "about_card": card.about_card or None,
        "evidence": _evidence(card.evidence, texts) if card.evidence else None,
        "fixes": [
            {
                "check": fix.check,
                "quote": fix.quote,
                "missing": fix.missing,
                "directive": fix.directive,
                "rehearsal": fix.rehearsal,
            }
            for fix in card.fixes
        ],
        "ordered": [
            {"parts": [kind.value for kind in line.kinds], "text": line.text, "missing": line.missing}
            for line in card.ordered
        ],
        "own_questions": [
            {"words": one.words, "standing": one.standing.value, "remark": one.remark} for one in card.own_questions
        ],
        "earlier": _earlier(card.earlier) if card.earlier else None,
        "after": [{"text": line.text, "line": line.line, "section": line.section} for line in card.after],
        "exercise": exercise_record(card),
        "talk": talk_record(card),
        **second_record(card),
    }


def _answer(card: AnswerCard, turn: int) -> dict[str, Any]:
    answer = card.answers[turn]
    return {
        "text": answer.text,
        "follow_up": answer.probe.text if answer.probe else None,
        "because": answer.because or None,
        "too_long": answer.too_long or None,
        "brought_out": list(brought_out(card.evidence, turn)) if card.evidence and card.talk is None else [],
    }


def _earlier(attempt: EarlierAttempt) -> dict[str, Any]:
    return {
        "interview_id": attempt.interview_id,
        "answers": list(attempt.answers),
        "grade": _grade(attempt.grade, attempt.answers),
        "changes": [{"part": change.label, "became": change.became.value} for change in attempt.changes],
    }


def _decision(found: StageDecision) -> dict[str, Any]:
    return {
        "stage": found.stage,
        "cards": list(found.numbers),
        "verdict": found.card.verdict.value if found.card.verdict else None,
        "words": found.words,
        "notice": found.card.notice or None,
        "reasons": [
            {
                "criterion": reason.criterion,
                "title": reason.title,
                "speaks_for": reason.speaks_for,
                "share": round(reason.share, 3),
                "anchor": reason.anchor,
                "quote": reason.quote or None,
                "card": reason.number,
                "why": reason.why,
            }
            for reason in found.card.reasons
        ],
    }


def _grade(given: Grade | NotGraded | None, texts: Sequence[str]) -> dict[str, Any] | None:
    if given is None:
        return None
    if isinstance(given, NotGraded):
        return {"graded": False, "reason": given.reason, "band": None, "rubric": given.rubric}
    return {
        "graded": True,
        "reason": None,
        "band": given.band,
        "interval": list(given.interval) if given.interval else None,
        "words": band_words(given),
        "anchor": BAND_ANCHORS[given.band],
        "caps": list(given.caps),
        "criteria": {criterion.criterion: _criterion(criterion, texts) for criterion in given.criteria},
        "rubric": given.rubric,
    }


def _criterion(given: CriterionGrade, texts: Sequence[str]) -> dict[str, Any]:
    return {
        "level": given.level,
        "why": given.why,
        "spans": [_span(span, texts) for span in given.spans],
        "checks": [
            {
                "id": check.id,
                "question": check.question,
                "holds": check.holds,
                "spans": [_span(span, texts) for span in check.spans],
            }
            for check in given.checks
        ],
    }


def _evidence(evidence: Evidence, texts: Sequence[str]) -> dict[str, Any]:
    return {
        "words": evidence.words,
        "relevance": evidence.relevance,
        "ownership": evidence.ownership.value,
        "kpis": [_reference(reference, texts) for reference in evidence.kpis],
        "structure": {part.value: _span(evidence.part(part), texts) for part in Part},
        "reflection": _span(evidence.reflection, texts),
        "set_aside": [_span(span, texts) for span in evidence.set_aside],
        "flags": sorted(flag.value for flag in evidence.flags),
    }


def _reference(reference: KpiReference, texts: Sequence[str]) -> dict[str, Any]:
    return {
        "name": reference.kpi,
        "level": reference.level.label,
        "via": reference.via,
        "words": _span(reference.span, texts),
        "number": _span(reference.number, texts),
    }


def _span(span: Span | None, texts: Sequence[str]) -> dict[str, Any] | None:
    if span is None:
        return None
    return {"answer": span.turn, "start": span.start, "end": span.end, "text": span.cut(texts[span.turn])}
