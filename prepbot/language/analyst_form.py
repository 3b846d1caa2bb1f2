"""The form that a model fills in about an answer: for each check a reason and a quotation, and only then yes or no."""

from pydantic import BaseModel, ConfigDict, Field


class Finding(BaseModel):
    """One check."""

    model_config = ConfigDict(extra="forbid")

    check: str = Field(max_length=80)
    reason: str = Field(max_length=300)
    quote: str = Field(max_length=400)
    holds: bool


class Findings(BaseModel):
    """All checks."""

    model_config = ConfigDict(extra="forbid")

    findings: list[Finding] = Field(max_length=40)
