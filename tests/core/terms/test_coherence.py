"""Rules that speak of each other: what cannot be judged is refused when terms bind, not in the midst of a statement."""

import pytest

from tests.core.terms.changed import problems, terms

NAMED = "maintenance/emergency/otherwise"


class TestFindIncoherent:
    def test_finds_nothing_in_the_sample(self):
        """Every name is known and every chain ends."""
        assert [] == problems()

    @pytest.mark.parametrize(
        ("places", "problem"),
        [
            ({"availability__uptime__of": "shap"}, "availability/uptime/of: no service is called 'shap'; nearest is 'shop'"),
            ({"services__shop__down_when": {}}, "services/shop/down when: says no component; write for instance"),
            ({"services__shop__down_when": {"not": {"all": ["web"]}}}, "services/shop/down when: says no component"),
            (
                {"services__shop__down_when": {"all": ["wob"]}},
                "services/shop/down when: 'wob' is no component of shop; nearest",
            ),
            (
                {"services__shop__down_when": {"components down": "several"}},
                "services/shop/down when: 'components down' is no component of shop; a service is judged by which",
            ),
            (
                {"services__shop__components__beta": {"covered": False}, "services__shop__down_when": {"any": ["beta"]}},
                "services/shop/down when: 'beta' is not covered, and nothing is promised for it; take it out",
            ),
            (
                {"causes__storm__when": {"softwear": "nginx"}},
                "causes/storm/when/softwear: 'softwear' is not known here; nearest is 'software'",
            ),
            (
                {"maintenance__regular__must_stay_up": ["wob"]},
                "maintenance/regular/must stay up: no component is called 'wob'; nearest is 'web'",
            ),
            (
                {"maintenance__emergency__otherwise": "scheduled"},
                "maintenance/emergency/otherwise: leads back to 'emergency'; the last kind of a chain says otherwise: none",
            ),
            (
                {"maintenance__emergency__otherwise": "scheduled"},
                "maintenance/regular/otherwise: leads back to 'emergency'; the last kind of a chain says otherwise: none",
            ),
            (
                {"maintenance__emergency__otherwise": "emergency"},
                "maintenance/emergency/otherwise: leads back to 'emergency'",
            ),
            (
                {"maintenance__regular__otherwise": "emergencies"},
                "maintenance/regular/otherwise: no maintenance is called 'emergencies'; nearest is 'emergency'",
            ),
            (
                {"maintenance__protective__same_as": "panic"},
                "maintenance/protective/same as: no maintenance is called 'panic'",
            ),
            (
                {"maintenance__regular__notice": "at least 5 busyness days"},
                "maintenance/regular/notice: no calendar is called 'busyness'; nearest is 'business'",
            ),
            (
                {"maintenance__regular__notice": "at least 5 always days"},
                "maintenance/regular/notice: calendar always does not say what a day is; give it a `day`",
            ),
            (
                {"maintenance__scheduled__waived_when": {"vendor notice": "under 2 working hours"}},
                "maintenance/scheduled/waived when: no calendar is called 'working'",
            ),
            (
                {"credits__tenfold__when": {"uptime": "missed", "responsibl": "provider"}},
                "credits/tenfold/when/responsibl: 'responsibl' is not known here; nearest is 'responsible'",
            ),
            (
                {"claims__tenfold-claim__refused_when__rude": {"not": {"manners": "good"}}},
                "claims/tenfold-claim/refused when/rude/manners: 'manners' is not known here; known are",
            ),
        ],
    )
    def test_says_what_cannot_be_judged(self, places, problem):
        """The path, the name, and the nearest known one."""
        assert problem in [each[: len(problem)] for each in problems(**places)]

    def test_lets_days_say_themselves_what_they_are(self):
        """`5 whole always days` needs no word of the calendar; `2 business hours` and `48 hours` are no days."""
        for notice in ("at least 5 whole always days", "at least 2 business hours", "at least 48 hours"):
            assert terms(maintenance__regular__notice=notice).maintenance["regular"].notice.value

    def test_a_service_may_be_down_in_several_ways(self):
        """Any of, all of, and maps within lists."""
        nested = {"any": ["web", {"all": ["web"]}]}

        assert 2 == len(terms(services__shop__down_when=nested).services["shop"].down_when.parts[0].parts)  # type: ignore[union-attr]
