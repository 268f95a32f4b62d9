"""Findings and the steps that led to them: one tree of reasons, shown as text, JSON, page and PDF."""

from upheld.core.explain.counts import show_count
from upheld.core.explain.finding import Finding, Verdict
from upheld.core.explain.step import Step, tell
from upheld.core.explain.values import Count, Level, Share, Value, show, show_clock, show_instant, show_span, to_json

__all__ = [
    "Count",
    "Finding",
    "Level",
    "Share",
    "Step",
    "Value",
    "Verdict",
    "show",
    "show_clock",
    "show_count",
    "show_instant",
    "show_span",
    "tell",
    "to_json",
]
