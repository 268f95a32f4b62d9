"""Money in the console: from what is looked after to a draft, an invoice, a payment, a credit note of two persons."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.apps.billed import draft, look_after, sign
from tests.interfaces import cast
from tests.interfaces.console.reading import heading, plain, read
from upheld.apps.billing import queries, services
from upheld.apps.billing.queries.volumes import list_volumes
from upheld.core.timeline import DAY, Instant, Span

pytestmark = pytest.mark.django_db

JULY = Span(Instant.parse("2026-06-30T23:00Z"), Instant.parse("2026-07-31T23:00Z"))
KEY = "harbour-hosting"
DRAFT = f"/invoices/{KEY}/draft/2026-07"
ONE = f"/invoices/{KEY}/of/INV-2026-0001"


@pytest.fixture
def hosting(lived, db):
    """Harbour has one managed server since July."""
    agreement = sign(KEY, signed_at=JULY.start)
    look_after(agreement, 1, JULY.start)
    return agreement


@pytest.fixture
def issued(hosting):
    """July is invoiced: set-up and one month, GBP 540 with tax, due a month later."""
    return services.issue_draft(agreement=hosting, period=JULY, by="person-1", at=Instant.parse("2026-08-03T09:00Z"))


def digest_of(agreement):
    return draft(agreement, JULY, cast.NOW).digest


def test_a_draft_shows_every_line_with_its_clause_and_is_issued(hosting, tom):
    """It waits on the list; its page names CE-31 and CE-32; issued it is on the list as open, and a draft no more."""
    before = plain(read(tom.get("/invoices")))
    page = plain(read(tom.get(DRAFT)))

    answer = tom.post(DRAFT, {"digest": digest_of(hosting), "due": "Sun 27 Sep 2026 12:00 UTC"})

    assert "1 Jul 2026 to 31 Jul 2026: GBP 540.00" in before
    assert all(words in page for words in ("CE-31", "CE-32", "GBP 450.00 without tax", "GBP 90.00 of tax, 20.00 %"))
    assert (303, ONE) == (answer.status_code, answer["Location"])
    assert "INV-2026-0001: GBP 540.00, open" == heading(tom.get(ONE))
    assert "Every period that is over and cost something is invoiced." in plain(read(tom.get("/invoices")))


def test_a_draft_that_changed_is_not_issued(hosting, tom):
    """The page stays, with the reason and the new sum."""
    seen = digest_of(hosting)
    services.start_resource(
        agreement=hosting, resource="late", kind="managed server", from_at=JULY.start, by="person-1", at=cast.NOW.before(DAY)
    )

    answer = tom.post(DRAFT, {"digest": seen, "due": "Sun 27 Sep 2026 12:00 UTC"})

    assert (422, []) == (answer.status_code, queries.list_invoices())
    assert "it is over GBP 840.00 now" in plain(read(answer))


def test_what_is_overdue_stands_first(hosting, tom):
    services.issue_draft(
        agreement=hosting, period=JULY, by="person-1", at=Instant.parse("2026-08-03T09:00Z"),
        due_at=Instant.parse("2026-08-10T09:00Z"),
    )  # fmt: skip

    assert "1 invoice is overdue" == heading(tom.get("/invoices"))


def test_a_payment_is_recorded_in_parts(issued, tom):
    form = {"number": issued.number, "paid": "Thu 20 Aug 2026 12:00 UTC", "amount": "GBP 40.00", "reference": "Harbour"}

    answer = tom.post(f"/invoices/{KEY}/pay", form)
    told = plain(read(tom.get(ONE)))

    assert 303 == answer.status_code
    assert all(words in told for words in ("INV-2026-0001: GBP 540.00, part paid", "P-1: GBP 40.00", "Reference: Harbour"))
    assert 422 == tom.post(f"/invoices/{KEY}/pay", {**form, "amount": "EUR 1.00"}).status_code


def test_a_credit_note_takes_two_persons(issued, tom, mara):
    """Who proposed it cannot confirm it; the second person's word issues it under a number of its own."""
    tom.post(f"/invoices/{KEY}/propose", {"number": issued.number, "because": "the server was never used"})
    own = tom.post(f"/invoices/{KEY}/confirm", {"number": issued.number})

    answer = mara.post(f"/invoices/{KEY}/confirm", {"number": issued.number})

    assert (422, 303) == (own.status_code, answer.status_code)
    assert "INV-2026-0001: GBP 540.00, taken back" == heading(mara.get(ONE))
    assert "CN-2026-0001" in plain(read(mara.get(ONE)))
    assert "CN-2026-0001: GBP 540.00" == heading(mara.get(f"/invoices/{KEY}/of/CN-2026-0001"))


def test_a_payment_of_another_invoice_takes_two_persons_to_reverse(issued, tom, mara):
    """Who proposed it does not confirm it; confirmed it counts no longer, and the invoice is open again."""
    tom.post(f"/invoices/{KEY}/pay", {"number": issued.number, "paid": "Thu 20 Aug 2026 12:00 UTC", "amount": "GBP 540.00"})
    fields = {"number": issued.number, "payment": "P-1", "fate": "waits", "because": "another reference was meant"}
    wrong = tom.post(f"/invoices/{KEY}/reverse", {**fields, "fate": "another"})
    tom.post(f"/invoices/{KEY}/reverse", fields)
    seen = {"number": issued.number, "proposal": "A-1"}
    own = tom.post(f"/invoices/{KEY}/confirm-reversal", seen)
    asked = plain(read(mara.get(ONE)))

    answer = mara.post(f"/invoices/{KEY}/confirm-reversal", seen)

    assert (422, 422, 303) == (wrong.status_code, own.status_code, answer.status_code)
    assert "proposed that P-1 counts no longer. It came, and waits until somebody knows what for." in asked
    assert "INV-2026-0001: GBP 540.00, open" == heading(mara.get(ONE))
    told = plain(read(mara.get(ONE)))
    assert ("counts no longer since" in told, ": another reference was meant." in told) == (True, True)
    assert "1 payment waits for a person" == heading(mara.get("/payments"))


def test_the_banks_file_is_previewed_and_then_recorded(issued, tom):
    """Nothing is on record after the preview; then each row is, and what nobody knows waits until a person says it."""
    text = "date,amount,currency,reference\n2026-08-20,540.00,GBP,INV-2026-0001\n2026-08-21,7.00,GBP,thanks\n"
    seen = tom.post("/payments/preview", {"file": SimpleUploadedFile("august.csv", text.encode())})
    before = queries.list_payments()

    tom.post("/payments/import", {"text": text, "origin": "august.csv"})

    assert all(words in plain(read(seen)) for words in ("Matched", "INV-2026-0001 is paid by it", "Unknown reference"))
    assert ([], ["P-1"], ["P-2"]) == (
        before,
        [one.name for one in queries.list_payments()],
        [one.name for one in queries.list_waiting_payments()],
    )
    assert "1 payment waits for a person" == heading(tom.get("/payments"))
    answer = tom.post("/payments/assign", {"payment": "P-2", "number-P-2": "INV-2026-0001"})
    assert (303, "No payment waits") == (answer.status_code, heading(tom.get("/payments")))


def test_what_is_for_no_invoice_is_put_aside(issued, tom):
    """Each form has a name of its own; without a reason it is refused beside its field, and with one nothing waits."""
    text = "date,amount,currency,reference\n2026-08-21,7.00,GBP,thanks\n08/21/2026,1.00,GBP,fee\n"
    tom.post("/payments/import", {"text": text, "origin": "august.csv"})
    empty = tom.post("/payments/aside", {"payment": "P-2", "because-P-2": " "})

    for name in ("P-1", "P-2"):
        tom.post("/payments/aside", {"payment": name, f"because-{name}": "the bank's fee"})

    page = read(tom.get("/payments"))
    assert (422, "2 payments wait for a person") == (empty.status_code, heading(empty))
    assert "Say why it is for no invoice" in plain(read(empty))
    assert ("No payment waits", 2) == (heading(tom.get("/payments")), plain(page).count("Put aside by Tom Okafor: the bank"))
    assert (True, False) == ("number-P-1" in str(page), "number-P-2" in str(page))


def test_a_file_of_something_else_is_refused_with_the_reason(hosting, tom):
    answer = tom.post("/payments/preview", {"file": SimpleUploadedFile("x.csv", b"name;age\nLena;40\n")})

    assert 422 == answer.status_code
    assert "missing: date, amount, reference, currency" in plain(read(answer))


def test_exports_hold_what_was_issued(issued, tom):
    """CSV with a row for each line, double entries, and the paper."""
    rows = list(csv.DictReader(io.StringIO(tom.get("/invoices.csv").content.decode())))
    entries, paper = tom.get("/invoices/beancount").content.decode(), tom.get(f"{ONE}.pdf")

    assert ["200.00", "250.00"] == [row["amount"] for row in rows]
    assert "  Assets:Receivable:Harbour  540.00 GBP" in entries
    assert ("application/pdf", b"%PDF-") == (paper["Content-Type"], paper.content[:5])


def test_addresses_stand_on_what_is_issued_from_then_on(hosting, tom, mara):
    """Below both names, with where to pay; of what was issued nothing changes. Too many lines are refused."""
    before = plain(read(tom.get(DRAFT)))
    ours = mara.post("/letterheads", {"address": "1 Quay\r\n\r\n VAT GB 1 ", "pay_to": "Bank, GB33 1"})
    theirs = mara.post("/letterheads/harbour", {"address": "2 Pier", "untaxed_because": "Reverse charge"})

    invoice = services.issue_draft(agreement=hosting, period=JULY, by="person-1", at=cast.NOW)
    mara.post("/letterheads", {"address": "Elsewhere", "pay_to": ""})

    page, after = plain(read(tom.get(ONE))), plain(read(tom.get(DRAFT)))
    refused = mara.post("/letterheads", {"address": "x\n" * 9, "pay_to": ""})
    assert (303, 303, 422) == (ours.status_code, theirs.status_code, refused.status_code)
    assert "It bears no address of its sides: yours and the customer’s." in before
    assert {"from": ["1 Quay", "VAT GB 1"], "to": ["2 Pier"], "pay_to": ["Bank, GB33 1"]} == {
        name: invoice.content[name] for name in ("from", "to", "pay_to", "untaxed_because") if name in invoice.content
    }
    assert all(words in page for words in ("1 Quay", "VAT GB 1", "2 Pier", "Pay to", "Bank, GB33 1"))
    assert "It bears no address" not in after
    assert "Elsewhere" not in page
    assert "An administrator writes it." in plain(read(tom.get("/letterheads")))


def test_why_there_is_no_tax_stands_where_there_is_none(hosting, mara):
    """Directive 2006/112/EC, article 226: an invoice without tax says why; on the credit note it stands, too."""
    agreement = sign("pier-hosting", signed_at=JULY.start, vat="0 %")
    look_after(agreement, 1, JULY.start)
    mara.post("/letterheads/pier", {"address": "", "untaxed_because": "Reverse charge: the customer owes the tax"})

    invoice = services.issue_draft(agreement=agreement, period=JULY, by="person-1", at=cast.NOW)
    approval = services.propose_credit_note(invoice=invoice, because="Wrong", by="person-1", at=cast.NOW)
    note = services.confirm_credit_note(approval=approval, by="person-2", at=cast.NOW)

    told = plain(read(mara.get("/invoices/pier-hosting/of/INV-2026-0001")))
    assert "GBP 0.00 of tax, none is charged" in told
    assert "Reverse charge: the customer owes the tax" in told
    assert ["Reverse charge: the customer owes the tax"] == note.content["untaxed_because"]


def test_what_is_looked_after_begins_and_ends(hosting, tom):
    form = {"agreement": KEY, "resource": "db-1", "kind": "managed server", "when": "Sat 1 Aug 2026 00:00 UTC"}
    tom.post("/looked-after/start", form)

    answer = tom.post("/looked-after/end", {**form, "when": "Sat 15 Aug 2026 00:00 UTC"})

    found = {one.name: one.ended_at for one in queries.list_resources(hosting, cast.NOW)}
    assert (303, Instant.parse("2026-08-15T00:00Z")) == (answer.status_code, found["db-1"])
    assert 422 == tom.post("/looked-after/end", form).status_code


def test_sizes_are_pasted_and_tell_what_may_be_charged(hosting, tom):
    """CE-29: more than 100 GB may be charged by quote. A line that cannot be read records none of them."""
    one, other = "backups; 105 GB; Fri 31 Jul 2026 22:00 UTC", "mails,99000000000,2026-07-31T22:00Z"
    form = {"agreement": KEY, "charge": "large-backup"}

    answer = tom.post("/volumes", {**form, "lines": f"{one}\n{other}\n"})
    again = tom.post("/volumes", {**form, "lines": one})
    refused = tom.post("/volumes", {**form, "lines": f"more; 1 GB; 2026-08-01T00:00Z\n{one.replace('105', '106')}"})
    wrong = tom.post("/volumes", {**form, "lines": "more; a lot; 2026-08-01T00:00Z"})

    page = plain(read(tom.get("/volumes")))
    assert [("backups", 105 * 10**9, True), ("mails", 99 * 10**9, False)] == [
        (found.name, found.size, found.may) for found in list_volumes(hosting, cast.NOW)
    ]
    assert (303, 303, 422, 422) == (answer.status_code, again.status_code, refused.status_code, wrong.status_code)
    assert "Line 2: backups was measured at" in plain(read(refused))
    assert "is no size; write for instance 105 GB" in plain(read(wrong))
    assert all(words in page for words in ("May be charged, by quote", "Costs nothing more", "CE-29"))


def test_an_early_end_is_refused_with_the_date(hosting, tom):
    """CE-33: twelve months at least, counted from the signature."""
    tom.post("/endings", {"agreement": KEY, "on": "2026-12-31", "because": "We close."})

    told = plain(read(tom.get("/endings")))
    service = plain(read(tom.get("/services/code-enigma/harbour")))

    assert all(words in told for words in ("E-1: the provider wants it to end on 31 Dec 2026", "Possible from 1 Jul 2027"))
    assert "E-1 asked for an end too early; it is possible from 1 Jul 2027." in service
    assert 422 == tom.post("/endings", {"agreement": KEY, "on": "31/12/2026"}).status_code
