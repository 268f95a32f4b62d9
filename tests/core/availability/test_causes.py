"""The cause that time has: the recorded one, or another where the agreement says when it is that one."""

import pytest

from tests.core.availability.made import GONE_FORMULA, account, down, promised
from tests.core.sample import header
from tests.core.spans import at
from upheld.core.explain import show
from upheld.core.facts import CauseAssigned

SUPPORTED = ["Nginx", "Redis"]
KEYS = {
    "lists__supported": {"items": SUPPORTED, "plus": "parameter extra"},
    "parameters__extra": {"kind": "names", "usual": "none"},
    "parameters__deployment": {"kind": "choice", "choices": ["hosted", "self-hosted"], "usual": "hosted"},
    "causes__software": {
        "responsible": "provider", "counts as": "down", "evidence": ["probes"], "when": {"software": "in supported"},
    },
    "causes__unsupported": {
        "responsible": "customer", "counts as": "up", "evidence": ["probes"], "when": {"not": {"software": "in supported"}},
    },
    "causes__infrastructure": {
        "responsible": "customer", "counts as": "up", "evidence": ["probes"], "when": {"deployment": "self-hosted"},
    },
}  # fmt: skip


def counted(cause, parameters=None, **told):
    """Down time and excused time of an hour with a recorded cause, and the words of its step."""
    hour = down("2026-04-10T10:00Z", "2026-04-10T11:00Z")
    assigned = CauseAssigned(
        **header("cause", "2026-04-10T12:00Z"), outage=hour[0].outage, from_at=at("2026-04-10T10:00Z"),  # type: ignore[attr-defined]
        to_at=at("2026-04-10T11:00Z"), cause=cause, evidence="r", by="Mara", **told,
    )  # fmt: skip
    found = account(promised(**KEYS), [*hour, assigned], parameters=parameters or {})
    told_by = " ".join(step.words for step in found.finding.why.walk())
    return show(found.finding.quantity("down")), show(found.finding.quantity("up by exclusion")), told_by


class TestFitCause:
    @pytest.mark.parametrize(
        ("cause", "told", "parameters", "counts"),
        [
            ("software", {"software": "Nginx"}, {}, ("60 min", "0 min")),
            ("software", {"software": "RabbitMQ"}, {}, ("0 min", "60 min")),
            ("software", {"software": "RabbitMQ"}, {"extra": "RabbitMQ"}, ("60 min", "0 min")),
            ("software", {}, {}, ("60 min", "0 min")),
            ("unsupported", {}, {}, ("60 min", "0 min")),
            ("unsupported", {"software": "Solr plug-in"}, {}, ("0 min", "60 min")),
            ("infrastructure", {}, {}, ("60 min", "0 min")),
            ("infrastructure", {}, {"deployment": "self-hosted"}, ("0 min", "60 min")),
            ("storm", {"supplier": "X"}, {}, ("0 min", "60 min")),
        ],
    )
    def test_is_the_recorded_one_where_its_condition_holds(self, cause, told, parameters, counts):
        """Unlisted software is another cause; what only a self-hosting customer has is the provider's where he hosts."""
        assert counts == counted(cause, parameters, **told)[:2]

    def test_says_why_it_is_another(self):
        """The step names the fact that decided."""
        words = counted("software", software="RabbitMQ")[2]

        assert "unsupported (software is RabbitMQ; asked is Nginx or Redis)" in words

    def test_without_a_usual_cause_nobody_answers(self):
        """Where the condition fails and no other cause fits, the time has no cause, and counts."""
        keys = {name: value for name, value in KEYS.items() if "unsupported" not in name}
        blocks = promised(
            **keys, **GONE_FORMULA, availability__uptime__where={"T": "all time", "M": "out of base", "D": "down"}
        )
        del blocks["causes"]["own"]["otherwise"]
        hour = down("2026-04-10T10:00Z", "2026-04-10T11:00Z")
        assigned = CauseAssigned(
            **header("cause", "2026-04-10T12:00Z"), outage=hour[0].outage, from_at=at("2026-04-10T10:00Z"),  # type: ignore[attr-defined]
            to_at=at("2026-04-10T11:00Z"), cause="software", evidence="r", by="Mara", software="RabbitMQ",
        )  # fmt: skip

        assert "60 min" == show(account(blocks, [*hour, assigned]).finding.quantity("down"))
