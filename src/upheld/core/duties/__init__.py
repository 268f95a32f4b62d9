"""What the sides owe besides figures and money: instructions, duties, notices, plans, checks, editions and reviews."""

from upheld.core.duties.checks import Comparison, compare_sets, judge_checks
from upheld.core.duties.editions import ChosenEdition, Published, choose_edition, judge_edition
from upheld.core.duties.instructions import InstructionDecision, decide_instruction, judge_instructions, persons_at
from upheld.core.duties.notices import Trigger, judge_notices
from upheld.core.duties.plans import PlanDecision, decide_plan, judge_plans
from upheld.core.duties.reviews import Review, judge_review, look_up_review
from upheld.core.duties.standing import DutyState, judge_duties, state_of

__all__ = [
    "ChosenEdition",
    "Comparison",
    "DutyState",
    "InstructionDecision",
    "PlanDecision",
    "Published",
    "Review",
    "Trigger",
    "choose_edition",
    "compare_sets",
    "decide_instruction",
    "decide_plan",
    "judge_checks",
    "judge_duties",
    "judge_edition",
    "judge_instructions",
    "judge_notices",
    "judge_plans",
    "judge_review",
    "look_up_review",
    "persons_at",
    "state_of",
]
