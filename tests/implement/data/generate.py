"""Lets LibreOffice save a filled form: ``python -m tests.implement.data.generate``."""

import subprocess
import tempfile
from pathlib import Path

from tests.implement.test_returned_forms import BOOK


def main():
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "form.ods"
        first = Path(folder) / "form.xlsx"
        first.write_bytes(BOOK)
        for kind, path in (("ods", first), ("xlsx", source)):  # through its own format, so that it writes all anew
            subprocess.run(["soffice", "--headless", "--convert-to", kind, "--outdir", folder, path], check=True)
        (Path(__file__).parent / "saved-by-libreoffice.xlsx").write_bytes(first.read_bytes())


if __name__ == "__main__":
    main()
