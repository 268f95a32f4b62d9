"""Credits and claims: what waits, one credit with its decision, a claim with its conditions and the appeal."""

from tests.pages.samples.ground import NOW, TEAMPLIFY, at, eur
from upheld.core.explain import Step
from upheld.pages import contexts as c
from upheld.pages.contexts.lists import MoneyPage
from upheld.pages.contexts.portal import DecidingPage

WHY = c.Why(step=Step("EUR 100.00", "2 full hours, each 10 x the price of an hour", ("TP-45",)), agreement=TEAMPLIFY)
BECAUSE = c.Field(name="because", label="Why, as the customer will read it", kind="long")
DECISION = c.Field(
    name="decision", label="Decision", choices=(c.Choice("granted", "Grant it"), c.Choice("refused", "Refuse it"))
)
CREDIT = c.Entry(
    words="CR-7: tenfold for O-2", url="credit-data.html", badge=c.Badge("Claimed", "run"), clauses=("TP-45",),
    says=("EUR 100.00, August 2026.", "Under other readings the period comes to EUR 101.92 (730)."), agreement=TEAMPLIFY,
)  # fmt: skip
SECOND = c.Entry(
    words="Tom Okafor proposes to grant it", at=at("08-28T09:00"), says=("It took too long.",), agreement=TEAMPLIFY,
    deeds=(
        c.Form(url="/credits/CR-8/confirm", deed="Confirm it", fields=(), hidden=(("approval", "A-1"),)),
        c.Form(
            url="/credits/CR-8/turn-down", deed="Turn it down", hidden=(("approval", "A-1"),),
            fields=(c.Field(name="because", label="Why not"),),
        ),
    ),
)  # fmt: skip
CREDITS = MoneyPage(
    as_of=NOW, answer="1 credit waits for somebody", way=(c.Link("Credits"),), deeds=(c.Link("Claims", "claims-data.html"),),
    sections=(
        c.Section(anchor="waiting", heading="Waiting", entries=(CREDIT,)),
        c.Section(anchor="decided", heading="Decided", empty="Nothing was decided yet."),
    ),
)  # fmt: skip
ONE_CREDIT = MoneyPage(
    as_of=NOW, answer="CR-7: tenfold for O-2: EUR 100.00", way=(c.Link("Credits", "credits-data.html"), c.Link("CR-7")),
    sections=(
        c.Section(anchor="finding", heading="Reasons", entries=(c.Entry(words="EUR 100.00", agreement=TEAMPLIFY, why=WHY),)),
        c.Section(
            anchor="decide", heading="Decide",
            form=c.Form(
                url="/credits/CR-7/decide", deed="Decide", fields=(DECISION, BECAUSE), not_done="Nothing was decided.",
                problems=(c.Problem("because", "Say why: the customer reads this reason"),),
            ),
        ),
    ),
)  # fmt: skip
TWO_PERSONS = MoneyPage(
    as_of=NOW, answer="CR-8: slow restore: EUR 4.95", way=(c.Link("Credits", "credits-data.html"), c.Link("CR-8")),
    sections=(c.Section(anchor="A-1", heading="Waits for a second person", entries=(SECOND,)),),
)  # fmt: skip
REVERSED = MoneyPage(
    as_of=NOW, answer="INV-2026-0001: EUR 540.00, open",
    way=(c.Link("Credits", "credits-data.html"), c.Link("INV-2026-0001")),
    sections=(
        c.Section(anchor="payments", heading="Payments", entries=(
            c.Entry(
                words="P-1: EUR 540.00", at=at("08-20T00:00"), agreement=TEAMPLIFY,
                says=("It was counted here by mistake, and counts no longer since Fri 28 Aug 2026 09:00 UTC: misread.",),
            ),
            c.Entry(words="P-2: EUR 40.00", at=at("08-21T00:00"), agreement=TEAMPLIFY),
        )),
        c.Section(
            anchor="reverse", heading="A payment that was not for it", says="A second person confirms it.",
            form=c.Form(
                url="/invoices/teamplify/reverse", deed="Propose that it counts no longer", not_done="Nothing was recorded.",
                fields=(
                    c.Field(name="payment", label="Payment", value="P-2", choices=(c.Choice("P-2", "P-2: EUR 40.00"),)),
                    c.Field(
                        name="fate", label="What becomes of the money", value="gone",
                        choices=(
                            c.Choice("another", "It was for another invoice"),
                            c.Choice("gone", "It never came, or was sent back"),
                        ),
                    ),
                    c.Field(name="right", label="Number of that other invoice", is_needed=False),
                    BECAUSE,
                ),
            ),
        ),
    ),
)  # fmt: skip
PAYMENTS = MoneyPage(
    as_of=NOW, answer="1 payment waits for a person",
    way=(c.Link("Credits", "credits-data.html"), c.Link("Invoices"), c.Link("Payments")),
    sections=(
        c.Section(anchor="waiting", heading="Waiting for a person", entries=(
            c.Entry(
                words="P-7: EUR 12.00", at=at("08-21T00:00"),
                says=("Reference: thank you.", "As it came, in august.csv: 2026-08-21,12.00,EUR,thank you"),
                deeds=(
                    c.Form(
                        url="/payments/assign", deed="Count it towards that", hidden=(("payment", "P-7"),),
                        fields=(c.Field(name="number-P-7", label="Number of the invoice that P-7 is for"),),
                    ),
                    c.Form(
                        url="/payments/aside", deed="It is for no invoice", hidden=(("payment", "P-7"),),
                        fields=(
                            c.Field(name="because-P-7", label="Why P-7 is for no invoice", example="the bank’s fee"),
                        ),
                        not_done="It was not put aside.",
                        problems=(c.Problem("because-P-7", "Say why it is for no invoice"),),
                    ),
                ),
            ),
        )),
        c.Section(anchor="aside", heading="Put aside", entries=(
            c.Entry(
                words="P-6: an amount that could not be read", at=at("08-28T09:00"),
                says=("Put aside by Mara Ellis: the bank’s own heading", "As it came, in august.csv: Total;;;"),
            ),
            c.Entry(
                words="P-5: EUR 3.00", at=at("08-28T09:00"), says=("Put aside by Mara Ellis: a refund of the bank",),
                deeds=(
                    c.Form(
                        url="/payments/assign", deed="Count it towards that", hidden=(("payment", "P-5"),),
                        fields=(c.Field(name="number-P-5", label="Number of the invoice that P-5 is for"),),
                    ),
                ),
            ),
        )),
    ),
)  # fmt: skip
ONE_CLAIM = DecidingPage(
    as_of=NOW, name="C-41", answer="C-41 cannot be granted as things stand: 1 condition is not met", agreement=TEAMPLIFY,
    outage=c.Link("tenfold for O-2", "outage-closed.html"), list_url="#", credits_url="credits-data.html",
    conditions=(
        c.Condition(
            False, "The claim came within 5 business days after the end of the outage", ("TP-53",),
            "Claim Fri 14 Aug 2026 10:12 UTC; 5 business days after outage end ends Wed 12 Aug 2026 00:00 UTC.",
        ),
        c.Condition(True, "A ticket was opened", ("TP-51",), "Ticket is there."),
    ),
    amount=c.Figure(value=eur("100.00"), says="the credit of its month, all outages together", agreement=TEAMPLIFY),
    told=(("When", "Fri 14 Aug 2026 10:12 UTC"), ("How", "portal"), ("Ticket", "T-1211")),
    evidence=(c.Link("#62,871", "fact-data.html"),),
    sections=(
        c.Section(anchor="appeal", heading="Decide the appeal", empty="You refused it; somebody else decides."),
        c.Section(anchor="decided", heading="Decided", entries=(
            c.Entry(words="Refused by Mara Ellis", at=NOW, says=("The claim came too late.",), agreement=TEAMPLIFY),
        )),
        c.Section(anchor="otherwise", heading="Under other readings", entries=(
            c.Entry(words="EUR 101.92: 730 hours", says=("How many hours has the month whose price is shared?",)),
        )),
    ),
)  # fmt: skip
MONEY_PAGES: dict[str, c.Page] = {
    "credits-data": CREDITS, "credit-data": ONE_CREDIT, "credit-waits": TWO_PERSONS, "claim-decided": ONE_CLAIM,
    "payment-reversed": REVERSED, "payments-waiting": PAYMENTS,
}  # fmt: skip
