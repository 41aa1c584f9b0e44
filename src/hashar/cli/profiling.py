"""Make a profile and write it: the work behind ``hashar profile`` and ``hashar demo``."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hashar.assess.services.profiles import make_profile
from hashar.cli.console import Console
from hashar.errors import UsageError
from hashar.i18n import N_
from hashar.reports.render.files import check_folder
from hashar.reports.services import write_profile


@dataclass(frozen=True)
class Order:
    """What to make of which files, and where it goes. ``by`` empty: every group of the codebook."""

    file: Path
    codebook: Path
    compare: tuple[Path, ...]
    by: tuple[str, ...]
    out: Path
    formats: tuple[str, ...]
    seed: int
    now: dt.datetime
    operator: str


def make(console: Console, order: Order) -> None:
    """Compute, write, and say where the results are.

    Raises
    ------
    HasharError
        Whatever stops it; see :func:`hashar.assess.services.profiles.make_profile`.

    """
    if order.out.is_file():
        raise UsageError(N_("“{path}” is a file; --out needs the name of a folder."), path=order.out)
    check_folder(order.out)
    with console.steps() as tell:
        profile = make_profile(
            file=order.file,
            codebook=order.codebook,
            earlier=order.compare,
            by=order.by or None,
            now=order.now,
            rng=np.random.default_rng(order.seed),
            operator=order.operator,
            progress=tell,
        )
        language = console.translator.language
        written = write_profile(profile, folder=order.out, language=language, formats=order.formats, progress=tell)
    console.done(N_("The profile is in {folder}:"), folder=order.out.resolve())
    console.result("".join(f"{path}\n" for path in written))
