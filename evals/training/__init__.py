"""Fits the rules analyst's regressions: `python -m evals.training` writes knowledge/analyst.json."""
