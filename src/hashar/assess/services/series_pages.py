"""A series as its page shows it: numbers of one breakdown with their rates, and what else there is to choose."""

from typing import TYPE_CHECKING

from hashar.assess.contracts.series import Breakdown, Import, ImportState, Observation, SeriesTable
from hashar.assess.queries.series import breakdowns, described, imports, levels, observations, the_counted_series
from hashar.late import late
from hashar.people.contracts import Actor
from hashar.places.queries import population_counts

if TYPE_CHECKING:
    from hashar.assess.analysis import series_rates
else:  # scipy; only the page of a series needs it
    series_rates = late("hashar.assess.analysis.series_rates")


def series_table(actor: Actor, series: int, chosen: Breakdown | None = None) -> SeriesTable:
    """The numbers of one series for one combination of levels, as this actor sees them. Eight queries at most.

    Parameters
    ----------
    actor
        Who looks.
    series
        The series.
    chosen
        The levels; None: those of everybody if there are any, else the first combination.

    Raises
    ------
    NotFound
        There is no such series, or it is not shared with the actor.

    """
    row = the_counted_series(actor, series)
    description = described(actor, row)
    combinations = breakdowns(row)
    wanted = tuple(sorted(chosen)) if chosen is not None else next(iter(combinations), ())
    rows = observations(actor, row, wanted)
    seen = {each.id: value for each in rows if (value := _seen(each)) is not None}
    people = population_counts(
        {each.territory for each in rows},
        years={int(each.period[:4]) for each in rows},
        sex=description.rate_sex,
        age=None if description.rate_age == (0, None) else description.rate_age,
    )
    return SeriesTable(
        description=description,
        observations=rows,
        periods=tuple(sorted({each.period for each in rows})),
        levels=levels(row),
        combinations=combinations,
        chosen=wanted,
        hidden=sum(each.published.value is None for each in rows),
        rates=series_rates.rates(rows, seen, people, description.measure),
        imports=_shown_to(actor, imports(row)) if description.sees_own else (),
    )


def _seen(each: Observation) -> float | None:
    """The number as this person sees it."""
    return each.published.value if each.own is None else each.own


def _shown_to(actor: Actor, found: tuple[Import, ...]) -> tuple[Import, ...]:
    """Stored imports, and the person's own waiting files."""
    return tuple(each for each in found if each.state is not ImportState.PREVIEWED or each.uploader == actor.person)
