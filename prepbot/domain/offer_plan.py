"""Where a plan's written offers go: onto the table in each offer stage, after one question of its own at most."""

from dataclasses import replace

from prepbot.domain.offer import Offer, OfferRules, draw_offer
from prepbot.domain.pay import NamedPay
from prepbot.domain.plan import OFFER_QUESTION, Length, Plan, PlannedQuestion, PlannedStage
from prepbot.domain.role import QuestionKind, StageKind


def with_offers(plan: Plan, rules: OfferRules) -> Plan:
    """The plan with a written offer in each offer stage, drawn by the plan's seed and put by its last question.

    At most one question of the stage's own comes before it, and in a short interview none.
    """
    stages = tuple(
        _with_offer(stage, plan, rules, place) if stage.kind is StageKind.OFFER else stage
        for place, stage in enumerate(plan.stages)
    )
    return replace(plan, stages=stages)


def _with_offer(stage: PlannedStage, plan: Plan, rules: OfferRules, place: int) -> PlannedStage:
    before = () if plan.length is Length.SHORT else stage.questions[:1]
    put = PlannedQuestion(
        f"{OFFER_QUESTION}-{place}", rules.question, QuestionKind.BACKGROUND, ("Negotiation",), after=rules.after
    )
    offer = draw_offer(rules, plan.role_title, plan.seed + place)
    greeting = f"{stage.greeting} {rules.one_before}" if before else stage.greeting
    return replace(stage, greeting=greeting, questions=(*before, put), offer=offer)


def with_fresh_offer(plan: Plan, rules: OfferRules) -> Plan:
    """A retry's plan with its offer drawn anew by the plan's seed: the limits of the first stand in the review.

    One that was drawn around the candidate's own figure stays around it.
    """
    (stage,) = plan.stages
    if stage.offer is None:
        return plan
    return plan.with_offer(0, draw_offer(rules, plan.role_title, plan.seed, stage.offer.named))


def offer_around(offer: Offer, named: NamedPay, rules: OfferRules) -> Offer:
    """The planned offer drawn again by its seed, around the pay that the candidate named on the way to it."""
    return draw_offer(rules, offer.role_title, offer.seed, named)
