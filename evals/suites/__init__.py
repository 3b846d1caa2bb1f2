"""One module for each suite, or family of suites, of `python -m evals`; evals.registry lists them."""
