"""Incident histories as others publish them, read into facts; a doubtful time stays two instants, never one."""

from upheld.gateways.incidents.facts import Placing, write_facts
from upheld.gateways.incidents.incident import Incident, Left, Read
from upheld.gateways.incidents.rows import Columns, read_rows
from upheld.gateways.incidents.statuspage import read_statuspage

__all__ = ["Columns", "Incident", "Left", "Placing", "Read", "read_rows", "read_statuspage", "write_facts"]
