"""Resistance to gaming: text aimed at the grader, padding, and harmless sentences that only sound like either."""
