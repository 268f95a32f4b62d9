"""Every address of the console's invoices, payments, things looked after and ends, with who may look and who may act."""

from functools import partial

from django.urls import URLPattern

from upheld.apps.parties.queries import is_administrator, may_change_facts
from upheld.doors import addresses, converters
from upheld.interfaces.console.frame import FRAME
from upheld.interfaces.console.money import (
    fees,
    invoices,
    invoices_draft,
    invoices_one,
    letterheads,
    payments,
    terminations,
    volumes,
)

converters.register()
address = partial(addresses.address, frame=FRAME)
TWIN = ("json",)

INVOICES: list[URLPattern] = [
    *address("invoices", "invoices", forms=(*TWIN, "csv"), show=invoices.show_invoices),
    *address("invoices/beancount", "invoices-beancount", show=invoices.download_beancount),
    *address(
        "invoices/<slug:key>/draft/<month:period>", "draft", forms=TWIN, show=invoices_draft.show_draft,
        do=invoices_draft.issue, may_do=may_change_facts, is_grave=True,
    ),
    *address("invoices/<slug:key>/of/<path:number>", "invoice", forms=(*TWIN, "pdf"), show=invoices_one.show_invoice),
    *address("invoices/<slug:key>/<slug:deed>", "invoice-deed", do=invoices_one.act, may_do=may_change_facts, is_grave=True),
    *address(
        "letterheads", "letterheads", forms=TWIN, show=letterheads.show_letterheads, do=letterheads.write_own,
        may_do=is_administrator, is_grave=True,
    ),
    *address(
        "letterheads/<slug:slug>", "letterhead", forms=TWIN, show=letterheads.show_letterhead, do=letterheads.write_theirs,
        may_do=is_administrator, is_grave=True,
    ),
    *address("payments", "payments", forms=TWIN, show=payments.show_payments),
    *address("payments/<slug:deed>", "payment-deed", do=payments.act, may_do=may_change_facts, is_once=False),
    *address("looked-after", "looked-after", forms=TWIN, show=fees.show_looked_after),
    *address("looked-after/<slug:deed>", "looked-after-deed", do=fees.act, may_do=may_change_facts),
    *address("volumes", "volumes", forms=TWIN, show=volumes.show_volumes, do=volumes.measure, may_do=may_change_facts),
    *address(
        "endings", "endings", forms=TWIN, show=terminations.show_endings, do=terminations.ask, may_do=may_change_facts,
        is_grave=True,
    ),
]  # fmt: skip
