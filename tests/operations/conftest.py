"""A filled site and its backup, made once, because making them takes seconds."""

import shutil

import pytest

from tests.operations.site import Site

PUPILS = "school,w,smoked\n" + "".join(f"{n % 4},1.5,{n % 2}\n" for n in range(60))


@pytest.fixture(scope="session")
def filled(tmp_path_factory):
    """A site on SQLite with people, an organisation, a survey and its file. Read it, do not change it."""
    folder = tmp_path_factory.mktemp("filled")
    upload = folder / "upload.csv"
    upload.write_text(PUPILS)
    site = Site(folder / "data")
    site.fill(upload)
    return site


@pytest.fixture(scope="session")
def backup(filled, tmp_path_factory):
    """Its backup."""
    path = tmp_path_factory.mktemp("backups") / "site.backup"
    done = filled.run("backup", path)
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture
def site(filled, tmp_path):
    """A copy of the filled site that a test may change."""
    shutil.copytree(filled.data, tmp_path / "data")
    return Site(tmp_path / "data")


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server of the test's own."""
    from tests.postgres import OwnServer

    with OwnServer() as server:
        yield server


@pytest.fixture
def empty_postgres(postgres):
    """The address of an empty database."""
    return postgres.new_database()
