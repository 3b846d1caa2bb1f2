"""Where a criterion stands on its ladder, by the rubric's own anchors."""

from prepbot.domain.rubric import CRITERIA, CriterionGrade


def next_anchor(given: CriterionGrade) -> str:
    """What the next level of a criterion looks like; a dash at the top."""
    anchors = next(criterion.anchors for criterion in CRITERIA if criterion.id == given.criterion)
    return anchors[given.level + 1] if given.level + 1 < len(anchors) else "–"
