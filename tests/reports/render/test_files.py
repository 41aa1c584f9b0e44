"""A file is written whole or not at all."""

import errno
import os
from pathlib import Path

import pytest

from hashar.errors import OutputError
from hashar.reports.render.files import check_folder, output_error, staged, write_bytes, write_text


def test_a_file_is_written_with_its_folder(tmp_path):
    path = tmp_path / "deep" / "file.txt"
    write_text(path, "ҳашар")
    assert path.read_bytes() == "ҳашар".encode()
    assert [p.name for p in path.parent.iterdir()] == ["file.txt"]


def test_a_file_may_be_read_by_whom_the_system_lets(tmp_path):
    path = tmp_path / "file.txt"
    mask = os.umask(0o027)
    try:
        write_bytes(path, b"")
    finally:
        os.umask(mask)
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_device_is_written_to_and_not_replaced():
    with pytest.raises(OutputError, match="disk is full"):
        write_bytes(Path("/dev/full"), b"text")


def test_a_folder_of_that_name_is_refused(tmp_path):
    (tmp_path / "file.txt").mkdir()
    with pytest.raises(OutputError, match="is a folder"):
        write_bytes(tmp_path / "file.txt", b"")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EDQUOT, "disk is full"),
        (errno.EFBIG, "disk is full"),
        (errno.EACCES, "no permission"),
        (errno.EROFS, "no permission"),
        (errno.ENOTDIR, "where there is a file"),
        (errno.EISDIR, "is a folder"),
        (errno.ENAMETOOLONG, "too long"),
    ],
)
def test_what_the_system_says_is_one_sentence_with_the_path(tmp_path, number, words):
    sentence = str(output_error(OSError(number, os.strerror(number)), tmp_path / "file"))
    assert words in sentence
    assert str(tmp_path / "file") in sentence


def test_an_error_without_a_reason_is_named_by_its_kind(tmp_path):
    assert "OSError" in str(output_error(OSError(), tmp_path))


def test_staged_files_arrive_together(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "old.txt").write_text("stays")
    (folder / "a.txt").write_text("is replaced")
    with staged(folder) as stage:
        (stage / "a.txt").write_text("new")
        (stage / "inner").mkdir()
        (stage / "inner" / "b.txt").write_text("new too")
        assert (folder / "a.txt").read_text() == "is replaced"
    assert (folder / "a.txt").read_text() == "new"
    assert (folder / "inner" / "b.txt").read_text() == "new too"
    assert (folder / "old.txt").read_text() == "stays"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_nothing_arrives_when_the_work_fails(tmp_path):
    folder = tmp_path / "out"
    with pytest.raises(ZeroDivisionError):
        _fail_in(folder)
    assert list(tmp_path.iterdir()) == []


def _fail_in(folder):
    with staged(folder) as stage:
        (stage / "a.txt").write_text("new")
        raise ZeroDivisionError


def test_a_full_disk_in_the_middle_is_told(tmp_path):
    with pytest.raises(OutputError, match="disk is full"), staged(tmp_path / "out"):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_way_of_the_folder_is_told(tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(OutputError, match="where there is a file"), staged(tmp_path / "out"):
        pass
    assert (tmp_path / "out").read_text() == "mine"


def test_a_folder_that_cannot_be_made_is_found_before_the_work(tmp_path):
    check_folder(tmp_path / "not" / "there" / "yet")
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError):
        check_folder(tmp_path / "file" / "folder")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file"]


def test_a_folder_on_a_disk_of_its_own_is_staged_on_that_disk(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    with staged(folder) as stage:
        assert stage.parent == folder
        (stage / "new.txt").write_text("new")
    assert [path.name for path in folder.iterdir()] == ["new.txt"]
