"""Scripted interviews: candidates of every kind sit interviews, and a checker lists every breach of the house's order.

>>> from evals.interviews import run
>>> run(interviews=2, seed=1).violations
()
"""

from evals.interviews.sitting import ScriptedRun, Violation, candidates, run

__all__ = ["ScriptedRun", "Violation", "candidates", "run"]
