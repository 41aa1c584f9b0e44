"""Read a codebook (YAML). Every problem is found in one go, each with its line, column and remedy.

docs/reference/codebook.md describes the form.
"""

import hashlib
from pathlib import Path

from hashar.assess.contracts.codebook import (
    Codebook,
    DesignSpec,
    DisclosureSettings,
    MissingRule,
    ParticipationSpec,
    PrioritySettings,
    Text,
    Wave,
)
from hashar.assess.contracts.table import Fingerprint
from hashar.assess.rules.codebook_consistency import contradictions
from hashar.assess.sources.codebook_items import MISSING_KEYS, Items, missing_rule
from hashar.assess.sources.yaml_entries import Entry, Form
from hashar.errors import CodebookError
from hashar.i18n import LANGUAGES, N_

LARGEST = 20_000_000
FORM_VERSION = "1"
TOP_KEYS = (
    *("codebook", "language", "machine_translated", "title", "source", "place", "waves", "design", "missing", "groups"),
    *("indicators", "scales", "quality", "participation", "disclosure", "priorities"),
)
WAVE_KEYS = ("name", "label", "files", "language")
DESIGN_KEYS = ("weight", "strata", "clusters", "fpc", "nest", "single_psu", "df", "interval", "level")
SINGLE_PSU = ("fail", "remove", "certainty", "centre", "average")
INTERVALS = ("logit", "beta", "wilson", "wald", "asin", "xlogit", "likelihood")
PARTICIPATION_KEYS = ("stage", "sampled", "participating")
DISCLOSURE_KEYS = ("minimum_n", "minimum_count", "minimum_clusters", "hide_unreliable")
PRIORITY_KEYS = ("top", "firm_at", "draws", "level", "gap", "trend", "changeability")


def load_codebook(path: str | Path) -> Codebook:
    """The codebook in ``path``.

    Raises
    ------
    CodebookError
        One sentence for a single problem; for several, a summary whose ``problems`` are the single ones.

    """
    path = Path(path)
    return parse_codebook(_text(path), path.name)


def codebook_fingerprint(path: str | Path) -> Fingerprint:
    """What identifies the codebook's file; ``rows`` counts its lines."""
    path = Path(path)
    data = path.read_bytes()
    return Fingerprint(path.name, hashlib.sha256(data).hexdigest(), len(data), data.count(b"\n"), 0)


def parse_codebook(text: str, file: str) -> Codebook:
    """The codebook written in ``text``; ``file`` is its name in messages. Raises as :func:`load_codebook`."""
    codebook, problems = examine(text, file)
    raise_problems(problems, file)
    return codebook


def examine(text: str, file: str) -> tuple[Codebook, list[CodebookError]]:
    """What could be understood of the codebook in ``text``, and everything that is wrong with it, in its order.

    Raises
    ------
    CodebookError
        It is not YAML, or no codebook at all: nothing could be understood.

    """
    form = Form(file)
    codebook = _codebook(form, form.root(text, TOP_KEYS))
    return codebook, sorted([*form.problems, *contradictions(codebook)], key=_place)


def raise_problems(problems: list[CodebookError], file: str) -> None:
    """Nothing for no problem; the problem itself if it is one; else a summary that carries all of them."""
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise CodebookError(
            N_("{file}: the codebook has {count} problems; correct each of them."),
            problems=problems,
            file=file,
            count=len(problems),
        )


def _place(problem: CodebookError) -> tuple[object, object]:
    return problem.values.get("line", 0), problem.values.get("column", 0)


def _text(path: Path) -> str:
    try:
        if path.is_dir():
            raise CodebookError(N_("{file} is a folder; name the codebook file inside it."), file=str(path))
        if path.stat().st_size > LARGEST:
            raise CodebookError(N_("{file} is too large for a codebook; did you mean the survey file?"), file=path.name)
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise CodebookError(
            N_('{file} was not found; check the name, or make a draft with "hashar codebook draft".'), file=str(path)
        ) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise CodebookError(
            N_("{file}, line {line}: the text is not UTF-8; save the codebook in UTF-8."), file=path.name, line=line
        ) from None
    except (OSError, ValueError):
        raise CodebookError(N_("{file} may not be read; check its permissions."), file=str(path)) from None


def _codebook(form: Form, root: Entry) -> Codebook:
    root.require("title", "waves", "indicators")
    form.language = root.word("language", "en", LANGUAGES)
    _check_version(root)
    waves = _waves(root)
    part = root.entry("missing", MISSING_KEYS)
    items = Items(form, [wave.name for wave in waves], missing_rule(part) if part else MissingRule())
    return Codebook(
        title=root.text("title"),
        source=root.text("source"),
        place=root.text("place"),
        waves=waves,
        design=_design(root),
        groups=items.groups(root),
        indicators=items.indicators(root),
        scales=items.scales(root),
        quality=items.quality(root),
        participation=_participation(root, items.waves),
        disclosure=_disclosure(root),
        priorities=_priorities(root),
        machine_translated=tuple(lang for lang in root.words("machine_translated") if lang in LANGUAGES),
        file=form.file,
        positions=form.positions,
    )


def _check_version(root: Entry) -> None:
    if root.word("codebook", FORM_VERSION) != FORM_VERSION:
        root.form.problem(
            root.values["codebook"],
            N_("{file}, line {line}, column {column}: it was written for a newer version of Hashar; update Hashar."),
        )


def _waves(root: Entry) -> tuple[Wave, ...]:
    found = []
    for entry in root.entries("waves", WAVE_KEYS):
        entry.require("name", "files")
        name = entry.word("name")
        entry.rename(f"waves.{name}")
        label: Text = entry.text("label") or {"en": name}
        found.append(Wave(name, label, entry.words("files"), entry.word("language")))
    return tuple(found)


def _design(root: Entry) -> DesignSpec:
    entry = root.entry("design", DESIGN_KEYS)
    if entry is None:
        return DesignSpec()
    return DesignSpec(
        weight=entry.word("weight"),
        strata=entry.words("strata"),
        clusters=entry.words("clusters"),
        fpc=entry.words("fpc"),
        nest=entry.flag("nest"),
        single_psu=entry.word("single_psu", "fail", SINGLE_PSU),
        df=entry.word("df", "design", ("design", "domain")),
        interval=entry.word("interval", "logit", INTERVALS),
        level=entry.number("level", 0.95, 0.5, 0.999),
    )


def _participation(root: Entry, waves: object) -> tuple[ParticipationSpec, ...]:
    names = tuple(str(wave) for wave in waves) if isinstance(waves, list) else ()
    found = []
    for entry in root.entries("participation", PARTICIPATION_KEYS):
        entry.require(*PARTICIPATION_KEYS)
        counts: list[dict[str, int]] = []
        for key in ("sampled", "participating"):
            part = entry.entry(key, names)
            counts.append({wave: part.whole(wave, 0, 0, 10**9) for wave in part.values} if part else {})
        found.append(ParticipationSpec(entry.word("stage", "", ("schools", "classes", "pupils")), *counts))
    return tuple(found)


def _disclosure(root: Entry) -> DisclosureSettings:
    entry = root.entry("disclosure", DISCLOSURE_KEYS)
    if entry is None:
        return DisclosureSettings()
    return DisclosureSettings(
        minimum_n=entry.whole("minimum_n", 30, 1, 10**6),
        minimum_count=entry.whole("minimum_count", 5, 1, 10**6),
        minimum_clusters=entry.whole("minimum_clusters", 2, 1, 10**6),
        hide_unreliable=entry.flag("hide_unreliable"),
    )


def _priorities(root: Entry) -> PrioritySettings:
    entry = root.entry("priorities", PRIORITY_KEYS)
    if entry is None:
        return PrioritySettings()
    return PrioritySettings(
        top=entry.whole("top", 3, 1, 100),
        firm_at=entry.number("firm_at", 0.8, 0.5, 1),
        draws=entry.whole("draws", 10_000, 100, 10**7),
        level=entry.number("level", 1, 0, 100),
        gap=entry.number("gap", 1, 0, 100),
        trend=entry.number("trend", 1, 0, 100),
        changeability=entry.number("changeability", 1, 0, 100),
    )
