"""`upheld`: one programme, one command for each thing that an operator does."""

import typer

from upheld.interfaces.cli.agreements import check_agreement, judge_facts

app = typer.Typer(
    help="Service promises, written once, kept, and proven.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("check")(check_agreement)
app.command("judge")(judge_facts)


def main() -> None:
    app()
