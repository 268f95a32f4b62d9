"""Pictures from core's values: a month, the edges of an outage, ninety days, a budget, the hours of a clock or of a rota."""

from upheld.pages.pictures.attained import draw_attained, tell_attained
from upheld.pages.pictures.budget import draw_budget, tell_budget, tell_sum
from upheld.pages.pictures.calendar_strip import draw_calendar_strip
from upheld.pages.pictures.days import draw_days
from upheld.pages.pictures.edges import draw_edges, tell_count, tell_edges
from upheld.pages.pictures.horizon import draw_horizon, draw_names
from upheld.pages.pictures.month import draw_hours, draw_month
from upheld.pages.pictures.shifts import draw_shifts
from upheld.pages.pictures.sparkline import draw_sparkline

__all__ = [
    "draw_attained",
    "draw_budget",
    "draw_calendar_strip",
    "draw_days",
    "draw_edges",
    "draw_horizon",
    "draw_hours",
    "draw_month",
    "draw_names",
    "draw_shifts",
    "draw_sparkline",
    "tell_attained",
    "tell_budget",
    "tell_count",
    "tell_edges",
    "tell_sum",
]
