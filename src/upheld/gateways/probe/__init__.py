"""Probes: one new connection to one vetted address, timed in phases and compared with what was expected.

`Line` sends real probes from an event loop, `ScriptedLine` answers tests from a script; both have `start` and `ask`.
"""

from upheld.gateways.probe.addresses import Refusal, read_networks, vet_address
from upheld.gateways.probe.answer import Answer, Verdict
from upheld.gateways.probe.expectation import Expectation, UnfitExpectation, read_expectation
from upheld.gateways.probe.line import Line
from upheld.gateways.probe.order import MOST_REDIRECTS, Order, prepare_order
from upheld.gateways.probe.scripted import ScriptedLine
from upheld.gateways.probe.target import Target, UnfitTarget, read_target
from upheld.gateways.probe.trust import NothingTrusted

__all__ = [
    "MOST_REDIRECTS",
    "Answer",
    "Expectation",
    "Line",
    "NothingTrusted",
    "Order",
    "Refusal",
    "ScriptedLine",
    "Target",
    "UnfitExpectation",
    "UnfitTarget",
    "Verdict",
    "prepare_order",
    "read_expectation",
    "read_networks",
    "read_target",
    "vet_address",
]
