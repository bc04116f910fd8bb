"""The `heedful` command. Each command imports what it needs when it runs, so that the command starts quickly."""

import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from dotenv import load_dotenv

from heedful.cli_imports import import_app
from heedful.cli_setup import set_up

app = typer.Typer(
    name="heedful",
    help="Turns incidents, near misses, complaints and safeguarding concerns into safer practice.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
ledger_app = typer.Typer(help="The record of every operation.", no_args_is_help=True)
app.add_typer(import_app, name="import")
app.add_typer(ledger_app, name="ledger")

DEMO_PORT = 8000
trace = {"whole": False}


@app.callback()
def options(
    debug: Annotated[bool, typer.Option("--debug", help="Show the whole trace when something fails.")] = False,
    env_file: Annotated[
        Path | None, typer.Option("--env-file", help="Read settings from this file; the environment goes first.")
    ] = None,
) -> None:
    """Options for every command; they stand before the command's name."""
    trace["whole"] = debug
    if env_file:
        if not env_file.is_file():
            raise typer.BadParameter(f"There is no file {env_file}.", param_hint="--env-file")
        load_dotenv(env_file, override=False)


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="First port to try on this machine.")] = DEMO_PORT,
    folder: Annotated[Path | None, typer.Option(help="Where the demonstration keeps its data.")] = None,
    reset: Annotated[bool, typer.Option("--reset", help="Delete the demonstration's data and start afresh.")] = False,
    scale: Annotated[float, typer.Option(hidden=True, min=0, max=1)] = 1.0,
) -> None:
    """Start a demonstration with invented people on this machine; Ctrl-C stops it."""
    from heedful.hosting import supervise

    supervise.demo(port=port, folder=folder, reset=reset, scale=scale)


@app.command("demo-data", hidden=True)
def demo_data(
    scale: Annotated[float, typer.Option(min=0, max=1, help="The part of ordinary events; 0 has only stories.")] = 1.0,
    when_told: Annotated[bool, typer.Option("--when-told", help="Get ready, and begin when a line comes in.")] = False,
) -> None:
    """Fill the demonstration's database; does nothing when it is filled."""
    set_up("command")
    from heedful.demo import load, progress

    if when_told:
        load.get_ready()
        if not sys.stdin.readline():
            raise typer.Exit(1)
    with progress.shown(typer.echo) as shown:
        load.load_demo(shown, scale=scale)


@app.command()
def doctor(
    send_test: Annotated[str, typer.Option("--send-test", help="Send a test mail to this address.")] = "",
    new_keys: Annotated[bool, typer.Option("--new-keys", help="Print new secret keys, and do nothing else.")] = False,
) -> None:
    """Check settings, database, jobs, mail, disk and backups; say how to mend what is wrong."""
    from heedful.hosting import doctor as checks

    if new_keys:
        typer.echo(checks.new_keys())
        return
    if not checks.run(typer.echo, send_test_to=send_test):
        raise typer.Exit(1)


@app.command("prepare-database")
def prepare_database() -> None:
    """Make the three roles and the empty database, as the superuser of DATABASE_SUPERUSER_URL. May be run again."""
    from heedful.hosting import roles

    typer.echo(roles.prepare_from_settings())


@app.command()
def migrate() -> None:
    """Bring the database to this version, as the role of DATABASE_OWNER_URL."""
    from heedful.hosting.acting import act_as

    act_as("database_owner_url")
    set_up("command")
    from heedful.hosting import migrations

    migrations.migrate()


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(help="Number of web processes.")] = 2,
) -> None:
    """Serve the web pages."""
    from heedful.hosting import processes

    processes.serve(host=host, port=port, workers=workers)


@app.command()
def healthy(port: Annotated[int, typer.Option(help="Port of the web server on this machine.")] = 8000) -> None:
    """Ask the web server on this machine whether it is well; for container health checks."""
    from heedful.hosting import supervise

    if not supervise.is_healthy(f"http://127.0.0.1:{port}/healthz"):
        raise typer.Exit(1)


@app.command()
def worker() -> None:
    """Run background jobs and the schedule."""
    set_up("worker")
    from heedful.hosting import working

    working.work()


@app.command()
def createadmin(
    code: Annotated[str, typer.Option(prompt="Code of the organisation", help="Short code, used to sign in.")],
    organisation: Annotated[str, typer.Option(prompt="Name of the organisation", help="Its name.")],
    name: Annotated[str, typer.Option(prompt="Your name", help="Name of the first administrator.")],
    email: Annotated[str, typer.Option(prompt="Your e-mail", help="E-mail of the first administrator.")],
) -> None:
    """Make an organisation and its first administrator; prints a password for the first sign-in."""
    set_up("command")
    from heedful.hosting import first_admin

    typer.echo(first_admin.create(code=code, organisation=organisation, name=name, email=email))


@app.command()
def backup(
    to: Annotated[Path | None, typer.Option(help="Folder for the file; default: backups in the data folder.")] = None,
    keep: Annotated[int | None, typer.Option(min=1, help="Delete all but this many of the newest backups.")] = None,
) -> None:
    """Write database, uploads and ledger heads into one file, encrypted if a key is set, while people go on working."""
    from heedful.hosting import backups

    typer.echo(backups.describe(backups.take(to, keep)))


@app.command("backup-key")
def backup_key() -> None:
    """Make a pair of keys for encrypted backups: the private one to standard output, what to do with it beside it."""
    from heedful.hosting import age

    private, public = age.new_pair()
    typer.echo(f"# Opens the backups of Heedful that are encrypted to the public key {public}\n{private}")
    typer.echo(
        f"HEEDFUL_BACKUP_RECIPIENTS={public}\n"
        "Put this line into the settings of the machine that takes backups. Keep the private key OFF that machine, in "
        "two places that somebody will find: whoever has it can read every backup, and without it nobody can.",
        err=True,
    )


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `heedful backup` wrote.")],
    drill: Annotated[bool, typer.Option("--drill", help="Restore into a throwaway database, verify, remove.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Put it in the place of what is there.")] = False,
    identity: Annotated[
        Path | None, typer.Option(help="File with the private key of an encrypted backup; - reads standard input.")
    ] = None,
) -> None:
    """Restore a backup onto an empty machine, and verify it."""
    from heedful.hosting import age, restores

    private = age.read_private(identity) if identity else []
    said = restores.drill(file, private) if drill else restores.restore(file, private, replace=replace)
    typer.echo(said)


@app.command()
def upgrade() -> None:
    """After installing a new version: back up, check, migrate, verify; if that fails, put everything back."""
    from heedful.hosting import upgrades

    upgrades.upgrade(typer.echo)


@app.command()
def reseal() -> None:
    """After a new HEEDFUL_SEALING_KEY was put before the old one: put all that is sealed under the new one."""
    set_up("command")
    from heedful.foundation.people import factors

    typer.echo(f"{factors.seal_again()} apps and cards are sealed with the first key: the others may go.")


@ledger_app.command("verify")
def ledger_verify() -> None:
    """Check every entry's place in the chain, and the heads kept outside the database."""
    from heedful.hosting.acting import act_as

    act_as("database_backup_url")
    set_up("command")
    from heedful.hosting import chains

    found = chains.verify_all()
    typer.echo("\n".join(found.lines()))
    if not found.is_whole:
        raise typer.Exit(1)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True}, add_help_option=False)
def manage(context: typer.Context) -> None:
    """Any Django command, for example `heedful manage check`."""
    set_up("command")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["heedful manage", *context.args])


def main() -> NoReturn:
    """Run a command; a failure is one clear message, not a trace."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if trace["whole"]:
            raise
        typer.echo(f"heedful: {str(error).strip() or type(error).__name__}", err=True)
        sys.exit(1)
    sys.exit(0)
