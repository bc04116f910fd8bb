"""`heedful import`: its commands import what they need when they run."""

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from heedful.cli_setup import set_up

import_app = typer.Typer(help="Bring in records from files.", no_args_is_help=True)


@import_app.command("events")
def import_events(
    file: Annotated[Path, typer.Argument(help="CSV file (.csv.gz too), or with a suggested map a workbook.")],
    map_file: Annotated[str, typer.Option("--map", help="Mapping file, or the name of one that comes with Heedful.")],
    organisation: Annotated[str, typer.Option(help="Code of the organisation.")] = "",
    create: Annotated[str, typer.Option(help="Make the organisation, with this name, if it is not there.")] = "",
    reader: Annotated[str, typer.Option(help="With --create: user name of an account that may read it all.")] = "",
    services: Annotated[Path | None, typer.Option(help="File of services with their capacity.")] = None,
    lookup: Annotated[list[str] | None, typer.Option(help="A look-up file, as name=FILE; may be repeated.")] = None,
    rejects: Annotated[Path | None, typer.Option(help="Where to write rejected rows with their reasons.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and count, store nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Say what came of it as JSON.")] = False,
) -> None:
    """Import events as history: charts count them, but they start no clock, notice or review."""
    set_up("command")
    from heedful.intake import commands

    code = commands.import_events(
        file=file,
        map_file=map_file,
        organisation=organisation,
        create=create,
        reader=reader,
        services=services,
        lookups=lookup or [],
        rejects=rejects,
        dry_run=dry_run,
        as_json=as_json,
    )
    raise typer.Exit(code)


@import_app.command("suggest")
def suggest_map(
    file: Annotated[Path, typer.Argument(help="Workbook or CSV file as it is kept.")],
    to: Annotated[Path | None, typer.Option("--output", "-o", help="Where to write the map; else it is shown.")] = None,
    organisation: Annotated[str, typer.Option(help="Code of the organisation whose services are meant.")] = "",
    services: Annotated[Path | None, typer.Option(help="A list of the services instead, one to a line.")] = None,
) -> None:
    """Look at a log as people keep it, and write a map of what it seems to mean, with questions."""
    set_up("command")
    from heedful.intake import commands

    raise typer.Exit(commands.suggest_map(file, to, organisation=organisation, services=services))


@import_app.command("list")
def import_list(
    organisation: Annotated[str, typer.Option(help="Code of the organisation.")],
    as_json: Annotated[bool, typer.Option("--json", help="Say it as JSON.")] = False,
) -> None:
    """The newest imports of an organisation: when, which file, what came of it, and the id to undo it by."""
    set_up("command")
    from heedful.intake import undo_commands

    raise typer.Exit(undo_commands.list_imports(organisation=organisation, as_json=as_json))


@import_app.command("undo")
def import_undo(
    batch: Annotated[UUID, typer.Argument(help="The import's id, from `heedful import list`.")],
    organisation: Annotated[str, typer.Option(help="Code of the organisation.")],
    as_json: Annotated[bool, typer.Option("--json", help="Say what came of it as JSON.")] = False,
) -> None:
    """Take back all that an import brought, but for what somebody worked on since."""
    set_up("command")
    from heedful.intake import undo_commands

    raise typer.Exit(undo_commands.undo_import(batch=batch, organisation=organisation, as_json=as_json))
