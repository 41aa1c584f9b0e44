"""Make first-site.backup: a small site of the present version. Run once, at a release; keep the file."""

import shutil
import tempfile
from pathlib import Path

from tests.operations.conftest import PUPILS
from tests.operations.site import Site

HERE = Path(__file__).parent


def main():
    with tempfile.TemporaryDirectory() as scratch:
        upload = Path(scratch) / "upload.csv"
        upload.write_text(PUPILS)
        site = Site(Path(scratch) / "data")
        site.fill(upload)
        done = site.run("backup", Path(scratch) / "made.backup")
        assert done.returncode == 0, done.stderr
        shutil.copy(Path(scratch) / "made.backup", HERE / "first-site.backup")


if __name__ == "__main__":
    main()
