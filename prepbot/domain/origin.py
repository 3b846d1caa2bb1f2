"""Which of the candidate's papers a question of the interview comes from."""

from enum import StrEnum


class Origin(StrEnum):
    """Which of the candidate's papers a question comes from."""

    RESUME = "resume"
    ADVERT = "advert"

    @property
    def label(self) -> str:
        """The paper as a person reads it."""
        return {Origin.RESUME: "your résumé", Origin.ADVERT: "the job advert"}[self]
