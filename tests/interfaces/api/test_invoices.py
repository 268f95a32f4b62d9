"""Invoices by programs: the draft that was seen is issued once, two persons take it back, files answer each row."""

KEY = "/api/v1/agreements/acorn-harbour"


def test_the_draft_that_was_seen_is_issued_once(cast):
    """February costs EUR 20; the same key again is answered alike, another key is told that there is an invoice."""
    draft = cast.get(f"{KEY}/drafts/2026-02").json()
    sent = {"digest": draft["digest"], "due_at": "2026-03-31T00:00Z"}

    first, again = (cast.post(f"{KEY}/drafts/2026-02/issue", sent, key="issue") for _ in range(2))
    other = cast.post(f"{KEY}/drafts/2026-02/issue", sent, key="issue-2")

    assert ("EUR 20.00", ["server"]) == (draft["net"], [line["charge"] for line in draft["lines"]])
    assert (201, "INV-2026-0003", "open") == (first.status_code, first.json()["invoice"], first.json()["state"])
    assert (first.json(), 409) == (again.json(), other.status_code)
    assert [] == cast.get(f"{KEY}/drafts").json()


def test_a_draft_that_changed_is_refused(cast):
    sent = {"digest": "0" * 64}

    answer = cast.post(f"{KEY}/drafts/2026-02/issue", sent, key="issue")

    assert (409, True) == (answer.status_code, "changed since you looked at it" in answer.json()["detail"])


def test_a_credit_note_takes_two_persons(cast):
    """One person's program proposes, the same cannot confirm, another's does: a part of EUR 20 is taken back."""
    one = f"{KEY}/invoices/INV-2026-0001"
    sent = {"because": "half a server", "amount": "EUR 10.00"}
    proposed = cast.post(f"{one}/credit-notes", sent, "staff", key="propose")
    own = cast.post(f"{one}/credit-notes/confirm", {}, "staff", key="own")

    note = cast.post(f"{one}/credit-notes/confirm", {}, "administrator", key="second")

    assert (201, 409, 201) == (proposed.status_code, own.status_code, note.status_code)
    assert ("CN-2026-0001", "INV-2026-0001") == (note.json()["invoice"], note.json()["corrects"])
    assert ("EUR 10.00", "EUR 10.00") == (cast.get(one).json()["left"], cast.get(one).json()["taken_back"])


def test_a_banks_file_answers_each_row(cast):
    """Previewed, nothing is on record; then what is known is paid, and the same file under another key is known already."""
    rows = "date,amount,currency,reference\n2026-03-02,20.00,EUR,INV-2026-0001\n2026-03-03,1.00,EUR,hello\n"
    sent = {"content": rows, "file_name": "march.csv"}
    seen = cast.post("/api/v1/payments", {**sent, "preview": True}, key="see").json()["rows"]
    before = cast.get("/api/v1/payments").json()

    done = cast.post("/api/v1/payments", sent, key="do").json()["rows"]
    again = cast.post("/api/v1/payments", sent, key="again").json()["rows"]

    assert [["matched", "unknown reference"]] * 2 == [[row["answer"] for row in told] for told in (seen, done)]
    assert ["duplicate", "duplicate"] == [row["answer"] for row in again]
    assert len(before) + 2 == len(cast.get("/api/v1/payments").json())
    assert "paid" == cast.get(f"{KEY}/invoices/INV-2026-0001").json()["state"]


def test_an_early_end_is_answered_with_the_date(cast):
    """The customer's own program asks; the agreement's least term of twelve months began on 1 January."""
    answer = cast.post(f"{KEY}/ends", {"on": "2026-06-30"}, "acorn", key="end").json()

    assert 422 == cast.post(f"{KEY}/ends", {"on": "30/06/2026"}, "acorn", key="no day").status_code
    assert ("customer", False, "2027-01-01") == (answer["side"], answer["accepted"], answer["earliest_on"])
