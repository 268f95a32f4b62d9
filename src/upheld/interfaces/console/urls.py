"""Every address of the console, with who may look and who may act."""

from functools import partial

from django.urls import URLPattern

from upheld.apps.parties.queries import is_administrator, may_change_facts, may_change_people
from upheld.doors import addresses, converters
from upheld.doors.frames import anybody
from upheld.doors.shown import agreement, agreements, facts, service, services, statement, statements, why, windows
from upheld.gateways.pyz import NAME, PAGE_NAME
from upheld.interfaces.console import (
    access,
    approvals,
    configuration,
    duties,
    issuing,
    now,
    outage,
    outages,
    people,
    plan,
    setting_up,
    terms,
    window,
    witnesses,
)
from upheld.interfaces.console.desk import urls as desk
from upheld.interfaces.console.frame import FRAME
from upheld.interfaces.console.money import invoices_urls
from upheld.interfaces.console.money import urls as money
from upheld.interfaces.console.oncall import urls as oncall

converters.register()
address = partial(addresses.address, frame=FRAME)

TWIN = ("json",)
"""The same figures as JSON."""
TABLE = (*TWIN, "csv")
PAPER = (*TWIN, "pdf", "csv")

DOORS: list[URLPattern] = [
    *address(f"verifier/{NAME}", "verifier", show=statement.download_verifier, may=anybody),
    *address(f"verifier/{PAGE_NAME}", "verifier-page", show=statement.download_verifier_page, may=anybody),
    *address("set-up", "set-up", show=setting_up.show_set_up, do=setting_up.set_up, may=anybody, is_once=False),
    *address("set-up/<str:code>", "set-up-with-code", show=setting_up.show_set_up, may=anybody),
]
"""Open to anybody: they show nothing that is kept."""
DOORS += oncall.DOORS

_STATEMENT = "statements/<slug:customer>/<slug:document>/<month:period>"
ROOMS: list[URLPattern] = [
    *address("now", "now", forms=TWIN, show=now.show_now),
    *address("services", "services", forms=TWIN, show=services.show_services),
    *address("services/<slug:document>/<slug:customer>", "service", forms=TABLE, show=service.show_service),
    *address("outages", "outages", forms=TWIN, show=outages.show_outages),
    *address(
        "outages/<slug:name>", "outage", forms=TWIN, show=outage.show_outage, do=outage.assign, may_do=may_change_facts
    ),
    *address("outages/<slug:name>/approve", "approve-cause", do=outage.approve, may_do=may_change_facts),
    *address("maintenance", "maintenance", forms=TWIN, show=windows.show_windows),
    *address("maintenance/plan", "plan", forms=TWIN, show=plan.show_plan, do=plan.plan, may_do=may_change_facts),
    *address("maintenance/plan/verdict", "plan-verdict", forms=TWIN, show=plan.show_verdict),
    *address("maintenance/<slug:name>", "window", forms=TWIN, show=window.show_window),
    *address("maintenance/<slug:name>/<slug:deed>", "window-deed", do=window.act, may_do=may_change_facts),
    *address("agreements", "agreements", forms=TWIN, show=agreements.show_agreements),
    *address("agreements/<slug:document>/<edition:version>", "agreement", forms=TWIN, show=agreement.show_agreement),
    *address(
        "agreements/<slug:document>/<edition:version>/parts/<int:number>", "agreement-part", forms=TWIN,
        show=agreement.show_part,
    ),
    *address(
        "agreements/<slug:document>/<edition:version>/readings/<slug:name>", "agreement-reading", forms=TWIN,
        show=agreement.show_reading,
    ),
    *address("agreements/<slug:document>/<edition:version>/text", "agreement-text", show=agreement.show_text),
    *address("terms", "terms", forms=TWIN, show=terms.show_terms, do=terms.keep, may_do=may_change_facts),
    *address(
        "terms/<slug:key>/<edition:version>", "terms-change", forms=TWIN, show=terms.show_change, do=terms.propose,
        may_do=may_change_facts, is_grave=True,
    ),
    *address("statements", "statements", forms=TWIN, show=statements.show_statements),
    *address(
        _STATEMENT, "statement", forms=PAPER, show=statement.show_statement, do=issuing.issue, may_do=may_change_facts,
        is_once=False,
    ),
    *address(
        f"{_STATEMENT}/<int:number>", "later-statement", forms=PAPER, show=statement.show_statement, do=issuing.issue,
        may_do=may_change_facts, is_once=False,
    ),
    *address(f"{_STATEMENT}/<int:number>/bundle.zip", "statement-bundle", show=statement.download_bundle),
    *address(f"{_STATEMENT}/<int:number>/why/<int:figure>", "statement-why", forms=TWIN, show=statement.show_lines),
    *address("why/<slug:key>/<month:period>/<rule:rule>", "why", forms=TWIN, show=why.show_why),
    *address("duties", "duties", forms=TWIN, show=duties.show_duties),
    *address("duties/<slug:deed>", "duty", do=duties.act, may_do=may_change_facts),
    *address("access", "access", forms=TWIN, show=access.show_access, do=access.come_in, may_do=may_change_facts),
    *address("access/end", "access-end", do=access.go_out, may_do=may_change_facts),
    *address("facts", "facts", forms=TWIN, show=facts.show_facts),
    *address("witnesses", "witnesses", forms=TWIN, show=witnesses.show_witnesses),
    *address("facts/<slug:key>/<int:number>", "fact", forms=TWIN, show=facts.show_fact),
    *address(
        "approvals", "approvals", forms=TWIN, show=approvals.show_approvals, do=approvals.propose,
        may_do=may_change_facts, is_grave=True,
    ),
    *address(
        "approvals/<slug:name>/<slug:deed>", "approval", do=approvals.decide, may_do=may_change_facts, is_grave=True,
    ),
    *address(
        "people", "people", forms=TWIN, show=people.show_people, do=people.add, may_do=may_change_people,
        is_grave=True,
    ),
    *address("people/close", "close-access", do=people.close_access, may_do=may_change_people),
    *address(
        "settings", "settings", forms=TWIN, show=configuration.show_settings, do=configuration.add_recipient,
        may_do=is_administrator,
    ),
    *address("settings/trial", "settings-trial", do=configuration.try_recipient, may_do=is_administrator),
    *address("settings/untold", "settings-untold", do=configuration.settle_untold, may_do=is_administrator),
    *address("settings/remove", "settings-remove", do=configuration.remove_recipient, may_do=is_administrator),
]  # fmt: skip
"""For the provider's people; what only some of them may do is said beside it."""
ROOMS += oncall.ROOMS
ROOMS += desk.DESK
ROOMS += money.MONEY
ROOMS += invoices_urls.INVOICES

urlpatterns: list[URLPattern] = [*DOORS, *ROOMS]
