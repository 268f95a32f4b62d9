"""Who may sign in, who is told of outages, and what waits for an answer."""

from tests.pages.samples.ground import NOW
from upheld.pages import contexts as c

CLOSE = c.Form(url="/people/2/close", deed="Close access", fields=(), hidden=(("person", "2"),))
ROLES = (c.Choice("staff", "Staff", hint="plans, assigns causes"), c.Choice("reader", "Reader", hint="reads"))
PEOPLE = c.PeoplePage(
    as_of=NOW,
    second=c.Link("What needs two persons, or erase somebody", "approvals.html"),
    rows=(
        c.PersonRow(name="Mara Ellis", email="mara@provider.example", role="administrator"),
        c.PersonRow(name="Tom Okafor", email="tom@provider.example", role="staff", deed=CLOSE, has_password=False),
        c.PersonRow(name="Ines Duarte", email="ines@provider.example", role="staff", may_sign_in=False),
    ),
    form=c.Form(
        url="/people",
        deed="Add this person",
        fields=(
            c.Field(name="person", label="Name", autocomplete="off"),
            c.Field(name="email", label="E-mail address", kind="email", autocomplete="off"),
            c.Field(name="role", label="Role", value="reader", choices=ROLES),
        ),
    ),
)
SETTINGS = c.SettingsPage(
    as_of=NOW,
    recipients=(
        c.RecipientRow("ops@provider.example", "e-mail", c.Form(url="/settings/told/1", deed="Tell no more", fields=())),
        c.RecipientRow(
            "https://hooks.provider.example/upheld",
            "webhook, signed",
            of_what="All of it",
            trial=c.Form(url="/settings/trial", deed="Try it", fields=(), hidden=(("recipient", "2"),)),
        ),
    ),
    untold=(
        c.UntoldRow(
            "claim.filed",
            "https://hooks.provider.example/upheld",
            "It answered 500 Internal Server Error",
            tuple(
                c.Form(url="/settings/untold", deed=deed, fields=(), hidden=(("message", "7"),))
                for deed in ("Send it again", "Let it go")
            ),
        ),
    ),
    untold_more=3,
    form=c.Form(url="/settings/told", deed="Tell this address", fields=(c.Field(name="address", label="Address"),)),
    theme=c.Form(
        url="/theme",
        deed="Show pages so",
        fields=(
            c.Field(
                name="theme",
                label="Light or dark",
                value="system",
                choices=(c.Choice("system", "As the system"), c.Choice("light", "Light"), c.Choice("dark", "Dark")),
            ),
        ),
    ),
    facts=(("Version", "0.1.0"), ("Database", "SQLite")),
)
NOBODY_TOLD = c.SettingsPage(as_of=NOW, who_may="You may read this. Mara Ellis may change it.")
NO_VERDICT = c.NoVerdict(says="Say when the work ends: Thu 3 Sep 2026 19:00 UTC, for instance.")
ISSUE = c.Form(url="/statements/issue", deed="Issue July 2026 for Acorn Legal", fields=(), hidden=(("period", "2026-07"),))
