"""The real survey that comes with the program, for the demonstration."""

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "data" / "yrbs"


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
