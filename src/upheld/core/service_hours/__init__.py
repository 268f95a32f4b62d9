"""Calendars as they were frozen at signing: when they are open, and when their hours and days end."""

from upheld.core.service_hours.calendar import NeverOpen, ServiceHours
from upheld.core.service_hours.civil import CivilHours
from upheld.core.service_hours.open_time import OpenTime
from upheld.core.service_hours.zone import NotAZone, Zone, next_day, next_month

__all__ = ["CivilHours", "NeverOpen", "NotAZone", "OpenTime", "ServiceHours", "Zone", "next_day", "next_month"]
