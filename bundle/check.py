"""Install a bundle with the network off, and see its site answer: ``python -m bundle.check ZIP``."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from pathlib import Path

PORT = 8653


def offline():
    """The words before a command that cut it off from every network but its own; none where that cannot be done."""
    program = shutil.which("unshare")
    alone = [program, "--net", "--map-root-user", "--user"] if program else []
    done = subprocess.run([*alone, "true"], check=False, capture_output=True) if program else None
    return alone if done and done.returncode == 0 else []


def main():
    with tempfile.TemporaryDirectory(prefix="hashar-bundle-check-") as scratch:
        folder = Path(scratch)
        with zipfile.ZipFile(sys.argv[1]) as archive:
            archive.extractall(folder)
        home = next(folder.iterdir())
        closed = {**os.environ, "PIP_INDEX_URL": "http://127.0.0.1:1/", "PIP_NO_CACHE_DIR": "1", "HASHAR_LANG": "en"}
        subprocess.run([*offline(), "sh", "install.sh"], cwd=home, env=closed, check=True)
        hashar = home / "hashar" / "bin" / "hashar"
        print(subprocess.run([hashar, "--version"], check=True, capture_output=True, text=True).stdout.strip())
        serve = [hashar, "serve", "--data", folder / "data", "--port", str(PORT)]
        server = subprocess.Popen(serve, env=closed, stderr=subprocess.PIPE, text=True)
        try:
            answer = wait()
            print(f"the site answers: {answer}")
        finally:
            server.terminate()
            print(server.communicate(timeout=60)[1])
        sys.exit(server.returncode)


def wait():
    end = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(f"http://localhost:{PORT}/", timeout=5) as page:
                return page.status
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.3)


if __name__ == "__main__":
    main()
