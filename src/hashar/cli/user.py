"""``hashar user``: accounts, from the machine that runs the site."""

import sys
from pathlib import Path

import click

from hashar.cli.console import Console
from hashar.cli.site import clock, data_option, open_site
from hashar.cli.translated import Argument, Option, TaughtCommand, TaughtGroup
from hashar.errors import UsageError
from hashar.i18n import LANGUAGES, N_

ACCOUNT = N_("The account")
LOGIN = N_("Login name of the account.")


_code_option = click.option(
    "--code", cls=Option, is_flag=True, section=ACCOUNT, help=N_("Print a code instead of asking a password.")
)


def _person_named(login: str) -> int:
    """The id of an account, once the site is open."""
    from hashar.people.contracts import CONSOLE  # noqa: PLC0415  (after the settings)
    from hashar.people.queries import account_named  # noqa: PLC0415  (after the settings)

    return account_named(CONSOLE, login).id


def typed_password(console: Console) -> str:
    """A password: asked for twice on a terminal, else the first line of standard input. Never an argument.

    Raises
    ------
    UsageError
        The two differ, or there is none.

    """
    if not sys.stdin.isatty():
        given = sys.stdin.readline().rstrip("\n")
    else:
        given = click.prompt(console.text(N_("Password")), hide_input=True, err=True, default="", show_default=False)
        again = click.prompt(console.text(N_("Once more")), hide_input=True, err=True, default="", show_default=False)
        if given != again:
            raise UsageError(N_("The two passwords differ. Type the same one twice."))
    if not given:
        raise UsageError(N_("There is no password. Type one, or send it through standard input."))
    return str(given)


@click.command(
    "add",
    cls=TaughtCommand,
    short_help=N_("Make an account."),
    help=N_(
        "Makes an account. The password is asked for, or read from standard input; with --code nobody types one, and "
        "the program prints a code with which the person sets it in the browser within a day. Roles in organisations "
        "are given by invitation on the site."
    ),
    examples=[
        ('hashar user add aigul --name "Aigul Bek" --operator', N_("The first account, which runs the site:")),
        ('hashar user add timur --name "Timur" --code --lang kk', N_("An account whose owner chooses the password:")),
    ],
)
@click.argument("login", cls=Argument, help=LOGIN)
@click.option("--name", cls=Option, required=True, section=ACCOUNT, metavar="NAME", help=N_("The person's name."))
@click.option("--operator", cls=Option, is_flag=True, section=ACCOUNT, help=N_("They run the site."))
@click.option(
    "--language",
    cls=Option,
    type=click.Choice(LANGUAGES),
    default="en",
    section=ACCOUNT,
    metavar="|".join(LANGUAGES),
    help=N_("Language in which they read."),
)
@_code_option
@data_option
@click.pass_obj
def add(console: Console, login: str, name: str, operator: bool, language: str, code: bool, data: Path | None) -> None:  # noqa: FBT001  (click passes options)
    """Make an account."""
    password = None if code else typed_password(console)
    open_site(data)
    from hashar.people.contracts import CONSOLE  # noqa: PLC0415  (after the settings)
    from hashar.people.services import accounts  # noqa: PLC0415  (after the settings)

    person = accounts.make_account(
        actor=CONSOLE,
        login=login,
        name=name,
        password=password,
        operator=operator,
        language=language,
        now=clock(),
    )
    console.done(N_("The account “{login}” is made."), login=login)
    if code:
        console.result(accounts.issue_reset(actor=CONSOLE, person=person, now=clock()).code + "\n")


@click.command(
    "password",
    cls=TaughtCommand,
    short_help=N_("Set the password of an account."),
    help=N_(
        "Sets a new password, asked for or read from standard input; all sessions of the account end. With --code the "
        "program prints a code with which the person sets it in the browser within a day."
    ),
    examples=[
        ("hashar user password aigul", N_("A new password:")),
        ("hashar user password aigul --code --forget-second-factor", N_("For somebody who lost phone and codes:")),
    ],
)
@click.argument("login", cls=Argument, help=LOGIN)
@_code_option
@click.option(
    "--forget-second-factor",
    cls=Option,
    is_flag=True,
    section=ACCOUNT,
    help=N_("Also remove their authenticator app, passkeys and recovery codes."),
)
@data_option
@click.pass_obj
def password(console: Console, login: str, code: bool, forget_second_factor: bool, data: Path | None) -> None:  # noqa: FBT001  (click passes options)
    """Set a password."""
    chosen = "" if code else typed_password(console)
    open_site(data)
    from hashar.people.contracts import CONSOLE  # noqa: PLC0415  (after the settings)
    from hashar.people.services import accounts  # noqa: PLC0415  (after the settings)

    person = _person_named(login)
    if code:
        made = accounts.issue_reset(
            actor=CONSOLE, person=person, remove_second_factor=forget_second_factor, now=clock()
        )
        console.result(made.code + "\n")
        return
    accounts.set_password(
        actor=CONSOLE, person=person, password=chosen, remove_second_factor=forget_second_factor, now=clock()
    )
    console.done(N_("The password of “{login}” is set; all its sessions have ended."), login=login)


@click.command(
    "operator",
    cls=TaughtCommand,
    short_help=N_("Let an account run the site, or end that."),
    help=N_("Those who run the site make organisations and accounts; they see no findings by that alone."),
    examples=[
        ("hashar user operator timur", N_("Timur runs the site from now on:")),
        ("hashar user operator timur --end", N_("… and no longer:")),
    ],
)
@click.argument("login", cls=Argument, help=LOGIN)
@click.option("--end", cls=Option, is_flag=True, section=ACCOUNT, help=N_("They no longer run the site."))
@data_option
@click.pass_obj
def operator(console: Console, login: str, end: bool, data: Path | None) -> None:  # noqa: FBT001  (click passes options)
    """Make somebody an operator, or end that."""
    open_site(data)
    from hashar.people.contracts import CONSOLE  # noqa: PLC0415  (after the settings)
    from hashar.people.services import accounts  # noqa: PLC0415  (after the settings)

    person = _person_named(login)
    accounts.set_operator(actor=CONSOLE, person=person, operator=not end, now=clock())
    console.done(N_("“{login}” no longer runs the site.") if end else N_("“{login}” runs the site."), login=login)


@click.command(
    "close",
    cls=TaughtCommand,
    short_help=N_("Close an account, or open it again."),
    help=N_("Nobody can sign in with a closed account; its sessions end at once. What it made stays."),
    examples=[
        ("hashar user close timur", N_("Close an account:")),
        ("hashar user close timur --reopen", N_("Open it again:")),
    ],
)
@click.argument("login", cls=Argument, help=LOGIN)
@click.option("--reopen", cls=Option, is_flag=True, section=ACCOUNT, help=N_("Open the account again."))
@data_option
@click.pass_obj
def close(console: Console, login: str, reopen: bool, data: Path | None) -> None:  # noqa: FBT001  (click passes options)
    """Close an account, or open it again."""
    open_site(data)
    from hashar.people.contracts import CONSOLE  # noqa: PLC0415  (after the settings)
    from hashar.people.services import accounts  # noqa: PLC0415  (after the settings)

    person = _person_named(login)
    change = accounts.reopen_account if reopen else accounts.close_account
    change(actor=CONSOLE, person=person, now=clock())
    done = N_("The account “{login}” is open again.") if reopen else N_("The account “{login}” is closed.")
    console.done(done, login=login)


@click.command(
    "list",
    cls=TaughtCommand,
    short_help=N_("All accounts, as CSV."),
    help=N_("Prints the accounts as CSV: login name, name, operator, open, second factor, last sign-in."),
    examples=[("hashar user list", N_("Who can sign in:"))],
)
@data_option
@click.pass_obj
def list_accounts(console: Console, data: Path | None) -> None:
    """Print all accounts."""
    open_site(data)
    from hashar.people.contracts import CONSOLE  # noqa: PLC0415  (after the settings)
    from hashar.people.queries import accounts  # noqa: PLC0415  (after the settings)
    from hashar.reports.render.results import csv_text, defused  # noqa: PLC0415  (its libraries: not for --help)

    first = accounts(CONSOLE, closed=True, size=200)
    others = (accounts(CONSOLE, closed=True, page=number, size=200) for number in range(2, first.pages + 1))
    rows = [row for page in (first, *others) for row in page.items]
    columns: dict[str, list[object]] = {
        "login": [row.login for row in rows],
        "name": [defused(row.name) for row in rows],
        "operator": [int(row.operator) for row in rows],
        "open": [int(row.active) for row in rows],
        "second_factor": [int(row.second_factor) for row in rows],
        "last_sign_in": [row.last_login.isoformat() if row.last_login else "" for row in rows],
    }
    console.result(csv_text(columns))


user = TaughtGroup(
    name="user",
    short_help=N_("Accounts: make, close, set a password, list."),
    help=N_(
        "Accounts of the site, for whoever may run programs on its computer. On the site itself people come by "
        "invitation; here the first account is made, and the last way back in is found."
    ),
    examples=[
        ('hashar user add aigul --name "Aigul Bek" --operator', N_("The first account, which runs the site:")),
        ("hashar user list", N_("Who can sign in:")),
    ],
)
for _command in (add, password, operator, close, list_accounts):
    user.add_command(_command)
