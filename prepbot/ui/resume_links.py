"""The kept résumé where an interview begins: one question of the plan takes up a line of it."""

import streamlit as st

from prepbot.domain.pick_up import with_pick_up
from prepbot.domain.plan import Plan
from prepbot.domain.role import Role
from prepbot.ui.service import checked_resume
from prepbot.wiring import Prepbot


def with_resume(bot: Prepbot, role: Role, plan: Plan) -> Plan:
    """The plan with one question about the résumé that is kept beside the role; as it was where there is none."""
    kept = bot.resumes.kept(role)
    if kept is None:
        return plan
    return with_pick_up(plan, bot.resumes.pick_ups(checked_resume(bot, role, kept)))


def announce(bot: Prepbot, role: Role) -> None:
    """Say that the résumé will be taken up, where one is kept."""
    if bot.resumes.kept(role) is not None:
        st.caption(":material/description: They have your résumé and may ask about a line of it.")
