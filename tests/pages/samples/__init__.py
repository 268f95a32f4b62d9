"""One record for each state of each page, with figures of one August and one July that add up."""

from dataclasses import replace

from tests.pages.samples import oncall
from tests.pages.samples.agreement import AGREEMENT, AGREEMENT_WRONG, EDITION, PART, READING_PAGE
from tests.pages.samples.desk import DESK, OTHERS
from tests.pages.samples.doors import SETUP, SIGN_IN
from tests.pages.samples.facts import FACT, FACTS, WITNESSES
from tests.pages.samples.ground import BERLIN, BITS, NOW, at, mins
from tests.pages.samples.money import MONEY_PAGES
from tests.pages.samples.now import FIRST_RUN, NOW_PAGE, QUIET
from tests.pages.samples.outages import BAD_FORM, CLOSED_OUTAGE, OUTAGE, OUTAGES
from tests.pages.samples.people import ISSUE, NO_VERDICT, NOBODY_TOLD, PEOPLE, SETTINGS
from tests.pages.samples.planning import GOOD_VERDICT, PLAN, PLAN_WRONG, VERDICT, WINDOW_PAGE, WINDOWS
from tests.pages.samples.portal import CHAT, PORTAL_PAGES
from tests.pages.samples.rooms import CUSTOMERS_ROOMS, ROOM_PAGES
from tests.pages.samples.services import ROWS, SERVICE, SERVICES
from tests.pages.samples.statements import SHALLOW, STATEMENT, STATEMENT_MET, STATEMENTS, WHY
from tests.pages.samples.status import CALM_STATUS, DAYS, STATUS, STATUS_MONTH
from tests.pages.samples.work import WORK
from upheld.pages import contexts as c
from upheld.pages.states import State

ELSEWHERE = replace(BITS, zone=BERLIN)
STATUS_BITS = c.RequestBits(as_of=NOW, assets=BITS.assets)

PAGES: dict[str, tuple[c.Page, c.RequestBits]] = {
    **PORTAL_PAGES,
    **CUSTOMERS_ROOMS,
    **{name: (page, BITS) for name, page in ROOM_PAGES.items()},
    **{name: (page, BITS) for name, page in MONEY_PAGES.items()},
    "ticket-work": (WORK, BITS),
    "now-data": (
        NOW_PAGE,
        replace(BITS, toast=c.Toast("Notice sent to ops@acorn.example at 14:50 UTC.", c.Link("Fact #62,913", "#f"))),
    ),
    "now-elsewhere": (NOW_PAGE, ELSEWHERE),
    "now-first-run": (FIRST_RUN, BITS),
    "now-quiet": (QUIET, BITS),
    "services-data": (SERVICES, BITS),
    "services-empty": (c.ServicesPage(as_of=NOW), BITS),
    "service-data": (SERVICE, BITS),
    "service-elsewhere": (SERVICE, ELSEWHERE),
    "service-past": (SERVICE, replace(BITS, is_past=True)),
    "service-up": (
        replace(
            SERVICE,
            state=State.UP,
            since=None,
            missed_at=None,
            rows=ROWS[:5],
            up=mins(39504),
            figures=(),
            budget=c.Budget(mins(223), mins(166)),
            edges=(),
        ),
        BITS,
    ),
    "service-empty": (
        replace(SERVICE, state=State.UNKNOWN, since=None, budget=None, rows=(), up=mins(0), figures=(), edges=()),
        BITS,
    ),
    "service-wrong-sum": (replace(SERVICE, up=mins(39490)), BITS),
    "service-decided": (
        replace(
            SERVICE,
            is_decided=True,
            as_of=at("09-02T00:00"),
            up=mins(44362),
            rows=(*ROWS[:5], replace(ROWS[5], is_running=False)),
        ),
        replace(BITS, as_of=at("09-02T00:00")),
    ),
    "outages-data": (OUTAGES, BITS),
    "outages-empty": (c.OutagesPage(as_of=NOW), BITS),
    "outage-open": (OUTAGE, BITS),
    "outage-closed": (CLOSED_OUTAGE, BITS),
    "outage-wrong": (replace(OUTAGE, form=BAD_FORM), BITS),
    "windows-data": (WINDOWS, BITS),
    "windows-empty": (c.WindowsPage(as_of=NOW, who_may="You may read this. Mara Ellis may plan work."), BITS),
    "window-told": (WINDOW_PAGE, BITS),
    "plan-data": (PLAN, BITS),
    "plan-good": (replace(PLAN, verdict=GOOD_VERDICT, notice_deed="Give notice to ops@acorn.example"), BITS),
    "plan-empty": (replace(PLAN, verdict=None), BITS),
    "plan-wrong": (PLAN_WRONG, BITS),
    "agreements-data": (
        c.AgreementsPage(rows=(EDITION, replace(EDITION, customers=(), checked=AGREEMENT_WRONG.checked))),
        BITS,
    ),
    "agreements-empty": (c.AgreementsPage(), BITS),
    "agreement-data": (AGREEMENT, BITS),
    "agreement-wrong": (AGREEMENT_WRONG, BITS),
    "agreement-part": (PART, BITS),
    "agreement-reading": (READING_PAGE, BITS),
    "statements-data": (STATEMENTS, BITS),
    "statements-empty": (c.StatementsPage(as_of=NOW), BITS),
    "statement-data": (STATEMENT, replace(BITS, as_of=at("08-06T10:00"))),
    "statement-met": (STATEMENT_MET, BITS),
    "statement-due": (replace(STATEMENT_MET, deed=ISSUE, deed_says="Nothing later moves it."), BITS),
    "statement-shallow": (SHALLOW, replace(BITS, as_of=at("08-06T10:00"))),
    "why-data": (WHY, BITS),
    "facts-data": (FACTS, BITS),
    "facts-empty": (c.FactsPage(as_of=NOW, url="/facts"), BITS),
    "witnesses-data": (WITNESSES, BITS),
    "fact-data": (FACT, BITS),
    "fact-corrected": (replace(FACT, line=FACTS.rows[1]), BITS),
    "people-data": (PEOPLE, BITS),
    "people-reader": (replace(PEOPLE, form=None, who_may="You may read this."), BITS),
    "settings-data": (SETTINGS, BITS),
    "settings-nobody": (NOBODY_TOLD, BITS),
    "oncall-data": (oncall.ONCALL, BITS),
    "oncall-quiet": (oncall.QUIET_ONCALL, BITS),
    "oncall-empty": (oncall.NO_ROTA, BITS),
    "rota-data": (oncall.ROTA, BITS),
    "rota-empty": (oncall.EMPTY_ROTA, BITS),
    "rota-form": (oncall.ROTA_FORM, BITS),
    "rota-reader": (oncall.ROTA_READER, BITS),
    "pages-data": (oncall.PAGES, BITS),
    "pages-empty": (replace(oncall.PAGES, rows=(), older=None), BITS),
    "page-running": (oncall.PAGE, BITS),
    "page-new": (oncall.NEW_PAGE, BITS),
    "page-over": (oncall.OVER_PAGE, BITS),
    "policies-data": (oncall.POLICIES, BITS),
    "policies-empty": (oncall.NO_POLICIES, BITS),
    "ways-data": (oncall.WAYS, BITS),
    "ways-empty": (oncall.NO_WAYS, BITS),
    "answer-asked": (oncall.ANSWER, STATUS_BITS),
    "answer-done": (oncall.ANSWERED, STATUS_BITS),
    "status-data": (STATUS, STATUS_BITS),
    "status-calm": (CALM_STATUS, STATUS_BITS),
    "status-empty": (c.StatusPage(provider="Demo provider", as_of=NOW, days=DAYS), STATUS_BITS),
    "status-month-data": (STATUS_MONTH, STATUS_BITS),
    "status-month-empty": (replace(STATUS_MONTH, components=(), troubles=()), STATUS_BITS),
    "signin-data": (SIGN_IN, STATUS_BITS),
    "signin-wrong": (
        replace(
            SIGN_IN,
            form=replace(
                SIGN_IN.form,
                problems=(c.Problem("name", "No person with this address and password; both are looked at together"),),
            ),
        ),
        STATUS_BITS,
    ),
    "setup-data": (SETUP, STATUS_BITS),
    "problem-403": (
        c.ProblemPage(
            status=403,
            words="You are not named as a person who may instruct for Acorn Legal",
            says="Lena Vogt and Piet Maas are.",
        ),
        STATUS_BITS,
    ),
    "problem-404": (c.ProblemPage(status=404, deeds=(c.Link("Go to what matters now", "now-data.html"),)), STATUS_BITS),
    "problem-429": (c.ProblemPage(status=429), STATUS_BITS),
    "problem-500": (c.ProblemPage(status=500, reference="H-88"), STATUS_BITS),
    **{name: (page, replace(BITS, is_past=name == "ticket-past")) for name, page in DESK.items()},
}
PARTS_ALONE: dict[str, tuple[c.Page, c.RequestBits]] = {
    "chat-part": (CHAT.said, BITS),
    "others-part": (OTHERS, BITS),
    "no-verdict-part": (NO_VERDICT, BITS),
    "plan-verdict-part": (VERDICT, BITS),
    "why-part": (c.WhyPart(why=STATEMENT.sections[0].why, path="2"), BITS),
}
