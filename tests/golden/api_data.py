"""The California school data that R `survey` ships (GPL, so not shipped here): read where Debian's package is at hand.

``python -m tests.golden.api_data`` fetches the Debian package into ``.venv/r-cran-survey`` (no administrator rights:
it is only unpacked). Tests look in the system's R library and in that folder, and skip the cases when neither has it.
"""

import lzma
import shutil
import struct
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import numpy as np

CACHE = Path(__file__).parents[2] / ".venv" / "r-cran-survey"
RELATIVE = Path("usr/lib/R/site-library/survey/data/api.rda")
MISSING_INTEGER = -(2**31)
SYMBOL, PAIRLIST, STRING, LOGICAL, INTEGER, REAL, TEXT, LIST = 1, 2, 9, 10, 13, 14, 16, 19
NIL, REFERENCE, NO_VALUE, COMPACT = 254, 255, 251, 238


def find() -> Path | None:
    """The data file of an installed or fetched R `survey`."""
    return next((p for p in (Path("/") / RELATIVE, CACHE / RELATIVE) if p.exists()), None)


def fetch() -> str:
    """Download and unpack Debian's package into the cache; says what happened, never fails."""
    if find():
        return f"api data: {find()}"
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return "api data: not on a Debian system; its golden cases will be skipped"
    with tempfile.TemporaryDirectory() as folder:
        got = subprocess.run(["apt-get", "download", "r-cran-survey"], cwd=folder, capture_output=True, check=False)
        packages = sorted(Path(folder).glob("r-cran-survey_*.deb"))
        if got.returncode or not packages:
            return "api data: r-cran-survey could not be downloaded; its golden cases will be skipped"
        subprocess.run(["dpkg-deb", "-x", packages[0], CACHE], check=True)
    return f"api data: unpacked into {CACHE}"


class _Reader:
    """R's XDR serialisation (R Internals, section 1.8), as far as data frames need it."""

    def __init__(self, raw: bytes) -> None:
        self.raw, self.at, self.symbols = raw, 0, []

    def integer(self) -> int:
        self.at += 4
        return struct.unpack(">i", self.raw[self.at - 4 : self.at])[0]

    def array(self, dtype: str) -> np.ndarray:
        count = self.integer()
        values = np.frombuffer(self.raw, dtype, count, self.at)
        self.at += values.nbytes
        return values

    def item(self):
        flags = self.integer()
        kind = flags & 255
        if kind in (NIL, NO_VALUE):
            return None
        if kind == REFERENCE:
            return self.symbols[(flags >> 8) - 1]
        if kind == SYMBOL:
            self.symbols.append(self.item())
            return self.symbols[-1]
        if kind == STRING:
            size = self.integer()
            self.at += max(size, 0)
            return None if size < 0 else self.raw[self.at - size : self.at].decode()
        if kind == PAIRLIST:
            return self.pairlist(flags)
        return self.vector(kind, has_attributes=bool(flags & 512))

    def pairlist(self, flags: int) -> dict:
        out = {}
        while flags & 255 == PAIRLIST:
            if flags & 512:
                self.item()
            tag = self.item() if flags & 1024 else None
            out[tag] = self.item()
            flags = self.integer()
        return out

    def vector(self, kind: int, *, has_attributes: bool):
        if kind in (LOGICAL, INTEGER):
            codes = self.array(">i4").astype(np.float64)
            values = np.where(codes == MISSING_INTEGER, np.nan, codes)
        elif kind == REAL:
            values = self.array(">f8").astype(np.float64)
        elif kind in (TEXT, LIST):
            values = [self.item() for _ in range(self.integer())]
        else:
            raise ValueError(f"R type {kind} is not expected in a data frame")
        attributes = self.item() if has_attributes else {}
        if "levels" in attributes:
            levels = np.array([*attributes["levels"], None], dtype=object)
            return levels[np.where(np.isnan(values), 0, values).astype(int) - 1]
        if kind == LIST and "names" in attributes:
            return dict(zip(attributes["names"], values, strict=True))
        return np.array(values, dtype=object) if kind == TEXT else values


@cache
def api() -> dict[str, dict[str, np.ndarray]]:
    """Data frame → column → values: float64 with NaN, or objects with None, in R's order; KeyError without the file."""
    path = find()
    if path is None:
        raise KeyError("the data of r-cran-survey are not at hand")
    raw = lzma.decompress(path.read_bytes())
    reader = _Reader(raw[raw.index(b"\n") + 1 :])  # after the magic "RDX2\n"
    reader.at = 2  # "X\n"
    version = reader.integer()
    reader.integer(), reader.integer()
    if version == 3:
        reader.at += 4 + struct.unpack(">i", reader.raw[reader.at : reader.at + 4])[0]
    return reader.item()


if __name__ == "__main__":
    sys.stdout.write(fetch() + "\n")
