"""The pins of requirements/run.lock that one kind of PC needs."""

import re
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement

LOCK = Path(__file__).parents[1] / "requirements" / "run.lock"
HASH = re.compile(r"--hash=(\S+)")
NEVER = {"psycopg", "psycopg-binary", "psycopg-pool"}
"""Under the LGPL: users install it themselves (ADR 0010)."""
SYSTEMS = {
    "win_amd64": {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows", "platform_machine": "AMD64"},
    "manylinux_2_28_x86_64": {
        "sys_platform": "linux",
        "os_name": "posix",
        "platform_system": "Linux",
        "platform_machine": "x86_64",
    },
}


@dataclass(frozen=True)
class Pin:
    """One package, its version and the digests that its files may have."""

    requirement: Requirement
    hashes: tuple[str, ...]

    def line(self) -> str:
        """As pip reads it, for one kind of PC."""
        digests = "".join(f" \\\n    --hash={one}" for one in self.hashes)
        return f"{self.requirement.name}{self.requirement.specifier}{digests}\n"


def environment(system: str, python: str) -> dict[str, str]:
    """What markers are judged by, for a kind of PC; empty ``system``: this one."""
    mine = {**default_environment(), **SYSTEMS.get(system, {})}
    if python:
        mine |= {"python_version": python, "python_full_version": f"{python}.0"}
    return mine


def pins(lock: str, surroundings: dict[str, str]) -> list[Pin]:
    """The pins of a lock that apply there."""
    found = []
    for block in re.split(r"\n(?=\S)", lock):
        text = re.sub(r"\s*#.*", "", block).replace("\\\n", " ").strip()
        if not text:
            continue
        requirement = Requirement(text.split(" --hash=")[0].strip())
        if requirement.marker is None or requirement.marker.evaluate(surroundings):
            found.append(Pin(requirement, tuple(HASH.findall(text))))
    forbidden = NEVER & {pin.requirement.name for pin in found}
    if forbidden:
        message = f"{', '.join(sorted(forbidden))} must not be bundled"
        raise ValueError(message)
    return found
