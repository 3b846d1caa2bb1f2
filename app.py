"""The Streamlit entry: names the pages, nothing else."""

from prepbot.ui import drills, models, practise, progress, resume, review, roles, stories
from prepbot.ui.frame import PageSpec, show

show(
    (
        PageSpec("Practise", practise.page),
        PageSpec("Drills", drills.page),
        PageSpec("Review", review.page),
        PageSpec("Stories", stories.page),
        PageSpec("Résumé", resume.page, "resume"),
        PageSpec("Progress", progress.page),
        PageSpec("Roles", roles.page),
        PageSpec("Models", models.page),
    )
)
