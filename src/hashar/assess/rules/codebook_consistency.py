"""What a codebook contradicts in itself, whatever file it is for."""

from collections import Counter
from collections.abc import Iterable, Iterator

from hashar.assess.contracts.codebook import Codebook, Indicator, Scale
from hashar.errors import CodebookError
from hashar.i18n import N_


def problem(codebook: Codebook, path: str, message: str, **values: object) -> CodebookError:
    """A problem at the setting ``path``; ``message`` begins with ``{file}, line {line}, column {column}``."""
    while path and path not in codebook.positions:
        path = path.rpartition(".")[0]
    line, column = codebook.positions.get(path, (1, 1))
    return CodebookError(message, problems=(), **(values | {"file": codebook.file, "line": line, "column": column}))


def contradictions(codebook: Codebook) -> tuple[CodebookError, ...]:
    """Names given twice, codes that count both ways, references to what is not there, scales without a cut-point."""
    return (
        *_names(codebook),
        *(found for indicator in codebook.indicators for found in _indicator(codebook, indicator)),
        *(found for indicator in codebook.indicators if indicator.of for found in _derived(codebook, indicator)),
        *(found for scale in codebook.scales for found in _scale(codebook, scale)),
        *_levels(codebook),
        *_territories(codebook),
        *_participation(codebook),
    )


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1 and name]


def _names(codebook: Codebook) -> Iterator[CodebookError]:
    named = {
        "waves": [wave.name for wave in codebook.waves],
        "groups": [group.name for group in codebook.groups],
        "indicators": [indicator.name for indicator in codebook.indicators],
        "scales": [scale.factor for scale in codebook.scales],
        "quality": [rule.name for rule in codebook.quality],
    }
    for section, names in named.items():
        for name in _twice(names):
            yield problem(
                codebook,
                f"{section}.{name}",
                N_('{file}, line {line}, column {column}: "{name}" is used twice in "{section}"; rename one of them.'),
                name=name,
                section=section,
            )
    if not codebook.waves:
        yield problem(codebook, "waves", N_("{file}, line {line}, column {column}: there is no wave; add one."))


def _indicator(codebook: Codebook, indicator: Indicator) -> Iterator[CodebookError]:
    path = f"indicators.{indicator.name}"
    both = [code for code in indicator.yes if code in indicator.no]
    if both:
        yield problem(
            codebook,
            f"{path}.no",
            N_('{file}, line {line}, column {column}: code {code} of "{name}" counts as "yes" and as "no"; keep one.'),
            code=_shown(both[0]),
            name=indicator.name,
        )
    answers = [*indicator.yes, *indicator.no]
    lost = [code for code in answers if code in indicator.missing.codes]
    if lost:
        yield problem(
            codebook,
            f"{path}.yes",
            N_('{file}, line {line}, column {column}: code {code} of "{name}" is an answer and missing; keep one.'),
            code=_shown(lost[0]),
            name=indicator.name,
        )


def _derived(codebook: Codebook, indicator: Indicator) -> Iterator[CodebookError]:
    path = f"indicators.{indicator.name}"
    known = {other.name: other for other in codebook.indicators}
    for part in indicator.of:
        if part not in known or known[part].of or known[part].statistic != "proportion":
            yield problem(
                codebook,
                f"{path}.of",
                N_(
                    '{file}, line {line}, column {column}: "{name}" is derived from "{part}", which is not '
                    "asked itself."
                ),
                name=indicator.name,
                part=part,
            )
    if indicator.at_least > len(indicator.of):
        yield problem(
            codebook,
            f"{path}.at_least",
            N_('{file}, line {line}, column {column}: "{name}" wants {at_least} of {count} parts; lower "at_least".'),
            name=indicator.name,
            at_least=indicator.at_least,
            count=len(indicator.of),
        )


def _scale(codebook: Codebook, scale: Scale) -> Iterator[CodebookError]:
    path = f"scales.{scale.factor}"
    wanted = "cut_quantile" if scale.cut == "first_wave" else "cut_value"
    if getattr(scale, wanted) is None:
        yield problem(
            codebook,
            f"{path}.cut",
            N_('{file}, line {line}, column {column}: scale {factor} has no cut-point; add "{key}".'),
            factor=scale.factor,
            key=wanted,
        )
    if scale.cut == "norm" and not scale.cut_source:
        yield problem(
            codebook,
            f"{path}.cut",
            N_('{file}, line {line}, column {column}: the norm of scale {factor} has no source; add "cut_source".'),
            factor=scale.factor,
        )
    if not scale.items:
        yield problem(
            codebook,
            f"{path}.items",
            N_("{file}, line {line}, column {column}: scale {factor} has no items; add them."),
            factor=scale.factor,
        )


def _territories(codebook: Codebook) -> Iterator[CodebookError]:
    for group in codebook.groups:
        named = [(at, level.territory) for at, level in enumerate(group.levels) if level.territory]
        if named and group.role != "place":
            yield problem(
                codebook,
                f"groups.{group.name}.role",
                N_(
                    '{file}, line {line}, column {column}: levels of "{name}" are territories; give it the role '
                    '"place".'
                ),
                name=group.name,
            )
        yield from same_territory(codebook, group.name, named)


def same_territory(codebook: Codebook, group: str, named: Iterable[tuple[int, str]]) -> Iterator[CodebookError]:
    """A problem for each level (by its position) whose territory is another's already."""
    seen: set[str] = set()
    for at, territory in named:
        if territory in seen:
            yield problem(
                codebook,
                f"groups.{group}.levels.{at}.territory",
                N_('{file}, line {line}, column {column}: code {code} belongs to two levels of "{name}"; keep one.'),
                code=territory,
                name=group,
            )
        seen.add(territory)


def _levels(codebook: Codebook) -> Iterator[CodebookError]:
    for group in codebook.groups:
        path = f"groups.{group.name}.levels"
        for name in _twice(level.name for level in group.levels):
            yield problem(
                codebook,
                path,
                N_('{file}, line {line}, column {column}: "{name}" is used twice in "{section}"; rename one of them.'),
                name=name,
                section=group.name,
            )
        codes = Counter(code for level in group.levels for code in level.codes)
        for code in [code for code, count in codes.items() if count > 1]:
            yield problem(
                codebook,
                path,
                N_('{file}, line {line}, column {column}: code {code} belongs to two levels of "{name}"; keep one.'),
                code=_shown(code),
                name=group.name,
            )


def _participation(codebook: Codebook) -> Iterator[CodebookError]:
    for index, stage in enumerate(codebook.participation):
        for wave, count in stage.participating.items():
            if count > stage.sampled.get(wave, count):
                yield problem(
                    codebook,
                    f"participation.{index}.participating",
                    N_("{file}, line {line}, column {column}: more {stage} took part in {wave} than were sampled."),
                    stage=stage.stage,
                    wave=wave,
                )


def _shown(code: float | str) -> str:
    return f"{code:g}" if isinstance(code, float) else f'"{code}"'
