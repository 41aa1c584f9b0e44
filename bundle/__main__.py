"""Make dist/hashar-bundle-VERSION-SYSTEM.zip: wheels by the pins, scripts that install them, and what to read first."""

import argparse
import hashlib
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from email.parser import HeaderParser
from pathlib import Path

from bundle.pins import LOCK, SYSTEMS, environment, pins

ROOT = Path(__file__).parents[1]
FILES = Path(__file__).parent / "files"
EVERYBODY = ("READ-ME-FIRST.en.txt", "READ-ME-FIRST.ru.txt")
WINDOWS = ("install.bat", "start.bat", "backup.bat")
UNIX = ("install.sh", "start.sh")


def pip(*arguments):
    """pip of this interpreter; what fails there fails here."""
    subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "--quiet", *map(str, arguments)],
        check=True,
    )


def gather(wheels, system, python):
    """Wheels of everything that the program needs there."""
    needed = "".join(pin.line() for pin in pins(LOCK.read_text(encoding="utf-8"), environment(system, python)))
    with tempfile.TemporaryDirectory() as scratch:
        listed = Path(scratch) / "needed.txt"
        listed.write_text(needed, encoding="utf-8")
        elsewhere = ["--platform", system, "--python-version", python] if system else []
        pip("download", "--require-hashes", "--no-deps", "--only-binary=:all:", *elsewhere, "-r", listed, "-d", wheels)
    pip("wheel", "--no-deps", "-w", wheels, ROOT)
    return needed


def own_wheel(wheels):
    """The program's own."""
    return next(wheels.glob("hashar-*.whl"))


def licences(wheels):
    """Name, version and licence of every package, as the package itself says."""
    lines = []
    for path in sorted(wheels.glob("*.whl")):
        with zipfile.ZipFile(path) as wheel:
            name = next(n for n in wheel.namelist() if n.endswith(".dist-info/METADATA"))
            told = HeaderParser().parsestr(wheel.read(name).decode())
        classified = [c.rsplit(" :: ", 1)[-1] for c in told.get_all("Classifier", []) if c.startswith("License")]
        licence = (
            told["License-Expression"]
            or "; ".join(classified)
            or (told["License"] or "see the package").splitlines()[0]
        )
        lines.append(f"{told['Name']} {told['Version']}: {licence}\n")
    return "".join(lines)


def fill(folder, system, python):
    """Everything that goes into the zip; the version."""
    wheels = folder / "wheels"
    wheels.mkdir()
    needed = gather(wheels, system, python)
    mine = own_wheel(wheels)
    version = mine.name.split("-")[1]
    digest = hashlib.sha256(mine.read_bytes()).hexdigest()
    (folder / "requirements.txt").write_text(f"{needed}hashar=={version} --hash=sha256:{digest}\n", encoding="utf-8")
    (folder / "THIRD-PARTY.txt").write_text(licences(wheels), encoding="utf-8")
    shutil.copy(ROOT / "LICENSE", folder)
    windows = "win" in (system or sysconfig.get_platform())
    for name in EVERYBODY + (WINDOWS if windows else UNIX):
        text = (FILES / name).read_text(encoding="utf-8").replace("@PYTHON@", python)
        end = "\r\n" if windows else "\n"
        (folder / name).write_text(text, encoding="utf-8", newline=end)
    return version


def pack(folder, target):
    """One zip, written beside its place and renamed; scripts can be run."""
    part = target.with_suffix(".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            info = zipfile.ZipInfo(f"{target.stem}/{path.relative_to(folder).as_posix()}", (2026, 1, 1, 0, 0, 0))
            info.external_attr = (0o755 if path.suffix == ".sh" else 0o644) << 16
            info.compress_type = zipfile.ZIP_STORED if path.suffix == ".whl" else zipfile.ZIP_DEFLATED
            archive.writestr(info, path.read_bytes())
    part.replace(target)


def main():
    parser = argparse.ArgumentParser(prog="python -m bundle", description=__doc__)
    parser.add_argument("--system", choices=sorted(SYSTEMS), default="", help="kind of PC; this one when not given")
    parser.add_argument("--python", default="{}.{}".format(*sys.version_info), help="its Python, such as 3.12")
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hashar-bundle-") as scratch:
        folder = Path(scratch)
        version = fill(folder, given.system, given.python)
        given.out.mkdir(parents=True, exist_ok=True)
        system = given.system or sysconfig.get_platform().replace("-", "_")
        target = given.out / f"hashar-bundle-{version}-{system}-py{given.python.replace('.', '')}.zip"
        pack(folder, target)
    print(f"{target}  {target.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
