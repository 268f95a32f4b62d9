"""Signing in and the first administrator."""

from upheld.pages import contexts as c

SIGN_IN = c.SignInPage(
    behind="the statement of July 2026",
    status_url="status-data.html",
    form=c.Form(
        url="/sign-in",
        deed="Sign in",
        not_done="You are not signed in.",
        fields=(
            c.Field(name="name", label="E-mail address", kind="email", autocomplete="username"),
            c.Field(name="password", label="Password", kind="password", autocomplete="current-password"),
        ),
    ),
)
SETUP = c.SetupPage(
    where_code="The code stands in the first lines of the log of the server.",
    form=c.Form(
        url="/setup",
        deed="Name this administrator",
        not_done="Nobody was named.",
        fields=(
            c.Field(name="code", label="Code from the log"),
            c.Field(name="person", label="Name", autocomplete="name"),
            c.Field(name="email", label="E-mail address", kind="email", autocomplete="email"),
            c.Field(
                name="password",
                label="Password",
                kind="password",
                hint="At least 12 characters.",
                autocomplete="new-password",
            ),
        ),
    ),
)
