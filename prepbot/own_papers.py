"""The use case of a candidate's kept papers in an interview: which questions of a plan come from résumé and advert."""

from prepbot.advert_check import AdvertChecker
from prepbot.domain.advert_questions import with_advert
from prepbot.domain.pick_up import with_pick_up
from prepbot.domain.plan import Plan
from prepbot.domain.role import Role
from prepbot.resume_check import ResumeChecker


class OwnPapers:
    """Reads what is kept beside a role when an interview for it is planned, whoever plans it."""

    def __init__(self, resumes: ResumeChecker, adverts: AdvertChecker) -> None:
        self._resumes = resumes
        self._adverts = adverts

    def taken_up(self, role: Role, plan: Plan) -> Plan:
        """The plan with its questions about the kept résumé and the kept advert; as it was where none is kept."""
        resume = self._resumes.kept(role)
        if resume is not None:
            plan = with_pick_up(plan, self._resumes.pick_ups(self._resumes.check(role, resume)))
        advert = self._adverts.kept(role)
        if advert is not None:
            plan = with_advert(plan, self._adverts.questions(self._adverts.check(role, advert)))
        return plan
