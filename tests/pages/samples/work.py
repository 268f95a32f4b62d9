"""Work on a ticket: what would be charged, what was agreed, an instruction that does not count."""

from tests.pages.samples.ground import NOW, TEAMPLIFY, at
from upheld.core.explain import Step
from upheld.pages import contexts as c
from upheld.pages.contexts.lists import Badge, Entry, Section
from upheld.pages.contexts.work import WorkPage

COST = c.Why(step=Step("EUR 100.00", "help by time, at least 60 min for each request", ("TP-31",)), agreement=TEAMPLIFY)
KEEP = c.Form(url="/desk/T-1/working/keep", deed="Keep this work", fields=(), hidden=(("minutes", "25"),))
LOG = c.Form(
    url="/desk/T-1/working/cost", deed="Show what it costs", agreement=TEAMPLIFY,
    fields=(
        c.Field(name="charge", label="For what", choices=(c.Choice("help", "help: EUR 100 per hour"),), is_list=True),
        c.Field(name="minutes", label="Minutes", value="a lot"),
    ),
    problems=(c.Problem("minutes", "Write the minutes in digits, for instance 25"),),
)  # fmt: skip
WAITS = Entry(
    words="W-1 help, 25 min", at=at("08-28T12:10"), badge=Badge("Waits for another person’s consent", "pause"),
    says=("By Mara Ellis.",), agreement=TEAMPLIFY,
    deeds=(c.Form(url="/desk/T-1/working/agree", deed="Agree to the charge", fields=(), hidden=(("work", "W-1"),)),),
)  # fmt: skip
WORK = WorkPage(
    as_of=NOW,
    answer="Work on T-1",
    lede="Exports are empty. Teamplify · Acorn Legal.",
    way=(c.Link("Desk", "/desk"), c.Link("T-1", "#t1"), c.Link("Work")),
    sections=(
        Section(anchor="preview", heading="What it would cost", says="Nothing is kept yet.", form=KEEP,
                entries=(Entry(words="help: EUR 100.00", clauses=("TP-31",), agreement=TEAMPLIFY, why=COST),)),
        Section(anchor="work", heading="Work", entries=(WAITS,), form=LOG),
        Section(anchor="quotes", heading="Quotes", empty="No price was named."),
        Section(anchor="instructions", heading="Instructions", entries=(
            Entry(words="Delete the old exports", at=at("08-28T12:20"), badge=Badge("Does not count", "down", "down"),
                  says=("By the customer.",), clauses=("TP-19",), agreement=TEAMPLIFY),
        )),
    ),
)  # fmt: skip
