"""Reasons as JSON: a step with the steps that led to it."""

from typing import Any

from pydantic import BaseModel

from upheld.core.explain import Step, show, to_json


class StepTold(BaseModel):
    """
    One line of the reasons: an exact value, the same as a person reads it, what it is, and what it rests on.

    With `adds`, the values of `because` add up to this one, each with its `sign`.
    """

    value: dict[str, Any]
    shown: str
    words: str
    clauses: list[str] = []
    readings: list[str] = []
    facts: list[str] = []
    spans: list[list[str]] = []
    sign: str = ""
    arithmetic: str = ""
    state: str = ""
    adds: bool = False
    because: list["StepTold"] = []


def tell_step(step: Step) -> StepTold:
    return StepTold(
        value=to_json(step.value),
        shown=show(step.value),
        words=step.words,
        clauses=list(step.clauses),
        readings=list(step.readings),
        facts=list(step.facts),
        spans=[[str(span.start), str(span.end)] for span in step.spans],
        sign=step.sign,
        arithmetic=step.arithmetic,
        state=step.state,
        adds=step.adds,
        because=[tell_step(below) for below in step.because],
    )
