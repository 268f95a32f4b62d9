"""Clocks: what runs on a ticket or an outage, how much of its time is used, when it is due, and why."""

from upheld.core.clocks.desk import DeskState, look_at_desk
from upheld.core.clocks.incidents import Incident, find_incidents
from upheld.core.clocks.matter import Course, Happening, Matter
from upheld.core.clocks.outages import describe_incident, good_points, in_time
from upheld.core.clocks.routing import takes
from upheld.core.clocks.share import ClockJudged, judge_clock
from upheld.core.clocks.telephone import Gate, check_call, find_call, judge_calls
from upheld.core.clocks.tickets import Ticket, read_tickets
from upheld.core.clocks.timed import Timed
from upheld.core.clocks.timing import time_clock
from upheld.core.clocks.window import find_window

__all__ = [
    "ClockJudged",
    "Course",
    "DeskState",
    "Gate",
    "Happening",
    "Incident",
    "Matter",
    "Ticket",
    "Timed",
    "check_call",
    "describe_incident",
    "find_call",
    "find_incidents",
    "find_window",
    "good_points",
    "in_time",
    "judge_calls",
    "judge_clock",
    "look_at_desk",
    "read_tickets",
    "takes",
    "time_clock",
]
