"""``compact-cases up``: the whole service on this machine, until Ctrl-C."""

import asyncio
import json
import sys
from dataclasses import replace
from pathlib import Path

import click

import compact_cases
from compact_cases import settings
from compact_cases.parts.data_folder import refuse_held
from compact_cases.parts.supervisor import Supervisor, Wish, free_port
from compact_cases.settings import Settings, SettingsRefused, check_for_serving, read_office

_SAID = ("web", "mail", "smtp", "database", "redis", "data", "sign_in")


@click.command()
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one."
)
@click.option("--data", type=click.Path(path_type=Path), help="The data folder.  [default: .data]")
@click.option("--sample", is_flag=True, help="Load an invented register and cases around today.")
@click.option("--no-mail-catcher", is_flag=True, help="Let letters wait unless a mail server is set.")
@click.option("--json", "as_json", is_flag=True, help="Say where everything is as one line of JSON.")
def up(port: int, data: Path | None, sample: bool, no_mail_catcher: bool, as_json: bool) -> None:
    """Run the whole service on this machine, with its own PostgreSQL and Redis."""
    wish = _wish(settings.load(unless_said="development"), port, data, sample, not no_mail_catcher)

    def announce(state: dict[str, str]) -> None:
        if as_json:
            print(json.dumps({name: state.get(name) for name in _SAID}), flush=True)
        else:
            _print_places(state)
        if advice := state.get("advice"):
            print(advice, file=sys.stderr, flush=True)

    asyncio.run(Supervisor(wish, announce).run())


def _wish(found: Settings, port: int, data: Path | None, sample: bool, mail_catcher: bool) -> Wish:
    if sample and found.in_production:
        raise SettingsRefused("--sample cannot be used in production.")
    check_for_serving(found)
    refuse_held((data or found.data_dir).absolute())  # before its own port is called taken
    port = free_port(port)
    office_file = found.office_file
    if sample and office_file is None:
        shipped = Path(compact_cases.__file__).parent / "sample" / "office.toml"
        office_file = shipped if shipped.exists() else None
    given = found.base_url != Settings.base_url
    found = replace(
        found,
        base_url=found.base_url if given else f"http://127.0.0.1:{port}",
        data_dir=(data or found.data_dir).absolute(),
        office_file=office_file.absolute() if office_file else None,
        office=read_office(office_file) if office_file else found.office,
    )
    return Wish(found, port, sample, mail_catcher, found.office_file)


def _print_places(state: dict[str, str]) -> None:
    rows = {
        "The service": state["web"],
        "Letters": state.get("mail") or state.get("smtp") or "wait: no mail server is set",
        "Database": state["database"],
        "Redis": state["redis"],
        "Data and logs": state["data"],
        "Sign in as an officer": state.get("sign_in"),
    }
    print("\nCompact cases runs.\n")
    for name, place in rows.items():
        if place:
            print(f"  {name + ':':<23}{place}")
    print("\nCtrl-C ends all of it.\n", flush=True)
