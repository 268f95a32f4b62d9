"""What each page is given: one frozen record of plain values and of core's findings, steps and spans; never a row."""

from upheld.pages.contexts.access import PasswordPage, ProblemPage, SetupPage, SignInPage
from upheld.pages.contexts.agreements import (
    AgreementPage,
    AgreementPartPage,
    AgreementsPage,
    Checked,
    Clause,
    EditionRow,
    Example,
    Part,
    Reading,
    ReadingPage,
    Sense,
)
from upheld.pages.contexts.facts import FactPage, FactsPage
from upheld.pages.contexts.lists import (
    ApprovalsPage,
    Badge,
    ClaimsPage,
    ColleaguesPage,
    DutiesPage,
    Entry,
    InvoicesPage,
    ListPage,
    Section,
    TicketsPage,
)
from upheld.pages.contexts.maintenance import (
    NearestTime,
    PlanCost,
    PlanPage,
    PlanTest,
    PlanVerdict,
    WindowPage,
    WindowRow,
    WindowsPage,
)
from upheld.pages.contexts.now import CalmRow, Flag, Lane, NowPage, Risk
from upheld.pages.contexts.outages import AssignedCause, Edges, OutagePage, OutageRow, OutagesPage
from upheld.pages.contexts.owed import CreditRow, InvoicePreview, InvoiceRow, PromiseRow, RunRow
from upheld.pages.contexts.page import Around, Assets, Link, NavEntry, Page, RequestBits, Toast
from upheld.pages.contexts.parts import (
    AgreementName,
    Budget,
    Choice,
    Empty,
    FactLine,
    Field,
    Figure,
    Form,
    Held,
    Owed,
    Problem,
    StateSpan,
    Why,
)
from upheld.pages.contexts.people import PeoplePage, PersonRow, RecipientRow, SettingsPage, UntoldRow
from upheld.pages.contexts.portal import ClaimPage, Condition, HomePage, ServiceHere
from upheld.pages.contexts.services import CountedSpan, ServicePage, ServiceRow, ServicesPage
from upheld.pages.contexts.statements import (
    ClaimRow,
    Coverage,
    PeriodLine,
    ReasonSection,
    StatementPage,
    StatementRow,
    StatementsPage,
    UsedReading,
    WhyPage,
    WhyPart,
)
from upheld.pages.contexts.status import (
    ComponentStatus,
    PlannedWork,
    StatusMonthPage,
    StatusPage,
    StatusWord,
    TroubledDay,
)
from upheld.pages.contexts.waiting import NoVerdict

__all__ = [
    "AgreementName", "AgreementPage", "AgreementPartPage", "AgreementsPage", "ApprovalsPage", "Around", "Assets",
    "AssignedCause", "Badge", "Budget", "CalmRow", "Checked", "Choice", "ClaimPage", "ClaimRow", "ClaimsPage", "Clause",
    "ColleaguesPage", "ComponentStatus", "Condition", "CountedSpan", "Coverage", "CreditRow", "DutiesPage", "Edges",
    "EditionRow", "Empty", "Entry", "Example", "FactLine", "FactPage", "FactsPage", "Field", "Figure", "Flag", "Form",
    "Held", "HomePage", "InvoicePreview", "InvoiceRow", "InvoicesPage", "Lane", "Link", "ListPage", "NavEntry",
    "NearestTime",
    "NoVerdict", "NowPage", "OutagePage", "OutageRow", "OutagesPage", "Owed", "Page", "Part", "PasswordPage",
    "PeoplePage", "PeriodLine", "PersonRow", "PlanCost", "PlanPage", "PlanTest", "PlanVerdict", "PlannedWork", "Problem",
    "ProblemPage", "PromiseRow", "Reading", "ReadingPage", "ReasonSection", "RecipientRow", "RequestBits", "Risk",
    "RunRow", "Section", "Sense", "ServiceHere", "ServicePage", "ServiceRow", "ServicesPage", "SettingsPage",
    "SetupPage", "SignInPage", "StateSpan", "StatementPage", "StatementRow", "StatementsPage", "StatusMonthPage",
    "StatusPage", "StatusWord", "TicketsPage", "Toast", "TroubledDay", "UntoldRow", "UsedReading", "Why", "WhyPage",
    "WhyPart", "WindowPage", "WindowRow", "WindowsPage",
]  # fmt: skip
