"""What an import would write: each row judged against the others and against what is there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from hashar.errors import HasharError, InputError
from hashar.i18n import LANGUAGES, N_
from hashar.places.rules import LONGEST_PATH, OPEN_AGE
from hashar.places.rules import cells as read

MOST_PROBLEMS = 500

Cells = Mapping[str, str]


@dataclass(frozen=True)
class Known:
    """A territory that is there already. ``state`` are its values as an import would write them."""

    code: str
    path: str
    level: str
    state: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """A row of the file under our column names."""

    row: int
    cells: Cells
    geometry: Mapping[str, object] | None = None


@dataclass(frozen=True)
class Step:
    """One thing to write. ``key`` tells it from all others."""

    row: int
    key: tuple[object, ...]
    change: str
    """new, changed or same."""
    values: Mapping[str, object]


@dataclass(frozen=True)
class Problem:
    """Why a row cannot be written."""

    row: int
    error: HasharError


@dataclass(frozen=True)
class Plan:
    """All steps, parents first, and all problems."""

    steps: Sequence[Step]
    problems: Sequence[Problem]


@dataclass(frozen=True)
class Surroundings:
    """What rows are judged against.

    ``find`` gives the known territory that a cell names by code or name, ``at`` the one of a code; ``covers`` whether
    a path is the organisation's to write; ``parent`` is where territories without a parent column belong.
    """

    find: Callable[[str], Known | None]
    at: Callable[[str], Known | None]
    covers: Callable[[str], bool]
    parent: Known | None = None
    last_year: int = 2100


def plan_territories(lines: Sequence[Line], around: Surroundings) -> Plan:
    """Judge rows of territories; a parent may stand anywhere in the same file."""
    drafts: dict[str, _Draft] = {}
    problems: list[Problem] = []
    for line in lines:
        try:
            draft = _draft(line, around)
            if draft.code in drafts:
                first = drafts[draft.code].line.row
                raise InputError(N_("The code {code} stands in row {first} already."), code=draft.code, first=first)
            drafts[draft.code] = draft
        except HasharError as error:
            problems.append(Problem(line.row, error))
    steps: list[tuple[str, Step]] = []
    for draft in drafts.values():
        try:
            path = _path(draft, drafts, around, ())
            steps.append((path, _territory_step(draft, path, around)))
        except HasharError as error:
            problems.append(Problem(draft.line.row, error))
    ordered = [step for _, step in sorted(steps, key=lambda pair: (pair[0].count("/"), pair[0]))]
    return Plan(ordered, sorted(problems, key=lambda problem: problem.row))


@dataclass(frozen=True)
class _Draft:
    line: Line
    code: str
    parent: str
    """What the cell says; empty for the parent of the whole file."""
    level: str
    known: Known | None


def _draft(line: Line, around: Surroundings) -> _Draft:
    cells = line.cells
    if not cells.get("code"):
        raise InputError(N_("The column “{column}” is empty or missing. Every row needs it."), column="code")
    country = around.parent.code[:2] if around.parent else ""
    if not country and cells.get("parent"):
        found = around.find(cells["parent"])
        country = found.code[:2] if found else cells["parent"][:2]
    code = read.code_of(cells["code"], country)
    return _Draft(line, code, cells.get("parent", ""), read.level_of(cells.get("level", "")), around.at(code))


def _path(draft: _Draft, drafts: Mapping[str, _Draft], around: Surroundings, seen: tuple[str, ...]) -> str:
    """The path of a draft, up through drafts of the same file to a territory that is there."""
    if draft.code in seen:
        raise InputError(N_("{code} lies in itself: follow the column “parent” of its rows."), code=draft.code)
    if draft.known and not draft.parent:
        return draft.known.path
    above = _parent(draft, drafts, around)
    if isinstance(above, _Draft):
        path = f"{_path(above, drafts, around, (*seen, draft.code))}{draft.code}/"
    else:
        path = f"{above.path}{draft.code}/"
    if draft.known and draft.known.path != path:
        raise InputError(
            N_("{code} lies in {parent} on this site. An import does not move places: leave “parent” as it is."),
            code=draft.code,
            parent=draft.known.path.split("/")[-3] if draft.known.path.count("/") > 1 else draft.code,
        )
    return path


def _parent(draft: _Draft, drafts: Mapping[str, _Draft], around: Surroundings) -> _Draft | Known:
    cell = draft.parent
    if not cell and around.parent:
        return around.parent
    if not cell:
        raise InputError(
            N_("It does not say where {code} lies. Add a column “parent”, or choose the place on the page before."),
            code=draft.code,
        )
    found = drafts.get(cell.strip().upper()) or around.find(cell)
    if found is None:
        raise InputError(
            N_("The parent “{parent}” is neither on this site nor in this file. Correct it, or import it first."),
            parent=cell[:60],
        )
    return found


def _territory_step(draft: _Draft, path: str, around: Surroundings) -> Step:
    cells = draft.line.cells
    above = path.split("/")[:-2]
    if not around.covers(path):
        raise InputError(
            N_("{code} lies outside the territory of your organisation. Leave the row out, or ask who runs this site."),
            code=draft.code,
        )
    if len(path) > LONGEST_PATH:
        raise InputError(N_("{code} lies too deep: more levels than this site keeps."), code=draft.code)
    level = draft.known.level if draft.known and not cells.get("level") else draft.level
    if len(above) == 1 and not draft.known and not cells.get("level"):
        level = "region"
    values: dict[str, object] = {"code": draft.code, "path": path, "level": level}
    values |= {name: cells[name] for name in ("kind",) if cells.get(name)}
    names = {
        language: read.name_of(cells[f"name_{language}"]) for language in LANGUAGES if cells.get(f"name_{language}")
    }
    if not names and not draft.known:
        raise InputError(
            N_("{code} has no name. Fill name_en, name_ru or the name in another language."), code=draft.code
        )
    position = read.position_of(cells.get("lon", ""), cells.get("lat", ""))
    if position:
        values |= {"lon": position[0], "lat": position[1]}
    days = {name: read.date_of(cells.get(name, "")) for name in ("since", "until")}
    values |= {name: day for name, day in days.items() if day}
    if cells.get("former_codes"):
        values["former_codes"] = [
            code.strip() for code in cells["former_codes"].replace(";", ",").split(",") if code.strip()
        ]
    if draft.line.geometry is not None:
        values["geometry"] = draft.line.geometry
    if cells["code"].isdigit():
        values["other_codes"] = {"KATO" if draft.code.startswith("KZ-") else "national": cells["code"]}
    return Step(draft.line.row, (draft.code,), *_change(draft.known, values, names))


def _change(
    known: Known | None, values: dict[str, object], names: Mapping[str, str]
) -> tuple[str, Mapping[str, object]]:
    """new, changed or same, and the values with the names that the place keeps."""
    if known is None:
        return "new", {**values, "names": dict(names)}
    kept = known.state.get("names", {})
    values["names"] = {**kept, **names} if isinstance(kept, Mapping) else dict(names)
    newly_checked = set(names) & set(known.state.get("unreviewed", ()))  # type: ignore[call-overload]  # a list of languages
    same = not newly_checked and all(known.state.get(name) == value for name, value in values.items())
    return "same" if same else "changed", {**values, "reviewed": sorted(names)}


def plan_population(lines: Sequence[Line], around: Surroundings, counts: Mapping[tuple[object, ...], int]) -> Plan:
    """Judge rows of population; ``counts`` are those of the same source by territory, year, sex and ages."""
    steps: dict[tuple[object, ...], Step] = {}
    problems: list[Problem] = []
    for line in lines:
        try:
            step = _population_step(line, around, counts)
            if step.key in steps:
                raise InputError(
                    N_("The same place, year, sex and ages stand in row {first} already."), first=steps[step.key].row
                )
            steps[step.key] = step
        except HasharError as error:
            problems.append(Problem(line.row, error))
    return Plan(list(steps.values()), problems)


def _population_step(line: Line, around: Surroundings, counts: Mapping[tuple[object, ...], int]) -> Step:
    cells = line.cells
    named = cells.get("code") or cells.get("place") or cells.get("parent") or ""
    if not named:
        raise InputError(N_("The column “{column}” is empty or missing. Every row needs it."), column="code")
    place = around.find(named)
    if place is None:
        raise InputError(N_("“{place}” is no place of this site, or more than one. Write its code."), place=named[:60])
    if not around.covers(place.path):
        raise InputError(
            N_("{code} lies outside the territory of your organisation. Leave the row out, or ask who runs this site."),
            code=place.code,
        )
    year = read.year_of(cells.get("year", ""), around.last_year)
    sex = read.sex_of(cells.get("sex", ""))
    first, last = read.ages_of(cells.get("age", ""), cells.get("age_from", ""), cells.get("age_to", ""))
    count = read.count_of(cells.get("count", ""))
    key = (place.code, year, sex, first, last)
    there = counts.get(key)
    change = "new" if there is None else "same" if there == count else "changed"
    values = {"code": place.code, "year": year, "sex": sex, "age_from": first, "age_to": last, "count": count}
    return Step(line.row, key, change, {**values, "open": last == OPEN_AGE})
