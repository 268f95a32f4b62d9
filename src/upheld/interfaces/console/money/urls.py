"""Every address of the console's money, with who may look and who may act."""

from functools import partial

from django.urls import URLPattern

from upheld.apps.parties.queries import may_change_facts
from upheld.doors import addresses
from upheld.interfaces.console.frame import FRAME
from upheld.interfaces.console.money import claims, credit, credits

address = partial(addresses.address, frame=FRAME)
TWIN = ("json",)

MONEY: list[URLPattern] = [
    *address("credits", "credits", forms=TWIN, show=credits.show_credits),
    *address("credits/<slug:name>", "credit", forms=TWIN, show=credit.show_credit),
    *address("credits/<slug:name>/<slug:deed>", "credit-deed", do=credit.act, may_do=may_change_facts, is_grave=True),
    *address("claims", "claims", forms=TWIN, show=claims.show_claims),
    *address("claims/<slug:name>", "claim", forms=TWIN, show=claims.show_claim),
    *address("claims/<slug:name>/<slug:deed>", "claim-deed", do=claims.act, may_do=may_change_facts, is_grave=True),
]
