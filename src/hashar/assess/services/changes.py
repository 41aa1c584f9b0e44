"""Change between two waves of a survey."""

from dataclasses import replace
from importlib import metadata

from hashar.assess.analysis.comparison import Terms, compare
from hashar.assess.analysis.estimates import Progress
from hashar.assess.analysis.indicator_estimates import check_groups, chosen_indicators, indicator_rows
from hashar.assess.contracts.estimates import ChangeRequest, ChangeTable, IndicatorChangeRequest, Statistic
from hashar.assess.rules.coding import columns_needed
from hashar.assess.services.estimates import estimate, nothing
from hashar.assess.services.profiles import waves_of
from hashar.assess.sources.codebook import codebook_fingerprint, load_codebook
from hashar.assess.sources.files import check_different, read_survey


def change(*, request: ChangeRequest, progress: Progress = nothing) -> ChangeTable:
    """The difference (later minus earlier) of every estimate that both files allow, with interval and test.

    The waves are independent samples: the variance of a difference is the sum of the two variances, as in the pooled
    design with strata and clusters kept apart by wave, and so are its degrees of freedom (Korn & Graubard 1999,
    *Analysis of Health Surveys*, section 8.1). ``p_adjusted`` controls the family of all rows (Holm 1979, or Benjamini
    & Hochberg 1995). ``detectable`` is the smallest true change that these two waves would show with the power asked
    for (a fall, for shares).

    Raises
    ------
    HasharError
        As :func:`hashar.assess.services.estimates.estimate`, for either file.
    UsageError
        Both files are the same.
    EstimationError
        The files share no level or domain.

    """
    check_different(request.first.file, request.later)
    earlier = estimate(request=request.first, progress=progress)
    later = estimate(request=replace(request.first, file=request.later), progress=progress)
    proportion = request.first.statistic is Statistic.PROPORTION
    shares = set(request.first.variables) if proportion else set()
    rows, notes = compare(earlier.rows, later.rows, Terms(request.first.level, request.adjust, request.power, shares))
    return ChangeTable(
        by=request.first.by,
        rows=rows,
        sources=(earlier.source, later.source),
        parameters={**earlier.parameters, "adjust": request.adjust, "power": repr(request.power)},
        notes=[*earlier.notes, *later.notes, *notes],
    )


def change_of_indicators(*, request: IndicatorChangeRequest, progress: Progress = nothing) -> ChangeTable:
    """As :func:`change`, for the indicators of a codebook, which knows what the columns of either wave mean.

    Design, interval and level are the codebook's; questionnaires that a quality rule excludes are left out.

    Raises
    ------
    HasharError
        As :func:`hashar.assess.services.profiles.make_profile`; an indicator that the codebook does not have.

    """
    codebook = load_codebook(request.codebook)
    indicators = chosen_indicators(codebook, request.indicators)
    check_groups(codebook, request.by)
    tables, rows = [], []
    for done, (path, wave) in enumerate(waves_of(codebook, request.later, [request.first])):
        progress(done, 2)
        table = read_survey(path, columns=columns_needed(codebook, wave.name))
        tables.append(table)
        rows.append(indicator_rows(table, wave, codebook, request.indicators, request.by))
    shares = {indicator.name for indicator in indicators if indicator.statistic == "proportion"}
    earlier, later = rows
    found, notes = compare(earlier, later, Terms(codebook.design.level, request.adjust, request.power, shares))
    progress(2, 2)
    return ChangeTable(
        by=request.by,
        rows=found,
        sources=[table.fingerprint for table in tables],
        parameters={
            "version": metadata.version("hashar"),
            "codebook": codebook_fingerprint(request.codebook).sha256,
            "by": ", ".join(request.by),
            "interval": codebook.design.interval,
            "df": codebook.design.df,
            "level": repr(codebook.design.level),
            "adjust": request.adjust,
            "power": repr(request.power),
        },
        notes=[*(note for table in tables for note in table.notes), *notes],
    )
