"""What a selection stage is for, by weighted words of its name first and of its description second."""

from collections.abc import Mapping

from prepbot.domain.role import StageKind

# A word of the name tells far more than one of the description.
_NAME_FACTOR = 3
_MOST_FROM_DESCRIPTION = 6
# Below this score, or with less than this lead, the kind is a guess.
_ENOUGH = 3
_LEAD = 1

_WORDS: Mapping[StageKind, Mapping[str, int]] = {
    StageKind.SCREENING: {
        "screening": 4, "screen": 4, "phone": 2, "telephone": 3, "call": 2, "recruiter": 3, "recruiting team": 2,
        "application": 3, "apply": 2, "form": 1, "cv": 3, "resume": 3, "résumé": 3, "cover letter": 3,
        "cover note": 2, "portfolio review": 4, "portfolio": 2, "profile review": 3, "shortlisting": 3,
        "first conversation": 3, "introductory": 2, "intro": 2, "hr": 1, "human resources": 1, "first contact": 3,
        "pre selection": 3, "preselection": 3, "eligibility": 2, "sift": 3,
    },
    StageKind.INTERVIEW: {
        "interview": 1, "hiring manager": 3, "line manager": 3, "first round": 1, "competency": 2, "face to face": 1,
        "in person": 1, "conversation about": 1, "operations manager": 1, "department head": 1, "on site": 1,
        "behavioural": 2, "behavioral": 2, "structured interview": 2, "head of department": 1,
    },
    StageKind.ASSESSMENT: {
        "assessment": 4, "test": 4, "case study": 5, "case": 2, "exercise": 3, "task": 3, "challenge": 3,
        "take home": 4, "assignment": 4, "trial": 3, "work sample": 5, "role play": 4, "simulation": 4,
        "presentation": 3, "practical": 3, "audition": 4, "walk": 2, "store walk": 3, "demo": 3, "demonstration": 3,
        "demo lesson": 4, "sample lesson": 4, "shadow": 2, "taster": 3, "whiteboard": 3, "coding": 3, "exam": 4,
        "homework": 3, "you comment on": 2, "workshop": 2, "group discussion": 3, "hackathon": 3,
    },
    StageKind.PANEL: {
        "panel": 5, "team": 3, "peer": 3, "peers": 3, "colleagues": 3, "stakeholder": 3, "stakeholders": 3,
        "committee": 4, "cultural fit": 2, "culture fit": 2, "coworkers": 3, "cross functional": 2, "teammates": 3,
        "several interviewers": 4, "commission": 3, "bar raiser": 3, "governors": 2,
    },
    StageKind.REFERENCES: {
        "reference": 5, "references": 5, "background check": 6, "background": 3, "check": 2, "checks": 2,
        "vetting": 5, "referees": 5, "verification": 4, "right to work": 4, "clearance": 4, "dbs": 4,
        "identity": 2, "former employers": 4, "previous employers": 4,
    },
    StageKind.EXECUTIVE: {
        "executive": 5, "executives": 5, "director": 4, "directors": 4, "ceo": 5, "cfo": 5, "coo": 5, "cto": 5,
        "founder": 5, "founders": 5, "board": 4, "leadership": 3, "managing director": 3, "partner": 3,
        "partners": 3, "vice president": 4, "vp": 4, "final": 2, "decision makers": 2, "owner": 3, "principal": 3,
        "head office": 1, "c level": 4, "headteacher": 4, "senior management": 4, "final round": 2,
    },
    StageKind.OFFER: {
        "offer": 6, "contract": 5, "compensation": 2, "salary negotiation": 5, "negotiation": 4, "start date": 2,
        "benefits": 2, "onboarding": 4, "decision": 2, "signing": 3, "hired": 2, "hiring decision": 1,
    },
}  # fmt: skip


def stage_kind(name: str, description: str) -> tuple[StageKind, bool]:
    """The kind of a stage, and whether its words settle it; where they do not it is an interview.

    >>> stage_kind("Case study", "Present a plan to two managers")
    (<StageKind.ASSESSMENT: 'assessment'>, True)
    """
    named, described = _padded(name[:200]), _padded(description[:1000])
    scores = {kind: _score(words, named, described) for kind, words in _WORDS.items()}
    ranked = sorted(scores, key=lambda kind: scores[kind], reverse=True)
    best, second = scores[ranked[0]], scores[ranked[1]]
    if best < _ENOUGH or best - second < _LEAD:
        return StageKind.INTERVIEW, False
    return ranked[0], True


def _score(words: Mapping[str, int], named: str, described: str) -> int:
    from_name = sum(weight for word, weight in words.items() if f" {word} " in named)
    from_description = sum(weight for word, weight in words.items() if f" {word} " in described)
    return _NAME_FACTOR * from_name + min(_MOST_FROM_DESCRIPTION, from_description)


def _padded(text: str) -> str:
    words = "".join(letter if letter.isalnum() else " " for letter in text.casefold())
    return f" {' '.join(words.split())} "
