"""Satisfies ports.ExerciseSource: draws a role's exercises from the families and the KPI catalogue."""

from prepbot.domain.exercise import Exercise, WrittenCase
from prepbot.domain.exercise_choice import exercises_for
from prepbot.domain.role import Role
from prepbot.reading.catalogue import load_metrics, track
from prepbot.reading.exercises import load_families


class CatalogueExercises:
    """Exercises on the KPIs that a role page names."""

    def draw(self, role: Role, seed: int, count: int) -> tuple[Exercise | WrittenCase, ...]:
        """Two or three exercises, or the written case alone. Raises BadInput for a broken knowledge file."""
        metrics = load_metrics()
        by_id = {metric.id: metric for metric in metrics}
        return exercises_for(role, track(role.kpis, metrics), load_families(), by_id, seed, count)
