"""`upheld`: one programme, one command for each thing that an operator does."""

import typer

from upheld.interfaces.cli.agreements import check_agreement, judge_facts
from upheld.interfaces.cli.backup import back_up
from upheld.interfaces.cli.demo import demo
from upheld.interfaces.cli.evidence import HANDED_ON, export, show_key, sign_head, verify
from upheld.interfaces.cli.explaining import explain_finding
from upheld.interfaces.cli.importing import imports
from upheld.interfaces.cli.invoices import invoices
from upheld.interfaces.cli.ledger import ledger, witness
from upheld.interfaces.cli.people import erase, offer_link, user
from upheld.interfaces.cli.processes import migrate_rows, run_prober, run_web, run_worker
from upheld.interfaces.cli.rendering import render
from upheld.interfaces.cli.replaying import mail
from upheld.interfaces.cli.restore import restore
from upheld.interfaces.cli.run import run
from upheld.interfaces.cli.signer import run_signer
from upheld.interfaces.cli.simulating import simulate
from upheld.interfaces.cli.starting import print_schema, start_agreement
from upheld.interfaces.cli.statement import state
from upheld.interfaces.cli.tokens import token
from upheld.interfaces.cli.watch import watch

app = typer.Typer(
    help="Service promises, written once, kept, and proven.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("run")(run)
app.add_typer(demo, name="demo")
app.command("new")(start_agreement)
app.command("check")(check_agreement)
app.command("judge")(judge_facts)
app.command("explain")(explain_finding)
app.command("simulate")(simulate)
app.command("render")(render)
app.command("schema")(print_schema)
app.command("watch")(watch)
app.command("statement")(state)
app.add_typer(invoices, name="invoices")
app.command("verify", context_settings=HANDED_ON)(verify)
app.command("key")(show_key)
app.command("checkpoint")(sign_head)
app.add_typer(ledger, name="ledger")
app.command("witness", context_settings=HANDED_ON)(witness)
app.add_typer(export, name="export")
app.add_typer(imports, name="import")
app.add_typer(mail, name="mail")
app.command("set-up")(offer_link)
app.add_typer(user, name="user")
app.add_typer(token, name="token")
app.command("erase")(erase)
app.command("backup")(back_up)
app.command("restore")(restore)
app.command("migrate")(migrate_rows)
app.command("web")(run_web)
app.command("worker")(run_worker)
app.command("prober")(run_prober)
app.command("signer")(run_signer)


def main() -> None:
    app()
