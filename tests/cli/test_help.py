"""Help teaches in every language, and the exit codes in it are those of the program and of the documentation."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from hashar import errors
from hashar.cli.app import application
from hashar.cli.exit_codes import EXIT_CODES, exit_code
from hashar.i18n import LANGUAGES, Translator
from tests.cli.command import run

COMMANDS = [
    (),
    ("profile",),
    ("estimate",),
    ("change",),
    ("detectable",),
    ("plan",),
    ("plan", "check"),
    ("plan", "import"),
    ("codebook",),
    ("codebook", "draft"),
    ("codebook", "check"),
    ("demo",),
    ("serve",),
    ("worker",),
    ("doctor",),
    ("backup",),
    ("restore",),
    ("user",),
    ("user", "add"),
    ("user", "password"),
    ("user", "operator"),
    ("user", "close"),
    ("user", "list"),
]
DOCUMENT = Path("docs/reference/exit-codes.md")


def all_commands(command=application, path=()):
    yield path
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from all_commands(inner, (*path, name))


def test_every_command_is_looked_at():
    assert sorted(all_commands()) == sorted(COMMANDS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: " ".join(c) or "hashar")
def test_every_command_explains_itself_with_an_example_and_the_exit_codes(command, language):
    outcome = run(*command, "--help", "--lang", language)
    assert outcome.code == 0, outcome.err
    assert outcome.err == ""
    text = Translator(language).gettext
    for heading in ("Examples", "Exit codes", "Help and language"):
        assert text(heading) in outcome.out
    assert f"hashar {' '.join(command)}".strip() in outcome.out
    for row in EXIT_CODES:
        assert re.search(rf"^ +{row.code} ", outcome.out, re.MULTILINE)


def test_help_names_every_option_of_every_command():
    for path in COMMANDS:
        shown = run(*path, "--help").out
        command = application
        for name in path:
            command = command.commands[name]
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert all(option in shown for option in parameter.opts), (path, parameter.name)


def test_without_a_command_the_program_explains_itself():
    assert run().out == run("--help").out


def test_the_language_comes_from_the_option_else_the_environment():
    russian = run("--help", "--lang", "ru").out
    assert run("--help", language="ru_RU.UTF-8").out == russian
    assert run("--lang=ru", "--help").out == russian
    assert run("--help", language="fr_FR.UTF-8").out == run("--help").out


def test_every_class_of_error_has_its_own_code():
    classes = [c for c in vars(errors).values() if isinstance(c, type) and issubclass(c, errors.HasharError)]
    codes = [exit_code(c("message")) for c in classes if c is not errors.HasharError]
    assert len(set(codes)) == len(codes)
    assert 0 not in codes
    assert 70 not in codes


def test_the_documentation_lists_the_codes_of_the_program():
    written = re.findall(r"^\| (\d+) \| (.+?) \|", DOCUMENT.read_text(), re.MULTILINE)
    assert [(int(code), meaning) for code, meaning in written] == [(row.code, row.meaning) for row in EXIT_CODES]


def test_the_version_is_told():
    outcome = run("--version")
    assert outcome.code == 0
    assert re.fullmatch(r"hashar \d+\.\d+\.\d+\n", outcome.out)


def test_help_loads_no_heavy_library():
    """What makes start-up slow is imported by the commands that need it."""
    heavy = [
        "django",
        "scipy",
        "pyarrow",
        "altair",
        "duckdb",
        "numba",
        "pyreadstat",
        "docx",
        "typst",
        "vl_convert",
    ]
    script = (
        "import sys\n"
        "from hashar.cli.app import application\n"
        "try:\n    application.main(['estimate', '--help'])\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "[]"
