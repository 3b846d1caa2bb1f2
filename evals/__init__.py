"""Measures: data sets, scorers and baselines. Nothing here tunes, except evals.training, which fits the analyst."""
