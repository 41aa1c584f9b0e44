"""The real survey that comes with the program, and the demonstration's folder; neither needs Django."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from hashar.errors import Conflict
from hashar.i18n import N_

FOLDER = Path(__file__).parent / "data" / "yrbs"
NOTE = "demonstration.json"
"""In the data folder of a demonstration: its accounts, none while it is being made."""


@dataclass(frozen=True)
class ShippedSurvey:
    """A wave, the waves before it (the latest first) and their codebook."""

    file: Path
    earlier: tuple[Path, ...]
    codebook: Path


def survey() -> ShippedSurvey:
    """The US national Youth Risk Behavior Survey 2019, 2017 and 2015 (public domain)."""
    waves = [FOLDER / f"yrbs_national_{year}.parquet" for year in (2019, 2017, 2015)]
    return ShippedSurvey(file=waves[0], earlier=tuple(waves[1:]), codebook=FOLDER / "codebook.yaml")


@dataclass(frozen=True)
class Account:
    """An account that anybody may use to look round."""

    login: str
    password: str
    role: str
    """What it may do: a role, or ``operator``."""
    organisation: str


def accounts(data: Path) -> tuple[Account, ...]:
    """The accounts of the demonstration in this data folder; none when it is not there, or not finished."""
    try:
        kept = json.loads((data / NOTE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()
    return tuple(Account(**one) for one in kept["accounts"])


def begin(data: Path) -> None:
    """Give the demonstration a folder of its own; what an interrupted one left in it goes.

    Raises
    ------
    Conflict
        The folder holds something else.

    """
    if accounts(data) or not data.exists() or not any(data.iterdir()):
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
    elif (data / NOTE).is_file():
        shutil.rmtree(data)
        data.mkdir(mode=0o700)
    else:
        raise Conflict(
            N_("“{path}” holds something else than a demonstration. Name another folder with --data."), path=data
        )
    if not accounts(data):
        finish(data, ())


def finish(data: Path, made: Sequence[Account]) -> None:
    """Note that everything was made, and the accounts."""
    text = json.dumps({"accounts": [asdict(one) for one in made]}, ensure_ascii=False, indent=1)
    (data / NOTE).write_text(text, encoding="utf-8")
