"""The community prevention profile of one survey."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from hashar.assess.analysis.profile import Progress, WaveFile, draw_profile
from hashar.assess.analysis.provenance import Origin, seed_of
from hashar.assess.contracts.codebook import Codebook, Wave
from hashar.assess.contracts.profile import Profile
from hashar.assess.rules import waves
from hashar.assess.rules.coding import columns_needed
from hashar.assess.sources.codebook import codebook_fingerprint, load_codebook
from hashar.assess.sources.files import check_different, check_readable, read_survey
from hashar.errors import CodebookError, UsageError
from hashar.i18n import N_

MEMORY = "memory"


def make_profile(
    *,
    file: Path,
    codebook: Path,
    earlier: Sequence[Path] = (),
    by: Sequence[str] | None = None,
    now: dt.datetime,
    rng: np.random.Generator,
    operator: str = "",
    progress: Progress | None = None,
    engine: str = MEMORY,
) -> Profile:
    """The profile of one survey file, compared with earlier waves where these are given.

    Parameters
    ----------
    file
        The survey the profile is about.
    codebook
        The codebook that explains it; its patterns of file names tell the wave of every file.
    earlier
        Files of earlier waves, in any order. A change is taken from the last of them that asked.
    by
        Groups to break down by; each pair of them is crossed too, and ``sex*grade`` asks for a crossing alone. None:
        every group of the codebook, without crossings.
    now
        Time of the computation, for the provenance.
    rng
        Source of the draws behind the ranking of priorities.
    operator
        Who computes, for the provenance.
    progress
        Called with what is being done (a msgid; empty at the end), the steps done and the number of steps.
    engine
        Only ``"memory"``: scales and quality rules need whole questionnaires.

    Raises
    ------
    HasharError
        :class:`CodebookError` for a codebook that is wrong or does not fit, or a group it does not know;
        :class:`InputError` for a file that cannot be read; :class:`UsageError` for two files of one wave, or an
        "earlier" file that is not; :class:`DesignError` for an impossible design; :class:`DisclosureError` when
        nothing can be published safely.

    Notes
    -----
    Estimates are design-based, in domains of the full design (Särndal, Swensson & Wretman 1992, section 5.8); what is
    published passed disclosure control as one release. Methods with their papers are listed in ``provenance.methods``.

    """
    if engine != MEMORY:
        raise UsageError(
            N_(
                'A profile is computed in memory; leave out "--engine {engine}", '
                'or ask for single estimates with "hashar estimate".'
            ),
            engine=engine,
        )
    known = load_codebook(codebook)
    origin = Origin(codebook_fingerprint(codebook), now, operator, engine, seed_of(rng))
    return profile_of(known, file=file, earlier=earlier, by=by, origin=origin, rng=rng, progress=progress)


def profile_of(
    known: Codebook,
    *,
    file: Path,
    earlier: Sequence[Path],
    by: Sequence[str] | None,
    origin: Origin,
    rng: np.random.Generator,
    progress: Progress | None = None,
) -> Profile:
    """As :func:`make_profile`, with a codebook that was read already (wherever it is kept) and its ``origin``."""
    tell = progress or _silent
    wanted = waves_of(known, file, earlier)
    files = []
    for at, (path, wave) in enumerate(wanted):
        tell(N_("Reading files"), at, len(wanted))
        files.append(WaveFile(read_survey(path, columns=columns_needed(known, wave.name)), wave))
    return draw_profile(known, files, by=by, origin=origin, rng=rng, progress=tell)


def waves_of(codebook: Codebook, file: Path, earlier: Sequence[Path]) -> list[tuple[Path, Wave]]:
    """Every file with its wave, in the codebook's order of waves; ``file`` is the last.

    Raises
    ------
    CodebookError
        A file name that fits no wave's pattern, or those of several.
    UsageError
        Two files of one wave, or the same file twice; an "earlier" file of a later wave.

    """
    order = [wave.name for wave in codebook.waves]
    current = wave_of(codebook, file)
    found = {current.name: (file, current)}
    for path in earlier:
        wave = wave_of(codebook, path)
        if wave.name in found:
            raise UsageError(
                N_("{file} and {other} are both of wave {wave}; compare files of different waves."),
                file=path.name,
                other=found[wave.name][0].name,
                wave=wave.name,
            )
        if order.index(wave.name) > order.index(current.name):
            raise UsageError(
                N_("{file} is of wave {wave}, which is later than wave {current}; exchange the two files."),
                file=path.name,
                wave=wave.name,
                current=current.name,
            )
        for known, _ in found.values():
            check_different(known, path)
        found[wave.name] = (path, wave)
    return [found[name] for name in order if name in found]


def wave_of(codebook: Codebook, file: Path) -> Wave:
    """The wave whose pattern fits the file's name; a codebook with one wave without patterns takes any file.

    Raises
    ------
    CodebookError
        No pattern fits, or those of several waves do.
    InputError
        No pattern fits, and the file is not there either.

    """
    patterns = waves.patterns_of(codebook)
    found = waves.fitting(file.name, patterns)
    if len(found) == 1:
        return next(wave for wave in codebook.waves if wave.name == found[0])
    if found:
        raise CodebookError(
            N_("{file} fits the file patterns of several waves ({known}). Make the patterns under “waves” differ."),
            file=file.name,
            known=waves.known(patterns),
        )
    check_readable(file)
    raise waves.no_wave(file.name, patterns)


def _silent(step: str, done: int, steps: int) -> None:
    """Nobody is watching."""
